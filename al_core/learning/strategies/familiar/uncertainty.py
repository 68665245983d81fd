"""How unsure a classifier is of each row, and the queries that ask the least sure ones."""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import NDArray

from al_core.learning.strategies.familiar._asked import Seed, measured, picked

Array = NDArray[np.float64]


def classifier_uncertainty(classifier: Any, X: Any) -> Array:
    """One minus the probability of the likeliest class, (n,).

    >>> from al_core.learning.strategies.uncertainty._scores import Known
    >>> classifier_uncertainty(Known([[0.9, 0.1], [0.6, 0.4]]), [[0], [1]]).round(2)
    array([0.1, 0.4])
    """
    return measured("least_confidence", classifier, X)


def classifier_margin(classifier: Any, X: Any) -> Array:
    """Probability of the likeliest class minus that of the second, (n,): small where unsure.

    >>> from al_core.learning.strategies.uncertainty._scores import Known
    >>> classifier_margin(Known([[0.9, 0.1], [0.6, 0.4]]), [[0], [1]]).round(2)
    array([0.8, 0.2])
    """
    return np.asarray(1.0 - measured("margin", classifier, X))


def classifier_entropy(classifier: Any, X: Any) -> Array:
    """Entropy of the class probabilities in nats, (n,).

    >>> from al_core.learning.strategies.uncertainty._scores import Known
    >>> classifier_entropy(Known([[1.0, 0.0], [0.5, 0.5]]), [[0], [1]]).round(4)
    array([0.    , 0.6931])
    """
    return measured("entropy", classifier, X)


def uncertainty_sampling(
    classifier: Any, X_pool: Any, n_instances: int = 1, *, random_state: Seed = None, **_: Any
) -> NDArray[np.intp]:
    """Indices (n_instances,) of the rows whose best guess is the weakest (least confidence).

    classifier: an ``ActiveLearner`` or any fitted classifier. Ties are broken by ``random_state``.

    >>> from al_core.learning.strategies.uncertainty._scores import Known
    >>> uncertainty_sampling(Known([[0.9, 0.1], [0.6, 0.4]]), [[0], [1]])
    array([1])
    """
    return picked("least_confidence", classifier, X_pool, n_instances, random_state)


def margin_sampling(
    classifier: Any, X_pool: Any, n_instances: int = 1, *, random_state: Seed = None, **_: Any
) -> NDArray[np.intp]:
    """Indices (n_instances,) of the rows whose two likeliest answers are closest (margin)."""
    return picked("margin", classifier, X_pool, n_instances, random_state)


def entropy_sampling(
    classifier: Any, X_pool: Any, n_instances: int = 1, *, random_state: Seed = None, **_: Any
) -> NDArray[np.intp]:
    """Indices (n_instances,) of the rows whose probabilities are spread most (entropy)."""
    return picked("entropy", classifier, X_pool, n_instances, random_state)
