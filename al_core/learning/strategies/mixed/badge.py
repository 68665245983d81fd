"""BADGE: rows whose gradients are long and point different ways."""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import NDArray

from al_core.learning.querying.dense_or_csr import row_squares
from al_core.learning.querying.distances import FLOAT32_FROM, best, inner, model_space
from al_core.learning.querying.keywords import params
from al_core.learning.querying.strategy import Query, strategy

Array = NDArray[Any]


@strategy(
    "badge",
    title="Unsure, and different from each other",
    kind="set",
    deterministic=False,
    max_pool=2_000_000,
    paper="Ash, Zhang, Krishnamurthy, Langford, Agarwal 2020, Deep Batch Active Learning by "
    "Diverse, Uncertain Gradient Lower Bounds",
)
def badge(query: Query) -> NDArray[np.intp]:
    """Picks a batch of rows that would move the model far and in different directions.

    Formula: k-means++ seeding on ``g(x) = (p - e_guess) (x) features``, the gradient of a linear
    last layer if the guess were right: the first pick has the longest g, each next one is drawn
    with chance proportional to its squared distance to the nearest picked. g is never built: an
    inner product of two g is the product of two small ones. Cost: O(n (d + k)) a pick.

    At p = (0.5, 0.5), p - e is (-0.5, 0.5); the row 3 has the longest gradient:

    >>> from al_core.learning.strategies.uncertainty._scores import Known
    >>> model = Known([[0.5, 0.5]] * 4)
    >>> badge(Query(model, np.array([[1.0], [3.0]])))
    array([1])
    """
    params(query)
    residual, features = gradient_factors(query)
    squares = row_squares(residual) * row_squares(features)
    near = squares.astype(np.float64)
    taken = np.zeros(len(near), dtype=bool)
    picks: list[int] = []
    for i in range(query.n_instances):
        picks.append(best(near, taken, query.rng) if i == 0 else _draw(near, taken, query.rng))
        row = picks[-1]
        taken[row] = True
        shared = inner(residual, residual[[row]])[:, 0] * inner(features, features[[row]])[:, 0]
        away = np.maximum(squares + squares[row] - 2.0 * shared, 0.0)
        near = away if i == 0 else np.minimum(near, away)
        near[row] = 0.0
    return np.asarray(picks, dtype=np.intp)


def gradient_factors(query: Query) -> tuple[Array, Any]:
    """Residuals (n, k) and features (n, d) whose outer product is each row's gradient."""
    proba = np.asarray(query.proba, dtype=np.float64)
    residual = proba.copy()
    residual[np.arange(len(proba)), proba.argmax(axis=1)] -= 1.0
    features = model_space(query, query.X_pool)
    if len(proba) >= FLOAT32_FROM:
        return residual.astype(np.float32), features.astype(np.float32, copy=False)
    return residual, features


def _draw(near: Array, taken: NDArray[np.bool_], rng: np.random.Generator) -> int:
    """A free row with chance proportional to ``near``; any free row where all are zero."""
    chance = np.where(taken, 0.0, near)
    total = chance.sum()
    # Rounding leaves hairs of distance between copies of one row; they are no difference.
    if total <= 1e-12 * max(1.0, float(near.max(initial=0.0))):
        return int(rng.choice(np.flatnonzero(~taken)))
    return int(rng.choice(len(near), p=chance / total))
