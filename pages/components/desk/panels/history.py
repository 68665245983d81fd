"""History: every answer with search and filter; change or remove one."""

from __future__ import annotations

import re

import pandas as pd
import streamlit as st

from al_core.projects import HistoryItem, Project
from pages.components.choosing import choose
from pages.components.desk import presses
from pages.components.desk.opening.menu import REDRAWN
from pages.components.desk.panels.finder import show_on_desk
from pages.components.desk.row.fields import rows_in_words
from pages.components.shell import state
from pages.components.shell.once import drawing, once
from pages.components.shell.text import begun, short

_WORDS, _KIND = "history_words", "history_kind"
# Lines listed; a choice: more slow the browser down.
LIMIT = 1000
_SAYS = 80  # letters of a row's text in a line; a choice
ALL, STANDING, APART, NOTED = "Everything", "Answers", "Skipped, can't tell", "With a note"


def draw_history(project: Project) -> None:
    """The newest first; pick a line to change or remove its answer."""
    with st.container(horizontal=True, vertical_alignment="bottom"):
        st.text_input(
            "Search",
            key=_WORDS,
            placeholder=f"{project.row_names.word.capitalize()} number, answer or note",
            width=260,
        )
        kind = choose.select(
            "Show",
            [ALL, STANDING, *(f"={name}" for name in project.classes), APART, NOTED],
            words=lambda kind: kind.removeprefix("="),
            key=_KIND,
            width=220,
        )
    items = matching(project, project.history(LIMIT), str(state.get(_WORDS, "")), kind or ALL)
    if not items:
        looked = state.get(_WORDS) or (kind or ALL) != ALL
        st.text("Nothing fits this search." if looked else "Nothing here yet.")
        return
    event = st.dataframe(
        _frame(project, items),
        key="history_table",
        hide_index=True,
        placeholder="",
        on_select="rerun",
        selection_mode="single-row",
        height=min(360, 38 * (len(items) + 1)),
    )
    places = [place for place in event["selection"]["rows"] if place < len(items)]
    _buttons(project, items[places[0]] if places else None)


def matching(
    project: Project, items: list[HistoryItem], words: str, kind: str = ALL
) -> list[HistoryItem]:
    """The items of a kind that hold the words in the name of the row, answer, note or kind.

    kind: one of the names above, or an answer with an equals sign before it. A number alone is a
    row's number, an id or an answer and nothing else.
    """
    wanted = words.strip().casefold()
    some = [item for item in items if _is_kind(item, kind)]
    names = {item.row: _name(project, item.row).casefold() for item in some}
    if wanted.isdigit():
        return [
            item
            for item in some
            if wanted == item.label or re.search(rf"\b{wanted}\b", names[item.row])
        ]
    return [
        item
        for item in some
        if wanted in f"{names[item.row]} {item.label or ''} {item.note} {item.what}".casefold()
    ]


def _name(project: Project, row: int | None) -> str:
    """What a person calls the row of a line; "" where it is about none."""
    return "" if row is None else project.row_names.name(row)


def _is_kind(item: HistoryItem, kind: str) -> bool:
    labels = item.what == "labelled" and not item.undone
    if kind.startswith("="):
        return labels and item.label == kind[1:]
    kinds = {STANDING: labels, APART: item.what in ("skipped", "can't tell"), NOTED: item.note}
    return bool(kinds.get(kind, True))


def _frame(project: Project, items: list[HistoryItem]) -> pd.DataFrame:
    """What happened, a line each; columns that would say nothing are left out."""
    columns: dict[str, object] = {
        project.row_names.word.capitalize(): pd.array(
            [None if i.row is None else project.row_names.number(i.row) for i in items],
            dtype="Int64",
        ),
        "What": [item.what + (" (taken back)" if item.undone else "") for item in items],
        "Answer": [item.label or "" for item in items],
        "Row": _texts(project, items),
        "Time": [f"{item.at.astimezone():%d %b %H:%M:%S}" for item in items],
    }
    if any(item.note for item in items):
        columns["Note"] = [item.note for item in items]
    if {item.by for item in items} - {"person", "app"}:
        columns["By"] = [item.by for item in items]
    return pd.DataFrame(columns)


def _texts(project: Project, items: list[HistoryItem]) -> list[str]:
    """What each line's row says, in a few words; "" where it is about none."""
    rows = sorted({item.row for item in items if item.row is not None})
    words = dict(zip(rows, rows_in_words(project, rows, _SAYS), strict=True))
    return ["" if item.row is None else words[item.row] for item in items]


def _buttons(project: Project, item: HistoryItem | None) -> None:
    row = None if item is None else item.row
    if row is None:
        st.caption("Tick a line to change or remove the answer of its row.")
        return
    answer = project.label_of(row)
    with st.container(horizontal=True, vertical_alignment="center"):
        st.button(
            f"{'Answer' if answer is None else 'Change'} {project.row_names.short(row)}",
            key="history_show",
            type="primary",
            on_click=show_on_desk,
            args=(project, [row], "Rows you picked"),
        )
        st.button(
            "Remove its answer",
            key="history_remove",
            on_click=_remove,
            args=(project, row, drawing()),
            disabled=answer is None,
        )
        words = "has no answer now" if answer is None else f"is {short(answer, 60)} now"
        st.text(begun(f"{project.row_names.name(row)} {words}."))


@presses.known_press
@once
def _remove(project: Project, row: int) -> None:
    receipt = project.remove_label(row)
    presses.say(receipt.sentence, "saved" if receipt.recorded else "note")
    st.rerun(REDRAWN)
