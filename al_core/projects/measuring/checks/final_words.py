"""What is said of a final check: what it can show, how far it is, what it has shown."""

from __future__ import annotations

import math

from al_core.projects.measuring.checks.records import FinalCheck
from al_core.wording import count


def shown(share: float) -> str:
    """A share that is shown at least: never rounded up.

    >>> shown(0.9513), shown(0.7791)
    ('95', '77')
    """
    return str(math.floor(100 * share + 1e-9))


def unread_words(unread: int, blank: int, filled: bool) -> str:
    """The rows left of which a check says something, and how they differ from the blank ones.

    >>> unread_words(1050, 1050, False)
    'the 1,050 rows left'
    >>> unread_words(1049, 1050, True)
    'the 1,049 rows left that nobody has read, filled in ones too (1,050 without a given answer)'
    """
    too = ", filled in ones too" if filled else ""
    if unread == blank and not filled:
        return f"the {unread:,} rows left"
    without = f" ({blank:,} without a given answer)" if unread != blank else ""
    return f"the {unread:,} rows left that nobody has read{too}{without}"


def plan_words(n: int, best: float, which: str, known: int) -> str:
    """What all right would show, of which rows.

    >>> plan_words(60, 0.9513, "the 2,310 rows left", 0)
    '60 of 60 right would show at least 95 in 100 of the 2,310 rows left.'
    """
    words = f"{n} of {n} right would show at least {shown(best)} in 100 of {which}."
    if known:
        words += f" It is the {'second' if known == 1 else 'next'} check, so it has to show more."
    return words


def open_words(n: int, to_go: int, dropped: bool) -> str:
    """How far a check is; nothing of how it stands.

    >>> open_words(60, 43, False)
    'Final check: 17 of 60 rows answered. The result comes after the last.'
    """
    if dropped:
        return f"Given up after {n - to_go} of {count(n, 'row')}."
    so_far = f"{n - to_go} of {count(n, 'row')} answered"
    return f"Final check: {so_far}. The result comes after the last."


def done_words(found: FinalCheck) -> str:
    """What it has shown, and what has to be known about it."""
    low, high, least = found.low or 0.0, found.high or 0.0, found.at_least or 0.0
    which = "rows that it was drawn from" if found.scope else "rows that were left"
    words = (
        f"Final check: {found.right} of {found.n} right. That shows at least {shown(least)} in 100 "
        f"of the {found.left:,} {which} ({shown(low)} to {math.ceil(100 * high - 1e-9)})."
    )
    return words + caveats(found)


def caveats(found: FinalCheck) -> str:
    """What has to be known about a result, in words that follow it; "" for nothing."""
    words = ""
    if found.n_unanswered:
        words += f" {count(found.n_unanswered, 'row')} without an answer counted as wrong."
    if found.changed:
        have = count(len(found.changed), "answer was", "answers were")
        words += f" {have} changed after the result was known; the result is that of before."
    if found.elsewhere:
        have = count(len(found.elsewhere), "answer was", "answers were")
        words += f" {have} given outside of the check, where a guess may have been in sight."
    return words
