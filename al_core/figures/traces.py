"""The plotly traces that charts are put together from: a line and the band round it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np
import plotly.graph_objects as go

from al_core.figures.palette import LineStyle, escape

Numbers = Sequence[float] | np.ndarray[Any, Any]


def percent(values: Numbers) -> list[float]:
    """Scores between 0 and 1 as "right in 100", one digit after the point.

    >>> percent([0.5, 0.8449])
    [50.0, 84.5]
    """
    return [round(100 * float(value), 1) for value in values]


def band_trace(x: Numbers, low: Numbers, high: Numbers, style: LineStyle, name: str) -> go.Scatter:
    """One closed area between ``low`` and ``high`` (scores of 0 to 1), shown with the line."""
    edge = [int(n) for n in x]
    return go.Scatter(
        x=edge + edge[::-1],
        y=percent(high) + percent(low)[::-1],
        mode="lines",
        fill="toself",
        fillcolor=style.fill,
        line={"width": 0},
        hoverinfo="skip",
        showlegend=False,
        legendgroup=escape(name),
        name=escape(name),
    )


def line_trace(
    x: Numbers,
    y: Numbers,
    style: LineStyle,
    name: str,
    *,
    width: float = 2,
    ranges: tuple[Numbers, Numbers] | None = None,
) -> go.Scatter:
    """A line of scores (0 to 1) against labels; ``ranges`` are said when it is pointed at."""
    shown = escape(name)
    data: Any = None
    hover = "%{y:.1f} in 100"
    if ranges is not None:
        data = np.column_stack([percent(ranges[0]), percent(ranges[1])]).tolist()
        hover += " (%{customdata[0]:.0f} to %{customdata[1]:.0f})"
    return go.Scatter(
        x=[int(n) for n in x],
        y=percent(y),
        # A choice: more markers hide the line.
        mode="lines+markers" if len(x) < 40 else "lines",
        line={"color": style.colour, "dash": style.dash, "width": width},
        marker={"symbol": style.marker, "size": 6, "color": style.colour},
        customdata=data,
        hovertemplate=hover + f"<extra>{shown}</extra>",
        legendgroup=shown,
        name=shown,
    )
