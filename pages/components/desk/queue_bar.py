"""The bar over the desk while rows wait or an answer is sought, and the way back."""

from __future__ import annotations

from collections.abc import Callable

import streamlit as st

from al_core.projects import Project
from pages.components.desk import presses
from pages.components.desk.opening.menu import REDRAWN, toggle_panel
from pages.components.queue import queue
from pages.components.shell.once import drawing, once
from pages.components.shell.text import plain, short


def draw_queue_bar() -> None:
    """What waits and how much of it is left; nothing where the app chooses."""
    queue.name_in_address()
    left = len(queue.waiting())
    if not left:
        return
    with st.container(key="queue", horizontal=True, vertical_alignment="center"):
        st.markdown(f"**{plain(queue.title())}: {left:,} left**", width="stretch")
        with st.container(key="leave_queue", width="content"):
            st.button(
                "Back to the app's choice",
                key="leave_queue_button",
                on_click=_leave,
                args=(drawing(),),
            )


def draw_seeking_bar(project: Project) -> None:
    """Which answer is sought and how many are found; nothing where the app chooses as usual."""
    now = project.seeking()
    if now is None or queue.waiting() or presses.on_final_check(project):
        return
    name = plain(short(now.answer, 40), 60)
    words = f"Seeking **{name}**: {now.found} of {now.wanted} found"
    if now.done:
        words = f"**{now.found} {name} found.** Rows come as usual again."
    with st.container(key="seeking", horizontal=True, vertical_alignment="center"):
        with st.container(gap="xxsmall", width="stretch"):
            st.markdown(words)
            if not now.done:
                st.caption(now.mix)
        if now.done:
            _seeking_button("seek_rest", "Finding the rest", _look, project)
        _seeking_button("stop_seeking", "Done" if now.done else "Stop seeking", _stop, project)


def _seeking_button(name: str, text: str, press: Callable[..., None], project: Project) -> None:
    with st.container(key=name, width="content"):
        st.button(text, key=f"{name}_button", on_click=press, args=(project, drawing()))


@presses.known_press
@once
def _stop(project: Project) -> None:
    if project.stop_seeking():
        presses.say("The app chooses as usual again.", "note")
    st.rerun(REDRAWN)


@presses.known_press
@once
def _look(project: Project) -> None:
    toggle_panel("seek", None, drawing())


@presses.known_press
@once
def _leave() -> None:
    queue.clear()
    presses.say("The app chooses again.", "note")
