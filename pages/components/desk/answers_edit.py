"""Rename, merge and add answers; each is an event, so it can be undone."""

from __future__ import annotations

import streamlit as st

from al_core.projects import Project
from pages.components import state
from pages.components.desk import presses
from pages.components.desk.menu import REDRAWN
from pages.components.once import drawing, once
from pages.components.text import short

_OLD, _NAME = "rename_old", "rename_new"


def draw_answers_panel(project: Project) -> None:
    """Give an answer another name; the name of another answer merges the two."""
    with st.container(horizontal=True, vertical_alignment="bottom"):
        st.selectbox(
            "Answer",
            project.classes,
            format_func=lambda name: short(name, 60),
            key=_OLD,
            width=240,
        )
        st.text_input("New name", key=_NAME, width=240)
        st.button("Rename", key="rename_answer", on_click=_rename, args=(project, drawing()))
    typed = str(state.get(_NAME, "")).strip()
    if typed in project.classes and typed != state.get(_OLD):
        st.caption("There is an answer of that name: the two become one. Undo takes it back.")


@presses.known_press
@once
def _rename(project: Project) -> None:
    receipt = project.rename_class(str(state.get(_OLD)), str(state.get(_NAME, "")).strip())
    state.put(_NAME, "")
    presses.say(receipt.sentence, "saved" if receipt.recorded else "note")
    st.rerun(REDRAWN)
