"""Whether to go on: the card beside the numbers."""

from __future__ import annotations

import streamlit as st

from al_core.projects import Project
from pages.components.text import plain


def draw_advice(project: Project) -> None:
    """The advice and, a click away, its reason."""
    advice = project.advice()
    mark = ":material/flag:" if advice.stop else ":material/trending_up:"
    with st.container(border=True, key="advice", height="stretch"):
        st.markdown(f"{mark} **{plain(advice.title)}**")
        st.caption(plain(advice.reason, 400))
