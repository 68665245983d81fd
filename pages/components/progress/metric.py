"""What is counted as good: right overall, each answer the same, or the balance of errors."""

from __future__ import annotations

import streamlit as st

from al_core.learning import METRICS
from al_core.projects import Project
from pages.components.choosing import choose
from pages.components.progress.words import metric_title
from pages.components.shell import state

_NEVER = object()  # drawn for the first time


def draw_metric_choice(project: Project) -> None:
    """The choice, which redraws the whole curve; and a proposal where an answer is rare."""
    proposed = project.propose_metric()
    if proposed is not None and proposed != project.metric:
        _propose(project, proposed)
    names = list(METRICS)
    chosen = choose.radio(
        "Measure by",
        names,
        index=names.index(project.metric),
        words=metric_title,
        horizontal=True,
        key=f"metric_{project.id}_{project.metric}",
        help="The whole curve is measured anew. It never changes by itself.",
    )
    if chosen != project.metric:
        project.change(metric=chosen)
        st.rerun()


def draw_target(project: Project) -> None:
    """How good it shall be, on wish: then Progress says when that looks reached."""
    key = f"target_{project.id}"
    if state.get(key, _NEVER) is _NEVER:  # a default in the call could never be cleared again
        state.put(key, project.settings.target)
    st.number_input(
        "Target: right in 100",
        min_value=1,
        max_value=99,
        value=None,
        step=1,
        placeholder="none",
        width=200,
        key=key,
        on_change=_set_target,
        args=(project, key),
        help="It is said when the score looks that high; a final check shows whether it is.",
    )


def _set_target(project: Project, key: str) -> None:
    project.change(target=state.get(key))


def _propose(project: Project, proposed: str) -> None:
    with st.container(border=True, horizontal=True, vertical_alignment="center", key="proposal"):
        st.text(
            "One answer is rare: whoever never gives it is still right most of the time. "
            f"Measure so that {metric_title(proposed).lower()}?"
        )
        if st.button("Measure it so", key="take_metric"):
            project.change(metric=proposed)
            st.rerun()
