"""What to press on Progress: go on, finish, or answer from the file in a rehearsal."""

from __future__ import annotations

from typing import Literal

import streamlit as st

from al_core.projects import Project, Summary
from pages.components.progress import work
from pages.components.shell import state

# Rows by which a goal is raised; a choice.
MORE = 50
# Answers taken from the file at a press; a choice.
_STEPS = (1, 10, 100)


def draw_actions(project: Project, now: Summary) -> None:
    """One primary action: finish where the advice is to stop, else go on.

    Before the first score the headline has the button to go on with.
    """
    stop = bool(now.advice.stop)
    if project.kind == "live" and not now.score.ready:
        return
    with st.container(horizontal=True, vertical_alignment="center", key="go_on"):
        if project.kind == "oracle":
            _answer_from_file(project, now.counts.left, stop)
        elif st.button(f"Label {MORE} more", key="label_more", type=_weight(not stop)):
            project.change(budget=project.counts().spent + MORE)
            state.switch("label")
        if st.button(
            "Finish: download the file",
            key="finish",
            type=_weight(stop),
            icon=":material/download:",
        ):
            state.switch("export")


def _weight(primary: bool) -> Literal["primary", "secondary"]:
    return "primary" if primary else "secondary"


def _answer_from_file(project: Project, left: int, stop: bool) -> None:
    with st.container(
        horizontal=True, vertical_alignment="center", width="content", key="from_file"
    ):
        st.text("Answer from the file:", width="content")
        for n in _STEPS:
            pressed = st.button(
                str(n),
                key=f"answer_{n}",
                type=_weight(n == _STEPS[1] and not stop),
                # never off while it answers: a button that goes off loses the keyboard's place
                disabled=not left,
            )
            if pressed:
                work.start_answering(project, min(n, left))
                st.rerun()
        if not left:
            st.caption("Every row is answered or set aside.")
