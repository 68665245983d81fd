"""The honest part beside the demonstration: this run, and what many runs gave."""

from __future__ import annotations

from collections.abc import Sequence

import plotly.graph_objects as go

from al_core.figures.palette import RANDOM, layout, line_style
from al_core.figures.traces import band_trace, line_trace
from al_core.learning.records import Band

CHOSEN, AT_RANDOM = "picked by the app", "picked at random"


def run_and_band(
    labels: Sequence[int],
    chosen: Sequence[float],
    at_random: Sequence[float],
    bands: tuple[Band, Band],
) -> go.Figure:
    """This run as two thin lines over the median and band of many runs.

    labels: (n,) numbers of answers; chosen, at_random: (n,) scores of this run, 0 to 1; bands: of
    the runs picked by the app and of those picked at random.
    """
    figure = go.Figure(layout=_layout())
    for band, style in ((bands[1], RANDOM), (bands[0], line_style(0))):
        figure.add_trace(band_trace(band.n_labels, band.low, band.high, style, band.name))
        ranges = (band.low, band.high)
        line = line_trace(band.n_labels, band.middle, style, band.name, width=3, ranges=ranges)
        figure.add_trace(line)
    for scores, style, name in ((at_random, RANDOM, AT_RANDOM), (chosen, line_style(0), CHOSEN)):
        thin = line_trace(labels, scores, style, f"this run, {name}", width=1)
        figure.add_trace(thin)
    return figure


def _layout() -> go.Layout:
    return go.Layout(
        layout(
            height=360,
            xaxis={"title": "Answers given", "zeroline": False},
            yaxis={"title": "Right in 100", "zeroline": False},
        )
    )
