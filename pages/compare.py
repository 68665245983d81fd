"""Compare: does choosing rows pay on this data? Ways of choosing against random, over repeats."""

import streamlit as st

from pages.components.around.frame import page_frame
from pages.components.lab.headline import draw_worth
from pages.components.lab.lab import draw_form
from pages.components.lab.results import draw_results
from pages.components.present.present import draw_present

project = page_frame("compare", needs_project=False)

with st.container(horizontal=True, vertical_alignment="center", horizontal_alignment="distribute"):
    st.title("Does choosing rows pay on this data?", anchor=False, width="content")
    draw_present("presented")
st.text("The app plays through rows whose answers are known: chosen ones against random ones.")
# The result stands above the form it came from; the form is drawn first, for it may start a run.
results, form = st.container(), st.container()
with form:
    draw_form(project)
    draw_worth(project)
with results:
    draw_results()
