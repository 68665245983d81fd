"""The query functions by which tutorials know the three uncertainty strategies.

Each takes a learner and a pool and returns indices, best first, so that code which passes them as
``query_strategy=`` or calls them itself works unchanged.
"""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import NDArray

from al_core.learning.querying.pick import run_strategy
from al_core.learning.querying.strategy import Query, get_strategy

Seed = int | np.random.Generator | None


def _familiar(name: str, learner: Any, X: Any, n: int, seed: Seed) -> NDArray[np.intp]:
    rng = np.random.default_rng(0 if seed is None else seed)
    model = getattr(learner, "estimator", learner)
    X_pool = X if hasattr(X, "shape") else np.asarray(X)
    return run_strategy(get_strategy(name), Query(model, X_pool, n_instances=n, rng=rng))[0]


def uncertainty_sampling(
    classifier: Any, X_pool: Any, n_instances: int = 1, *, random_state: Seed = None, **_: Any
) -> NDArray[np.intp]:
    """Indices (n_instances,) of the rows whose best guess is the weakest (least confidence).

    classifier: an ``ActiveLearner`` or any fitted classifier. Ties are broken by ``random_state``.

    >>> from al_core.learning.strategies.uncertainty._scores import Known
    >>> uncertainty_sampling(Known([[0.9, 0.1], [0.6, 0.4]]), [[0], [1]])
    array([1])
    """
    return _familiar("least_confidence", classifier, X_pool, n_instances, random_state)


def margin_sampling(
    classifier: Any, X_pool: Any, n_instances: int = 1, *, random_state: Seed = None, **_: Any
) -> NDArray[np.intp]:
    """Indices (n_instances,) of the rows whose two likeliest answers are closest (margin)."""
    return _familiar("margin", classifier, X_pool, n_instances, random_state)


def entropy_sampling(
    classifier: Any, X_pool: Any, n_instances: int = 1, *, random_state: Seed = None, **_: Any
) -> NDArray[np.intp]:
    """Indices (n_instances,) of the rows whose probabilities are spread most (entropy)."""
    return _familiar("entropy", classifier, X_pool, n_instances, random_state)
