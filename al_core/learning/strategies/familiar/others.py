"""Ranked batches, expected error, the density of rows, and the queries of models of tags."""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import NDArray
from sklearn.metrics import pairwise_distances

from al_core.errors import StrategyError
from al_core.learning.querying.distances import row_slices
from al_core.learning.strategies.familiar._asked import Seed, picked

Array = NDArray[np.float64]


def uncertainty_batch_sampling(
    classifier: Any, X_pool: Any, n_instances: int = 20, *, random_state: Seed = None, **_: Any
) -> NDArray[np.intp]:
    """Indices (n_instances,) of a batch of unsure rows that are unlike one another (ranked batch);
    of a learner without labels too."""
    has_model = getattr(classifier, "X_training", 0) is not None
    learner = classifier if has_model else _NoModel()
    return picked("ranked_batch", learner, X_pool, n_instances, random_state)


class _NoModel:
    """A learner that has no labels, for a strategy that begins without a model."""

    estimator = X_training = y_training = None


def expected_error_reduction(
    learner: Any,
    X_pool: Any,
    loss: str = "binary",
    n_instances: int = 1,
    *,
    random_state: Seed = None,
    **_: Any,
) -> NDArray[np.intp]:
    """Indices (n_instances,) of the rows whose answer is expected to leave the least error.

    loss: "binary" (wrong guesses) or "log" (entropy).
    """
    names = {"binary": "expected_error_01", "log": "expected_error_log"}
    if loss not in names:
        raise StrategyError(f"loss is {loss!r}. Choose one of: {', '.join(names)}.")
    return picked(names[loss], learner, X_pool, n_instances, random_state)


def information_density(X: Any, metric: str = "euclidean") -> Array:
    """Mean of 1 / (1 + distance) of each row to all rows, (n,).

    >>> information_density(np.array([[0.0], [1.0]]))
    array([0.75, 0.75])
    """
    rows = np.asarray(X.toarray() if hasattr(X, "toarray") else X)
    found = np.empty(len(rows))
    for some in row_slices(len(rows), len(rows)):
        distances = pairwise_distances(rows[some], rows, metric=metric)
        found[some] = (1.0 / (1.0 + distances)).mean(axis=1)
    return found


def min_confidence(
    learner: Any, X_pool: Any, n_instances: int = 1, *, random_state: Seed = None, **_: Any
) -> NDArray[np.intp]:
    """Indices of the rows with the tag that is decided most narrowly."""
    return picked("min_confidence", learner, X_pool, n_instances, random_state)


def avg_confidence(
    learner: Any, X_pool: Any, n_instances: int = 1, *, random_state: Seed = None, **_: Any
) -> NDArray[np.intp]:
    """Indices of the rows whose tags are decided most narrowly on average."""
    return picked("avg_confidence", learner, X_pool, n_instances, random_state)


def max_score(
    learner: Any, X_pool: Any, n_instances: int = 1, *, random_state: Seed = None, **_: Any
) -> NDArray[np.intp]:
    """Indices of the rows with the tag that the model is surest of."""
    return picked("max_score", learner, X_pool, n_instances, random_state)


def avg_score(
    learner: Any, X_pool: Any, n_instances: int = 1, *, random_state: Seed = None, **_: Any
) -> NDArray[np.intp]:
    """Indices of the rows that the model is surest have many tags."""
    return picked("avg_score", learner, X_pool, n_instances, random_state)


def max_loss(
    learner: Any, X_pool: Any, n_instances: int = 1, *, random_state: Seed = None, **_: Any
) -> NDArray[np.intp]:
    """Indices of the rows that fit worst to having their likeliest tag alone."""
    return picked("max_loss", learner, X_pool, n_instances, random_state)


def mean_max_loss(
    learner: Any, X_pool: Any, n_instances: int = 1, *, random_state: Seed = None, **_: Any
) -> NDArray[np.intp]:
    """Indices of the rows that fit worst, on average, to having one tag alone."""
    return picked("mean_max_loss", learner, X_pool, n_instances, random_state)


def SVM_binary_minimum(
    learner: Any, X_pool: Any, n_instances: int = 1, *, random_state: Seed = None, **_: Any
) -> NDArray[np.intp]:
    """Indices of the rows nearest to the boundary of a tag."""
    return picked("binary_minimum", learner, X_pool, n_instances, random_state)
