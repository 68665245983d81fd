"""Find a row: search the table, then label what was found; for answers too rare to wait for."""

from __future__ import annotations

from typing import Any

import pandas as pd
import streamlit as st

from al_core.projects import Project
from pages.components.choosing import choose
from pages.components.desk import presses
from pages.components.desk.opening.focus import draw_focus
from pages.components.desk.opening.menu import FIND_FIELD, REDRAWN
from pages.components.desk.row.fields import seen_columns
from pages.components.queue import queue
from pages.components.shell import state
from pages.components.shell.text import and_more, begun, count

_WORDS, _COLUMN, _NUMBER = "find_words", "find_column", "find_number"
# Rows listed; a choice: whoever finds more types another word.
LIMIT = 200


def draw_finder(project: Project) -> None:
    """Words and a column to search, or a row's number; pick rows in the table to label them."""
    with st.container(horizontal=True, vertical_alignment="bottom"):
        st.text_input("Words in the row", key=_WORDS, width=280)
        names = ["", *seen_columns(project)]
        choose.select(
            "In",
            names,
            words=lambda name: name or "any column",
            key=_COLUMN,
            width=200,
        )
        number_field(project, f"or {project.row_names.word} number", _NUMBER)
    draw_focus("find", FIND_FIELD)
    rows = _found(project)
    if rows:
        _table(project, rows)


def number_field(project: Project, title: str, key: str) -> int | None:
    """A field for the number of a row, as the person's spreadsheet counts."""
    names, last = project.row_names, project.table.n_rows - 1
    number = st.number_input(
        title,
        min_value=names.number(0),
        max_value=names.number(last),
        value=None,
        step=1,
        key=key,
        width=160,
        placeholder=f"{names.number(0)} to {names.number(last)}",
    )
    return None if number is None else int(number)


def row_at(project: Project, number: int | None) -> list[int]:
    """The row with that number; none, and a word about it, where no row has it."""
    if number is None:
        return []
    row = project.row_names.row_of(int(number))
    if row is None:
        st.text(f"There is no row on {project.row_names.word} {int(number)}.")
    return [] if row is None else [row]


def _found(project: Project) -> list[int]:
    """The row of that number first, then those that hold the words."""
    number, words = state.get(_NUMBER), str(state.get(_WORDS, "")).strip()
    asked_for = row_at(project, number)
    if not words:
        return asked_for
    rows = project.find(words, state.get(_COLUMN) or None, LIMIT)
    if not rows:
        st.text("No row holds these words.")
    return [*asked_for, *(row for row in rows if row not in asked_for)]


def _table(project: Project, rows: list[int]) -> None:
    names = project.row_names
    at_most = " (the first ones)" if len(rows) >= LIMIT else ""
    # above the table: a keyboard comes to the button first, and it stays in sight on a phone
    above = st.container(horizontal=True, vertical_alignment="center", key="found_head")
    event = st.dataframe(
        rows_frame(project, rows),
        key=f"found_{hash(tuple(rows))}",
        hide_index=True,
        on_select="rerun",
        selection_mode="multi-row",
        height=min(320, 38 * (len(rows) + 1)),
    )
    ticked = [rows[place] for place in event["selection"]["rows"]] or rows[:1]
    above.button(
        f"Label {names.short(ticked[0]) if len(ticked) == 1 else count(len(ticked), 'row')}",
        key="label_found",
        type="primary",
        on_click=show_on_desk,
        args=(project, ticked, "Rows you found"),
    )
    found = f"{count(len(rows), 'row')} found{at_most}."
    above.caption(f"{found} Tick those you want to label.", width="content")


def rows_frame(project: Project, rows: list[int]) -> pd.DataFrame:
    """The rows as text, texts to read first; their number and their answer by now in front."""
    text = project.table.text.iloc[rows]
    seen = sorted(seen_columns(project), key=lambda name: project.roles[name].kind != "text")
    frame = text[seen[:12]].copy()  # what is read comes first
    labels = project.labels().set_index("row")["label"]
    add_column(frame, 0, "Answer by now", [str(labels.get(row, "")) for row in rows])
    add_column(frame, 0, project.row_names.word.capitalize(), project.row_names.numbers(rows))
    return frame


def add_column(frame: pd.DataFrame, place: int, title: str, values: Any) -> None:
    """A column of the app's among those of the file, which may have one of that name."""
    while title in frame.columns:
        title += " (app)"
    frame.insert(place, title, values)


@presses.known_press
def show_on_desk(project: Project, rows: list[int], title: str) -> None:
    """Put the picked rows on the desk, one after the other; ``title``: where they come from."""
    queue.send(project, rows, title)
    many = "" if len(rows) == 1 else f" {and_more(len(rows) - 1)} after it"
    presses.say(begun(f"{project.row_names.name(rows[0])} is on the desk{many}."), "note")
    st.rerun(REDRAWN)
