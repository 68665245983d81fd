"""Which row to ask while all labels say the same: the one least like those that were seen."""

from __future__ import annotations

from collections.abc import Callable, Collection
from functools import partial
from typing import Any

import numpy as np
from numpy.typing import ArrayLike, NDArray

from al_core.learning.matrices import Matrix, as_matrix, is_sparse, take_rows
from al_core.learning.models.threads import one_thread
from al_core.learning.querying.dense_or_csr import as_floats
from al_core.learning.querying.distances import Points, nearest_squared, sample_rows
from al_core.learning.records import Rows

TYPICAL_FIRST = 3
"""Rows labelled before unusual ones are looked for: a few typical rows say what is usual
(``benchmarks/first_answers.py``)."""
# Choices, for a question must not wait: rows looked at, and rows seen that they are held against.
_LOOKED_AT, _HELD_AGAINST = 20_000, 2_000


class UnusualRows:
    """Farthest-first: each row as far as can be from all rows seen before it.

    X: all rows, an array or CSR, or what gives the rows of numbers (m,); candidates: those that may
    be asked (at most 20,000 of them are looked at, drawn by ``seed``); readable: says of row
    numbers (m,) which come first, (m,) bool; the others come when none of these is left. The next
    row is a function of the candidates and of the set of rows seen, so that a run can be stopped
    and resumed, and a simulation asks as a project does.

    >>> unusual = UnusualRows(np.array([[0.0], [1.0], [9.0], [-7.0]]), [1, 2, 3])
    >>> unusual.next({0}), unusual.next({0, 2}), unusual.next({0, 1, 2, 3})
    (2, 3, None)
    """

    def __init__(
        self,
        X: Matrix | Callable[[Rows], Matrix],
        candidates: ArrayLike,
        seed: int = 0,
        readable: Callable[[Rows], NDArray[np.bool_]] | None = None,
    ) -> None:
        self._rows_of = X if callable(X) else partial(take_rows, as_matrix(X))
        rng = np.random.default_rng([seed, 41])
        rows = np.sort(np.asarray(candidates, dtype=np.intp))
        # In an order drawn by lot: the first of equally distant rows is no earlier row of the file.
        self._rows = rng.permutation(rows[sample_rows(len(rows), _LOOKED_AT, rng)])
        first = np.ones(len(self._rows), dtype=bool) if readable is None else readable(self._rows)
        self._first_rate = first
        self._points: Points | None = None
        self._middle: NDArray[np.floating[Any]] | None = None
        self._near = np.full(len(self._rows), np.inf)
        self._known: set[int] = set()

    def next(self, seen: Collection[int], taken: Collection[int] = ()) -> int | None:
        """The row farthest from all rows ``seen``, which is none of these and none of ``taken``.

        seen: row numbers of ``X``, candidates or not. None where no candidate is left.
        """
        self._look_at(set(map(int, seen)))
        gone = np.isin(self._rows, np.fromiter({*seen, *taken}, dtype=np.intp))
        for free in (~gone & self._first_rate, ~gone):
            if free.any():
                return int(self._rows[np.where(free, self._near, -np.inf).argmax()])
        return None

    def _look_at(self, seen: set[int]) -> None:
        """Bring the distances up to date; after an undo they are measured anew."""
        if not self._known <= seen:
            self._near[:], self._known = np.inf, set()
        new = np.asarray(sorted(seen - self._known), dtype=np.intp)
        self._known = seen
        if not len(new) or not len(self._rows):
            return
        new = new[:: -(-len(new) // _HELD_AGAINST)]
        with one_thread():
            if self._points is None:
                self._points = Points.of(self._numbers(self._rows))
            others = Points.of(self._numbers(new))
            self._near = np.minimum(self._near, nearest_squared(self._points, others))

    def _numbers(self, rows: Rows) -> Matrix:
        """Those rows as floats, an array's middle at zero: far from it distances lose digits."""
        cells = as_floats(self._rows_of(rows))
        if is_sparse(cells):
            return cells
        cells = np.nan_to_num(cells)
        if self._middle is None:
            self._middle = cells.mean(axis=0)
        return cells - self._middle


def looks_for_second(n_labels: int) -> bool:
    """Whether so many labels of one answer are enough to look for another among unusual rows.

    >>> looks_for_second(2), looks_for_second(3)
    (False, True)
    """
    return n_labels >= TYPICAL_FIRST


def has_distances(X: Matrix) -> bool:
    """Whether rows of ``X`` that lie far apart mean something different: numbers in an array.

    Not so for CSR: among letters of texts the farthest rows are the odd ones, and found a rare
    answer later than random rows did (``benchmarks/first_answers.py``).

    >>> has_distances(np.eye(2)), has_distances(np.array([["late"], ["lost"]]))
    (True, False)
    """
    return isinstance(X, np.ndarray) and X.ndim == 2 and X.dtype.kind in "biuf"
