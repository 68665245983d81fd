"""Rows of whatever a person holds: numpy arrays, CSR matrices, data frames, lists.

Nothing here imports a frame library: frames are known by what they can do.
"""

from __future__ import annotations

import re
import sys
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from typing import Any, TypeAlias

import numpy as np
from numpy.typing import NDArray
from scipy import sparse
from sklearn.utils import _safe_indexing

from al_core.errors import LabelError, PoolError, StrategyError, UserError
from al_core.learning.records import Rows, text_labels
from al_core.wording import listed

# An (n, d) array, a CSR matrix or array, or a frame; sequences become arrays at the gate.
Matrix: TypeAlias = Any
# What the libraries say of cells that are no finite number. An error that speaks of something else
# (a keyword, the number of features, a column) must not be laid on a gap the model could take.
_OF_GAPS = re.compile(
    r"\b(?:(?i:nans?|infs?|infinity|infinite|finite|missing values?|null)"
    r"|NoneType|NAType|NaTType|NaT|NA)\b"
)
# ... and of arrays with more dimensions than rows and columns.
_OF_DIMENSIONS = re.compile(r"\b(?i:dim|dims|ndim|dimensions?|dimensional)\b")
# The root of the largest 32-bit number: from here on squares overflow, and trees refuse.
_TOO_LARGE = 1.8e19


def is_sparse(X: Any) -> bool:
    """Whether ``X`` is a SciPy sparse matrix or array."""
    return bool(sparse.issparse(X))


def is_frame(X: Any) -> bool:
    """Whether ``X`` is a data frame: neither an array nor sparse."""
    return not isinstance(X, np.ndarray) and not is_sparse(X)


def as_matrix(X: Any) -> Matrix:
    """``X`` as something with rows: sparse as CSR, lists as arrays, arrays and frames as they are.

    Raises PoolError for numbers that are no table.

    >>> as_matrix([[1, 2], [3, 4]]).shape
    (2, 2)
    """
    if is_sparse(X):
        return X.tocsr()
    rows = X if hasattr(X, "shape") else np.asarray(X)
    # One dimension of texts is a column for a vectoriser; of numbers it could be a row or a column.
    if isinstance(rows, np.ndarray) and rows.ndim < 2 and rows.dtype.kind in "biuf":
        raise PoolError(
            f"Got numbers of shape {rows.shape} as rows. Give a table with a row for each example: "
            "x.reshape(1, -1) makes one of a single row."
        )
    return rows


def n_rows(X: Matrix) -> int:
    """How many rows ``X`` has."""
    return int(X.shape[0]) if hasattr(X, "shape") else len(X)


def take_rows(X: Matrix, rows: NDArray[np.intp]) -> Matrix:
    """The given rows of ``X`` by position, in the order given, as a copy.

    >>> take_rows(np.array([[1], [2], [3]]), np.array([2, 0]))
    array([[3],
           [1]])
    """
    if isinstance(X, np.ndarray):
        return X[rows]
    return X[rows] if is_sparse(X) else _safe_indexing(X, rows)


def stack_rows(above: Matrix, below: Matrix) -> Matrix:
    """Two matrices of the same kind and width, one under the other; else a PoolError.

    Columns of frames are matched by name, in the order of those above.
    """
    _check_names(above, below)
    if above.shape[1:] != below.shape[1:]:
        raise PoolError(
            f"Cannot add rows of shape {below.shape} to rows of shape {above.shape}. "
            "Give new rows with the same columns as the first ones."
        )
    if is_sparse(above) or is_sparse(below):
        return sparse.vstack([above, below], format="csr")
    if isinstance(above, np.ndarray) and isinstance(below, np.ndarray):
        return np.concatenate([above, below])
    if type(above) is not type(below):
        raise PoolError(
            f"Cannot add rows of a {type(below).__name__} to rows of a {type(above).__name__}. "
            "Give new rows in the same form as the first ones."
        )
    # The frame's own library is loaded already, or there would be no frame.
    library = sys.modules[type(above).__module__.split(".")[0]]
    if list(above.columns) != list(below.columns):
        below = below[list(above.columns)]  # not every frame library matches names itself
    return library.concat([above, below])


def _check_names(above: Matrix, below: Matrix) -> None:
    """Refuse a frame whose columns have other names than those of the frame above (PoolError)."""
    if not (hasattr(above, "columns") and hasattr(below, "columns")):
        return
    if told := _other_names(list(above.columns), list(below.columns)):
        raise PoolError(
            f"Cannot add rows whose columns are others: they {told}. "
            "Give new rows with the same column names as the first ones."
        )


def _other_names(old: list[Any], new: list[Any]) -> str:
    """Which of the old names the new ones lack, and which they have besides; "" for neither."""
    missing = [repr(name) for name in old if name not in set(new)]
    unknown = [repr(name) for name in new if name not in set(old)]
    told = [f"lack {listed(missing, 5)}"] if missing else []
    told += [f"have {listed(unknown, 5)} besides"] if unknown else []
    return " and ".join(told)


def matched(X: Matrix, names: Any) -> Matrix:
    """The frame ``X`` with its columns in the order of ``names``; anything else as it is.

    names: the columns of the frame that was fitted, or None. Raises PoolError for a frame that
    lacks one of them or has others besides.
    """
    if names is None or not hasattr(X, "columns") or list(X.columns) == list(names):
        return X
    if told := _other_names(list(names), list(X.columns)):
        raise PoolError(
            f"These rows have other columns than those that were taught: they {told}. "
            "Give the same column names; their order does not matter."
        )
    return X[list(names)]


def is_text(labels: NDArray[Any]) -> bool:
    """Whether labels as :func:`as_labels` gives them are text."""
    is_long = labels.dtype == object and any(isinstance(label, str) for label in labels)
    return labels.dtype.kind in "US" or is_long


def as_labels(y: Any) -> NDArray[Any]:
    """Labels as a 1-d array; text as :func:`text_labels` gives it.

    Whole numbers and truth values in an array of objects become such; a missing one stays, as None.
    Raises LabelError for text and numbers in one.

    >>> as_labels(["b", "a"]).dtype.kind, as_labels(np.array([1, 0], dtype=object)).dtype.kind
    ('U', 'i')
    """
    is_list = isinstance(y, list | tuple)
    labels = text_labels(y) if is_list and y and _all_are(str, y) else np.asarray(y)
    if labels.ndim == 2 and labels.shape[1] == 1:
        labels = labels[:, 0]
    if labels.ndim == 0:
        labels = labels[None]
    if labels.ndim != 1:
        return labels
    if labels.dtype.kind == "U":
        return text_labels(labels)
    if labels.dtype != object:
        return labels
    return text_labels(labels) if _all_are(str, labels) else _typed(labels)


_LABEL_KINDS: tuple[tuple[Any, type], ...] = (
    (bool | np.bool_, bool),
    (int | np.integer, int),
    (float | int | np.number, float),
)


def _typed(labels: NDArray[Any]) -> NDArray[Any]:
    gaps = np.array([is_gap(label) for label in labels], dtype=bool)
    known = labels[~gaps]
    n_text = sum(isinstance(label, str) for label in known)
    if 0 < n_text < len(known):
        raise LabelError(
            "These labels are text and numbers in one. Give all of them as text, or all as numbers."
        )
    if gaps.any():
        labels = labels.copy()
        labels[gaps] = None
        return labels
    dtypes = [dtype for kind, dtype in _LABEL_KINDS if _all_are(kind, known)]
    return labels.astype(dtypes[0]) if dtypes else labels


def _all_are(kind: Any, labels: Iterable[Any]) -> bool:
    return all(isinstance(label, kind) for label in labels)


def is_gap(value: Any) -> bool:
    """None, nan, and what frame libraries have for them, which answer no comparison."""
    is_nan = isinstance(value, float | np.floating) and value != value
    return value is None or is_nan or type(value).__name__ in ("NAType", "NaTType")


# -- Cells that are no finite number, named once something has failed on them.


def refuse_gaps(X: Matrix, reader: str, numbers: Rows | None = None) -> None:
    """A PoolError that names the first cell of ``X`` that is no finite number, if there is one.

    Called once something has failed, so that nobody pays for it who has no gaps. ``reader``: what
    could not read them. ``numbers``: what the rows of ``X`` are called, if not 0, 1, 2. Text cells
    are no gaps. Without a gap a number too large to calculate with is named.
    """
    for row, column, value in _gaps_of(X):
        number = row if numbers is None else numbers[row]
        # From None: the long text of the library says the same.
        raise PoolError(
            f"Row {number}, column {column} (both counted from 0) is {value}, and {reader} takes "
            "finite numbers only. Fill the gaps first (a Pipeline that begins with SimpleImputer "
            "does), leave those rows out, or use a model that takes gaps."
        ) from None
    _refuse_too_large(X, reader, numbers)


def _refuse_too_large(X: Matrix, reader: str, numbers: Rows | None) -> None:
    """A PoolError that names the largest cell, where it is too large to calculate with."""
    cells: Any = X.tocoo() if is_sparse(X) else np.asarray(X)
    values: NDArray[Any] = np.asarray(cells.data) if is_sparse(X) else cells
    if values.ndim != (1 if is_sparse(X) else 2) or values.dtype.kind != "f" or not values.size:
        return
    largest = int(np.abs(values).argmax())
    place = divmod(largest, values.shape[-1])
    row, column = (cells.row[largest], cells.col[largest]) if is_sparse(X) else place
    value = float(values.ravel()[largest])
    if abs(value) > _TOO_LARGE:
        raise PoolError(
            f"Row {row if numbers is None else numbers[row]}, column {column} (both counted from "
            f"0) is {value:g}, which is too large for {reader} to calculate with. Correct the "
            "cell, or leave that row out."
        ) from None


def _refuse_dimensions(X: Matrix, reader: str) -> None:
    """A PoolError for an array that is no table of rows and columns, if it is none."""
    shape = getattr(X, "shape", ())
    if len(shape) > 2:
        raise PoolError(
            f"Got an array of shape {shape}, and {reader} takes rows of one number a column. "
            "Lay each row out flat (X.reshape(len(X), -1)), or use a model that takes such arrays."
        ) from None


@contextmanager
def told_gaps(X: Matrix, reader: str, numbers: Rows | None = None) -> Iterator[None]:
    """Turn an error of the block that speaks of gaps into one that names the gap of ``X``.

    So with numbers that are too large, and with arrays of more dimensions than the block takes.
    """
    try:
        yield
    except Exception as error:
        told_already = isinstance(error, UserError) and not isinstance(error, StrategyError)
        if not told_already and _OF_DIMENSIONS.search(str(error)):
            _refuse_dimensions(X, reader)
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
