"""A note on one row, opened with N: it is saved with the answer, or by itself.

The note belongs to the row that was on the screen when N was pressed, and is put away with that
row's answer. What was typed is kept when the field closes, until the row is answered.
"""

from __future__ import annotations

import streamlit as st

from al_core.projects import Project, Question
from pages.components.desk import presses
from pages.components.desk.opening.focus import draw_focus
from pages.components.desk.opening.menu import PANEL, REDRAWN
from pages.components.desk.presses import issued
from pages.components.shell import state

_TOKEN = "desk_note_for"  # noqa: S105  a key of the session, no secret


@presses.known_press
def open_note(question: Question) -> None:
    """Open the field for a note on this row."""
    show_field(question.token)
    st.rerun(REDRAWN)


def show_field(token: str) -> None:
    """From the next drawing on the field of the row with this token is open."""
    state.put(PANEL, "note")
    state.put(_TOKEN, token)


def put_away(token: str) -> None:
    """Close the field of a row that was answered or set aside."""
    if open_for() == token:
        state.put(PANEL, "")


def open_for() -> str | None:
    """The token of the row whose field is open."""
    return str(state.get(_TOKEN)) if state.get(PANEL) == "note" else None


def draw_note(project: Project) -> None:
    """A field for the note and a button that saves it; focus.js leads there and back."""
    found = issued(str(state.get(_TOKEN)))
    if found is None:
        st.text("There is no row on the desk.")
        return
    row, key = found.question.row, presses.note_key(found.question)
    with st.container(key="note_field"):
        st.text_area(
            f"Note for {project.row_names.short(row)}",
            value=state.get(f"{key}_kept", _before(project, found.question)),
            key=key,
            height=90,
            max_chars=2000,
            on_change=_keep,
            args=(key,),
        )
    st.button("Save note", key=f"save_{key}", on_click=_save, args=(project, found.question, key))
    st.caption("Saved with your answer, or now. Esc leads back to the answers.")
    draw_focus(found.question.token, ".st-key-note_field textarea")


def _before(project: Project, question: Question) -> str:
    """What the field begins with; of a row asked of two people the other's note stays hidden."""
    before = "" if question.purpose == "shared" else project.note(question.row)
    return before or presses.note_back(question.row)


@presses.known_press
def _keep(key: str) -> None:
    state.put(f"{key}_kept", str(state.get(key, "")))


@presses.known_press
def _save(project: Project, question: Question, key: str) -> None:
    row, text = question.row, str(state.get(key, "")).strip()
    if question.purpose == "shared":
        text = f"{project.note(row)}\n{text}".strip()
    if text != project.note(row):
        presses.say(project.add_note(row, text).sentence)
    state.put(PANEL, "")
    st.rerun(REDRAWN)
