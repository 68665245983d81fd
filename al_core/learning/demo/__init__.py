"""The two pictures that explain active learning, and the runs measured for them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from al_core.lazy import lazily

if TYPE_CHECKING:
    from al_core.learning.demo.frames import GRID, LAST, PICTURES, Frames, Side, draw_frames
    from al_core.learning.demo.measured_runs import (
        FIRST,
        N_RUNS,
        Needed,
        Runs,
        Verdict,
        answers_needed,
        read_runs,
        verdict,
    )

__all__ = [
    "FIRST",
    "GRID",
    "LAST",
    "N_RUNS",
    "PICTURES",
    "Frames",
    "Needed",
    "Runs",
    "Side",
    "Verdict",
    "answers_needed",
    "draw_frames",
    "read_runs",
    "verdict",
]

_HOMES = {
    "frames": ("Frames", "GRID", "LAST", "PICTURES", "Side", "draw_frames"),
    "measured_runs": (
        "FIRST",
        "N_RUNS",
        "Needed",
        "Runs",
        "Verdict",
        "answers_needed",
        "read_runs",
        "verdict",
    ),
}
if not TYPE_CHECKING:  # a type checker would take any name for one of these
    __getattr__, __dir__ = lazily(__name__, _HOMES)
