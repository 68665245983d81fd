"""Cards that take the row's place: the goal is reached, or no row is left to ask."""

from __future__ import annotations

import streamlit as st

from al_core.projects import Counts, Project, score_beside_rival
from pages.components.desk import presses
from pages.components.queue import queue
from pages.components.shell import state
from pages.components.shell.once import drawing, once
from pages.components.shell.text import count

# Rows by which a goal is raised; a choice.
MORE = 50


def goal_reached(project: Project) -> bool:
    """Whether the goal is met and the person has not asked to go past it."""
    counts = project.counts()
    met = counts.spent >= counts.budget and not queue.waiting()
    return met and not presses.on_final_check(project)


def draw_goal_card(project: Project) -> None:
    """So many rows labelled, how good that is, and where to go from here."""
    now = project.summary()
    with st.container(key="goal_card", border=True, height=400):
        st.header(_labelled(now.counts), anchor=False)
        st.text(score_beside_rival(now.score))
        with st.container(horizontal=True):
            if st.button("See progress", key="goal_progress", type="primary"):
                state.switch("curves")
            st.button(f"{MORE} more", key="goal_more", on_click=raise_goal, args=(project, MORE))
            if st.button("Download", key="goal_download"):
                state.switch("export")


def _labelled(counts: Counts) -> str:
    """How many rows were labelled; the file's own answers apart."""
    here = f"{count(counts.spent, 'row')} labelled"
    return f"{here} here, {counts.file_labels:,} by the file." if counts.file_labels else f"{here}."


@presses.known_press
def raise_goal(project: Project, more: int) -> None:
    """Set the goal ``more`` labels past what is labelled."""
    project.change(budget=project.counts().spent + more)
    presses.say(f"The goal is {project.settings.budget:,} rows now.")


def draw_end_card(project: Project) -> None:
    """Every row is labelled or set aside; skipped rows can be shown again."""
    now = project.summary()
    with st.container(key="end_card", border=True, height=400):
        st.header("Every row is labelled or set aside.", anchor=False)
        st.text(score_beside_rival(now.score))
        with st.container(horizontal=True):
            if now.counts.skipped:
                st.text(f"{count(now.counts.skipped, 'skipped row')} waiting.")
                st.button(
                    "Show them",
                    key="show_skipped",
                    on_click=_show_skipped,
                    args=(project, drawing()),
                )
            if st.button("Download", key="end_download", type="primary"):
                state.switch("export")


@presses.known_press
@once
def _show_skipped(project: Project) -> None:
    shown = project.show_skipped()
    presses.say(f"{count(shown, 'skipped row')} will be asked again.")
