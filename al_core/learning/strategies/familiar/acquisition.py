"""Where the largest number may be: measures and queries of Bayesian optimisation."""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import NDArray

from al_core.learning.strategies.familiar._asked import Seed, measured, picked

Array = NDArray[np.float64]


def optimizer_EI(optimizer: Any, X: Any, tradeoff: float = 0.0) -> Array:
    """Expected improvement over the largest number so far, (n,)."""
    return measured("expected_improvement", optimizer, X, tradeoff=tradeoff)


def optimizer_PI(optimizer: Any, X: Any, tradeoff: float = 0.0) -> Array:
    """Probability of improvement over the largest number so far, (n,)."""
    return measured("probability_of_improvement", optimizer, X, tradeoff=tradeoff)


def optimizer_UCB(optimizer: Any, X: Any, beta: float = 1.0) -> Array:
    """Mean plus ``beta`` standard deviations, (n,)."""
    return measured("upper_confidence_bound", optimizer, X, beta=beta)


def max_EI(
    optimizer: Any,
    X_pool: Any,
    tradeoff: float = 0.0,
    n_instances: int = 1,
    *,
    random_state: Seed = None,
) -> NDArray[np.intp]:
    """Indices (n_instances,) of the rows of highest expected improvement."""
    name = "expected_improvement"
    return picked(name, optimizer, X_pool, n_instances, random_state, tradeoff=tradeoff)


def max_PI(
    optimizer: Any,
    X_pool: Any,
    tradeoff: float = 0.0,
    n_instances: int = 1,
    *,
    random_state: Seed = None,
) -> NDArray[np.intp]:
    """Indices (n_instances,) of the rows of highest probability of improvement."""
    name = "probability_of_improvement"
    return picked(name, optimizer, X_pool, n_instances, random_state, tradeoff=tradeoff)


def max_UCB(
    optimizer: Any,
    X_pool: Any,
    beta: float = 1.0,
    n_instances: int = 1,
    *,
    random_state: Seed = None,
) -> NDArray[np.intp]:
    """Indices (n_instances,) of the rows of highest upper confidence bound."""
    name = "upper_confidence_bound"
    return picked(name, optimizer, X_pool, n_instances, random_state, beta=beta)
