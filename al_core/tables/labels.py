"""Answers: which column could hold them, how they are spelt, and whether they can be learned."""

from __future__ import annotations

from dataclasses import dataclass

import pandas as pd

from al_core.tables.records import Table


@dataclass(frozen=True, slots=True)
class Candidate:
    """A column that could hold the answers; ``score`` (0 to 1) orders them, best first."""

    column: str
    score: float
    reason: str
    n_classes: int
    n_unlabelled: int


@dataclass(frozen=True, slots=True)
class Cleaned:
    """Answers as one spelling each.

    ``values`` holds text or None (unlabelled) per row, with the index of the table. ``merges``
    maps the spelling kept to those merged into it. ``classes`` runs from the most frequent to the
    rarest; ``rare`` are those with one row only.
    """

    values: pd.Series[str]
    merges: dict[str, list[str]]
    unlabelled: int
    n_classes: int
    classes: list[str]
    rare: list[str]


def label_candidates(table: Table) -> list[Candidate]:
    """The columns that could be the answer, best first, with the reason; may be empty."""
    raise NotImplementedError


def clean_labels(series: pd.Series[str]) -> Cleaned:
    """One spelling per answer: case, spaces and ``1`` / ``1.0`` merged; n/a, ? and blank are None.

    Pass the text column (``table.text[column]``); a typed column works too.
    """
    raise NotImplementedError


def check_answers(table: Table, column: str) -> Cleaned:
    """The cleaned answers of a column; LabelError where it cannot be an answer, saying why."""
    raise NotImplementedError


def read_classes(text: str) -> list[str]:
    """Answers typed or pasted: one a line, or parted by tab, comma or slash on a single line.

    Raises LabelError for a blank list, and for an answer given twice.
    """
    raise NotImplementedError
