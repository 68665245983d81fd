"""Own rows asked a second time, blind: how far a person agrees with themself."""

from __future__ import annotations

import streamlit as st

from al_core import UserError
from al_core.projects import Agreement, Project
from pages.components.queue import queue
from pages.components.shell import state
from pages.components.shell.text import count, plain, show_error


def draw_second_asking(project: Project) -> None:
    """The result, where there is one; a quiet button; and the way to rows that differ."""
    if project.kind == "oracle":
        return
    st.caption(
        "And how sure are you yourself? One in 20 of your own rows, check rows included, asked a "
        "second time without your first answer in sight. Your labels stay as they are."
    )
    found = project.agreement()
    if found is not None:
        st.markdown(plain(found.sentence))
    to_go = found.to_go if found else 0
    words = f"Go on: {count(to_go, 'row')} to go" if to_go else "Ask me again, blind"
    with st.container(horizontal=True):
        asked = st.button(words, key="ask_again", type="tertiary", icon=":material/replay:")
        if found is not None and found.differing:
            _look_button(project, found)
    if asked:
        _ask(project)


def _look_button(project: Project, found: Agreement) -> None:
    rows = list(found.differing)
    if st.button(
        f"Look at {count(len(rows), 'row')} that you answered in two ways",
        key="look_differing",
        type="tertiary",
        help="Enter keeps the label, the key of another answer changes it.",
    ):
        kept = {row: project.label_of(row) or "" for row in rows}
        queue.send(project, rows, "Answered in two ways", kept)
        state.switch("label")


def _ask(project: Project) -> None:
    """Draw the rows, or go on with those drawn; asked twice, it draws once."""
    try:
        rows = project.start_second_asking()
    except UserError as problem:
        show_error(problem)
        return
    queue.send(project, rows, "Asked again", again=True)
    state.switch("label")
