"""Words that may say "nobody has answered yet": the question, and a press for each reply."""

from __future__ import annotations

from typing import TYPE_CHECKING

import streamlit as st

from al_core import tables
from pages.components.data.draft import Draft, draft_of
from pages.components.shell.text import count, plain, short

if TYPE_CHECKING:
    from al_core.tables import Doubt

# Words asked about at once, and told in a line; choices: more than three are not read.
_MOST, _TOLD, _LONG = 3, 4, 40


def ask_if_answered(draft: Draft, column: str) -> list[str]:
    """Ask about the words in a column, and tell what was said of others; the words still open."""
    doubts: list[Doubt] = draft.once(
        f"doubts of {column}", lambda: tables.doubtful_answers(draft.table, column)
    )
    said = draft.words_of(column)
    unsaid = [doubt for doubt in doubts if doubt.must_ask and doubt.word not in said]
    if unsaid:
        with st.container(border=True, key="not_answered", gap="xsmall"):
            for place, doubt in enumerate(unsaid[:_MOST]):
                _ask(draft, column, doubt, place)
    settled = [d for d in doubts if d.word in said or not d.must_ask]
    for place, doubt in enumerate(settled[:_TOLD]):
        _tell(draft, column, doubt, place)
    return [doubt.word for doubt in unsaid]


def is_it_answered(doubt: Doubt) -> str:
    """The question.

    >>> from al_core.tables import Doubt
    >>> is_it_answered(Doubt("pending", 12, True)), is_it_answered(Doubt("-1", 1, True))
    ('12 rows say "pending": not answered yet?', '1 row says "-1": not answered yet?')
    """
    says = "says" if doubt.n_rows == 1 else "say"
    return f'{count(doubt.n_rows, "row")} {says} "{short(doubt.word, _LONG)}": not answered yet?'


def first_say(words: list[str]) -> str:
    """Why it cannot start before the questions are answered.

    >>> first_say(["pending"]), first_say(["pending", "-1"])
    ('Say first whether "pending" is an answer.', 'Say first whether "pending" and ...')
    """
    quoted = [f'"{short(word, _LONG)}"' for word in words]
    if len(quoted) == 1:
        return f"Say first whether {quoted[0]} is an answer."
    return f"Say first whether {' and '.join(quoted[:2])} are answers."


def _ask(draft: Draft, column: str, doubt: Doubt, place: int) -> None:
    with st.container(horizontal=True, vertical_alignment="center"):
        st.text(is_it_answered(doubt), width="content")
        for word, blank in (("Not answered yet", True), ("It is an answer", False)):
            st.button(
                word,
                key=f"{'not_yet' if blank else 'is_answer'}_{place}_{draft.token}",
                on_click=_say,
                args=(draft.token, column, doubt.word, blank),
            )


def _tell(draft: Draft, column: str, doubt: Doubt, place: int) -> None:
    """What a word counts as, and a press to change it."""
    blank = draft.words_of(column).get(doubt.word, True)
    what = "not answered yet" if blank else "an answer"
    with st.container(horizontal=True, vertical_alignment="center", gap="small"):
        st.caption(
            f'"{plain(doubt.word, _LONG)}" ({count(doubt.n_rows, "row")}) counts as {what}.',
            width="content",
        )
        st.button(
            "It is an answer" if blank else "Not answered yet",
            key=f"otherwise_{place}_{draft.token}",
            type="tertiary",
            on_click=_say,
            args=(draft.token, column, doubt.word, not blank),
        )


def _say(token: str, column: str, word: str, blank: bool) -> None:
    draft = draft_of(token)
    if draft is not None:
        draft.unanswered[column, word] = blank
