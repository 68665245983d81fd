"""The costs given to a query, checked."""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import NDArray

from al_core.errors import StrategyError
from al_core.learning.querying.strategy import Query


def needs_costs(query: Query, what: str) -> None:
    """Refuse a query without costs (StrategyError); ``what`` says which are meant."""
    if query.costs is None:
        raise StrategyError(
            f"This strategy weighs costs and got none. Give costs=, {what}; without costs use "
            "'margin' or 'least_confidence'."
        )


def class_costs(query: Query, known: NDArray[Any]) -> NDArray[np.float64]:
    """Costs (k, k) for the classes the model knows: row true, column guessed; 1 an error if none.

    >>> class_costs(Query(None, [[0]]), np.array(["a", "b"]))
    array([[0., 1.],
           [1., 0.]])
    """
    k = len(known)
    if query.costs is None:
        return 1.0 - np.eye(k)
    costs = np.asarray(query.costs, dtype=np.float64)
    classes = known if query.classes is None else np.asarray(query.classes)
    if costs.shape != (len(classes), len(classes)):
        raise StrategyError(
            f"costs has the shape {costs.shape}. Give one number for each pair of the "
            f"{len(classes)} classes (row: true class, column: guessed class)."
        )
    if not np.isfinite(costs).all() or (costs < 0).any():
        raise StrategyError("costs must be numbers that are 0 or more.")
    places = np.searchsorted(classes, known)
    return np.asarray(costs[np.ix_(places, places)])


def row_costs(query: Query) -> NDArray[np.float64]:
    """The cost of labelling each pool row, (n,)."""
    n = query.X_pool.shape[0]
    costs = np.asarray(query.costs, dtype=np.float64)
    if costs.shape != (n,) or not np.isfinite(costs).all() or (costs <= 0).any():
        raise StrategyError(
            f"costs must be {n} numbers above 0, one labelling cost a pool row; got an array of "
            f"shape {costs.shape}."
        )
    return costs
