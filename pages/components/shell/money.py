"""What labelling costs: hours from a person's own pace, and money where a wage or price is given.

Wage and price are one field: "35 an hour" or "0.20 a label". It is asked once and kept for the
session, whatever page is open.
"""

from __future__ import annotations

import streamlit as st

from al_core import UserError
from al_core.projects import Price, parse_price
from al_core.wording import seconds_said
from pages.components.shell import state
from pages.components.shell.text import count, minutes, plain

_KEPT = "_price"


def kept_price() -> Price | None:
    """The wage or price that was typed in this session."""
    try:
        return parse_price(str(state.get(_KEPT, "")))
    except UserError:
        return None


def ask_price(key: str) -> None:
    """The one field for it; what cannot be read is said beneath."""
    typed = st.text_input(
        "Wage, or price of a label",
        value=str(state.get(_KEPT, "")),
        placeholder="35 an hour, or 0.20 a label",
        key=key,
        on_change=_keep,
        args=(key,),
        max_chars=40,
        width=320,
    )
    try:
        parse_price(typed)
    except UserError as problem:
        st.caption(plain(problem))


def _keep(key: str) -> None:
    state.put(_KEPT, state.get(key) or "")


def time_and_money(rows: int, seconds: float | None) -> str:
    """What so many rows take, in time and money, as far as it is known; "" where nothing is.

    >>> time_and_money(51, 53.0)
    'about 45 min'
    """
    price = kept_price()
    worth = price.worth(rows, seconds) if price is not None else ""
    time = f"about {minutes(rows * seconds)}" if seconds else ""
    return ", ".join(part for part in (time, worth) if part)


def spent_so_far(rows: int, seconds: float | None) -> str:
    """What the rows labelled so far took, in a sentence."""
    if not rows:
        return "Nothing is labelled yet."
    told = time_and_money(rows, seconds)
    if seconds is None:
        known = f"{count(rows, 'row')} labelled. How long they took is known after a few presses."
        return f"{known} Price: {told}." if told else known
    each = f"{seconds_said(seconds)} a row"
    return f"{count(rows, 'row')} labelled took {told}: {each}, pauses left out."


def rehearsed(rows: int, of: int, seconds: float | None) -> str:
    """What the answers of a rehearsal would have cost, and what is left unanswered of the file.

    >>> rehearsed(60, 1797, 10.0)
    '60 of 1,797 rows answered: for a person about 10 min. The other 1,737: about 4 h 50 min.'
    """
    answered = f"{rows:,} of {count(of, 'row')} answered"
    here, other = time_and_money(rows, seconds), time_and_money(of - rows, seconds)
    if not rows or not here:
        return f"{answered}, from the file. A pace or a price tells what that costs a person."
    return f"{answered}: for a person {here}. The other {of - rows:,}: {other}."
