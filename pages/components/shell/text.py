"""Words for the screen: foreign text kept text, numbers as a person says them."""

from __future__ import annotations

import re
import unicodedata
from datetime import datetime

import streamlit as st

from al_core import UserError
from al_core.wording import and_more as and_more
from al_core.wording import begun as begun
from al_core.wording import count as count
from al_core.wording import in_100 as in_100
from al_core.wording import listed as listed
from al_core.wording import short as short

# What the markdown reader makes a link of, whatever is escaped in it.
_ADDRESS = re.compile(r"(?i)(h(?=ttps?://)|w(?=ww\.)|[\w.+-](?=@\w))")
_RANGE = re.compile(r"(?<=\d) to (?=\d)")
_PUNCTUATION = re.compile(r"([!-/:-@\[-`{-~])")


def plain(text: object, limit: int = 200) -> str:
    r"""Foreign text for a label, button or caption: every sign that markdown reads is escaped.

    Line ends and runs of blanks become one blank; text over ``limit`` signs ends in an ellipsis.

    >>> plain("**bold** :smile: <b>")
    '\\*\\*bold\\*\\* \\:smile\\: \\<b\\>'
    """
    return _PUNCTUATION.sub(r"\\\1", unlinked(short(text, limit)))


def apart(words: str) -> str:
    """An answer amid a sentence of ours: letters read from right to left take no number along.

    >>> apart("Billing"), ascii(apart("\\N{HEBREW LETTER ALEF}"))
    ('Billing', "'\\\\u2068\\\\u05d0\\\\u2069'")
    """
    goes_left = any(unicodedata.bidirectional(sign) in ("R", "AL") for sign in words)
    return f"\u2068{words}\u2069" if goes_left else words


def unbroken(words: str) -> str:
    """Words in which no line breaks inside of a range.

    >>> unbroken("84 times in 100 (73 to 91).").count("\u00a0")
    2
    """
    return _RANGE.sub("\u00a0to\u00a0", words)


def minutes(seconds: float) -> str:
    """A duration as a person says it.

    >>> minutes(40), minutes(1320), minutes(9000)
    ('40 seconds', '22 min', '2 h 30 min')
    """
    if seconds < 90:
        return count(round(seconds), "second")
    whole = round(seconds / 60)
    return f"{whole} min" if whole < 90 else f"{whole // 60} h {whole % 60} min"


def when(moment: datetime, now: datetime | None = None) -> str:
    """A moment as a person says it.

    >>> day = datetime(2026, 11, 24, 14, 32).astimezone()
    >>> when(day, day), when(day, day.replace(day=25)), when(day, day.replace(day=29))
    ('today 14:32', 'yesterday 14:32', '24 Nov 2026, 14:32')
    """
    moment = moment.astimezone()
    days = ((now or datetime.now()).astimezone().date() - moment.date()).days
    if days in (0, 1):
        return f"{'yesterday' if days else 'today'} {moment:%H:%M}"
    return f"{moment.day} {moment:%b %Y, %H:%M}"


def show_error(problem: UserError | str) -> None:
    """Show what a person can put right, as plain text where it happened."""
    st.error(plain(problem, limit=2000), icon=":material/error:")


def unlinked(text: str) -> str:
    """Web addresses stay text: a word joiner keeps the markdown reader from making links.

    >>> unlinked("https://example.org, www.example.org or a@example.org; http_status, @home")
    'h\u2060ttps://example.org, w\u2060ww.example.org or a\u2060@example.org; http_status, @home'
    """
    return _ADDRESS.sub(r"\1" + "\u2060", text)
