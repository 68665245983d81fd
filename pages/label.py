"""Label: the app asks for one row at a time, a press of a key answers."""

import streamlit as st

from pages.components.around.frame import page_frame
from pages.components.desk.desk import draw_desk, draw_freshness
from pages.components.desk.panels.panels import draw_panel
from pages.components.shell import state

project = page_frame("label", needs_project=True)
if project is not None and project.is_read_only:
    st.text("This project is open for reading: no row is asked here.")
    if st.button("See how it stands", icon=":material/show_chart:", key="see_progress"):
        state.switch("curves")
elif project is not None:
    with st.container(key="desk_and_panel"):
        with st.container(key="desk_side"):
            draw_desk(project)
            draw_freshness(project)
        with st.container(key="panel_side"):
            draw_panel(project)
