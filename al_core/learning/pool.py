"""The pool: all rows of a table, each with exactly one status."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import Any

import numpy as np
from numpy.typing import ArrayLike, NDArray

from al_core.errors import PoolError
from al_core.learning.matrices import Matrix, as_matrix, n_rows
from al_core.learning.records import Rows, Status


@dataclass(frozen=True)
class Pool:
    """All rows and one status each; immutable, every change gives a new pool that shares ``X``.

    X: (n, d) array, CSR or frame. y: None, or one code a row (whole numbers from 0, -1: none); rows
    with a code start as LABELLED, the others as UNLABELLED. ``status`` and ``codes`` are (n,)
    arrays that cannot be written to. Raises PoolError for a ``y`` of another length.

    >>> pool = Pool(np.zeros((4, 2))).with_labels([2], [1])
    >>> pool.rows(Status.LABELLED), pool.codes
    (array([2]), array([-1, -1,  1, -1]))
    """

    X: Matrix
    y: Any = None
    status: NDArray[np.int8] = field(init=False)
    codes: NDArray[np.int64] = field(init=False)

    def __post_init__(self) -> None:
        X = as_matrix(self.X)
        n = n_rows(X)
        codes = np.full(n, -1) if self.y is None else np.array(self.y)
        if codes.shape != (n,) or codes.dtype.kind not in "iub":
            raise PoolError(
                f"Got labels of shape {codes.shape} and type {codes.dtype} for {n} rows. "
                "Give one whole number a row, -1 where there is no label."
            )
        status = np.where(codes >= 0, Status.LABELLED, Status.UNLABELLED)
        object.__setattr__(self, "X", X)
        self._set(status.astype(np.int8), codes.astype(np.int64))

    def __len__(self) -> int:
        return len(self.status)

    def rows(self, status: Status) -> Rows:
        """Row numbers with this status, ascending."""
        return np.flatnonzero(self.status == status)

    def with_labels(self, rows: ArrayLike, codes: ArrayLike) -> Pool:
        """A pool in which these rows are LABELLED with these codes.

        A check row refuses (PoolError): fitting it would make the score too good. So do a row that
        does not exist, a row given twice, a code below 0 and lists of different lengths.
        """
        index, new = self._index(rows), np.atleast_1d(np.asarray(codes))
        if new.shape != index.shape or (new.size and (new.dtype.kind not in "iu" or new.min() < 0)):
            raise PoolError(
                f"Got {new.size} codes for {index.size} rows. "
                "Give one whole number from 0 for each row."
            )
        check = index[self.status[index] == Status.CHECK]
        if check.size:
            raise PoolError(
                f"Row {check[0]} is a check row: it scores the model and is never fitted. "
                "Label another row, or take it out of the check rows first."
            )
        return self._changed(index, Status.LABELLED, new)

    def with_status(self, rows: ArrayLike, status: Status) -> Pool:
        """A pool in which these rows have this status; their code is forgotten.

        LABELLED is refused (PoolError): a label comes with its code, by :meth:`with_labels`.
        """
        if status == Status.LABELLED:
            raise PoolError("A labelled row needs its label. Use with_labels(rows, codes).")
        return self._changed(self._index(rows), Status(status), -1)

    def _index(self, rows: ArrayLike) -> Rows:
        index = np.atleast_1d(np.asarray(rows))
        if index.size == 0:
            return index.astype(np.intp)
        if index.dtype.kind not in "iu" or index.min() < 0 or index.max() >= len(self):
            raise PoolError(f"Got rows {index.tolist()}. Rows are numbered 0 to {len(self) - 1}.")
        if len(np.unique(index)) < index.size:
            raise PoolError(f"Got a row twice in {index.tolist()}. Give each row once.")
        return index.astype(np.intp)

    def _changed(self, index: Rows, status: Status, codes: ArrayLike) -> Pool:
        new_status, new_codes = self.status.copy(), self.codes.copy()
        new_status[index], new_codes[index] = status, codes
        pool = replace(self, y=None)
        pool._set(new_status, new_codes)
        return pool

    def _set(self, status: NDArray[np.int8], codes: NDArray[np.int64]) -> None:
        status.flags.writeable = codes.flags.writeable = False
        object.__setattr__(self, "status", status)
        object.__setattr__(self, "codes", codes)
