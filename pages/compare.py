"""Compare: does choosing rows pay on this data? Ways of choosing against random, over repeats."""

import streamlit as st

from pages.components.around.frame import page_frame
from pages.components.lab.lab import choose_plan, draw_link, draw_start
from pages.components.lab.results import draw_results

project = page_frame("compare", needs_project=False)

st.title("Does choosing rows pay on this data?", anchor=False)
st.text("The app plays through rows whose answers are known: chosen ones against random ones.")
data, plan, repeats = choose_plan(project)
with st.container(horizontal=True, vertical_alignment="center"):
    draw_start(data, plan, repeats)
    draw_link(repeats)
draw_results()
