"""What reading told, in the order in which a person needs it: decisions before repairs.

A notice is a text, and its words say which of three things it is about.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from enum import IntEnum

# The first kind whose words a notice holds is its own; each notice holds some of them (a test walks
# over all that the code can say).
_WORDS = {
    "ambiguous": r"both ways|taken (for|to)|may mean",
    "decision": r"if (it|that) is|\ba guess\b|does not say so|\bmay\b"
    r"|should read right|mixes two encodings|if not, choose|were read as days"
    r"|the most frequent is taken"
    r"|^no (line of names|delimiter)|names (are put together|stand (on|in)|one column too few)"
    r"|units or names|wording of the questions|kind of each question"
    r"|^sheet |another table|random sample|^the rows (are the list|stand under)|only table among"
    r"|read as a row",
    "lost": r"left out|show as �|digits are lost|such cells are blank|was rejected"
    r"|delete what you do not want",
    "mended": r"stays? \{?\w*\}? ?text|\{stay\} text|are split|are called|with one name"
    r"|first, (in two digits, )?as .* shows|kept as|read as their first day|count as|encoded twice"
    r"|put together|end with|stood in quotes|stand between|split into|got the text of|^read as"
    r"|words for a missing value|before the last names|in a column of its own"
    r"|^this is an export of|^a file labelled with this app",
}


class Rank(IntEnum):
    """What a notice is about; the lower, the sooner a person should read it."""

    AMBIGUOUS = 0
    """Cells could be read in two ways, and one was taken: nothing else on the page shows it."""
    DECISION = 1
    """It could be read otherwise, which the rows show: a person may need to change it."""
    LOST = 2
    """Something of the file is no row, column or cell of the table."""
    MENDED = 3
    """Put right without a choice, or only said."""


_PATTERNS = tuple(
    (rank, re.compile(words, re.IGNORECASE | re.MULTILINE))
    for rank, words in zip(Rank, _WORDS.values(), strict=True)
)


def known_rank(notice: str) -> Rank | None:
    """The rank that the words of a notice give it, None where they give it none.

    >>> known_rank("day: dates such as 03/04/2024 could be read both ways; the month was taken ...")
    <Rank.AMBIGUOUS: 0>
    """
    return next((rank for rank, words in _PATTERNS if words.search(notice)), None)


def decisions_first(notices: Iterable[str]) -> list[str]:
    """Notices in the order of their ranks, and in their own order within a rank.

    One that nobody has ranked is taken for a decision, so that it is not overlooked.

    >>> decisions_first(["Page breaks were left out.", 'Sheet "b" of 2 sheets.'])
    ['Sheet "b" of 2 sheets.', 'Page breaks were left out.']
    """

    def rank(notice: str) -> Rank:
        known = known_rank(notice)
        return Rank.DECISION if known is None else known

    return sorted(notices, key=rank)
