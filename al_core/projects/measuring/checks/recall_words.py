"""What is said of a search for all rows with an answer: its price, how far it is, its result."""

from __future__ import annotations

from al_core.projects.measuring.checks.records import RecallCheck
from al_core.projects.words import LONGEST_NAME
from al_core.wording import count, in_100, of_100, short


def price_words(found: int, left: int, level: float, to_read: int) -> str:
    """The price, which comes before anything else.

    >>> price_words(20, 2000, 0.8, 786)
    '20 found and 2,000 left: to show that at least 80 in 100 are found, 786 rows picked at random \
(39 in 100 of the rest) have to be read, and more with each further one that turns up.'
    """
    share = of_100(to_read / left, least=1)
    rows = count(to_read, "row picked at random", "rows picked at random")
    return (
        f"{found:,} found and {left:,} left: to show that at least {in_100(level)} are found, "
        f"{rows} ({share} in 100 of the rest) have to be read, and more with each further one that "
        "turns up."
    )


def open_words(now: RecallCheck) -> str:
    """How far a search is, and what it has found."""
    if now.state == "dropped":
        return f"Given up after {count(now.read, 'row')}. {_turned_up(now)}"
    so_far = f"{now.read:,} of {count(now.to_read, 'row')} read"
    return f"Have all \u201c{_name(now)}\u201d been found? {so_far}. {_turned_up(now)}"


def done_words(now: RecallCheck) -> str:
    """What a search has shown, and what has to be known about it."""
    if now.read >= now.left:
        words = f"Every row left was read: {now.found + now.more:,} \u201c{_name(now)}\u201d found."
    else:
        words = (
            f"At least {in_100(now.level)} of all \u201c{_name(now)}\u201d are found: "
            f"{now.found + now.more:,}. Of {now.left:,} rows left {now.read:,} were read at "
            f"random. {_turned_up(now)}"
        )
    if now.untold:
        words += f" {count(now.untold, 'row')} without an answer counted as not found."
    if now.changed:
        words += " Answers were changed after the result was known; the result is that of before."
    return words


def _turned_up(now: RecallCheck) -> str:
    return f"{now.more or 'None'} turned up."


def _name(now: RecallCheck) -> str:
    return short(now.answer, LONGEST_NAME)
