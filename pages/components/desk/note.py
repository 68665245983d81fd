"""A note on the row that is on the desk; it is saved with the answer, or by itself."""

from __future__ import annotations

import streamlit as st

from al_core.projects import Project
from pages.components import state
from pages.components.desk import presses
from pages.components.desk.menu import REDRAWN


def draw_note(project: Project) -> None:
    """A field for the note and a button that saves it."""
    question = presses.next_question(project)
    if question is None:
        st.text("There is no row on the desk.")
        return
    key = presses.note_key(question)
    st.text_area(f"Note for row {question.row}", key=key, height=90, max_chars=2000)
    st.button(
        "Save note",
        key=f"save_{key}",
        on_click=_save,
        args=(project, question.row, key),
    )
    st.caption("A note typed here is also saved with your answer. It is in the download.")


@presses.known_press
def _save(project: Project, row: int, key: str) -> None:
    text = str(state.get(key, "")).strip()
    if text:
        presses.say(project.add_note(row, text).sentence)
    st.rerun(REDRAWN)
