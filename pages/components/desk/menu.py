"""Why this row, More and the key sheet: chosen in the desk, drawn below it by themselves."""

from __future__ import annotations

import streamlit as st

from al_core.projects import Project, Question
from pages.components.desk import presses
from pages.components.shell import state
from pages.components.shell.once import drawing, once

PANEL = "desk_panel"
PANELS = {
    "find": "Find a row",
    "history": "History",
    "goal": "Goal",
    "several": "Several at once",
    "choosing": "How rows are chosen",
    "model": "Model",
    "checks": "Check rows",
    "columns": "Columns of the card",
    "answers": "Answers: rename or merge",
    "guess": "The app's guess",
}
_PANEL_ROW = "desk_panel_row"
SEVERAL = "desk_several"  # how many rows the grid shows; 0: one at a time
REDRAWN = ["desk", "panel"]


def draw_menu(project: Project, question: Question | None, *, few: bool = False) -> None:
    """The buttons that open something under the desk; ``few``: nothing that could hold a guess."""
    if few:
        _opener("keys", "Keys", "H", None)
        return
    if question is not None:
        _opener("why", "Why this row?", None, question.row)
    _opener("keys", "Keys", "H", None)
    st.menu_button(
        "More",
        list(PANELS),
        format_func=PANELS.__getitem__,
        key="more",
        on_click=_more,
    )


def _opener(name: str, text: str, key: str | None, row: int | None) -> None:
    with st.container(key=f"open_{name}", width="content"):
        st.button(
            text,
            key=f"open_{name}_button",
            on_click=toggle_panel,
            args=(name, row, drawing()),
            shortcut=key,
        )


@presses.known_press
@once
def toggle_panel(name: str, row: int | None = None) -> None:
    """Open a panel under the desk; close it where it is open, for the same row if it has one."""
    is_open = (state.get(PANEL), state.get(_PANEL_ROW)) == (name, row)
    state.put(PANEL, "" if is_open else name)
    state.put(_PANEL_ROW, row)
    st.rerun(REDRAWN)


@presses.known_press
def close_panel() -> None:
    """Close what is open under the desk."""
    state.put(PANEL, "")
    st.rerun(REDRAWN)


@presses.known_press
def _more() -> None:
    name = state.get("more")
    if name == "several":
        state.put(SEVERAL, 6)
        state.put(PANEL, "")  # what it says is about the row that leaves the screen
    elif name:
        state.put(PANEL, name)
    st.rerun(REDRAWN)
