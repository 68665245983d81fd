"""A button that shows one part of a page over the whole screen, as Why it works has it.

Streamlit has no full screen for a part with words and a chart in it. The part itself goes full
screen, so that it follows a running comparison there too; nothing is sent to the server.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

import streamlit as st

_HERE = Path(__file__)


@st.cache_resource
def _component() -> Any:
    html, css, js = (_HERE.with_suffix(end).read_text("utf-8") for end in (".html", ".css", ".js"))
    return st.components.v2.component("present", html=html, css=css, js=js)


def draw_present(part: str) -> None:
    """The button. ``part`` is the key of the container that goes full screen."""
    st.html(_HERE.with_name("screen.css"))
    with st.container(key="present_button", width="content"):
        _component()(key=f"present_{part}", data={"part": part}, width="content", height="content")
