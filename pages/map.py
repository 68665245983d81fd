"""Map: the pool in two dimensions; draw round some points to read and label them."""

import streamlit as st

from pages.components.around.frame import page_frame
from pages.components.map.view import draw_map

project = page_frame("map", needs_project=True)

st.title("Map", anchor=False)
st.text("Each point is a row; rows alike lie near each other. Draw round some points to read them.")
if project is not None:
    draw_map(project)
