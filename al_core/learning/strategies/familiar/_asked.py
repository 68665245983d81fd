"""From a learner and rows to what a registered strategy says of them."""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import NDArray

from al_core.learning.matrices import as_matrix, matched
from al_core.learning.models.threads import one_thread
from al_core.learning.querying.pick import run_strategy
from al_core.learning.querying.strategy import Query, get_strategy

Seed = int | np.random.Generator | None


def query_of(learner: Any, X: Any, n: int, seed: Seed, params: dict[str, Any]) -> Query:
    """The query of a learner, a committee or a fitted estimator about the rows ``X``."""
    known = getattr(learner, "X_training", None), getattr(learner, "y_training", None)
    inner = getattr(learner, "estimator", learner)
    # A learner without labels says so itself; its strategies look at the model inside.
    model = learner if known[0] is None and inner is not None else inner
    rng = np.random.default_rng(0 if seed is None else seed)
    pool = matched(as_matrix(X), getattr(known[0], "columns", None))
    estimator = inner if hasattr(inner, "get_params") and inner is not learner else None
    return Query(model, pool, *known, estimator=estimator, n_instances=n, rng=rng, params=params)


def picked(
    name: str, learner: Any, X: Any, n: int, seed: Seed = None, **params: Any
) -> NDArray[np.intp]:
    """The ``n`` rows that the strategy of that name asks, best first."""
    with one_thread():
        return run_strategy(get_strategy(name), query_of(learner, X, n, seed, params))[0]


def measured(name: str, learner: Any, X: Any, **params: Any) -> NDArray[np.float64]:
    """The utility of each row by the strategy of that name."""
    with one_thread():
        return np.asarray(get_strategy(name)(query_of(learner, X, 1, None, params)))
