"""A demo set that a person is to label: its question and answers are there, so it starts at once.

The fields of the Data page are filled in all the same: they are what the person sees where the
start was stopped or failed.
"""

from __future__ import annotations

from pages.components.data.columns.roles import roles_now
from pages.components.data.draft import Draft
from pages.components.data.question.plan import new_question
from pages.components.data.question.start import begin, follow
from pages.components.shell import state

_AT_ONCE = "_start_at_once"


def fill_in(draft: Draft, *, start: bool = True) -> None:
    """Fill in the question and answers that the set comes with, and have it started.

    Does nothing for a file, and for a set without answers of its own.
    """
    if draft.demo is None or not draft.demo.answers:
        return
    state.put("question_text", draft.demo.question)
    state.put("question_answers", "\n".join(draft.demo.answers))
    state.put(_AT_ONCE, start)


def start_filled_in(draft: Draft) -> None:
    """Start what was filled in, once; before the page is drawn, so that it is not seen go by."""
    if not state.drop(_AT_ONCE) or draft.demo is None:
        return
    plan = new_question(draft.demo.question, list(draft.demo.answers))
    begin(draft, plan, roles_now(draft, None))
    follow(draft, plan)
