"""Information density: uncertain rows in crowded places."""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import NDArray

from al_core.learning.querying.dense_or_csr import row_squares
from al_core.learning.querying.distances import (
    Points,
    median_distance,
    model_space,
    sample_rows,
    space,
)
from al_core.learning.querying.keywords import one_of, params
from al_core.learning.querying.strategy import Query, strategy
from al_core.learning.strategies.uncertainty._scores import entropies

Array = NDArray[np.float64]
SIMILARITIES = ("cosine", "euclidean", "gaussian")


@strategy(
    "density",
    title="Unsure, where many rows are alike",
    deterministic=False,
    max_pool=1_000_000,
    paper="Settles, Craven 2008, An Analysis of Active Learning Strategies for Sequence Labeling",
    menu=False,
)
def density(query: Query) -> Array:
    """Asks rows that are uncertain and resemble many others of the pool.

    Formula: ``utility = H(p(. | x)) (mean_u sim(x, u))^beta`` over all pool rows u, x among them.
    Keywords: beta (1), similarity "cosine", "euclidean" (``1 / (1 + distance)``) or "gaussian"
    (``exp(-distance^2 / 2 s^2)``, s the median distance), sample (20,000 pool rows the mean is over
    for the last two; None: all). A negative mean cosine counts as 0. Cost: cosine O(n d), the
    others O(n s d) in blocks for s sampled rows.

    >>> from al_core.learning.strategies.uncertainty._scores import Known
    >>> X = np.array([[0.0], [0.0], [3.0]])
    >>> model = Known(np.full((4, 2), 0.5))
    >>> query = Query(model, X, params={"similarity": "euclidean"})
    >>> density(query).round(4)  # ln 2 times the means 0.75, 0.75 and 0.5
    array([0.5199, 0.5199, 0.3466])
    """
    given = params(query, beta=1.0, similarity="cosine", sample=20_000)
    means = similarity_means(query, given["similarity"], given["sample"])
    return np.asarray(entropies(query.proba) * np.maximum(means, 0.0) ** float(given["beta"]))


def similarity_means(query: Query, similarity: str, sample: int | None = 20_000) -> Array:
    """Mean similarity of each pool row to all, (n,)."""
    if one_of("similarity", similarity, SIMILARITIES) == "cosine":
        return mean_cosine(model_space(query, query.X_pool))
    points, _ = space(query)
    others = points[sample_rows(len(points), sample, query.rng)]
    return _mean_over_blocks(points, others, similarity, query.rng)


def mean_cosine(X: Any) -> Array:
    """Mean cosine of each row with all rows, in O(n d): the mean of products is a product of means.

    >>> mean_cosine(np.array([[1.0, 0.0], [0.0, 2.0]]))
    array([0.5, 0.5])
    """
    lengths = np.sqrt(row_squares(X))
    scale = 1.0 / np.where(lengths > 0, lengths, 1.0)
    middle = np.asarray(X.T @ scale, dtype=np.float64).ravel() / X.shape[0]
    return np.asarray((X @ middle) * scale, dtype=np.float64)


def _mean_over_blocks(
    points: Points, others: Points, similarity: str, rng: np.random.Generator
) -> Array:
    result = np.empty(len(points))
    width = median_distance(points, rng) if similarity == "gaussian" else 1.0
    for rows in points.blocks(len(others)):
        block = points[rows].squared_to(others)
        if similarity == "gaussian":
            np.exp(np.multiply(block, -0.5 / width**2, out=block), out=block)
        else:
            np.sqrt(block, out=block)
            block += 1.0
            np.reciprocal(block, out=block)
        result[rows] = block.mean(axis=1, dtype=np.float64)
    return result
