"""The headline of Progress and the three numbers under it."""

from __future__ import annotations

import streamlit as st

from al_core.figures import Change, last_change
from al_core.projects import Project
from pages.components import state
from pages.components.chart_words import headline, score_shown
from pages.components.chart_work import rounds_so_far
from pages.components.text import in_100, plain

_LAST = 50


def draw_headline(project: Project) -> None:
    """What holds now, largest first; before the first score, the way to it."""
    first, *more = headline(project)
    st.title("Progress", anchor=False)
    st.subheader(plain(first, 400), anchor=False)
    for line in more:
        st.text(line)
    if project.kind == "oracle":
        if not project.counts().spent:
            st.text("Press 10 below: ten rows are answered from the file, and the curve begins.")
    elif not project.score().ready and st.button("Go on labelling", key="to_label", type="primary"):
        state.switch("label")


def draw_numbers(project: Project) -> None:
    """Rows labelled, the score with its range, and what the last labels brought."""
    counts, score = project.counts(), score_shown(project)
    change = last_change(rounds_so_far(project), _LAST)
    labelled, right, last = st.columns(3)
    labelled.metric("Rows labelled", f"{counts.labelled:,}", border=True, height="stretch")
    with right:
        title = "Right" if project.metric == "accuracy" else "Score"
        value = in_100(score.score) if score.score is not None else "not yet"
        st.metric(title, value, border=True, height="stretch", help=_range(score.low, score.high))
    with last:
        st.metric(
            f"Last {change.since if change else _LAST} rows",
            _points(change),
            border=True,
            height="stretch",
            help="How many more in 100 are right, and the range in which that very likely lies.",
        )


def _range(low: float | None, high: float | None) -> str | None:
    if low is None or high is None:
        return None
    return f"Very likely between {100 * low:.0f} and {100 * high:.0f} in 100."


def _points(change: Change | None) -> str:
    if change is None:
        return "not yet"
    return f"{_signed(change.change)} ({_signed(change.low)} to {_signed(change.high)})"


def _signed(share: float) -> str:
    rounded = round(100 * share)
    return f"{rounded:+d}".replace("-", "−") if rounded else "0"
