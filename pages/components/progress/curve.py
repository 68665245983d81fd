"""Where the open project stands: words, what to press, curve, redrawn as they are worked out."""

from __future__ import annotations

import streamlit as st

from al_core.figures import learning_curve
from al_core.projects import Project, score_line
from pages.components.present.slide import picture_for_a_slide
from pages.components.progress import work
from pages.components.progress.chart import show_chart
from pages.components.progress.final import follow_press
from pages.components.progress.headline import draw_headline, draw_random_rows
from pages.components.progress.rehearsal import draw_actions
from pages.components.progress.words import score_axis
from pages.components.shell import state
from pages.components.shell.following import follow
from pages.components.shell.guard import guarded
from pages.components.shell.numbers import note_drawn
from pages.components.shell.text import count, plain, show_error

_EVERY = "1s"
_WILL_BE_HERE = (
    "With the first score a curve begins here: how good the app is after so many rows, next to "
    "random rows."
)


def draw_standing(project: Project) -> None:
    """Headline, advice, what to press and curve; redrawn each second while the numbers move."""
    work.keep_measured(project)
    follow(_standing, lambda: work.busy(project), _EVERY)


@guarded("The numbers and the curve")
def _standing() -> None:
    project = state.kept_project()
    if project is None:
        return
    follow_press(project)
    now = project.summary()
    note_drawn(project, None if work.busy(project) else now)
    with st.container(key="presented"):
        # a container each, however many lines: what stands below keeps its place, and so neither
        # is the chart drawn anew nor do old buttons stand beside the new ones for a moment
        with st.container():
            draw_headline(project, now)
            if said := work.problem(project):
                show_error(said)
        with st.container():
            draw_actions(project, now)
        with st.container():
            _progress(project)
        _curve(project, ready=now.score.ready)
        draw_random_rows(project, now)


def _curve(project: Project, *, ready: bool) -> None:
    rounds, measured = work.rounds_so_far(project), project.measured()
    if (
        (ready or project.kind == "oracle")
        and rounds
        and (measured.drawable or project.kind == "oracle")
    ):
        figure = learning_curve(
            rounds,
            measured.baseline,
            score_title=score_axis(project),
            meaning_from=project.meaning_from,
        )
        show_chart(figure, "learning_curve", file_name=f"learning curve {project.name}")
        said = f"{project.name}: {count(project.counts().labelled, 'row')} labelled"
        title = score_line(project.summary().score)
        picture_for_a_slide(lambda: figure, title, said, key="learning_curve")
    else:
        with st.container(key="learning_curve", border=True):
            st.text(_why_not_yet(project, ready=ready))


def _why_not_yet(project: Project, *, ready: bool) -> str:
    measured = project.measured()
    if project.kind == "live" and not ready:
        return _WILL_BE_HERE
    if measured.sentence and project.kind == "live":
        return measured.sentence
    if work.measuring(project):
        return "The curve is being measured."
    if work.left_off(project):
        return "The curve is drawn when the measuring goes on."
    return "Here the curve will grow: how good the app is after so many rows, next to random rows."


def _progress(project: Project) -> None:
    running = work.answering(project) or work.measuring(project)
    if running is None:
        _offer_to_go_on(project)
        return
    answering = running is work.answering(project)
    doing = "Answering from the file" if answering else "Measuring curve and random rows"
    doing = f"Stopping. {doing}" if running.cancelled else doing
    said = f"{doing}: {running.text}" if running.text else doing
    with st.container(key="not_presented_work"):
        left, right = st.columns([5, 1], vertical_alignment="center")
        left.progress(running.fraction, text=plain(said))
        if right.button("Stop", key="stop_work", width="stretch"):
            work.stop(project, running)


def _offer_to_go_on(project: Project) -> None:
    """What a person has stopped can be gone on with; nothing is measured twice."""
    if not work.left_off(project):
        return
    with st.container(horizontal=True, vertical_alignment="center", key="measuring_stopped"):
        st.text("Measuring was stopped. What is done is kept.", width="content")
        if st.button("Go on measuring", key="go_on_measuring"):
            work.go_on(project)
            st.rerun()
