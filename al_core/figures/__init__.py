"""Plotly figures from plain records; no state, nothing read from disk.

>>> from al_core.figures import class_counts
>>> class_counts({"yes": 12, "no": 30}).data[0].x
(12, 30)
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from al_core.lazy import lazily

if TYPE_CHECKING:
    from al_core.figures.answers import class_counts, mixups
    from al_core.figures.comparison import comparison_chart, small_multiples
    from al_core.figures.curve import learning_curve
    from al_core.figures.demo import run_and_band
    from al_core.figures.map import MapPoints, pool_map
    from al_core.figures.palette import on_dark
    from al_core.figures.still.maker import as_png, as_svg, still_picture

__all__ = [
    "MapPoints",
    "as_png",
    "as_svg",
    "class_counts",
    "comparison_chart",
    "learning_curve",
    "mixups",
    "on_dark",
    "pool_map",
    "run_and_band",
    "small_multiples",
    "still_picture",
]

_HOMES = {
    "answers": ("class_counts", "mixups"),
    "comparison": ("comparison_chart", "small_multiples"),
    "curve": ("learning_curve",),
    "demo": ("run_and_band",),
    "map": ("MapPoints", "pool_map"),
    "palette": ("on_dark",),
    "still.maker": ("as_png", "as_svg", "still_picture"),
}
if not TYPE_CHECKING:  # a type checker would take any name for one of these
    __getattr__, __dir__ = lazily(__name__, _HOMES)
