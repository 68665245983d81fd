"""What opens under the desk; a fragment of its own, so that a press never draws it again."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import streamlit as st

from al_core.projects import Project
from pages.components.desk.answers.rename import draw_answers_panel
from pages.components.desk.menu import PANEL, PANELS, REDRAWN, close_panel
from pages.components.desk.panels.finder import draw_finder
from pages.components.desk.panels.history import draw_history
from pages.components.desk.panels.key_sheet import draw_keys
from pages.components.desk.panels.note import draw_note
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

_DRAW: dict[str, tuple[str, Callable[[Project], None]]] = {
    "why": ("Why this row?", draw_why),
    "keys": ("Keys", draw_keys),
    "find": (PANELS["find"], draw_finder),
    "history": (PANELS["history"], draw_history),
    "note": ("Note", draw_note),
    "goal": (PANELS["goal"], draw_goal),
    "choosing": (PANELS["choosing"], draw_choosing),
    "model": (PANELS["model"], draw_model),
    "checks": (PANELS["checks"], draw_checks),
    "columns": (PANELS["columns"], draw_columns),
    "answers": (PANELS["answers"], draw_answers_panel),
    "guess": (PANELS["guess"], draw_guess_switch),
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
    title, draw = _DRAW[name]
    if name == "why":
        title = why_title(project)
    with st.container(key="panel_open", border=True):
        with st.container(horizontal=True, vertical_alignment="center"):
            st.header(title, anchor=False)
            st.space("stretch")
            st.button("Close", key="close_panel", on_click=close_panel)
        with guarded("A panel"):
            draw(project)
        _in_sight(key="panel_in_sight", data={"title": title}, height="content")


__all__ = ["REDRAWN", "draw_panel"]
