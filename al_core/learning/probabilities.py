"""Class probabilities of any fitted classifier, those without ``predict_proba`` included."""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import NDArray
from scipy.special import expit, softmax
from sklearn.exceptions import NotFittedError as SklearnNotFitted

from al_core.errors import NotFittedError, StrategyError


def class_probabilities(model: Any, X: Any) -> NDArray[np.floating[Any]]:
    """Probabilities (n, k) of the k classes the fitted ``model`` knows, each row summing to 1.

    ``predict_proba`` where the model has it. Otherwise made from ``decision_function``: the
    logistic function of the distance for two classes, the softmax of the distances for more. Those
    rank rows as the distances do, but are not calibrated: 0.9 does not mean right 9 times in 10.
    Raises NotFittedError before the model was fitted, StrategyError for a model with neither.

    >>> from sklearn.svm import LinearSVC
    >>> model = LinearSVC().fit([[-1.0], [1.0]], ["a", "b"])
    >>> class_probabilities(model, [[0.0]]).round(2)
    array([[0.5, 0.5]])
    """
    if model is None:
        raise NotFittedError(
            "There is no model yet: it needs labels of at least two classes. "
            "Label more rows, or choose them with the strategy 'random'."
        )
    try:
        if hasattr(model, "predict_proba"):
            return np.asarray(model.predict_proba(X))
        if hasattr(model, "decision_function"):
            return _from_distances(np.asarray(model.decision_function(X), dtype=np.float64))
    except SklearnNotFitted:
        raise NotFittedError(
            f"This {type(model).__name__} has not been fitted yet. "
            "Teach it labels of at least two classes first."
        ) from None
    raise StrategyError(
        f"A {type(model).__name__} has neither predict_proba nor decision_function, so nobody can "
        "say how sure it is. Use another model, or the strategy 'random'."
    )


def _from_distances(distances: NDArray[np.float64]) -> NDArray[np.float64]:
    if distances.ndim == 1:
        second = expit(distances)
        # expit(-d) rather than 1 - expit(d): keeps rows far from the boundary apart.
        return np.column_stack([expit(-distances), second])
    return np.asarray(softmax(distances, axis=1))
