"""The map of the pool: one WebGL point a row, drawn from plain arrays.

Colour and symbol both say the answer, so colour is never the only sign. Each point carries its row
number in ``customdata``: a selection names rows, whatever order they are drawn in.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import plotly.graph_objects as go
from numpy.typing import NDArray

from al_core.figures.palette import GREY, escape, layout, line_style

OTHERS = "no answer, no guess"
# Answers with a colour of their own; a choice: more cannot be told apart.
_MOST = 12
"""Answers with a colour of their own; the rest share grey, and the hover text names them."""


@dataclass(frozen=True)
class MapPoints:
    """Rows on the map, arrays of one length n.

    rows: row numbers. xy: (n, 2). group: the answer, or the app's guess where there is none; ""
    for neither. sure: the guess's share in [0, 1], NaN where there is none. labelled, asked_next:
    whether the row has an answer, and whether it is among the next to be asked. names: what a
    person calls each row.
    """

    rows: NDArray[Any]
    xy: NDArray[Any]
    group: NDArray[Any]
    sure: NDArray[Any]
    labelled: NDArray[Any]
    asked_next: NDArray[Any]
    names: NDArray[Any] | None = None


def pool_map(points: MapPoints, classes: Sequence[str], *, fade_sure: bool = True) -> go.Figure:
    """The pool: faint points for guesses, ringed ones for answers, stars for what comes next.

    fade_sure: the surer the app, the fainter the point, so that the doubtful region stands out.
    """
    figure = go.Figure()
    names = list(dict.fromkeys([*classes[:_MOST], ""]))
    group = np.where(np.isin(points.group, names), points.group, "")
    for index, name in enumerate(names):
        here = group == name
        for labelled in (False, True):
            _add(
                figure,
                points,
                here & (points.labelled == labelled),
                name,
                index,
                labelled,
                fade_sure,
            )
    _add_next(figure, points)
    hidden = {"visible": False}
    figure.update_layout(
        layout(
            dragmode="lasso",
            hovermode="closest",
            height=560,
            xaxis=hidden,
            yaxis=hidden,
            clickmode="event+select",
            legend={"itemsizing": "constant", "orientation": "h", "y": 1.02, "yanchor": "bottom"},
        )
    )
    return figure


def _add(
    figure: go.Figure,
    points: MapPoints,
    where: NDArray[Any],
    name: str,
    index: int,
    labelled: bool,
    fade_sure: bool,
) -> None:
    if not where.any():
        return
    style = line_style(index)
    title = escape(name) if name else OTHERS
    marker: dict[str, Any] = {
        "color": style.colour if name else GREY,
        "symbol": style.marker if name else "circle",
        "size": 11 if labelled else 6,
        "opacity": 1.0 if labelled else _opacity(points.sure[where], fade_sure),
    }
    if labelled:
        marker["line"] = {"width": 2, "color": "#222222"}
    figure.add_trace(
        go.Scattergl(
            x=points.xy[where, 0],
            y=points.xy[where, 1],
            customdata=points.rows[where],
            mode="markers",
            marker=marker,
            name=f"{title} (answered)" if labelled else title,
            text=_names(points, where),
            hovertemplate="%{text}<extra>" + title + "</extra>",
        )
    )


def _names(points: MapPoints, where: NDArray[Any]) -> list[str]:
    if points.names is None:
        return [f"row {row}" for row in points.rows[where]]
    return [escape(str(name)) for name in points.names[where]]


def _opacity(sure: NDArray[Any], fade_sure: bool) -> Any:
    """From 0.9 where the app does not know down to 0.25 where it is sure."""
    if not fade_sure:
        return 0.6
    return np.round(0.9 - 0.65 * np.nan_to_num(sure, nan=0.5), 2)


def _add_next(figure: go.Figure, points: MapPoints) -> None:
    where = points.asked_next
    if not where.any():
        return
    figure.add_trace(
        go.Scattergl(
            x=points.xy[where, 0],
            y=points.xy[where, 1],
            customdata=points.rows[where],
            mode="markers",
            marker={
                "symbol": "star-open",
                "size": 15,
                "color": "#C2185B",
                "line": {"width": 2},
            },
            name="asked next",
            text=_names(points, where),
            hovertemplate="%{text}<extra>asked next</extra>",
        )
    )
