"""A part of a page that follows work in the background; once it is over the page is drawn anew."""

from __future__ import annotations

from collections.abc import Callable

import streamlit as st


def follow(draw: Callable[[], None], busy: Callable[[], bool], every: str) -> None:
    """Draw; while ``busy()`` redraw every so often, and at its end the whole page.

    The whole page is never asked for from within its own drawing: Streamlit forgets a press when
    a drawing is broken off, and the button that was pressed may stand further down.
    """
    was_busy = busy()
    whole_page = [was_busy]

    def redrawn() -> None:
        draw()
        if whole_page:
            whole_page.clear()
        elif was_busy and not busy():
            st.rerun()

    st.fragment(redrawn, run_every=every if was_busy else None)()
