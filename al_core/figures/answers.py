"""Figures about the answers: how many of each there are, and which get mixed up."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np
import plotly.graph_objects as go
from numpy.typing import NDArray

from al_core.figures.palette import BLUE, escape, layout

# Pixels, choices: room around the bars, and one bar with its name.
_SHORTEST, _ROW = 60, 32


def class_counts(per_class: Mapping[str, int]) -> go.Figure:
    """One bar for each answer, in the order given, the number written beside it.

    >>> [text for text in class_counts({"Delivery": 3, "<b>": 0}).data[0].y]
    ['Delivery', '&lt;b&gt;']
    """
    names = [escape(name) for name in per_class]
    numbers = list(per_class.values())
    bar = go.Bar(
        x=numbers,
        y=names,
        orientation="h",
        marker_color=BLUE,
        text=[f"{n:,}" for n in numbers],
        textposition="outside",
        cliponaxis=False,
        hovertemplate="%{y}: %{x:,} rows<extra></extra>",
    )
    return go.Figure(bar, layout=_bars_layout(len(names)))


def mixups(matrix: NDArray[np.integer[Any]], classes: Sequence[str]) -> go.Figure:
    """Check rows by true answer (down) and the app's guess (across), counts written in the cells.

    matrix: (k, k) counts, row: true answer, column: guess, in the order of ``classes``. The shade
    is the share of the true answer, so that rare answers are not hidden by common ones.
    """
    names = [escape(name) for name in classes]
    totals = matrix.sum(axis=1, keepdims=True)
    share = matrix / np.maximum(totals, 1)
    heat = go.Heatmap(
        z=share,
        x=names,
        y=names,
        text=np.where(matrix > 0, matrix.astype(str), ""),
        texttemplate="%{text}",
        colorscale=[[0, "rgba(0,114,178,0.04)"], [1, "rgba(0,114,178,0.85)"]],
        zmin=0,
        zmax=1,
        showscale=False,
        xgap=2,
        ygap=2,
        customdata=matrix,
        hovertemplate="%{y} taken for %{x}: %{customdata} rows<extra></extra>",
    )
    return go.Figure(heat, layout=_mixup_layout(len(names)))


def _bars_layout(n: int) -> go.Layout:
    return go.Layout(
        layout(
            height=_SHORTEST + _ROW * n,
            hovermode="closest",
            xaxis={"visible": False, "rangemode": "tozero"},
            yaxis={"autorange": "reversed", "type": "category", "ticksuffix": " "},
        )
    )


def _mixup_layout(n: int) -> go.Layout:
    return go.Layout(
        layout(
            height=4 * _SHORTEST + _ROW * n,
            hovermode="closest",
            xaxis={"title": "The app's guess", "type": "category", "side": "top"},
            yaxis={"title": "True answer", "type": "category", "autorange": "reversed"},
        )
    )
