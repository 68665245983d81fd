"""The headline of Progress and the numbers under it."""

from __future__ import annotations

from pathlib import Path

import streamlit as st

from al_core.learning import last_change
from al_core.projects import Project, ScoreNow, Summary
from pages.components.progress.advice import draw_advice
from pages.components.progress.words import headline, what_they_do
from pages.components.progress.work import rounds_so_far
from pages.components.shell import state
from pages.components.shell.text import in_100, plain

_LAST = 50
_STYLE = Path(__file__).with_name("progress.css")


def draw_headline(project: Project, now: Summary) -> None:
    """What holds now, largest first; before the first score, the way to it."""
    first, *more = headline(project, now)
    st.title("Progress", anchor=False)
    st.header(plain(first, 400), anchor=False)
    for line in more:
        st.text(line)
    if more and st.button("Compare", key="to_compare", help="Measures it over many starts."):
        state.switch("compare")
    if project.kind == "oracle":
        if not now.counts.spent:
            st.text("Press 10 below: ten rows are answered from the file, and the curve begins.")
    elif not now.score.ready and st.button("Go on labelling", key="to_label", type="primary"):
        state.switch("label")


def draw_numbers(project: Project, now: Summary) -> None:
    """Rows labelled, the score with its range, what the last labels brought, and the advice.

    Four in a row; two by two where the page is narrow.
    """
    st.html(_STYLE)
    with st.container(key="numbers"):
        labelled, right, last, advice = st.columns([1, 1, 1, 1.4])
    with labelled:
        _number("Rows labelled", f"{now.counts.labelled:,}", what_they_do(project, now))
    with right:
        _score(now.score)
    with last:
        _last(project)
    with advice:
        draw_advice(project, now.advice)


def _score(score: ScoreNow) -> None:
    _number(
        "Right" if score.metric == "accuracy" else "Score",
        in_100(score.score) if score.score is not None else "not yet",
        _range(score.low, score.high),
        "The true figure is very likely in this range.",
    )


def _last(project: Project) -> None:
    change = last_change(rounds_so_far(project), _LAST)
    _number(
        f"Last {change.since if change else _LAST} rows",
        _signed(change.change) if change else "not yet",
        f"{_signed(change.low)} to {_signed(change.high)}" if change else "",
        "How many more in 100 are right, and the range in which that very likely lies.",
    )


def _number(title: str, value: str, beside: str, meaning: str | None = None) -> None:
    """A number and, smaller, what belongs to it: its range, or its parts."""
    st.metric(
        title,
        value,
        beside or None,
        delta_color="off",
        delta_arrow="off",
        border=True,
        height="stretch",
        help=meaning,
    )


def _range(low: float | None, high: float | None) -> str:
    return "" if low is None or high is None else f"{100 * low:.0f} to {100 * high:.0f}"


def _signed(share: float) -> str:
    rounded = round(100 * share)
    return f"{rounded:+d}".replace("-", "−") if rounded else "0"
