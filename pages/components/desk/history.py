"""History: every answer with search; change or remove one, or take back the last actions."""

from __future__ import annotations

import pandas as pd
import streamlit as st

from al_core.projects import HistoryItem, Project
from pages.components import state
from pages.components.desk import presses
from pages.components.desk.finder import show_on_desk
from pages.components.desk.menu import REDRAWN

_WORDS = "history_words"
LIMIT = 1000


def draw_history(project: Project) -> None:
    """The newest first; pick a line to change or remove its answer."""
    st.text_input("Search: a row number, an answer, a note", key=_WORDS, width=320)
    items = matching(project.history(LIMIT), str(state.get(_WORDS, "")))
    if not items:
        st.text("Nothing here yet.")
        return
    event = st.dataframe(
        _frame(items),
        key="history_table",
        hide_index=True,
        on_select="rerun",
        selection_mode="single-row",
        height=min(360, 38 * (len(items) + 1)),
    )
    places = [place for place in event["selection"]["rows"] if place < len(items)]
    _buttons(project, items[places[0]] if places else None)


def matching(items: list[HistoryItem], words: str) -> list[HistoryItem]:
    """The items that hold the words in row number, answer, note or kind."""
    wanted = words.strip().casefold()
    return [
        item
        for item in items
        if wanted in f"{item.row} {item.label or ''} {item.note} {item.what}".casefold()
    ]


def _frame(items: list[HistoryItem]) -> pd.DataFrame:
    return pd.DataFrame(
        {
            "Time": [f"{item.at.astimezone():%d %b %H:%M:%S}" for item in items],
            "Row": pd.array([item.row for item in items], dtype="Int64"),
            "What": [item.what + (" (taken back)" if item.undone else "") for item in items],
            "Answer": [item.label or "" for item in items],
            "Note": [item.note for item in items],
            "By": [item.by for item in items],
        }
    )


def _buttons(project: Project, item: HistoryItem | None) -> None:
    row = None if item is None else item.row
    if row is None:
        st.caption("Tick a line with a row to change or remove its answer.")
        return
    with st.container(horizontal=True):
        st.button(
            f"Show row {row} on the desk",
            key="history_show",
            type="primary",
            on_click=show_on_desk,
            args=([row],),
        )
        st.button("Remove its answer", key="history_remove", on_click=_remove, args=(project, row))


@presses.known_press
def _remove(project: Project, row: int) -> None:
    receipt = project.remove_label(row)
    presses.say(receipt.sentence, "saved" if receipt.recorded else "note")
    st.rerun(REDRAWN)
