"""A column at a glance: how many blanks, what is frequent, how the numbers spread."""

from __future__ import annotations

from dataclasses import dataclass

from al_core.tables.records import Table


@dataclass(frozen=True, slots=True)
class ColumnSummary:
    """One column in a few figures.

    ``kind`` is number, date or text. ``top`` pairs the most frequent texts with their counts (at
    most ten). ``histogram`` holds bin edges and counts for numbers and dates (dates in seconds
    since 1970), None for text or where there is nothing to draw.
    """

    kind: str
    n_blank: int
    n_distinct: int
    top: list[tuple[str, int]]
    histogram: tuple[list[float], list[int]] | None


def column_summary(table: Table, column: str) -> ColumnSummary:
    """The summary of one column; TableError for a name the table does not have."""
    raise NotImplementedError
