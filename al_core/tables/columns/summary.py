"""A column at a glance: how many blanks, what is frequent, how the numbers spread."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
import pandas as pd

from al_core.errors import TableError
from al_core.tables.columns.roles import is_date, is_number
from al_core.tables.table import Table

# Bars and values that fit a line of the table of columns; a choice.
BINS = 20
TOP = 10


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
    if column not in table.frame.columns:
        raise TableError(f'There is no column "{column}".')
    typed, text = table.frame[column], table.text[column]
    kind = "number" if is_number(typed) else "date" if is_date(typed) else "text"
    counts = text[typed.notna()].value_counts()
    whole = kind == "number" and bool(typed.dropna().mod(1).eq(0).all())
    top = [
        (str(value).removesuffix(".0") if whole else str(value), int(count))
        for value, count in counts.head(TOP).items()
    ]
    histogram = None if kind == "text" else _histogram(_as_floats(typed, kind))
    return ColumnSummary(kind, int(typed.isna().sum()), len(counts), top, histogram)


def _as_floats(column: pd.Series[Any], kind: str) -> np.ndarray[Any, np.dtype[np.float64]]:
    filled = column.dropna()
    if kind == "date":
        moments = filled.dt.tz_localize(None) if filled.dt.tz is not None else filled
        return moments.to_numpy(dtype="datetime64[s]").astype(np.int64).astype(np.float64)
    return filled.to_numpy(dtype=np.float64)


def _histogram(
    values: np.ndarray[Any, np.dtype[np.float64]],
) -> tuple[list[float], list[int]] | None:
    values = values[np.isfinite(values) & (np.abs(values) < 1e300)]
    if len(values) == 0:
        return None
    counts, edges = np.histogram(values, bins=BINS)
    return [float(edge) for edge in edges], [int(count) for count in counts]
