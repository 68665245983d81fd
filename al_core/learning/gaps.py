"""Cells that are no finite number, named once something has failed on them."""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import numpy as np

from al_core.errors import PoolError, StrategyError, UserError
from al_core.learning.matrices import Matrix, is_gap, is_sparse
from al_core.learning.records import Rows

# What the libraries say of cells that are no finite number. An error that speaks of something else
# (a keyword, the number of features, a column) must not be laid on a gap the model could take.
_OF_GAPS = re.compile(
    r"\b(?:(?i:nans?|infs?|infinity|infinite|finite|missing values?|null)"
    r"|NoneType|NAType|NaTType|NaT|NA)\b"
)


def refuse_gaps(X: Matrix, reader: str, numbers: Rows | None = None) -> None:
    """A PoolError that names the first cell of ``X`` that is no finite number, if there is one.

    Called once something has failed, so that nobody pays for it who has no gaps. ``reader``: what
    could not read them. ``numbers``: what the rows of ``X`` are called, if not 0, 1, 2. Text cells
    are no gaps.
    """
    for row, column, value in _gaps_of(X):
        number = row if numbers is None else numbers[row]
        # From None: the long text of the library says the same.
        raise PoolError(
            f"Row {number}, column {column} (both counted from 0) is {value}, and {reader} takes "
            "finite numbers only. Fill the gaps first (a Pipeline that begins with SimpleImputer "
            "does), leave those rows out, or use a model that takes gaps."
        ) from None


@contextmanager
def told_gaps(X: Matrix, reader: str, numbers: Rows | None = None) -> Iterator[None]:
    """Turn an error of the block that speaks of gaps into one that names the gap of ``X``."""
    try:
        yield
    except Exception as error:
        told_already = isinstance(error, UserError) and not isinstance(error, StrategyError)
        if not told_already and _OF_GAPS.search(str(error)):
            refuse_gaps(X, reader, numbers)
        raise


def _gaps_of(X: Matrix) -> Iterator[tuple[int, int, Any]]:
    if is_sparse(X):
        X = X.tocoo()
        bad = np.flatnonzero(~np.isfinite(X.data))
        yield from ((int(X.row[i]), int(X.col[i]), X.data[i]) for i in bad)
        return
    cells = np.asarray(X)
    if cells.ndim != 2 or cells.dtype.kind not in "fO":
        return
    if cells.dtype.kind == "f":
        bad_cells = ~np.isfinite(cells)
    else:
        bad_cells = np.frompyfunc(_is_no_number, 1, 1)(cells).astype(bool)
    yield from ((int(i), int(j), cells[i, j]) for i, j in np.argwhere(bad_cells))


def _is_no_number(value: Any) -> bool:
    return is_gap(value) or (isinstance(value, float | np.floating) and not np.isfinite(value))
