"""What to press on Progress: go on, finish, or answer from the file in a rehearsal."""

from __future__ import annotations

from typing import Literal

import streamlit as st

from al_core.projects import Project, Summary
from pages.components.progress import final, work
from pages.components.shell import final_check, state
from pages.components.shell.text import plain

# Rows by which a goal is raised; a choice.
MORE = 50
# Answers taken from the file at a press; a choice.
_STEPS = (1, 10, 100)


def draw_actions(project: Project, now: Summary) -> None:
    """One primary action: a final check where it looks settled, finish after it, else go on.

    Before the first score the headline has the button to go on with.
    """
    stop, is_open = bool(now.advice.stop), final_check.progress(project)
    if project.kind == "live" and not now.score.ready and is_open is None:
        return
    found = final.plan(project)
    # where it looks settled and no check has shown yet how good that is, the check comes first
    to_check = stop and found is not None and not final.speaks_of_now(project, now)
    with st.container(horizontal=True, vertical_alignment="center", key="go_on"):
        if is_open is not None:
            final.draw_open(project, is_open)
        elif found is not None:  # the buttons keep their places, whichever is blue
            final.draw_start(project, found, blue=to_check)
        if project.kind == "oracle":
            _answer_from_file(project, now.counts.left, stop)
        else:
            _label_more(project, blue=not stop and is_open is None)
        _finish(blue=stop and not to_check and is_open is None)
    if found is not None:
        with st.container(key="not_presented_offer"):  # nobody can press there
            st.caption(plain(final.what_it_shows(found), 400))


def _label_more(project: Project, *, blue: bool) -> None:
    if st.button(f"Label {MORE} more", key="label_more", type=_weight(blue)):
        project.change(budget=project.counts().spent + MORE)
        final_check.put_off(project)
        state.switch("label")


def _finish(*, blue: bool) -> None:
    pressed = st.button(
        "Finish: download the file",
        key="finish",
        type=_weight(blue),
        icon=":material/download:",
    )
    if pressed:
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
