"""Doubtful labels: looked for on request, gone through on the desk, kept or changed by a key."""

from __future__ import annotations

import pandas as pd
import streamlit as st

from al_core.projects import DoubtfulLabel, Project
from pages.components.export.between import draw_between
from pages.components.export.second_asking import draw_second_asking
from pages.components.queue import queue
from pages.components.shell import jobs, state
from pages.components.shell.jobs import Cancelled, Progress
from pages.components.shell.text import count, in_100, show_error
from pages.components.shell.waiting import finished

_JOB = "doubtful_labels"
# Lines listed; a choice: the desk takes all of them.
_MOST = 100


def draw_doubtful(project: Project) -> None:
    """The folded section: look for them, a list, and the way to the desk."""
    with st.expander("Doubtful labels", key="doubtful", on_change="rerun") as part:
        if not part.open:
            return
        st.caption(
            "Each label is judged by models that learned from the others alone. Check rows are "
            "left out: changing only what the app disputes would raise its score by itself."
        )
        st.button("Look for them", key="find_doubtful", on_click=_begin, args=(project,))
        _draw_what_was_found(project)
        draw_second_asking(project)
        draw_between(project)


def _draw_what_was_found(project: Project) -> None:
    looking = finished(_JOB, "Judging your labels")
    if looking is None:
        return
    if looking.error is not None:
        show_error(looking.error)
    elif looking.result is not None:
        _draw_found(project, *looking.result)


def _begin(project: Project) -> None:
    stamp = project.id, project.saved_at

    def look(progress: Progress, cancelled: Cancelled) -> tuple[object, list[DoubtfulLabel]]:
        return stamp, project.doubtful_labels()

    jobs.start_job(_JOB, look)


def _draw_found(project: Project, stamp: object, found: list[DoubtfulLabel]) -> None:
    if stamp != (project.id, project.saved_at):
        st.text("There are newer answers. Look again.")
        return
    if not found:
        st.text("None of your labels looks doubtful.")
        return
    st.dataframe(
        _frame(project, found[:_MOST]),
        hide_index=True,
        height=min(320, 38 * (min(_MOST, len(found)) + 1)),
        key="doubtful_list",
    )
    if st.button(
        f"Look at {count(len(found), 'doubtful label')} on the desk",
        key="look_doubtful",
        help="Enter keeps a label, the key of another answer changes it.",
    ):
        kept = {one.row: one.label for one in found}
        queue.send(project, list(kept), "Doubtful labels", kept)
        state.switch("label")


def _frame(project: Project, found: list[DoubtfulLabel]) -> pd.DataFrame:
    """The labels, most doubtful first."""
    return pd.DataFrame(
        {
            project.row_names.word.capitalize(): [
                project.row_names.number(one.row) for one in found
            ],
            "Answer": [one.label for one in found],
            "The others say": [one.guess for one in found],
            "How sure of that": [in_100(one.guess_chance) for one in found],
        }
    )
