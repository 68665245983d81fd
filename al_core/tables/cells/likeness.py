"""What one cell looks like, as far as one cell can say."""

from __future__ import annotations

import re

NUMBERLIKE = re.compile(
    r"\s*[-+]?[$€£]?\s*(\d[\d.,' \u00a0]*|[.,]\d+)([eE][-+]?\d+)?\s*[%€$£]?\s*$"
    r"|\s*\d{1,4}[-/.]\d{1,2}[-/.]\d{1,4}([ T].*)?$|\s*[-+]?(inf|nan)\s*$",
    re.IGNORECASE,
)
WITH_SIGNS = re.compile(r"\s*[^\W\d_]{0,3}[^\w\s]?\s?[-+−]?\d[\d.,'’\s]*\s*\S{0,7}\s*")
# A choice: of cells of one kind one in ten may be a gap, a note or a slip of the pen.
NEARLY_ALL = 0.9


def maybe_number(cell: str) -> bool:
    """Whether a cell may be a number with a currency or a unit beside it.

    >>> maybe_number("CHF 1'234.50"), maybe_number("5 kg"), maybe_number("room 5")
    (True, True, False)
    """
    return bool(WITH_SIGNS.fullmatch(cell))


def numberlike(cell: str) -> bool:
    """Whether a cell is a number or a date, as far as one cell can say.

    >>> numberlike("1,5"), numberlike("2024-01-31"), numberlike("q1"), numberlike("")
    (True, True, False, False)
    """
    return bool(NUMBERLIKE.match(cell))
