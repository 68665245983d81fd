"""Section 1: what a person wants to know about each row."""

from __future__ import annotations

import streamlit as st

from pages.components.choosing import choose
from pages.components.data.draft import Draft
from pages.components.data.question.column import ask_about_column
from pages.components.data.question.guesses import tell_no_answers
from pages.components.data.question.keys import ask_typed
from pages.components.data.question.plan import Plan, new_question
from pages.components.shell import state

_KINDS = {"new": "A new question", "column": "It is in this column:"}


def ask_question(draft: Draft) -> Plan:
    """Draw the section; returns what would be started, or why it cannot start yet."""
    st.header("1 · What do you want to know about each row?", anchor=False)
    options = _options(draft)
    if state.get("label_column") not in options:
        state.put("label_column", draft.best_column)
    if state.get("question_kind") not in _KINDS:
        state.put("question_kind", "column" if draft.best_column else "new")
    with st.container(horizontal=True, vertical_alignment="center"):
        kind = choose.radio(
            "Where the answers come from",
            list(_KINDS),
            words=_KINDS.__getitem__,
            key="question_kind",
            horizontal=True,
            label_visibility="collapsed",
            persist_state="session",
        )
        column = choose.select(
            "Column with the answers",
            options,
            key="label_column",
            placeholder="Choose a column",
            label_visibility="collapsed",
            on_change=_use_the_column,
            width=320,
            persist_state="session",
        )
    if kind == "new":
        return _new_question(draft)
    return ask_about_column(draft, column)


def _options(draft: Draft) -> list[str]:
    """The likely columns first, then all others in file order."""
    likely = [candidate.column for candidate in draft.candidates]
    best = [draft.best_column] if draft.best_column else []
    return list(dict.fromkeys([*best, *likely, *draft.table.columns]))


def _use_the_column() -> None:
    """Choosing a column says that the answers are in it."""
    state.put("question_kind", "column")


def _new_question(draft: Draft) -> Plan:
    question = st.text_input(
        "Question",
        placeholder="Which team should handle this?",
        key="question_text",
        persist_state="session",
    )
    text = st.text_area(
        "Answers",
        placeholder="one per line, or paste from Excel",
        height=120,
        key="question_answers",
        persist_state="session",
    )
    typed = ask_typed(draft, text)
    tell_no_answers(draft, typed.answers)
    return new_question(question or "", typed.answers, typed.problem, is_read=typed.is_read)
