"""The answers with the keys that will give them."""

from __future__ import annotations

import streamlit as st

from pages.components.choose import marked_up

_KEYS = 9


def show_keys(answers: list[str]) -> None:
    """One line: 1 Billing, 2 Delivery, ..."""
    if not answers:
        return
    words = marked_up(answers)
    shown = [f":gray-badge[{at}] {words[name]}" for at, name in enumerate(answers[:_KEYS], 1)]
    more = len(answers) - _KEYS
    rest = f" · {more} more without a key" if more > 0 else ""
    st.markdown("Keys: " + "  ".join(shown) + rest)
