"""Numbers and lists as a person says them, in one place for the library and the screens."""

from __future__ import annotations

import math
from collections.abc import Sequence

__all__ = [
    "and_more",
    "begun",
    "count",
    "in_100",
    "listed",
    "of_100",
    "ordinal",
    "seconds_said",
    "short",
]


def count(number: int, one: str, many: str | None = None) -> str:
    """A number with its noun; ``many`` is for plurals that do not end in s.

    >>> count(1, "row"), count(12000, "row"), count(2, "of them has", "of them have")
    ('1 row', '12,000 rows', '2 of them have')
    """
    return f"{number:,} {one if number == 1 else many or one + 's'}"


def of_100(share: float, least: float = -math.inf) -> str:
    """How many in 100 a share (0 to 1) is, as a whole number, and ``least`` where it is below.

    >>> of_100(0.837), of_100(1.0), of_100(0.002, least=1)
    ('84', '100', '1')
    """
    return f"{max(100 * share, least):.0f}"


def in_100(share: float) -> str:
    """A share (0 to 1) as a person says it.

    >>> in_100(0.837)
    '84 in 100'
    """
    return f"{of_100(share)} in 100"


def ordinal(n: int) -> str:
    """1st, 2nd, 3rd, 4th ...

    >>> [ordinal(n) for n in (1, 2, 3, 4, 11, 12, 13, 21, 1002)]
    ['1st', '2nd', '3rd', '4th', '11th', '12th', '13th', '21st', '1,002nd']
    """
    ending = {1: "st", 2: "nd", 3: "rd"}.get(n % 10, "th")
    return f"{n:,}{'th' if 11 <= n % 100 <= 13 else ending}"


def seconds_said(seconds: float) -> str:
    """Seconds as a whole number; never none at all.

    >>> seconds_said(7.4), seconds_said(0.3)
    ('7 s', 'under 1 s')
    """
    return f"{seconds:.0f} s" if round(seconds) >= 1 else "under 1 s"


def and_more(more: int) -> str:
    """What stands after the first of a list: how many it leaves out; "" for none.

    >>> and_more(3), and_more(0)
    ('and 3 more', '')
    """
    return f"and {more:,} more" if more > 0 else ""


def listed(names: Sequence[object], most: int) -> str:
    """The first ``most`` names with commas between them, and how many more there are.

    >>> listed(["a", "b", "c"], 2), listed([4, 7], 2)
    ('a, b and 1 more', '4, 7')
    """
    shown, rest = ", ".join(str(name) for name in names[:most]), and_more(len(names) - most)
    return f"{shown} {rest}" if rest else shown


def begun(sentence: str) -> str:
    """A sentence with a capital where it begins; one that begins with a name is left as it is.

    >>> begun("line 7 has no label."), begun("ticket 12, line 7 has no label.")
    ('Line 7 has no label.', 'ticket 12, line 7 has no label.')
    """
    word = sentence.split(" ", 1)[0]
    return sentence[:1].upper() + sentence[1:] if word in ("line", "row") else sentence


def short(text: object, limit: int = 60) -> str:
    """Text in one line, runs of blanks as one; over ``limit`` signs it ends in an ellipsis.

    >>> short("a  b", 4), short("a  b\\n c d", 4)
    ('a b', 'a b…')
    """
    line = " ".join(str(text).split())
    return line if len(line) <= limit else line[: limit - 1] + "…"
