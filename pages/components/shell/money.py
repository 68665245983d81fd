"""What labelling costs: hours from a person's own pace, and money where a wage or price is given.

Wage and price are one field: "35 an hour" or "0.20 a label". It is asked once and kept for the
session, whatever page is open.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

import streamlit as st

from al_core import SettingsError, UserError
from pages.components.shell import state
from pages.components.shell.text import count, minutes, plain

_KEPT = "_price"
_EXAMPLE = "35 an hour, or 0.20 a label"
_CURRENCY = r"[^\W\d_]{1,4}\.?|[€$£¥₹]"
_PRICE = re.compile(
    rf"\s*(?P<before>{_CURRENCY})?\s*(?P<number>\d[\d.,]*)\s*(?P<after>{_CURRENCY})?"
    r"\s*(?:an?\b|per\b|the\b|/)\s*(?P<unit>hours?|hrs?|h|labels?|rows?|answers?)\s*",
    re.IGNORECASE,
)


@dataclass(frozen=True)
class Price:
    """A wage (``hourly``) or the price of a label. ``money`` has a {} where the amount goes."""

    amount: float
    hourly: bool
    money: str

    def worth(self, rows: int, seconds: float | None) -> str:
        """What so many rows cost; "" for a wage where no pace is known.

        >>> parse_price("€36 an hour").worth(100, 30), parse_price("0.20 a label").worth(51, None)
        ('€30', '10.20')
        """
        if self.hourly and seconds is None:
            return ""
        each = self.amount * (seconds or 0) / 3600 if self.hourly else self.amount
        total = rows * each
        return self.money.format(f"{total:,.0f}" if total >= 20 else f"{total:,.2f}")


def parse_price(text: str) -> Price | None:
    """A wage or a price as a person types it; None for a blank. SettingsError for other words.

    >>> parse_price("35 EUR/h")
    Price(amount=35.0, hourly=True, money='{} EUR')
    >>> parse_price("0,20 a label").amount
    0.2
    """
    if not text.strip():
        return None
    found = _PRICE.fullmatch(text)
    number = _number(found["number"]) if found else None
    if found is None or number is None:
        raise SettingsError(
            f"Got {text.strip()!r}. Type a wage or the price of a label: {_EXAMPLE}."
        )
    before, after = found["before"] or "", found["after"] or ""
    space = " " if before[-1:].isalpha() else ""
    money = f"{before}{space}{{}}" if before else f"{{}} {after}".rstrip()
    return Price(number, found["unit"].lower().startswith("h"), money)


def _number(text: str) -> float | None:
    """The last comma or point parts the decimals, unless three digits follow it."""
    plain_text = re.sub(r"[.,](?=\d{3}(?:[.,]|$))", "", text).replace(",", ".")
    try:
        return float(plain_text)
    except ValueError:
        return None


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
        placeholder=_EXAMPLE,
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
    return f"{count(rows, 'row')} labelled took {told}: {seconds:.0f} s a row, pauses left out."


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
