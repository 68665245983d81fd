"""The learning curve of one project, next to random rows."""

from __future__ import annotations

from collections.abc import Sequence

import plotly.graph_objects as go

from al_core.figures.palette import GREY, RANDOM, layout, line_style
from al_core.figures.traces import band_trace, line_trace
from al_core.learning.records import Band, Baseline, Round

CHOSEN, RANDOM_NAME = "Chosen by the app", "Same start, then random rows"


def learning_curve(
    rounds: Sequence[Round],
    baseline: Baseline | None = None,
    *,
    score_title: str = "Right in 100",
    chosen_name: str = CHOSEN,
    random_name: str = RANDOM_NAME,
    meaning_from: int | None = None,
) -> go.Figure:
    """Score against the labels a model was fitted on, with what is known about chance.

    A live project shows this run and the range of each of its scores. Where the baseline holds an
    ``active`` band (the same way of choosing, played over several seeds), this run is drawn bold
    over that band instead, so that one lucky run does not stand against a mean. Lines and bands
    end where their numbers end. Rounds that failed are left out. meaning_from: from how many labels
    on rows were chosen by what texts mean; marked there.
    """
    good = [r for r in rounds if not r.error]
    figure = go.Figure(layout=_layout(score_title))
    active = baseline.active if baseline else None
    if baseline and baseline.random is not None:
        _add_band(figure, baseline.random, random_name, chosen=False)
    if active is not None:
        _add_band(figure, active, f"{chosen_name}, {active.n_runs} repeats", chosen=True)
    elif good:
        _add_range(figure, good, chosen_name)
    if good:
        _add_run(figure, good, chosen_name, bold=active is not None)
    if meaning_from and good:
        end = max(played.n_labels for played in good)
        _mark(figure, meaning_from, end, "from here on chosen by meaning")
    return figure


def _mark(figure: go.Figure, n_labels: int, end: int, words: str) -> None:
    """A thin line across the curve with a few words at its foot, on the side with more room."""
    side = "right" if n_labels <= end / 2 else "left"
    figure.add_vline(
        x=n_labels,
        line={"width": 1, "dash": "dot", "color": GREY},
        annotation={
            "text": words,
            "yanchor": "bottom",
            "xanchor": "left" if side == "right" else "right",
        },
        annotation_position=f"bottom {side}",
    )


def _layout(score_title: str) -> go.Layout:
    return go.Layout(
        layout(
            xaxis={"title": "Rows learned from", "rangemode": "tozero", "zeroline": False},
            yaxis={"title": score_title, "zeroline": False},
            height=420,
        )
    )


def _add_band(figure: go.Figure, band: Band, name: str, *, chosen: bool) -> None:
    style = line_style(0) if chosen else RANDOM
    figure.add_trace(band_trace(band.n_labels, band.low, band.high, style, name))
    width = 1 if chosen else 2
    ranges = (band.low, band.high)
    figure.add_trace(
        line_trace(band.n_labels, band.middle, style, name, width=width, ranges=ranges)
    )


def _add_range(figure: go.Figure, rounds: Sequence[Round], name: str) -> None:
    x, low, high = [r.n_labels for r in rounds], [r.low for r in rounds], [r.high for r in rounds]
    figure.add_trace(band_trace(x, low, high, line_style(0), name))


def _add_run(figure: go.Figure, rounds: Sequence[Round], name: str, *, bold: bool) -> None:
    shown = f"{name}, this run" if bold else name
    ranges = [r.low for r in rounds], [r.high for r in rounds]
    x, y = [r.n_labels for r in rounds], [r.score for r in rounds]
    width = 4 if bold else 3
    figure.add_trace(line_trace(x, y, line_style(0), shown, width=width, ranges=ranges))
