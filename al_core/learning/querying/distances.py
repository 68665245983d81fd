"""The space in which rows are near or far, and distances there in chunks of bounded memory.

A model that is a Pipeline sees rows after its own preparing steps, so distances are taken there: a
frame of mixed columns works for every strategy, and a scaled column weighs as much as the model
lets it. Small pools keep their precision; from ``FLOAT32_FROM`` rows on all is float32.
"""

from __future__ import annotations

import warnings
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray
from scipy import sparse

from al_core.errors import StrategyError
from al_core.learning.querying.dense_or_csr import as_floats, dense, is_sparse, row_squares
from al_core.learning.querying.strategy import Query

# Rows from which 32-bit floats are used; a choice: half the memory for the last digits.
FLOAT32_FROM = 10_000
# Numbers in one block of distances: 4 million are 16 MB in float32.
BLOCK = 4_000_000


@dataclass(frozen=True)
class Points:
    """Rows of features with their squared lengths: what a block of distances needs."""

    X: Any
    squares: NDArray[Any]

    @classmethod
    def of(cls, X: Any) -> Points:
        """Points of a float array or CSR matrix (n, d)."""
        return cls(X, row_squares(X))

    def __len__(self) -> int:
        return int(self.X.shape[0])

    def __getitem__(self, rows: Any) -> Points:
        return Points(self.X[rows], self.squares[rows])

    def squared_to(self, other: Points) -> NDArray[Any]:
        """Squared Euclidean distances, (len(self), len(other)), never below zero.

        >>> Points.of(np.array([[0.0, 0.0]])).squared_to(Points.of(np.array([[3.0, 4.0]])))
        array([[25.]])
        """
        block = inner(self.X, other.X)
        block *= -2.0
        block += self.squares[:, None]
        block += other.squares[None, :]
        return np.asarray(np.maximum(block, 0, out=block))

    def blocks(self, width: int) -> Iterator[slice]:
        """Slices of these rows such that a block of ``width`` columns stays small."""
        return row_slices(len(self), width)


def row_slices(n: int, width: int) -> Iterator[slice]:
    """Slices that cover n rows, each of at most ``BLOCK`` numbers at ``width`` a row.

    >>> [(s.start, s.stop) for s in row_slices(5, BLOCK // 2)]
    [(0, 2), (2, 4), (4, 5)]
    """
    step = max(1, BLOCK // max(width, 1))
    return (slice(start, min(start + step, n)) for start in range(0, n, step))


def inner(A: Any, B: Any) -> NDArray[Any]:
    """Inner products of the rows of A with the rows of B as a dense array (a, b)."""
    return dense(A @ B.T)


def model_space(query: Query, X: Any) -> Any:
    """X as the model's last step sees it: a float array or CSR; StrategyError for words.

    Of a committee of Pipelines: as all of them see it, side by side.
    """
    X = _prepared(query, X)
    if is_sparse(X):
        return _finite(as_floats(X.tocsr()))
    if len(getattr(X, "shape", ())) > 2:
        raise StrategyError("Distances need a table, and the array has more than two dimensions.")
    try:
        floats = as_floats(np.asarray(X))
    except (TypeError, ValueError):
        raise StrategyError(
            "This strategy measures distances and the pool holds columns that are no numbers. "
            "Put the preparing steps and the model in one Pipeline, or encode the columns first."
        ) from None
    return _finite(floats)


def _prepared(query: Query, X: Any) -> Any:
    """X behind the preparing steps of the model's Pipelines, if it has any and they are wanted."""
    models = [getattr(m, "estimator", m) for m in getattr(query.model, "learner_list", [])]
    pipelines = [m for m in models or [query.model] if len(getattr(m, "steps", None) or ()) > 1]
    if not pipelines or not query.on_transformed:
        return X
    seen = [pipeline[:-1].transform(X) for pipeline in pipelines]
    if len(seen) == 1:
        return seen[0]
    if any(map(is_sparse, seen)):
        return sparse.hstack(seen, format="csr")
    return np.hstack([np.asarray(part) for part in seen])


@contextmanager
def unnamed_columns() -> Iterator[None]:
    """No warning that columns have no names: of a model fitted on a frame they are as in it.

    ``model_space`` gives arrays, with the columns of the frame in their order.
    """
    with warnings.catch_warnings():
        warnings.filterwarnings("ignore", "X does not have valid feature names", UserWarning)
        yield


def space(query: Query) -> tuple[Points, Points]:
    """Pool and labelled rows (none: an empty set) as Points of one kind, shifted alike."""
    pool = model_space(query, query.X_pool)
    labelled = pool[:0] if query.X_labelled is None else model_space(query, query.X_labelled)
    if pool.shape[0] >= FLOAT32_FROM or pool.dtype == np.float32:
        pool, labelled = pool.astype(np.float32), labelled.astype(np.float32)
    _finite(pool)
    if is_sparse(pool):
        return Points.of(pool), Points.of(sparse.csr_matrix(labelled))
    labelled = dense(labelled)
    # Far from the origin squared lengths swamp the differences: shift the middle to zero.
    middle = pool.mean(axis=0, dtype=np.float64).astype(pool.dtype)
    return Points.of(pool - middle), Points.of(labelled - middle)


def _finite(X: Any) -> Any:
    """X, unless a cell is a gap or so large that its square is infinite (StrategyError).

    One would spoil the distances of all rows, some silently.
    """
    cells = X.data if is_sparse(X) else X
    if cells.size:
        largest = max(abs(float(cells.min())), abs(float(cells.max())))
        # A distance adds up a square a column, and both ends of it: hence the share of the root.
        most = np.sqrt(float(np.finfo(cells.dtype).max) / max(4, 4 * X.shape[1]))
        if not largest <= most:
            raise StrategyError("Distances need finite numbers in every cell, and a cell is none.")
    return X


def nearest_squared(points: Points, others: Points) -> NDArray[np.float64]:
    """Squared distance of each point to the nearest of ``others``; inf where there are none.

    >>> line = Points.of(np.array([[0.0], [1.0], [5.0]]))
    >>> nearest_squared(line, line[[0, 2]])
    array([0., 1., 0.])
    """
    result = np.full(len(points), np.inf)
    if len(others):
        for rows in points.blocks(len(others)):
            result[rows] = points[rows].squared_to(others).min(axis=1)
    return result


def squared_to_row(points: Points, row: int) -> NDArray[Any]:
    """Squared distances of all points to one of them, exactly zero to itself."""
    distances = points.squared_to(points[[row]])[:, 0]
    distances[row] = 0.0
    return distances


def sample_rows(n: int, size: int | None, rng: np.random.Generator) -> NDArray[np.intp]:
    """All rows, or a sorted random sample where there are more than ``size``."""
    if size is None or n <= size:
        return np.arange(n)
    return np.sort(rng.choice(n, size, replace=False))


def median_distance(points: Points, rng: np.random.Generator, size: int = 500) -> float:
    """Median distance between different rows of a sample; 1 where all rows are the same.

    >>> median_distance(Points.of(np.array([[0.0], [1.0], [3.0]])), np.random.default_rng(0))
    2.0
    """
    some = points[sample_rows(len(points), size, rng)]
    pairs = some.squared_to(some)[np.triu_indices(len(some), 1)]
    pairs = pairs[pairs > 1e-12]
    return float(np.sqrt(np.median(pairs))) if len(pairs) else 1.0


def best(values: NDArray[Any], taken: NDArray[np.bool_], rng: np.random.Generator) -> int:
    """The free row of highest value, ties by lot."""
    free = np.where(taken, -np.inf, values)
    ties = np.flatnonzero(free == free.max())
    if taken[ties[0]]:
        # All free rows are at minus infinity too: any of them will do.
        ties = np.flatnonzero(~taken)
    return int(ties[rng.integers(len(ties))]) if len(ties) > 1 else int(ties[0])
