"""The answers that were typed: a question about those that look alike, and the keys of all."""

from __future__ import annotations

from dataclasses import replace

import streamlit as st

from pages.components.choosing.alike_answers import ask_if_one
from pages.components.choosing.choose import marked_up
from pages.components.data.draft import Draft
from pages.components.data.question.plan import Typed, typed_answers

# The keys 1 to 9.
_KEYS = 9


def ask_typed(draft: Draft, text: str | None, known: list[str] | None = None) -> Typed:
    """The answers typed beside those known; two that look alike are asked about."""
    typed = typed_answers(text, known, draft.one_answer)
    if typed.alike is not None:
        pair = typed.alike
        ask_if_one(*pair, lambda one: draft.one_answer.update({pair: one}))
    show_keys(typed.answers, "Understood as" if (text or "").strip() else "Keys")
    return replace(typed, is_read=_was_read(draft, text or ""))


def _was_read(draft: Draft, text: str) -> bool:
    """Whether the person has seen what was made of a text that could be understood in two ways.

    A press that leaves the field sends what was typed, and would start with what nobody has read.
    """
    seen, draft.typed_seen = draft.typed_seen == text, text
    return seen or "/" not in text


def show_keys(answers: list[str], title: str = "Keys") -> None:
    """One line: 1 Billing, 2 Delivery, ...

    It stands there before there are answers: a line that appears while the button below it is
    pressed would move the button away from under the pointer, and the press would be lost.
    """
    if not answers:
        st.markdown("Keys: the answers get 1, 2, 3, ... in this order")
        return
    words = marked_up(answers)
    shown = [f":gray-badge[{at}] {words[name]}" for at, name in enumerate(answers[:_KEYS], 1)]
    more = len(answers) - _KEYS
    rest = f" · {more} more without a key" if more > 0 else ""
    st.markdown(f"{title}: " + "  ".join(shown) + rest)
