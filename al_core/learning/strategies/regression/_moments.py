"""What a regressor expects of the pool, and how far its members, or it itself, are unsure of it.

Members come, in this order, from a ``CommitteeRegressor``, from the trees of one forest or bagging
model at no extra fit, or from copies of the estimator fitted on bootstrap samples of the labels.
"""

from __future__ import annotations

import inspect
from collections.abc import Callable
from typing import Any

import numpy as np
from numpy.typing import ArrayLike, NDArray
from sklearn.ensemble import BaggingRegressor, ExtraTreesRegressor, RandomForestRegressor

from al_core.learning.querying.distances import row_slices
from al_core.learning.querying.strategy import Query
from al_core.learning.strategies.disagreement._members import bootstrap_members

Array = NDArray[np.float64]
Member = Callable[[Any], NDArray[Any]]
_FORESTS = (BaggingRegressor, ExtraTreesRegressor, RandomForestRegressor)


class KnownMoments:
    """A stand-in for a regressor whose mean and standard deviation are written down, for doctests.

    Row i of the pool has the number i as its first feature.

    >>> KnownMoments([1.0, 2.0], [0.1, 0.2]).predict(np.array([[1]]), return_std=True)
    (array([2.]), array([0.2]))
    """

    answers = "numbers"

    def __init__(self, mean: ArrayLike, std: ArrayLike | None = None) -> None:
        self.mean = np.asarray(mean, dtype=np.float64)
        self.std = np.zeros(len(self.mean)) if std is None else np.asarray(std, dtype=np.float64)

    def predict(self, X: ArrayLike, return_std: bool = False) -> Any:
        """The written means, with the standard deviations where they are asked for."""
        rows = np.asarray(X)[:, 0].astype(np.intp)
        return (self.mean[rows], self.std[rows]) if return_std else self.mean[rows]


class KnownRegressors:
    """A stand-in for a committee of regressors whose predictions (members, rows) are written."""

    answers = "numbers"

    def __init__(self, predictions: ArrayLike) -> None:
        self.learner_list = [KnownMoments(row) for row in np.asarray(predictions)]


def predicted(model: Any, X: Any) -> Array:
    """The predicted number of each row, (n,)."""
    return np.asarray(model.predict(X), dtype=np.float64).reshape(-1)


def says_std(model: Any) -> bool:
    """Whether the model's ``predict`` gives a standard deviation (``return_std=True``)."""
    last = model.steps[-1][1] if hasattr(model, "steps") else model
    return "return_std" in inspect.signature(last.predict).parameters


def mean_and_std(query: Query, n_members: int) -> tuple[Array, Array]:
    """Mean and standard deviation of the prediction for each pool row: those of a model that gives
    them, or else over members."""
    if says_std(query.model):
        mean, std = query.model.predict(query.X_pool, return_std=True)
        return np.asarray(mean, dtype=np.float64).reshape(-1), np.asarray(std).reshape(-1)
    P = member_predictions(query, n_members)
    return P.mean(axis=0), P.std(axis=0)


def member_predictions(query: Query, n_members: int) -> Array:
    """The number each member predicts for each pool row, (members, rows)."""
    members = _members(query, n_members)
    n = query.X_pool.shape[0]
    found = np.empty((len(members), n))
    for rows in row_slices(n, len(members)):
        X = query.X_pool.iloc[rows] if hasattr(query.X_pool, "iloc") else query.X_pool[rows]
        found[:, rows] = [member(X) for member in members]
    return found


def _members(query: Query, n_members: int) -> list[Member]:
    model = query.model
    if hasattr(model, "learner_list"):
        return [_predicts(one) for one in model.learner_list]
    last = model.steps[-1][1] if hasattr(model, "steps") else model
    if isinstance(last, _FORESTS):
        return _trees(model, last)
    return [_predicts(one) for one in bootstrap_members(query, n_members)]


def _predicts(model: Any) -> Member:
    return lambda X: predicted(model, X)


def _trees(model: Any, last: Any) -> list[Member]:
    prepare = model[:-1].transform if model is not last else (lambda X: X)
    columns = getattr(last, "estimators_features_", [None] * len(last.estimators_))

    def member(tree: Any, use: Any) -> Member:
        def judge(X: Any) -> NDArray[Any]:
            X = prepare(X)
            X = X.to_numpy() if hasattr(X, "to_numpy") else X
            return predicted(tree, X if use is None else X[:, use])

        return judge

    return [member(t, c) for t, c in zip(last.estimators_, columns, strict=True)]
