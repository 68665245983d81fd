"""Class probabilities of any classifier, from ``decision_function`` where it has no better."""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import NDArray
from scipy.special import expit, softmax
from sklearn.exceptions import NotFittedError as SklearnNotFitted

from al_core.errors import NotFittedError, StrategyError


def class_probabilities(model: Any, X: Any) -> NDArray[np.floating[Any]]:
    """Probabilities (n, k) in the order of ``model.classes_``.

    From ``predict_proba`` where the model has it; else from ``decision_function``: the logistic of
    the score for two classes, the softmax of the scores for more. Those keep the order of the rows
    by margin but are no calibrated chances. Raises NotFittedError for a model without labels,
    StrategyError for one that gives neither.
    """
    try:
        if hasattr(model, "predict_proba"):
            return np.asarray(model.predict_proba(X))
        if hasattr(model, "decision_function"):
            return _from_scores(np.asarray(model.decision_function(X)))
    except SklearnNotFitted:
        raise NotFittedError(
            f"The model {type(model).__name__} has not been fitted. "
            "Teach it labels of at least two classes first."
        ) from None
    raise StrategyError(
        f"{type(model).__name__} has neither predict_proba nor decision_function, so nothing says "
        "how sure it is. Use a classifier that has one of them, or the strategy 'random'."
    )


def _from_scores(scores: NDArray[Any]) -> NDArray[np.floating[Any]]:
    if scores.ndim == 1:
        positive = expit(scores)
        return np.column_stack([1.0 - positive, positive])
    return np.asarray(softmax(scores, axis=1))
