"""The weight of evidence of one cell: how much likelier it is in another role than as a value.

All weights are natural logarithms of likelihood ratios: 0 says nothing, 3 says twenty to one.
"""

from __future__ import annotations

import math
import re
from enum import Enum

from al_core.tables.cells.vocabulary import AFFIX, UNIT
from al_core.tables.delimited.layout.below import Column, shared_words
from al_core.tables.delimited.layout.cell_kinds import (
    NUMERIC,
    TEXTUAL,
    Kind,
    case_of,
    form_of,
    kind_of_cell,
    number_in,
    shape_of,
)
from al_core.tables.delimited.layout.name_words import sounds_like_a_name


class Role(Enum):
    """What a line may be that is no row."""

    NAMES = "the one line of names"
    PART = "one of several lines of names"
    TITLE = "a title or a note above the names"
    UNITS = "units below the names"


_K = Kind
# How often a cell of such a line is of a kind. Rounded from what the shared sets, and tables of
# public reports, hold; the weights that matter are those between words and numbers.
OF_NAMES = {
    _K.EMPTY: 0.04,
    _K.MISSING: 0.004,
    _K.NUMBER: 0.008,
    _K.YEAR: 0.025,
    _K.PERCENT: 0.01,
    _K.DATE: 0.012,
    _K.PERIOD: 0.02,
    _K.TIME: 0.002,
    _K.BOOLEAN: 0.006,
    _K.MEASURE: 0.012,
    _K.CODE: 0.09,
    _K.WORDS: 0.75,
    _K.SENTENCE: 0.03,
    _K.SIGNS: 0.005,
}
OF_PART = {**OF_NAMES, _K.EMPTY: 0.5, _K.WORDS: 0.4, _K.YEAR: 0.05, _K.CODE: 0.05, _K.PERIOD: 0.03}
OF_TITLE = {
    **OF_NAMES,
    _K.EMPTY: 0.5,
    _K.WORDS: 0.12,
    _K.SENTENCE: 0.1,
    _K.NUMBER: 0.008,
    _K.DATE: 0.03,
    _K.CODE: 0.03,
    _K.YEAR: 0.01,
}
OF_UNITS = {**OF_NAMES, _K.EMPTY: 0.35, _K.WORDS: 0.06, _K.SIGNS: 0.1, _K.PERCENT: 0.03}
# Units that are known, or stand in brackets; half of the cells above numbers.
KNOWN_UNIT = 0.5
MORE_UNITS = r"mio|mrd|mn|bn|thousands?|millions?|billions?|volts?|amps?|watts?|deg\.? ?[CFK]?"
UNIT_SIGNS = re.compile(
    rf"[\[(].{{1,20}}[\])]|{UNIT}|{AFFIX}|{MORE_UNITS}|[-=]{{2,}}", re.IGNORECASE
)
OF_ROLE = {
    Role.NAMES: OF_NAMES,
    Role.PART: OF_PART,
    Role.TITLE: OF_TITLE,
    Role.UNITS: OF_UNITS,
}
LENGTHS = (Kind.WORDS, Kind.SENTENCE)
# Letters with which all texts of a column begin, and what it says that a cell does so or not;
# choices.
LEAST_PREFIX, WITHIN, WITHOUT = 3, -3.0, 1.5
CASES = {"lower": 0.3, "title": 0.4, "upper": 0.12, "joined": 0.15, "other": 0.03}
"""How names are written."""
# Names without a word in the first column are usual (row names, crosstabs).
FIRST_EMPTY = 0.15
# Names that also stand among the values of their column: seldom, but for the choices that survey
# tools write over columns of them. Choices, from few such files.
SEEN = {Role.NAMES: 0.03, Role.PART: 0.15, Role.TITLE: 0.03, Role.UNITS: 0.03}
# Words that columns are often called by, in a cell by themselves or among others; choices.
SOUNDS, SOUNDS_IN_PART = 2.0, 1.2
# Names are of about nine letters, half of them between six and fourteen.
NAME_LETTERS, NAME_SPREAD = math.log(9), 0.6
# No cell by itself weighs more: one in a hundred is odd in any table.
MOST, LEAST = 4.5, -5.0
# A gap above a column that has none says more: which of the roles leave gaps.
MOST_EMPTY = 7.0
# Weights below this are noise, which would add up over many columns.
NOISE = 0.25


def weight(cell: str, column: Column, role: Role, *, first: bool = False) -> float:
    """The weight of evidence that a cell plays a role, against being a value of its column.

    ``first`` says that the column is the first one.
    """
    kind = kind_of_cell(cell)
    given = OF_ROLE[role][kind]
    if role is Role.UNITS and is_unit(cell):
        given = KNOWN_UNIT
    if kind is Kind.EMPTY and first and role is Role.NAMES:
        given = FIRST_EMPTY
    if kind in LENGTHS:  # how long it is, is weighed apart
        given = OF_ROLE[role][Kind.WORDS] if role is not Role.TITLE else given
    total = math.log(given / _as_value(kind, cell, column))
    text = cell.strip()
    if text[:200] in column.texts:
        total += math.log(SEEN[role] / (1 - column.new))
    elif kind in TEXTUAL:
        total += _unseen(text, column)
        sound = _sound(text, column) if role is not Role.TITLE else 0.0
        if role is not Role.TITLE:
            total += _case(text, column) + sound
        if role is Role.NAMES:
            total += max(_length(text, column), 0.0 if sound else LEAST)
    total += _shape(text, kind, column)
    total = min(MOST if kind is not Kind.EMPTY else MOST_EMPTY, max(LEAST, total))
    return 0.0 if abs(total) < NOISE else total


def is_unit(cell: str) -> bool:
    """Whether a cell is a unit that is known, stands in brackets, or is a rule.

    >>> [is_unit(cell) for cell in ("kg", "(thousands)", "---", "county")]
    [True, True, True, False]
    """
    return bool(UNIT_SIGNS.fullmatch(cell.strip()[:30]))


def _as_value(kind: Kind, cell: str, column: Column) -> float:
    """How likely a value of this column is of that kind; for a number, of that form and size."""
    if kind in NUMERIC:
        share = sum(map(column.share, NUMERIC))
        number = number_in(cell)
        if number is None or not column.numbers:
            return share
        n = sum(column.forms.values())
        share *= (column.forms[form_of(cell)] + 0.3) / (n + 1)
        if _in_reach(number, column.numbers):
            return share
        # Out of reach of all the numbers below: choices.
        return share * (0.02 if kind is Kind.YEAR else 0.06)
    if kind in LENGTHS:
        return sum(map(column.share, LENGTHS))
    return column.share(kind)


def _in_reach(number: float, numbers: list[float]) -> bool:
    """Whether a number lies among others, or no further off than they lie apart."""
    low, high = min(numbers), max(numbers)
    reach = max(high - low, 1.0 if all(n.is_integer() for n in numbers) else 0.0)
    # In a sequence (ids) the first lies one step before the others.
    return low - reach <= number <= high + reach


def _unseen(text: str, column: Column) -> float:
    """What it says that a text does not come again below, as values of few kinds do."""
    if not column.n_texts:
        return 0.0
    total = -math.log(column.new)
    if len(column.prefix) >= LEAST_PREFIX and column.n_texts >= 3:
        total += WITHIN if text.startswith(column.prefix) else WITHOUT
    # Words of running text come again in other rows; half as often as usual still counts.
    if column.shared >= 0.25 and column.n_texts >= 3:
        total += -1.5 if shared_words(text, column) >= 0.5 * column.shared else 1.0
    return total


def _case(text: str, column: Column) -> float:
    if not column.n_texts:
        return 0.0
    case = case_of(text)
    as_value = (column.cases[case] + CASES[case]) / (column.n_texts + 1)
    # Names and values of one table are often written by one hand: worth a part only.
    return max(-1.2, min(1.2, 0.5 * math.log(CASES[case] / as_value)))


def _sound(text: str, column: Column) -> float:
    """A word that columns are often called by, where the values below are no such words."""
    share = sounds_like_a_name(text)
    if not share or column.sounding > 0.5:
        return 0.0
    return SOUNDS if share == 1 else SOUNDS_IN_PART


def _length(text: str, column: Column) -> float:
    """Whether a text is as long as a name, or as long as those below it."""
    if column.n_texts < 3:
        return 0.0
    size = math.log(max(1, len(text)))
    as_name = -0.5 * ((size - NAME_LETTERS) / NAME_SPREAD) ** 2 - math.log(NAME_SPREAD)
    as_value = -0.5 * ((size - column.mean) / column.spread) ** 2 - math.log(column.spread)
    return max(-2.0, min(2.5, as_name - as_value))


def _shape(text: str, kind: Kind, column: Column) -> float:
    """Whether a cell is built as those below are, sign for sign: x1 above x2."""
    if kind in (Kind.EMPTY, Kind.NUMBER, Kind.YEAR, Kind.SENTENCE) or not column.shapes:
        return 0.0
    total = sum(column.shapes.values())
    shape, most = shape_of(text), column.shapes.most_common(1)[0]
    # A choice: built alike are those of which six in ten have one shape, with a digit in it.
    if most[1] < 0.6 * total or total < 2 or "0" not in most[0]:
        return 0.0
    share = most[1] / total
    if shape == most[0]:
        return math.log(0.05 / share)
    return min(2.0, math.log(0.95 / (1 - share + 1 / (total + 1))))
