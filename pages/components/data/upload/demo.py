"""The third door: demo sets, each a button."""

from __future__ import annotations

import streamlit as st

from al_core.tables import demo_sets
from pages.components.data.draft import draft_of_demo, keep_draft
from pages.components.data.upload.at_once import fill_in
from pages.components.shell.text import plain
from pages.components.shell.warm import warmed


def choose_demo() -> None:
    """The demo sets in a row; a press makes one the draft, or brings the first row to label."""
    st.text("No file at hand?")
    with st.container(horizontal=True, key="demo_set"):
        for demo in demo_sets():
            st.button(
                plain(demo.title),
                key=f"demo_{demo.key}",
                help=plain(demo.description),
                on_click=_take,
                args=(demo.key,),
            )


def _take(key: str) -> None:
    warmed()
    draft = draft_of_demo(key)
    keep_draft(draft)
    if not draft.earlier:  # else it is asked first whether to go on with that one
        fill_in(draft)
