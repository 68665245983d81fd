"""The column holds somebody's guesses: which answers there are, and which values are none."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

import streamlit as st

from al_core import projects, tables
from pages.components.choosing import choose
from pages.components.data.draft import Draft
from pages.components.data.question.keys import ask_typed
from pages.components.data.question.plan import OWN_QUESTION, Plan, new_question
from pages.components.shell import state
from pages.components.shell.text import plain

if TYPE_CHECKING:
    from al_core.tables import Cleaned

_WORDS = {False: "These are answers", True: "These are guesses, to be checked"}
_SHARE = 0.005  # a choice: a value that fewer guesses hold is rather a slip than an answer
_FEWEST = 2  # answers without which there is no question


def ask_if_guesses(draft: Draft, cleaned: Cleaned, column: str) -> bool:
    """Whether what stands in the column are answers, or somebody's guesses to be checked."""
    if not cleaned.classes or column == tables.own_label(draft.table):
        return False

    def say() -> None:
        draft.guesses[column] = bool(state.get("guesses"))
        draft.used_as.pop(column, None)

    state.put("guesses", draft.holds_guesses(column))
    said = choose.radio(
        "What stands in the column",
        [False, True],
        words=_WORDS.__getitem__,
        key="guesses",
        label_visibility="collapsed",
        horizontal=True,
        on_change=say,
    )
    return bool(said)


def check_guesses(draft: Draft, cleaned: Cleaned, column: str) -> Plan:
    """A new question with the answers that the guesses know; the person answers blind."""
    st.caption(
        "Nothing learns from them, and you do not see them before you answer. Progress says how "
        "often they are right."
    )
    place = f"{draft.token}_{draft.table.columns.index(column)}"
    question = st.text_input("Question", OWN_QUESTION, key=f"question_of_guesses_{place}")
    text = st.text_area(
        "Answers",
        "\n".join(common_answers(cleaned)),
        height=120,
        key=f"answers_of_guesses_{place}",
        placeholder="one per line, or paste from Excel",
    )
    typed = ask_typed(draft, text)
    tell_no_answers(draft, typed.answers)
    return new_question(question, typed.answers, typed.problem, is_read=typed.is_read)


def common_answers(cleaned: Cleaned) -> list[str]:
    """The values that are answers by all likelihood, in the order of the alphabet; all of them
    where that leaves too few."""
    times = cleaned.values.value_counts()
    least = max(2.0, _SHARE * float(times.sum()))
    common = [name for name in cleaned.classes if times[name] >= least]
    return sorted(common if len(common) >= _FEWEST else cleaned.classes)


def tell_no_answers(draft: Draft, answers: list[str], answered: str | None = None) -> None:
    """Of each column of guesses the values that are none of the answers.

    answered: the column of the answers themselves.
    """
    if not answers:
        return
    names = {name: name for name in answers}
    for column in draft.table.columns:
        if column == answered or not draft.holds_guesses(column):
            continue
        cells = draft.table.text[column]
        look = partial(projects.what_they_say, cells, names)
        if said := draft.once(f"{column} by {answers}", look).no_answers:
            st.caption(plain(projects.no_answers_words(column, said), 400))
