"""Compare: does choosing rows pay on this data? Ways of choosing against random, over repeats."""

import streamlit as st

from pages.components.around.frame import page_frame
from pages.components.lab.headline import draw_title, draw_worth
from pages.components.lab.lab import draw_form
from pages.components.lab.results import draw_results

project = page_frame("compare", needs_project=False)

draw_title()
# The result stands above the form it came from; the form is drawn first, for it may start a run.
results, form = st.container(), st.container()
with form:
    draw_form(project)
    draw_worth(project)
with results:
    draw_results()
