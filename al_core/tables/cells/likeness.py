"""What one cell looks like, as far as one cell can say."""

from __future__ import annotations

import re
from collections.abc import Sequence

from al_core.tables.cells.vocabulary import MISSING_WORDS

NUMBERLIKE = re.compile(
    r"\s*[-+]?[$€£]?\s*(\d[\d.,' \u00a0]*|[.,]\d+)([eE][-+]?\d+)?\s*[%€$£]?\s*$"
    r"|\s*\d{1,4}[-/.]\d{1,2}[-/.]\d{1,4}([ T].*)?$|\s*[-+]?(inf|nan)\s*$",
    re.IGNORECASE,
)
WITH_SIGNS = re.compile(r"\s*[^\W\d_]{0,3}[^\w\s]?\s?[-+−]?\d[\d.,'’\s]*\s*\S{0,7}\s*")
DIGIT = re.compile(r"\d")
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


def half_hold_digits(rows: Sequence[Sequence[str]]) -> bool:
    """Whether half of the columns hold digits, but for cells that say that nothing is known.

    >>> half_hold_digits([["5", "red"], ["?", "blue"]]), half_hold_digits([["why", "?"]])
    (True, False)
    """
    columns = [
        [cell for cell in column if not _says_nothing(cell)] for column in zip(*rows, strict=True)
    ]
    with_digits = [known for known in columns if known and all(map(DIGIT.search, known))]
    return 2 * len(with_digits) >= len(columns) > 0


def _says_nothing(cell: str) -> bool:
    return not cell.strip() or cell.strip().lower() in MISSING_WORDS
