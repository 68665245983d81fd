"""What the cells of a column are like, as far as the first rows below tell."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

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

# What a cell is where nothing is known: worth one cell seen. Choices, rounded from the shared sets.
UNKNOWN = {
    Kind.EMPTY: 0.10,
    Kind.MISSING: 0.04,
    Kind.NUMBER: 0.28,
    Kind.YEAR: 0.03,
    Kind.PERCENT: 0.02,
    Kind.DATE: 0.04,
    Kind.PERIOD: 0.01,
    Kind.TIME: 0.01,
    Kind.BOOLEAN: 0.03,
    Kind.MEASURE: 0.03,
    Kind.CODE: 0.08,
    Kind.WORDS: 0.25,
    Kind.SENTENCE: 0.07,
    Kind.SIGNS: 0.01,
}
# Letters of a text differ by less than this factor (as a logarithm) seldom, even in few rows.
LEAST_SPREAD, FEW_SPREAD = 0.3, 2.0
# Letters looked at in a cell; a choice.
LETTERS = 200


@dataclass(slots=True)
class Column:
    """The cells of one column in the rows below: how many of each kind, and of each looks.

    ``new`` is how likely the next text was not seen before (after Good and Turing), ``shared`` the
    share of the words of a text that stand in other rows too, ``sounding`` the share of texts that
    sound like names of columns, ``prefix`` what all texts begin with.
    """

    n: int
    kinds: Counter[Kind]
    texts: Counter[str]
    shapes: Counter[str]
    cases: Counter[str]
    words: Counter[str]
    numbers: list[float]
    forms: Counter[str]
    mean: float = 0.0
    spread: float = LEAST_SPREAD
    n_texts: int = 0
    shared: float = 0.0
    new: float = 0.5
    sounding: float = 0.0
    prefix: str = ""

    def share(self, kind: Kind) -> float:
        """How likely a cell of this column is of a kind."""
        return (self.kinds[kind] + UNKNOWN[kind]) / (self.n + 1)

    @property
    def numeric(self) -> float:
        """The share of numbers among what is filled."""
        filled = self.n - self.kinds[Kind.EMPTY] - self.kinds[Kind.MISSING]
        return sum(self.kinds[kind] for kind in NUMERIC) / filled if filled else 0.0


def column_below(cells: Sequence[str]) -> Column:
    """What is known of a column from its cells."""
    kinds = [kind_of_cell(cell) for cell in cells]
    texts = [c.strip()[:LETTERS] for c, k in zip(cells, kinds, strict=True) if k in TEXTUAL]
    counted = [c for c, k in zip(cells, kinds, strict=True) if k in NUMERIC]
    numbers = [number_in(cell) for cell in counted]
    shaped = [
        shape_of(c.strip()) for c, k in zip(cells, kinds, strict=True) if k not in NUMERIC and c
    ]
    words = Counter(word for text in texts for word in set(text.lower().split()))
    column = Column(
        n=len(cells),
        kinds=Counter(kinds),
        texts=Counter(texts),
        shapes=Counter(shaped),
        cases=Counter(map(case_of, texts)),
        words=words,
        numbers=[number for number in numbers if number is not None and math.isfinite(number)],
        forms=Counter(map(form_of, counted)),
        n_texts=len(texts),
    )
    if texts:
        sizes = [math.log(len(text)) for text in texts]
        column.mean = sum(sizes) / len(sizes)
        variance = sum((size - column.mean) ** 2 for size in sizes) / max(1, len(sizes) - 1)
        column.spread = max(LEAST_SPREAD, FEW_SPREAD / len(sizes), math.sqrt(variance))
        column.shared = sum(_shared(t, words, 1) for t in texts) / len(texts)
        column.prefix = _common_beginning(min(column.texts), max(column.texts))
        once = sum(count == 1 for count in column.texts.values())
        column.new = min(0.98, max(0.02, (once + 0.5) / (len(texts) + 1)))
        column.sounding = sum(sounds_like_a_name(t) > 0 for t in texts[:20]) / len(texts[:20])
    return column


def _common_beginning(one: str, other: str) -> str:
    """What two texts begin with; of the first and the last in order it is what all begin with."""
    length = next((i for i, (a, b) in enumerate(zip(one, other, strict=False)) if a != b), None)
    return one[:length]


def _shared(text: str, words: Counter[str], own: int) -> float:
    """Which share of the words of a text stands in other cells too."""
    parts = set(text.lower().split())
    return sum(words[part] > own for part in parts) / len(parts) if parts else 0.0


def shared_words(text: str, column: Column) -> float:
    """Which share of the words of a text that is not of the column stands in it."""
    return _shared(text, column.words, 0)
