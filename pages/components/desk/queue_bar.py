"""The bar over the desk while rows wait that the app did not choose, and the way back."""

from __future__ import annotations

import streamlit as st

from pages.components.desk import presses
from pages.components.queue import queue
from pages.components.shell.once import drawing, once
from pages.components.shell.text import plain


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


@presses.known_press
@once
def _leave() -> None:
    queue.clear()
    presses.say("The app chooses again.", "note")
