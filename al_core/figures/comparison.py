"""Strategies side by side: the mean of each over its repeats, with a band."""

from __future__ import annotations

from collections.abc import Mapping

import plotly.graph_objects as go
from plotly.subplots import make_subplots

from al_core.figures.palette import RANDOM, LineStyle, escape, layout, line_style
from al_core.figures.traces import band_trace, line_trace
from al_core.learning.records import Band
from al_core.wording import in_100


def comparison_chart(
    bands: Mapping[str, Band],
    *,
    random: str = "random",
    titles: Mapping[str, str] | None = None,
    target: float | None = None,
    score_title: str = "Right in 100",
) -> go.Figure:
    """One line with a band for each strategy of ``bands``, random dotted grey beneath the rest.

    ``titles`` are the words for each key; ``target`` (0 to 1) draws a line that can be dragged.
    A strategy keeps its colour, dash and marker when others are hidden or have no numbers yet.
    """
    figure = go.Figure(layout=_layout(score_title))
    for name, style in _styles(bands, random):
        _add(figure, bands[name], (titles or {}).get(name, name), style)
    if target is not None:
        _add_target(figure, target)
    return figure


def small_multiples(groups: Mapping[str, Mapping[str, Band]], random: str = "random") -> go.Figure:
    """One small chart for each group (a data set, a model), all with the same score axis."""
    figure = make_subplots(
        rows=1,
        cols=max(1, len(groups)),
        shared_yaxes=True,
        subplot_titles=[escape(name) for name in groups],
    )
    for column, bands in enumerate(groups.values(), start=1):
        for name, style in _styles(bands, random):
            _add(figure, bands[name], name, style, row=1, col=column, legend=column == 1)
    return figure.update_layout(layout(margin={"l": 8, "r": 8, "t": 48, "b": 8}))


def _styles(bands: Mapping[str, Band], random: str) -> list[tuple[str, LineStyle]]:
    chosen = [name for name in bands if name != random]
    pairs = [(name, line_style(i)) for i, name in enumerate(chosen)]
    return ([(random, RANDOM)] if random in bands else []) + pairs


def _add(
    figure: go.Figure,
    band: Band,
    name: str,
    style: LineStyle,
    *,
    row: int | None = None,
    col: int | None = None,
    legend: bool = True,
) -> None:
    ranges = (band.low, band.high)
    area = band_trace(band.n_labels, band.low, band.high, style, name)
    line = line_trace(band.n_labels, band.middle, style, name, ranges=ranges)
    figure.add_trace(area, row=row, col=col)
    figure.add_trace(line.update(showlegend=legend), row=row, col=col)


def _add_target(figure: go.Figure, target: float) -> None:
    figure.add_hline(
        y=round(100 * target, 1),
        line={"color": "#8A8A8A", "dash": "dash", "width": 1.5},
        annotation_text=f"target {in_100(target)}",
        annotation_position="top left",
        editable=True,
    )


def _layout(score_title: str) -> go.Layout:
    return go.Layout(
        layout(
            xaxis={"title": "Rows labelled", "zeroline": False},
            yaxis={"title": score_title, "zeroline": False},
            height=460,
        )
    )
