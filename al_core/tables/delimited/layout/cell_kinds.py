"""What one cell is by its looks: the kinds over which names and values differ."""

from __future__ import annotations

import re
from enum import IntEnum
from functools import lru_cache

from al_core.tables.cells.dates import maybe_date
from al_core.tables.cells.likeness import maybe_number, numberlike
from al_core.tables.cells.vocabulary import MISSING_WORDS

YEAR = re.compile(r"(19|20)\d\d")
PERIOD = re.compile(
    r"(19|20)\d\d\s?([-/]\s?(\d\d|\d{4})|[QHM]\d{1,2})|[QHM][1-4]([ -]?(19|20)?\d\d)?"
)
TIME = re.compile(r"\d{1,2}:\d\d(:\d\d([.,]\d+)?)?(\s?[ap]m)?", re.IGNORECASE)
SPLIT_WORD = re.compile(r"[^\W\d_]*[^\W\d_]_\w+|[a-z]+[A-Z]\w*|[^\W\d]+\.[^\W\d][\w.]*")
_EITHER = "true false yes no y n t f ja nein oui non si sí wahr falsch vrai faux"
BOOLEANS = frozenset(_EITHER.split())
# Choices: names of columns are shorter than a sentence of so many letters or words.
SENTENCE_LETTERS, SENTENCE_WORDS = 40, 5
# A choice: longer cells are never remembered, they would fill the memory.
LONG = 120


class Kind(IntEnum):
    """The kinds of cells."""

    EMPTY = 0
    MISSING = 1
    NUMBER = 2
    YEAR = 3
    PERCENT = 4
    DATE = 5
    PERIOD = 6
    TIME = 7
    BOOLEAN = 8
    MEASURE = 9
    CODE = 10
    WORDS = 11
    SENTENCE = 12
    SIGNS = 13


NUMERIC = frozenset({Kind.NUMBER, Kind.YEAR, Kind.PERCENT})
TEXTUAL = frozenset({Kind.WORDS, Kind.CODE, Kind.SENTENCE, Kind.BOOLEAN})


def kind_of_cell(cell: str) -> Kind:
    """The kind of a cell.

    >>> [kind_of_cell(c).name for c in ("", "12", "2018", "x1", "First name", "2024-01-31", "5 kg")]
    ['EMPTY', 'NUMBER', 'YEAR', 'CODE', 'WORDS', 'DATE', 'MEASURE']
    """
    cell = cell.strip()
    return Kind.SENTENCE if len(cell) > LONG else _kind(cell)


@lru_cache(maxsize=20_000)
def _kind(cell: str) -> Kind:
    if not cell:
        return Kind.EMPTY
    low = cell.lower()
    if low in MISSING_WORDS:
        return Kind.MISSING
    if low in BOOLEANS:
        return Kind.BOOLEAN
    if any(map(str.isdigit, cell)):
        return _with_digits(cell)
    if low in {"inf", "-inf", "+inf"}:
        return Kind.NUMBER
    if not any(map(str.isalpha, cell)):
        return Kind.SIGNS
    return Kind.SENTENCE if _is_long(cell) else Kind.WORDS


def _with_digits(cell: str) -> Kind:
    if YEAR.fullmatch(cell):
        return Kind.YEAR
    if PERIOD.fullmatch(cell):
        return Kind.PERIOD
    if maybe_date(cell):
        return Kind.DATE
    if numberlike(cell):
        return Kind.PERCENT if cell.endswith("%") else Kind.NUMBER
    if TIME.fullmatch(cell):
        return Kind.TIME
    if _is_long(cell):
        return Kind.SENTENCE
    if cell[0] in "+-0123456789£$€" and maybe_number(cell):
        return Kind.MEASURE
    return Kind.WORDS if " " in cell and cell[0].isalpha() else Kind.CODE


def _is_long(cell: str) -> bool:
    return len(cell) > SENTENCE_LETTERS or cell.count(" ") >= SENTENCE_WORDS


def number_in(cell: str) -> float | None:
    """The size of a plain number; None for anything else.

    >>> number_in("1,250.5"), number_in("£0.60"), number_in("x")
    (1250.5, 0.6, None)
    """
    bare = re.sub(r"[^\d.eE+-]", "", cell.replace(",", ""))
    try:
        return float(bare)
    except ValueError:
        return None


def form_of(cell: str) -> str:
    """How a number is written: digits alone, with a decimal part or thousands, or with a sign.

    >>> form_of("2018"), form_of("12.5"), form_of("£4,460"), form_of("12%")
    ('whole', 'parted', 'signed', 'signed')
    """
    bare = cell.strip().lstrip("+-")
    if bare.isdigit():
        return "whole"
    return "parted" if bare[:1].isdigit() and bare[-1:].isdigit() else "signed"


def case_of(cell: str) -> str:
    """How the words of a cell are written: lower, upper, title, joined (snake_case) or other."""
    if SPLIT_WORD.fullmatch(cell):
        return "joined"
    if cell.islower():
        return "lower"
    if cell.isupper():
        return "upper"
    return "title" if cell[:1].isupper() else "other"


def shape_of(cell: str) -> str:
    """Letters as a, capitals as A, digits as 0, all else as it is: one for cells built alike.

    >>> shape_of("AB-12"), shape_of("x1")
    ('AA-00', 'a0')
    """
    return "".join(
        "0" if c.isdigit() else ("A" if c.isupper() else "a") if c.isalpha() else c
        for c in cell[:SENTENCE_LETTERS]
    )
