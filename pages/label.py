"""Label: the app asks for one row at a time, a press of a key answers."""

from pathlib import Path

import streamlit as st

from pages.components.frame import page_frame

project = page_frame("label", needs_project=True)

from pages.components import desk, desk_panels  # noqa: E402  (the guard comes first)

st.html(Path(desk.__file__).with_name("desk.css"))
desk.draw_desk(project)
desk.draw_freshness(project)
desk_panels.draw_panel(project)
