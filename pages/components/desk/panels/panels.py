"""What opens beside the row; a fragment of its own, so that a press never draws it again."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import streamlit as st

from al_core.projects import Project
from pages.components.desk.answers.rename import draw_answers_panel
from pages.components.desk.opening.menu import ENTRIES, PANEL, REDRAWN, close_panel
from pages.components.desk.panels.finder import draw_finder
from pages.components.desk.panels.guidelines import draw_guidelines
from pages.components.desk.panels.history import draw_history
from pages.components.desk.panels.key_sheet import draw_keys
from pages.components.desk.panels.near import draw_near, near_title
from pages.components.desk.panels.note import draw_note
from pages.components.desk.panels.seek import draw_seek, seek_title
from pages.components.desk.panels.settings import (
    draw_checks,
    draw_choosing,
    draw_columns,
    draw_goal,
    draw_guess_switch,
    draw_model,
)
from pages.components.desk.panels.why import draw_why, why_title
from pages.components.shell import state
from pages.components.shell.guard import guarded

_DRAW: dict[str, Callable[[Project], None]] = {
    "why": draw_why,
    "near": draw_near,
    "keys": draw_keys,
    "find": draw_finder,
    "history": draw_history,
    "guidelines": draw_guidelines,
    "note": draw_note,
    "goal": draw_goal,
    "choosing": draw_choosing,
    "seek": draw_seek,
    "model": draw_model,
    "checks": draw_checks,
    "columns": draw_columns,
    "answers": draw_answers_panel,
    "guess": draw_guess_switch,
}


_in_sight = st.components.v2.component(
    "label_desk_panel", js=Path(__file__).with_name("panel.js").read_text(encoding="utf-8")
)


@st.fragment(key="panel")
@guarded("A panel's frame")
def draw_panel(project: Project) -> None:
    """The open panel, if any, with a button to close it."""
    name = state.get(PANEL)
    if name not in _DRAW:
        st.container(key="panel_closed")
        return
    draw, title = _DRAW[name], _title(project, name)
    with st.container(key="panel_open", border=True):
        with st.container(horizontal=True, vertical_alignment="center"):
            st.header(title, anchor=False)
            st.space("stretch")
            st.button("Close", key="close_panel", on_click=close_panel)
        with guarded("A panel"):
            draw(project)
        _in_sight(key="panel_in_sight", data={"title": title}, height="content")


def _title(project: Project, name: str) -> str:
    if name == "why":
        return why_title(project)
    if name == "near":
        return near_title(project)
    if name == "seek":
        return seek_title(project)
    return ENTRIES[name].title if name in ENTRIES else "Note"


__all__ = ["REDRAWN", "draw_panel"]
