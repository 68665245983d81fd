"""A check on the desk: its bar, its way back, and its card after the last row."""

from __future__ import annotations

import streamlit as st

from al_core.projects import Project
from pages.components.desk import presses
from pages.components.desk.header import question_of
from pages.components.desk.opening.menu import PANEL, SEVERAL
from pages.components.queue import queue
from pages.components.shell import final_check, state
from pages.components.shell.text import count, plain

_FINAL = (
    "The app's guesses were fixed before the first of these rows. One without an answer counts as "
    "wrong."
)
_SEARCH = (
    "Each further one that turns up raises the number of rows to read. One without an answer "
    "counts as not found."
)


def what_counts(project: Project) -> str:
    """What is to be known about answers to these rows."""
    return _SEARCH if final_check.is_search(project) else _FINAL


def make_room(project: Project) -> None:
    """Where a check was just taken up: nothing else lies on the desk."""
    if final_check.just_taken_up(project):
        queue.clear()
        state.put(SEVERAL, 0)
        state.put(PANEL, "")


def draw_final_header(project: Project) -> None:
    """The question, how far the check is, a way back, and no word of any score."""
    answered, n = final_check.progress(project) or (0, 1)
    with st.container(key="desk_header", gap="xsmall"):
        with st.container(horizontal=True, vertical_alignment="bottom"):
            st.title(plain(question_of(project)), anchor=False, width="stretch")
            st.button(
                "Back to labelling",
                key="leave_final_check",
                help="It waits as it is; Progress has the button to go on with it.",
                on_click=_leave,
                args=(project,),
            )
        st.progress(answered / max(n, 1), text=final_check.progress_words(project))


@presses.known_press
def _leave(project: Project) -> None:
    final_check.put_off(project)
    queue.go_elsewhere()
    what = "search" if final_check.is_search(project) else "final check"
    presses.say(f"The {what} waits. Progress has the button to go on with it.", "note")


def draw_final_card(project: Project) -> None:
    """All rows of the check were gone through; its result is not looked at yet.

    Or those that are to go are on the screen of another tab.
    """
    answered, n = final_check.progress(project) or (0, 0)
    with st.container(key="final_card", border=True, height=400):
        if answered < n:
            rows = count(n - answered, "row is", "rows are")
            st.header(f"{rows} open in another tab.", anchor=False)
            st.text("Answer them there; or close it, and reload this page.")
            return
        what = "search" if final_check.is_search(project) else "final check"
        st.header(f"The {what} is answered.", anchor=False)
        st.text("Undo still takes answers back. Once you look at the result, it stands.")
        if st.button("See the result", key="final_result_button", type="primary"):
            state.switch("export" if project.fill_check_is_open() else "curves")
