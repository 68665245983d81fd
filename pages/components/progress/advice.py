"""Whether to go on: the card beside the numbers."""

from __future__ import annotations

import streamlit as st

from al_core.learning import Advice
from al_core.projects import Project
from pages.components.progress.work import rounds_so_far
from pages.components.shell.text import plain


def draw_advice(project: Project, advice: Advice) -> None:
    """The advice and, a click away, its reason."""
    mark = ":material/flag:" if advice.stop else ":material/trending_up:"
    with st.container(border=True, key="advice", height="stretch"):
        st.markdown(f"{mark} **{plain(advice.title)}**")
        nothing_yet = project.kind == "oracle" and not rounds_so_far(project)
        reason = (
            "Here it will say when more answers no longer pay." if nothing_yet else advice.reason
        )
        st.caption(plain(reason, 400))
