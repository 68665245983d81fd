"""The answers stand in a column of the file: all, some, or none of them."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import streamlit as st

from al_core import UserError, tables
from pages.components.choosing import choose
from pages.components.data.draft import Draft, draft_of
from pages.components.data.question.guesses import ask_if_guesses, check_guesses, tell_no_answers
from pages.components.data.question.keys import ask_typed
from pages.components.data.question.not_answered import ask_if_answered, first_say
from pages.components.data.question.plan import (
    OWN_QUESTION,
    Plan,
    answers_of,
    counts_in_words,
    guesses_in_words,
)
from pages.components.shell import state
from pages.components.shell.text import plain, show_error

if TYPE_CHECKING:
    from al_core.tables import Cleaned

# Answers and merged spellings named; a choice: what fits a line or two.
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
    with st.container(gap="xsmall"):
        with st.container(horizontal=True, vertical_alignment="center", gap="small"):
            place = st.container(width="content")
            are_guesses = ask_if_guesses(draft, cleaned, column)
        said = guesses_in_words if are_guesses else counts_in_words
        place.text(said(cleaned, draft.table.n_rows))
        _what_it_holds(cleaned, are_guesses)
    if are_guesses:
        return check_guesses(draft, cleaned, column)
    _offer_to_keep_apart(draft, cleaned, column)
    unsaid = ask_if_answered(draft, column)
    full = cleaned.unlabelled == 0
    plan = (_full if full else _to_be_filled)(draft, cleaned, column)
    return replace(plan, problem=first_say(unsaid), is_typed=False) if unsaid else plan


def _what_it_holds(cleaned: Cleaned, are_guesses: bool) -> None:
    times = cleaned.values.value_counts()
    words = choose.marked_up(cleaned.classes)
    shown = [f"**{words[name]}** {times[name]:,}" for name in cleaned.classes[:_CLASSES]]
    more = cleaned.n_classes - len(shown)
    if shown:
        st.markdown(" · ".join(shown) + (f" · {more} more" if more > 0 else ""))
    for kept, spellings in list(cleaned.merges.items())[:_MERGES]:
        st.caption(f"Taken as one answer: {plain(spelt(kept, spellings))}.")
    if cleaned.rare and not are_guesses:
        names = plain(", ".join(cleaned.rare[:_MERGES]))
        st.caption(f"Only one row each says: {names}. That is too few to learn from.")


def _offer_to_keep_apart(draft: Draft, cleaned: Cleaned, column: str) -> None:
    """A box to say that spellings taken as one answer are different answers."""
    if not cleaned.merges and column not in draft.apart:
        return
    key = f"apart_{draft.token}_{draft.table.columns.index(column)}"
    st.checkbox(
        "Keep these apart",
        column in draft.apart,
        key=key,
        on_change=_keep_apart,
        args=(draft.token, column, key),
    )


def _keep_apart(token: str, column: str, key: str) -> None:
    draft = draft_of(token)
    if draft is not None:
        (draft.apart.add if state.get(key) else draft.apart.discard)(column)


def spelt(kept: str, spellings: list[str]) -> str:
    """Spellings as a person sees them; those that differ by blanks alone are counted.

    >>> spelt("yes", ["Yes", " yes", "yes\u200b", "YES"])
    'yes, Yes, YES, and 2 with blanks around them'
    """
    seen = [tables.visible(text) for text in spellings]
    others = list(dict.fromkeys(text for text in seen if text != kept))
    blanks = seen.count(kept)
    words = ", ".join([kept, *others])
    if not blanks:
        return words
    return f"{words}, and {blanks} with blanks around {'it' if blanks == 1 else 'them'}"


def _full(draft: Draft, cleaned: Cleaned, column: str) -> Plan:
    """Nothing is left to label: rehearse, or ask something else."""
    choose.radio(
        "Every row has its answer",
        [_REHEARSE, _ASK],
        key="full_column",
        label_visibility="collapsed",
        horizontal=True,
        on_change=_to_new_question,
        args=(draft, column),
    )
    problem = (
        "" if cleaned.n_classes > 1 else "All rows have the same answer. Choose another column."
    )
    question = draft.demo.question if draft.demo is not None else f"{column}?"
    settings = {"kind": "oracle", "label_name": column, "question": question}
    return Plan("oracle", column, problem, draft.table.n_rows, settings)


def _to_new_question(draft: Draft, column: str) -> None:
    """Asking something else is the other choice at the top of the section.

    The old answers would give the new ones away: they are left out unless the person wants them.
    """
    if state.get("full_column") == _ASK:
        draft.left_out.add(column)
        state.drop("full_column")
        state.put("question_kind", "new")


def _to_be_filled(draft: Draft, cleaned: Cleaned, column: str) -> Plan:
    """The file's answers are the first labels; a person answers for the rest."""
    own = column == tables.own_label(draft.table)
    question = st.text_input(
        "Question",
        value=OWN_QUESTION if own else f"{column}?",
        key="question_of_column",
        persist_state="session",
    )
    more = _answers_box(has_some=len(cleaned.classes) > 1)
    typed = ask_typed(draft, more, sorted(cleaned.classes))
    tell_no_answers(draft, typed.answers, column)
    settings = {
        "kind": "live",
        "label_name": column,
        "question": question or "",
        "classes": tuple(typed.answers),
    }
    n_answered = draft.table.n_rows - cleaned.unlabelled
    return Plan(
        "live", column, typed.problem, n_answered, settings, is_typed=True, is_read=typed.is_read
    )


def _answers_box(*, has_some: bool) -> str | None:
    """Where answers are typed; out of the way where the file holds some already."""
    place = (
        st.expander("The file does not hold all answers?", type="compact")
        if has_some
        else st.container()
    )
    with place:
        return st.text_area(
            "More answers" if has_some else "Answers",
            key="question_more",
            placeholder="one per line, or paste from Excel",
            height=100,
            persist_state="session",
        )
