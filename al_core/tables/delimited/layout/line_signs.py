"""What a whole line tells beyond its cells: whether they differ, count up, leave gaps, fit."""

from __future__ import annotations

import math
import re
from collections import Counter
from collections.abc import Sequence
from itertools import pairwise

from al_core.tables.delimited.layout.cell_kinds import NUMERIC, Kind, kind_of_cell, number_in
from al_core.tables.delimited.layout.names_on_lines import filled_right, joined

Cells = Sequence[str]
# Of the lines of names nearly all hold no name twice; what two alike cost, and at most. Choices.
ALL_DIFFER, TWICE, MOST_TWICE = 0.97, -1.2, -5.0
# A line of names is at least so full; a title is emptier. A choice: three quarters.
SPARSE = 0.75
# What a line as full as this costs as a title: choices, steep, since titles stand in few cells.
FULLNESS = ((1.0, -9.0), (0.75, -6.0), (0.6, -4.0), (0.35, -2.0))
COMMENT, SHORT_TITLE, SENTENCE, PARTED = 5.0, -1.0, 3.0, 2.0
# Titles begin in the first column; groups of names seldom do, which is for names of rows.
INDENTED = -4.0
# A line that does not even look like a title; a choice.
FULL = -10.0
SHORT_LETTERS = 12
# Cells that go on from one another are names; a choice.
NUMBERED = 3.0
COUNTED = re.compile(r"(.*\D)(\d{1,6})")
# Numbers are like those below where each weighs less than this as a name.
LIKE_BELOW = -3.0
# What numbers unlike those below say together: one odd row has many odd cells. A choice.
UNLIKE = 0.0
# Names on several lines: each column without a name, a part that adds nothing, a single cell above
# the first column; a group over several columns, a line below that fills all gaps. Choices.
NAMELESS, IDLE, ONE_ABOVE = -2.0, -6.0, -5.0
GROUPED, GAPS_FILLED = 1.0, 1.5
MOST_NAMELESS = -8.0


def is_sparse(fields: Cells) -> bool:
    """Whether a line may be a title: it leaves cells blank, is a comment, or holds a sentence."""
    n_filled = sum(bool(cell.strip()) for cell in fields)
    if n_filled < SPARSE * len(fields) or n_filled <= 2 < len(fields):
        return True
    if fields[0].lstrip().startswith("#"):
        return True
    parted = _n_parted(fields) == n_filled - 1 > 0
    return len(fields) > 1 and (parted or kind_of_cell(fields[0]) is Kind.SENTENCE)


def title_form(fields: Cells, names: Cells) -> float:
    """The weight of how a line is filled, as a title: few cells, a comment, a sentence.

    A sentence with commas is parted into cells that begin with a blank, as the ``names`` do not.
    """
    filled = [cell.strip() for cell in fields if cell.strip()]
    if fields[0].lstrip().startswith("#"):
        return COMMENT
    total = SENTENCE if any(kind_of_cell(cell) is Kind.SENTENCE for cell in filled) else 0.0
    if not _n_parted(names):
        total += PARTED * min(3, _n_parted(fields))
    if filled and not fields[0].strip():
        total += INDENTED
    if not is_sparse(fields):
        total += FULL
    if len(filled) == 1 and " " not in filled[0] and len(filled[0]) < SHORT_LETTERS:
        total += SHORT_TITLE
    if len(filled) > 2 or len(filled) == len(fields):
        share = len(filled) / len(fields)
        total += next((cost for least, cost in FULLNESS if share >= least), 0.0)
    return total


def parted(fields: Cells, rows: Sequence[Cells]) -> float:
    """The weight, as names, of cells that begin with a blank where those of the rows do not."""
    if any(map(_n_parted, rows[:20])):
        return 0.0
    return -PARTED * min(3, _n_parted(fields))


def _n_parted(fields: Cells) -> int:
    return sum(cell.startswith(" ") and bool(cell.strip()) for cell in fields[1:])


def distinct(fields: Cells, rows: Sequence[Cells]) -> float:
    """The weight of a line whose cells all differ, or do not, above rows that do so or not.

    A line that stands once more further down, where no other line does, is one of names.
    """
    twice = _n_twice(fields)
    if twice:
        return max(MOST_TWICE, TWICE * twice)
    if len(fields) < 2 or not rows:
        return 0.0
    differ = sum(_n_twice(row) == 0 for row in rows)
    return math.log(ALL_DIFFER / ((differ + 1) / (len(rows) + 1)))


def _n_twice(fields: Cells) -> int:
    counts = Counter(cell.strip() for cell in fields if cell.strip())
    return sum(counts.values()) - len(counts)


def number_names(fields: Cells, weights: Sequence[float], rows: Sequence[Cells]) -> float:
    """The sum of the weights of cells; numbers that are no values count as names together.

    That is: in even steps (0, 1, 2 or years), or of another form or size than those below.
    """
    places = [p for p, cell in enumerate(fields) if kind_of_cell(cell) in NUMERIC]
    others = sum(weight for place, weight in enumerate(weights) if place not in places)
    numbers = sum(weights[place] for place in places)
    if len(places) < 2:
        return others + numbers
    like_those_below = numbers / len(places) < LIKE_BELOW
    step = _even_step([fields[place] for place in places])
    bonus = min(8.0, 2.0 * (len(places) - 2)) if step else 0.0
    if like_those_below:
        as_even = sum(_even_step([row[place] for place in places]) == step for row in rows)
        if abs(step) != 1 or as_even > 0.1 * len(rows):  # rows are so too: a choice
            return others + numbers
        return others + bonus - 2.0
    return others + max(numbers, bonus, UNLIKE)


def numbered(fields: Cells, rows: Sequence[Cells]) -> float:
    """The weight of cells that are numbered on from one another: V1, V2, V3 or a, b, c."""
    following = _n_following(fields)
    # A choice: half of the cells go on from the one before.
    if not following or 2 * following < len(fields) - 1:
        return 0.0
    same = sum(2 * _n_following(row) >= len(row) - 1 for row in rows)
    return NUMBERED if same <= 0.1 * len(rows) else 0.0


def _n_following(fields: Cells) -> int:
    return sum(_follows(a.strip(), b.strip()) for a, b in pairwise(fields))


def _follows(a: str, b: str) -> bool:
    if len(a) == len(b) == 1:
        return a.isalpha() and ord(b) == ord(a) + 1
    one, two = COUNTED.fullmatch(a), COUNTED.fullmatch(b)
    return bool(one and two and one[1] == two[1] and int(two[2]) == int(one[2]) + 1)


def _even_step(cells: Cells) -> float:
    """The step between numbers, three at least; 0 where they are not in even steps."""
    if len(cells) < 3:
        return 0.0
    numbers = map(number_in, cells)  # one by one: most rows tell by their first three
    before, last = next(numbers), next(numbers)
    if before is None or last is None:
        return 0.0
    step = last - before
    for number in numbers:
        if number is None or not abs(number - last - step) < 1e-6 * abs(step):
            return 0.0
        last = number
    return step


def parts_fit(parts: Sequence[Cells], names: Cells) -> float:
    """The weight of how the lines of names fit together: each fills what the others leave."""
    total = max(MOST_NAMELESS, NAMELESS * sum(not name.strip() for name in names[1:]))
    total += max(MOST_TWICE, TWICE * _n_twice(names))
    if len(parts) > 2 and is_whole(joined(parts[:-1], always=True)):
        total += IDLE
    for place, upper in enumerate(parts[:-1]):
        below = parts[place + 1 :]
        total += _above(upper, below)
    return total


def is_whole(fields: Cells) -> bool:
    """Whether a line has all names by itself: full, and all differ."""
    return all(cell.strip() for cell in fields) and not _n_twice(fields)


def _above(upper: Cells, below: Sequence[Cells]) -> float:
    filled = [place for place, cell in enumerate(upper) if cell.strip()]
    under = [any(line[place].strip() for line in below) for place in range(len(upper))]
    gaps_filled = sum(under[p] for p in range(len(upper)) if not upper[p].strip())
    if not gaps_filled and len(filled) < len(upper):
        return IDLE
    if filled == [0] and under[0]:
        return ONE_ABOVE
    spans = Counter(group for group, there in zip(filled_right(upper), under, strict=True) if there)
    total = GROUPED if any(n > 1 for group, n in spans.items() if group) else 0.0
    return total + (GAPS_FILLED if gaps_filled == len(upper) - len(filled) > 0 else 0.0)
