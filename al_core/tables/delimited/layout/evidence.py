"""What one record can tell: numbers, a line of units, cells in single quotes."""

from __future__ import annotations

import re
from collections.abc import Sequence

from al_core.errors import TableError
from al_core.tables.cells.likeness import NEARLY_ALL, numberlike
from al_core.tables.cells.vocabulary import MISSING
from al_core.tables.delimited.records import Record

BLANK = frozenset({"", *MISSING})
RULED = re.compile(r"[-=]{2,}")


def may_be_units(line: Sequence[str], rows: Sequence[Sequence[str]]) -> bool:
    """Whether a line holds no values: words above numbers, or rules (``---``), and no number.

    No cell of it is built as those below it are.
    """
    cells = [cell.strip() for cell in line]
    if len(cells) > 1 and all(RULED.fullmatch(cell) for cell in cells):
        return True
    if len(rows) < 2 or any(map(numberlike, cells)) or all(map(is_blank, cells)):
        return False
    rows = [row for row in rows if len(row) == len(line)][:100]
    above_numbers = False
    for place, cell in enumerate(cells):
        below = [row[place] for row in rows if not is_blank(row[place])]
        if _like_those_below(cell, [row[place] for row in rows]):
            return False
        numeric = len(below) >= 2 and sum(map(numberlike, below)) >= NEARLY_ALL * len(below)
        above_numbers |= numeric and not is_blank(cell)
    return above_numbers


def is_blank(cell: str) -> bool:
    """Whether a cell is blank or holds a word for a missing value."""
    return cell.strip().lower() in BLANK


def _like_those_below(cell: str, below: Sequence[str]) -> bool:
    """Whether a cell is built as those below it are, letter for letter and digit for digit: x1."""
    shape = _shape(cell)
    return "0" in shape and len(below) >= 2 and all(_shape(other) == shape for other in below)


def _shape(cell: str) -> str:
    return re.sub(r"[^\W\d_]", "a", re.sub(r"\d", "0", cell.strip()))


def stands_below(first: Sequence[str], rows: Sequence[Sequence[str]]) -> str:
    """A cell of the first record that comes again and again in its own column of few values."""
    rows = [row for row in rows if len(row) == len(first) and row != first][:100]
    for place, cell in enumerate(first):
        cells = [row[place] for row in rows]
        if cells.count(cell) < 2 or not cell.strip():
            continue
        cells = [other for other in cells if other.strip()]
        # Few values: each comes twice on the mean. A choice.
        if len(set(cells)) <= 0.5 * len(cells):
            return cell.strip()
    return ""


def refuse_single_quotes(head: Sequence[Record]) -> None:
    """TableError where cells in single quotes are split within: these are not read as quotes."""
    rows = [record.fields for record in head[1:]]
    if not any("'" in cell for row in rows[: 1 + len(rows) // 10] for cell in row):
        return  # nearly always so, and a wide table has many cells
    split = [any(map(_opens_single, row)) and any(map(_closes_single, row)) for row in rows]
    # A choice: one line in ten may hold an apostrophe of its own.
    if len(rows) >= 2 and sum(split) >= 0.9 * len(rows):
        raise TableError(
            f"Cells stand in single quotes ('), which do not hold a cell together: line "
            f'{head[1].line} is split within one. Save the file with double quotes (").'
        )


def _opens_single(cell: str) -> bool:
    cell = cell.strip()
    return cell.startswith("'") and (len(cell) == 1 or not cell.endswith("'"))


def _closes_single(cell: str) -> bool:
    cell = cell.strip()
    return cell.endswith("'") and (len(cell) == 1 or not cell.startswith("'"))
