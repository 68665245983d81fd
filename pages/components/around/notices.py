"""What was found when the project was opened: missing entries, a folder that is only read."""

from __future__ import annotations

from typing import TYPE_CHECKING

import streamlit as st

from pages.components.shell import state
from pages.components.shell.text import plain

if TYPE_CHECKING:
    from al_core.projects import Project

_SEEN = "_notices_seen"


def draw_notices(project: Project) -> None:
    """Say it above every page until the person has seen it."""
    if not project.notices or state.get(_SEEN) == project.opener:
        return
    with st.container(key="notices"):
        for notice in project.notices:
            st.warning(plain(notice, limit=2000), icon=":material/warning:")
        st.button(
            "I have read this", key="notices_read", on_click=state.put, args=(_SEEN, project.opener)
        )
