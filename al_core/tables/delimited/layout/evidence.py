"""What one record can tell: numbers, a line of units, cells in single quotes."""

from __future__ import annotations

import re
from collections.abc import Sequence

from al_core.errors import TableError
from al_core.tables.cells.likeness import numberlike
from al_core.tables.cells.vocabulary import MISSING
from al_core.tables.delimited.records import Record

RULED = re.compile(r"[-=]{2,}")


def holds_units(names: Sequence[str], rows: Sequence[Sequence[str]], *, gaps: bool = False) -> bool:
    """Whether the line below the names holds no values: words in two or more columns of numbers.

    ``gaps`` allows blank cells above numbers.
    """
    if len(rows) < 3 or len(rows[0]) != len(names) or any(map(numberlike, rows[0])):
        return False
    below = [row for row in rows[1:] if len(row) == len(names)][:100]
    if any(_like_those_below(cell, [row[i] for row in below]) for i, cell in enumerate(rows[0])):
        return False
    words = 0
    for place, cell in enumerate(rows[0]):
        cells = [row[place] for row in below if row[place].strip().lower() not in ("", *MISSING)]
        if len(cells) >= 2 and all(map(numberlike, cells)):
            if cell.strip().lower() in ("", *MISSING):
                if gaps:
                    continue
                return False
            words += 1
    return words >= 2


def _like_those_below(cell: str, below: Sequence[str]) -> bool:
    """Whether a cell is built as those below it are, letter for letter and digit for digit: x1."""
    shape = _shape(cell)
    return "0" in shape and len(below) >= 2 and all(_shape(other) == shape for other in below)


def _shape(cell: str) -> str:
    return re.sub(r"[^\W\d_]", "a", re.sub(r"\d", "0", cell.strip()))


def units_below(names: Sequence[str], rows: Sequence[Sequence[str]]) -> int:
    """How many lines below the names hold units or rules (``---``) and no values.

    Below a first one a second may leave cells blank, as the loggers of weather stations do.
    """
    count = 0
    while count < 3 and count < len(rows) and len(rows[count]) == len(names):
        line = [cell.strip() for cell in rows[count]]
        rule = len(line) > 1 and all(RULED.fullmatch(cell) for cell in line)
        if not (rule or holds_units(names, rows[count:], gaps=count > 0)):
            break
        count += 1
    return count


def stands_below(first: Sequence[str], rows: Sequence[Sequence[str]]) -> str:
    """A cell of the first record that comes again and again in its own column of few values."""
    rows = [row for row in rows if len(row) == len(first) and row != first][:100]
    for place, cell in enumerate(first):
        cells = [row[place] for row in rows if row[place].strip()]
        # Few values: each comes twice on the mean. A choice.
        if cell.strip() and cells.count(cell) >= 2 and len(set(cells)) <= 0.5 * len(cells):
            return cell.strip()
    return ""


def refuse_single_quotes(head: Sequence[Record]) -> None:
    """TableError where cells in single quotes are split within: these are not read as quotes."""
    rows = [record.fields for record in head[1:]]
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
