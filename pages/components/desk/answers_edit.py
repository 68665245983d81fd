"""Rename, merge and add answers; each is an event, so it can be undone."""

from __future__ import annotations

import streamlit as st

from al_core.projects import Project
from pages.components import choose, state
from pages.components.desk import presses
from pages.components.desk.menu import REDRAWN
from pages.components.once import drawing, once

_OLD, _NAME, _TIMES = "rename_old", "rename_new", "rename_times"


def draw_answers_panel(project: Project) -> None:
    """Give an answer another name; the name of another answer merges the two."""
    field = f"{_NAME}_{state.get(_TIMES, 0)}"  # a new one each time: the old one keeps its words
    typed = str(state.get(field, "")).strip()
    merges = typed in project.classes and typed != state.get(_OLD)
    with st.container(horizontal=True, vertical_alignment="bottom"):
        choose.select(
            "Answer",
            project.classes,
            key=_OLD,
            width=240,
        )
        st.text_input("New name", key=field, width=240)
        st.button(
            "Merge the two" if merges else "Rename",
            key="rename_answer",
            on_click=_rename,
            args=(project, field, drawing()),
        )
    if merges:
        st.caption("There is an answer of that name: the two become one. Undo takes it back.")
    else:
        st.caption("The name of another answer makes one of the two.")


@presses.known_press
@once
def _rename(project: Project, field: str) -> None:
    name = str(state.get(field, "")).strip()
    receipt = project.rename_class(str(state.get(_OLD)), name)
    state.put(_OLD, name)
    state.put(_TIMES, state.get(_TIMES, 0) + 1)
    presses.say(receipt.sentence, "saved" if receipt.recorded else "note")
    st.rerun(REDRAWN)
