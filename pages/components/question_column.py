"""The answers stand in a column of the file: all, some, or none of them."""

from __future__ import annotations

import streamlit as st

from al_core.errors import UserError
from al_core.tables import Cleaned
from pages.components import state
from pages.components.question_keys import show_keys
from pages.components.question_plan import Plan, answers_of, counts_in_words, typed_answers
from pages.components.text import plain, show_error
from pages.components.upload_draft import Draft

_CLASSES = 12
_MERGES = 4
_REHEARSE = "Rehearse: the file's answers stand in for a person"
_ASK = "Ask a new question"


def ask_about_column(draft: Draft, column: str | None) -> Plan:
    """What the column holds, and what can be done with it."""
    if column is None:
        return Plan(problem="Choose the column with the answers.")
    cleaned = answers_of(draft, column)
    if isinstance(cleaned, UserError):
        show_error(cleaned)
        return Plan(problem="Choose another column, or ask a new question.")
    _what_it_holds(cleaned, draft.table.n_rows)
    if cleaned.unlabelled == 0:
        return _full(cleaned, column, draft.table.n_rows)
    return _to_be_filled(cleaned, column, draft.table.n_rows)


def _what_it_holds(cleaned: Cleaned, n_rows: int) -> None:
    times = cleaned.values.value_counts()
    shown = [f"**{plain(name, 40)}** {times[name]:,}" for name in cleaned.classes[:_CLASSES]]
    more = cleaned.n_classes - len(shown)
    with st.container(gap="xsmall"):
        st.text(counts_in_words(cleaned, n_rows))
        if shown:
            st.markdown(" · ".join(shown) + (f" · {more} more" if more > 0 else ""))
        for kept, spellings in list(cleaned.merges.items())[:_MERGES]:
            others = ", ".join(repr(text) for text in spellings)
            st.caption(f"Taken as one answer: {plain(repr(kept))} and {plain(others)}.")
        if cleaned.rare:
            names = plain(", ".join(cleaned.rare[:_MERGES]))
            st.caption(f"Only one row each says: {names}. That is too few to learn from.")


def _full(cleaned: Cleaned, column: str, n_rows: int) -> Plan:
    """Nothing is left to label: rehearse, or ask something else."""
    st.radio(
        "Every row has its answer",
        [_REHEARSE, _ASK],
        key="full_column",
        label_visibility="collapsed",
        horizontal=True,
        on_change=_to_new_question,
    )
    problem = (
        "" if cleaned.n_classes > 1 else "All rows have the same answer. Choose another column."
    )
    settings = {"kind": "oracle", "label_name": column}
    return Plan("oracle", column, problem, n_rows, settings)


def _to_new_question() -> None:
    """Asking something else is the other choice at the top of the section."""
    if state.get("full_column") == _ASK:
        state.drop("full_column")
        state.put("question_kind", "new")


def _to_be_filled(cleaned: Cleaned, column: str, n_rows: int) -> Plan:
    """The file's answers are the first labels; a person answers for the rest."""
    question = st.text_input(
        "Question", value=f"{column}?", key="question_of_column", persist_state="session"
    )
    more = st.text_area(
        "Answers" if not cleaned.classes else "More answers, if the file does not hold them all",
        key="question_more",
        placeholder="one per line, or paste from Excel",
        height=100,
        persist_state="session",
    )
    classes, problem = typed_answers(more, sorted(cleaned.classes))
    show_keys(classes)
    settings = {
        "kind": "live",
        "label_name": column,
        "question": question or "",
        "classes": tuple(classes),
    }
    return Plan("live", column, problem, n_rows - cleaned.unlabelled, settings)
