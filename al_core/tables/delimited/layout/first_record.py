"""What the first record says for itself: names that are numbers, and values that come again."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import pairwise

from al_core.tables.cells.dates import maybe_date
from al_core.tables.cells.likeness import NEARLY_ALL, numberlike

Records = Sequence[Sequence[str]]
YEAR = re.compile(r"(19|20)\d\d")
PLAIN = re.compile(r"[-+]?\d+(\.\d+)?")
# Choices: names of columns are shorter than this; a value ten times beyond the others is a name
# rather than one of them.
SENTENCE_LETTERS, SENTENCE_WORDS = 40, 5
FAR = 10


def numbers_are_names(first: Sequence[str], rows: Records) -> bool:
    """Whether the numbers and dates in a first record are names.

    They are where they count up (0, 1, 2), and beside another name where they are years, dates or
    per cents above other things, or go up in even steps far from all that stands below.
    """
    if _counts_up(first):
        return True
    rows = [row for row in rows if len(row) == len(first)][:100]
    columns = [[row[i].strip() for row in rows if row[i].strip()] for i in range(len(first))]
    cells = [cell.strip() for cell in first]
    places = [i for i, cell in enumerate(cells) if numberlike(cell)]
    others = [i for i in range(len(first)) if i not in places]
    if len(rows) < 2 or not others or any(cells[i] in columns[i] for i in others):
        return False
    below = [columns[i] for i in places]
    if not all(below):
        return False
    names = [cells[i] for i in places]
    return _of_another_kind(names, below) or _even_steps(names, below)


def _counts_up(first: Sequence[str]) -> bool:
    """Numbers in a row (0, 1, 2 ... or 2019, 2020, 2021)."""
    cells = [cell.strip() for cell in first if numberlike(cell)]
    if len(cells) < 3 or not all(re.fullmatch(r"\d{1,6}", cell) for cell in cells):
        return False
    return all(int(b) == int(a) + 1 for a, b in pairwise(cells))


def _of_another_kind(names: Sequence[str], below: Records) -> bool:
    """Years, dates or per cents above columns of numbers that are none."""
    for kind in (YEAR.fullmatch, maybe_date, _per_cent):
        if all(map(kind, names)):
            return all(
                sum(map(numberlike, cells)) >= NEARLY_ALL * len(cells)
                # Of the other kind at most one in ten, for the same reason.
                and sum(bool(kind(cell)) for cell in cells) <= 0.1 * len(cells)
                for cells in below
            )
    return False


def _per_cent(cell: str) -> bool:
    return cell.endswith("%")


def _even_steps(names: Sequence[str], below: Records) -> bool:
    """Numbers in even steps, such as wavelengths: ten times larger or smaller than those below."""
    if len(names) < 3 or not all(map(PLAIN.fullmatch, names)):
        return False
    numbers = [float(name) for name in names]
    steps = [b - a for a, b in pairwise(numbers)]
    even = steps[0] != 0 and all(abs(step - steps[0]) < 1e-6 * abs(steps[0]) for step in steps)
    plain = [abs(float(cell)) for cells in below for cell in cells if PLAIN.fullmatch(cell)]
    if not even or not plain:
        return False
    sizes = [abs(number) for number in numbers]
    return min(sizes) > FAR * max(plain) or FAR * max(sizes) < min(plain)


def stands_below(first: Sequence[str], rows: Records) -> str:
    """A cell of the first record that comes again and again in its own column of few values."""
    rows = [row for row in rows if len(row) == len(first) and row != first][:100]
    for place, cell in enumerate(first):
        cells = [row[place] for row in rows if row[place].strip()]
        # Few values: each comes twice on the mean. A choice.
        if cell.strip() and cells.count(cell) >= 2 and len(set(cells)) <= 0.5 * len(cells):
            return cell.strip()
    return ""


def is_a_row(first: Sequence[str], rows: Records) -> bool:
    """Whether the first record's values come again below as data does.

    They do in most columns; or in one, beside a cell that is a sentence and no name.
    """
    same = [row for row in rows if len(row) == len(first)][:100]
    if len(same) >= 4 and all(cell.strip() for cell in first):
        again = sum(any(row[i] == first[i] for row in same) for i in range(len(first)))
        if again > 0.5 * len(first):
            return True
    return bool(stands_below(first, rows)) and any(map(_is_sentence, first))


def _is_sentence(cell: str) -> bool:
    return len(cell) > SENTENCE_LETTERS or len(cell.split()) > SENTENCE_WORDS
