"""The learning curve of the open project, redrawn while something is being worked out."""

from __future__ import annotations

import streamlit as st

from al_core.figures import learning_curve
from al_core.projects import Project
from pages.components import chart_work as work
from pages.components import state
from pages.components.chart import show_chart
from pages.components.chart_words import score_axis
from pages.components.text import plain, show_error

_EVERY = "1s"


def draw_curve(project: Project) -> None:
    """The chart, and under it what is being worked out right now."""
    work.keep_measured(project)
    busy = work.answering(project) or work.measuring(project)
    if said := work.problem(project):
        show_error(said)
    st.fragment(_curve, run_every=_EVERY if busy else None)(bool(busy))


def _curve(was_busy: bool) -> None:
    project = state.kept_project()
    if project is None:
        return
    rounds, measured = work.rounds_so_far(project), project.measured()
    if rounds:
        title = score_axis(project)
        figure = learning_curve(rounds, measured.baseline, score_title=title)
        show_chart(figure, "learning_curve", file_name=f"learning curve {project.name}")
    else:
        st.container(key="learning_curve", height=200, border=True).text(_why_not_yet(project))
    _progress(project)
    if was_busy and not (work.answering(project) or work.measuring(project)):
        st.rerun()


def _why_not_yet(project: Project) -> str:
    if work.measuring(project):
        return "The curve is being measured."
    measured = project.measured()
    return measured.sentence or "The curve is drawn once 20 check rows are answered."


def _progress(project: Project) -> None:
    running = work.answering(project) or work.measuring(project)
    if running is None:
        return
    answering = running is work.answering(project)
    doing = "Answering from the file" if answering else "Measuring curve and random rows"
    left, right = st.columns([5, 1], vertical_alignment="center")
    said = f"{doing}: {running.text}" if running.text else doing
    left.progress(running.fraction, text=plain(said))
    if right.button("Stop", key="stop_work", width="stretch"):
        running.cancel()
