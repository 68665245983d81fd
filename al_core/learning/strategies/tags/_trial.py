"""A weight between two measures chosen at each query: what it asks first is tried out."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
from numpy.typing import NDArray

from al_core.learning.matrices import take_rows
from al_core.learning.models.fitting import Fitter
from al_core.learning.models.tags import tag_distances
from al_core.learning.querying.dense_or_csr import stack
from al_core.learning.querying.keywords import needs_estimator
from al_core.learning.querying.strategy import Query

Array = NDArray[np.float64]
# As in the paper: 0, 0.1 to 1.
WEIGHTS = tuple(float(weight) for weight in np.linspace(0, 1, 11).round(1))


def tried_weight(query: Query, utilities: Callable[[float], Array], ties: Array) -> float:
    """The weight whose first row, taught with the tags guessed for it, leaves the least loss.

    utilities: of a weight; ties: what goes first among equal utilities. The smallest weight where
    several leave the same.
    """
    first = {weight: int(np.lexsort((ties, utilities(weight)))[-1]) for weight in WEIGHTS}
    fitter = Fitter(needs_estimator(query), int(query.rng.integers(2**32)))
    guessed = tag_distances(query.model, query.X_pool) > 0
    left = {row: _loss_after(query, fitter, row, guessed[row]) for row in set(first.values())}
    return min(WEIGHTS, key=lambda weight: left[first[weight]])


def _loss_after(query: Query, fitter: Fitter, row: int, tags: NDArray[np.bool_]) -> float:
    known = np.asarray(query.y_labelled)
    X = stack(query.X_labelled, take_rows(query.X_pool, np.array([row])))
    model = fitter.fit(X, np.vstack([known, tags[None].astype(known.dtype)]))
    return margin_loss(tag_distances(model, query.X_pool))


def margin_loss(f: Array) -> float:
    """Mean over rows of the widest hinge loss among guessed tags plus that among the others.

    >>> margin_loss(np.array([[2.0, -3.0], [0.5, -0.2]])), margin_loss(np.array([[-1.0, -0.5]]))
    (0.65, 0.5)
    """
    there = np.where(f > 0, np.maximum(1 - f, 0), 0).max(axis=1)
    others = np.where(f > 0, 0, np.maximum(1 + f, 0)).max(axis=1)
    return float((there + others).mean())
