"""Somebody's guesses beside the app's: where they agree, and where a person should look."""

from __future__ import annotations

import streamlit as st

from al_core.projects import BesideGuesses, Project, beside_app
from pages.components.choosing import choose
from pages.components.queue import queue
from pages.components.shell import state
from pages.components.shell.text import plain, short


def draw_agreement(project: Project) -> str:
    """Where a column of guesses and the app agree, and the way to rows on which they do not; the
    column, "" where there is none or no model yet."""
    columns = project.data.guess_columns
    if not columns or project.kind == "oracle":
        return ""
    column = columns[0]
    with st.container(horizontal=True, vertical_alignment="center", key="agreement"):
        if len(columns) > 1:
            picked = choose.select(
                "Whose guesses", columns, key="guesses_of", width=220, label_visibility="collapsed"
            )
            column = picked or column
        found = project.beside_guesses(column)
        if found is None:
            return ""
        st.markdown(plain(in_words(found, named=len(columns) == 1), 400), width="content")
        if found.differ:
            _look_button(project, found)
    if found.differ:
        _draw_who_is_right(project, column)
    return column


def in_words(found: BesideGuesses, named: bool) -> str:
    """Of the rows without an answer, on how many it says what the app says.

    >>> in_words(BesideGuesses("gpt", 2104, tuple(range(412)), 30), named=True)
    'gpt says what the app says of 2,104 rows, something else of 412 and nothing of 30.'
    """
    who = found.column if named else "It"
    told = f"{who} says what the app says of {found.agree:,} rows"
    other = f"something else of {len(found.differ):,}"
    if not found.blank:
        return f"{told} and {other}."
    return f"{told}, {other} and nothing of {found.blank:,}."


def _draw_who_is_right(project: Project, column: str) -> None:
    """Which of the two is right more often; nothing before just one was right on any check row."""
    one = next(one for one in project.guess_scores() if one.column == column)
    if one.alone is not None and any(one.alone):
        st.caption(plain(beside_app(column, *one.alone), 400))


def _look_button(project: Project, found: BesideGuesses) -> None:
    if st.button(
        f"Look at these {len(found.differ):,}",
        key="look_disagreeing",
        type="tertiary",
        icon=":material/visibility:",
        help="On the desk, one by one; both guesses stay hidden.",
    ):
        title = f"{short(found.column, 30)} and the app differ"
        queue.send(project, list(found.differ), title)
        state.switch("label")


def only_where_they_agree(project: Project, column: str) -> str:
    """The column that has to say the same of each row that is filled in; "" for none."""
    if not column:
        return ""
    wanted = st.toggle(
        f"Only rows of which {plain(column, 40)} says the same",
        key=f"only_agreeing_{project.id}",
        persist_state="session",
    )
    return column if wanted else ""
