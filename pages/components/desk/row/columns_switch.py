"""All columns of the row on its card, or only those that the app reads."""

from __future__ import annotations

import streamlit as st

from al_core.projects import Project
from pages.components.desk import presses
from pages.components.desk.row.fields import seen_columns, shown_columns
from pages.components.shell import state
from pages.components.shell.once import drawing, once
from pages.components.shell.text import count

COLUMNS = "desk_all_columns"


def draw_columns_switch(project: Project) -> None:
    """All columns of the row or only those the app reads."""
    columns = len(seen_columns(project))
    if columns <= len(shown_columns(project)):
        return
    text = "Fewer columns" if state.get(COLUMNS) else f"All {count(columns, 'column')}"
    st.button(text, key="all_columns", on_click=_toggle_columns, args=(drawing(),), type="tertiary")


@presses.known_press
@once
def _toggle_columns() -> None:
    state.put(COLUMNS, not state.get(COLUMNS))
