"""Progress: how good the app is after so many labels, next to random rows."""

from __future__ import annotations

import streamlit as st

from al_core.projects import Project, Summary
from pages.components.around.frame import page_frame
from pages.components.present.present import draw_present
from pages.components.progress.curve import draw_standing
from pages.components.progress.metric import draw_metric_choice, draw_target
from pages.components.progress.tables import draw_class_counts, draw_curve_table, draw_mixups
from pages.components.progress.time_and_money import draw_time_and_money
from pages.components.progress.words import how_measured


def draw_details(project: Project, now: Summary) -> None:
    """What stands behind the curve, each on request."""
    ready = now.score.ready
    if ready:
        draw_metric_choice(project)
        draw_target(project)
        with st.expander("Which answers get mixed up", key="mixed_up", on_change="rerun") as mixed:
            if mixed.open:
                draw_mixups(project)
        draw_time_and_money(project, now)
        with st.expander("The same numbers as a table", key="table"):
            draw_curve_table(project)
    with st.expander("How many of each answer", expanded=not ready):
        draw_class_counts(project)
    with st.expander("How this is measured", key="how"):
        for sentence in how_measured(project, now):
            st.text(sentence)


project = page_frame("curves", needs_project=True)
if project is not None:
    with st.container(horizontal=True, vertical_alignment="center", key="progress_title"):
        st.title("Progress", anchor=False)
        draw_present("presented")
    draw_standing(project)
    draw_details(project, project.summary())
