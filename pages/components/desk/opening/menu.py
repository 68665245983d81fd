"""What opens beside the row: three groups under More, each entry with a key of its own."""

from __future__ import annotations

from typing import NamedTuple

import streamlit as st

from al_core.projects import Project, Question
from pages.components.desk import presses
from pages.components.shell import state
from pages.components.shell.once import drawing, once

PANEL = "desk_panel"
_PANEL_ROW = "desk_panel_row"
SEVERAL = "desk_several"  # how many rows the grid shows; 0: one at a time
REDRAWN = ["desk", "panel"]
_MORE, NEW_MENU = "more", "new_answer_menu"
FIND_FIELD, NEW_FIELD = ".st-key-find_words input", ".st-key-new_answer input"
SEEK_FIELD, GOAL_FIELD = ".st-key-seek_words input", ".st-key-set_budget input"


class Entry(NamedTuple):
    """A panel by its name, opened by ``key``; ``field``: its selector where one takes the focus."""

    name: str
    title: str
    key: str
    field: str = ""


GROUPS = {
    "This row": (
        Entry("why", "Why this row?", "W"),
        Entry("near", "Nearly the same", "J"),
        Entry("find", "Find a row", "F", FIND_FIELD),
    ),
    "My answers": (
        Entry("history", "History", "L"),
        Entry("guidelines", "What the answers mean", "G"),
        Entry("new", "New answer", "A", NEW_FIELD),
        Entry("answers", "Answers: rename or merge", "E"),
    ),
    "What is asked": (
        Entry("goal", "Goal", "O", GOAL_FIELD),
        Entry("several", "Several at once", "V"),
        Entry("choosing", "How rows are chosen", "Q"),
        Entry("seek", "Seek a rare answer", "Z", SEEK_FIELD),
        Entry("model", "Model", "M"),
        Entry("checks", "Check rows", "K"),
        Entry("columns", "Columns of the card", "T"),
        Entry("guess", "The app's guess", "P"),
        Entry("keys", "Keys", "H"),
    ),
}
OF_A_ROW = ("why", "near")
"""Panels about one row, the one that was on the desk when they were opened."""
ENTRIES = {entry.name: entry for group in GROUPS.values() for entry in group}


def entries_of(project: Project) -> list[Entry]:
    """Those that may be opened now: on a check nothing that could hold a guess."""
    few = presses.on_final_check(project)
    return [ENTRIES["keys"]] if few else list(ENTRIES.values())


def draw_menu(question: Question | None, *, few: bool = False) -> None:
    """The button under which everything else lies; ``few``: the key sheet alone."""
    row = None if question is None else question.row
    if few:
        _opener(ENTRIES["keys"], None)
        return
    changed = presses.known_press(lambda: None)
    with (
        st.container(key=_MORE, width="content"),
        st.popover("More", key=menu_key(_MORE), on_change=changed) as menu,
    ):
        if menu.open:
            _groups(row)


def menu_key(name: str) -> str:
    """The key of a menu that opens over the page, another one after each closing by us.

    The browser takes the word that it is closed for news only once under one key.
    """
    return f"{name}_menu_{state.get(f'{name}_times', 0)}"


def close_menu(name: str) -> None:
    """From the next drawing on the menu is a new one, which is closed."""
    state.put(f"{name}_times", state.get(f"{name}_times", 0) + 1)


def _groups(row: int | None) -> None:
    """Drawn while the menu is open, so that a press on the desk does not pay for it."""
    with st.container(key="more_groups", horizontal=True, gap="large"):
        for title, entries in GROUPS.items():
            _group(title, entries, row)


def _group(title: str, entries: tuple[Entry, ...], row: int | None) -> None:
    with st.container(key=f"more_{title.split()[-1]}", width="content", gap="xxsmall"):
        st.caption(title)
        for entry in entries:
            if entry.name != "new" and (entry.name not in OF_A_ROW or row is not None):
                _opener(entry, row)


def _opener(entry: Entry, row: int | None) -> None:
    with st.container(key=f"open_{entry.name}", width="content"):
        st.button(
            entry.title,
            key=f"open_{entry.name}_button",
            on_click=toggle_panel,
            args=(entry.name, row if entry.name in OF_A_ROW else None, drawing()),
            shortcut=entry.key,
            type="tertiary",
        )


@presses.known_press
@once
def toggle_panel(name: str, row: int | None = None) -> None:
    """Open a panel beside the row; close it where it is open, for the same row if it has one."""
    if state.get(menu_key(_MORE)):
        close_menu(_MORE)
    if name == "new":  # a menu of its own, beside the answers
        key = menu_key(NEW_MENU)
        state.put(key, not state.get(key))
        return
    is_open = (state.get(PANEL), state.get(_PANEL_ROW)) == (name, row)
    if name == "several":
        state.put(SEVERAL, 6)
    # What a panel says is about the row that leaves the screen.
    state.put(PANEL, "" if is_open or name == "several" else name)
    state.put(_PANEL_ROW, row)
    st.rerun(REDRAWN)


def open_by_key(project: Project, pressed: dict[str, object]) -> None:
    """A letter was pressed on the desk; it closes what it had opened."""
    name, row = str(pressed.get("name", "")), presses.next_row(project)
    if name in {entry.name for entry in entries_of(project)}:
        toggle_panel(name, row if name in OF_A_ROW else None, pressed.get("at"))


def panel_row() -> int | None:
    """The row that the open panel is about, where it is about one."""
    row: int | None = state.get(_PANEL_ROW)
    return row


@presses.known_press
def close_panel() -> None:
    """Close what is open beside the row."""
    state.put(PANEL, "")
    st.rerun(REDRAWN)
