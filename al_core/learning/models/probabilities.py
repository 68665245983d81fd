"""Class probabilities of any fitted classifier, those without ``predict_proba`` included."""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import NDArray
from scipy.special import expit, softmax
from sklearn.exceptions import NotFittedError as SklearnNotFitted
from sklearn.linear_model import LogisticRegression
from sklearn.pipeline import Pipeline

from al_core.errors import NotFittedError, StrategyError


def class_probabilities(model: Any, X: Any) -> NDArray[np.floating[Any]]:
    """Probabilities (n, k) of the k classes the fitted ``model`` knows, each row summing to 1.

    ``predict_proba`` where the model has it. Otherwise made from ``decision_function``: the
    logistic function of the distance for two classes, the softmax of the distances for more (of
    votes, where an SVC tells pairs of classes apart). Those rank rows as the distances do, but are
    not calibrated: 0.9 does not mean right 9 times in 10.
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
            distances = np.asarray(model.decision_function(X), dtype=np.float64)
            return _from_distances(_one_a_class(model, distances))
    except SklearnNotFitted:
        raise NotFittedError(
            f"This {type(model).__name__} has not been fitted yet. "
            "Teach it labels of at least two classes first."
        ) from None
    raise StrategyError(
        f"A {type(model).__name__} has neither predict_proba nor decision_function, so nobody can "
        "say how sure it is. Use another model, or the strategy 'random'."
    )


def log_odds(model: Any, X: Any) -> NDArray[np.floating[Any]] | None:
    """Log odds (n,) of the second of two classes, where the model gets its probabilities from them.

    So does a two-class logistic regression, alone or at the end of a Pipeline: ``predict_proba``
    is the logistic function of ``decision_function``, and takes several times as long. None for
    other models, subclasses included (they may have changed it): ask :func:`class_probabilities`.

    >>> model = LogisticRegression().fit([[-1.0], [1.0]], ["a", "b"])
    >>> odds = log_odds(model, [[0.0], [3.0]])
    >>> np.allclose(expit(odds), class_probabilities(model, [[0.0], [3.0]])[:, 1])
    True
    """
    last = model.steps[-1][1] if type(model) is Pipeline else model
    if type(last) is not LogisticRegression or len(getattr(last, "classes_", ())) != 2:
        return None
    odds = _weighted_sums(last, X) if model is last else None
    return np.asarray(model.decision_function(X)) if odds is None else odds


def _weighted_sums(model: LogisticRegression, X: Any) -> NDArray[np.floating[Any]] | None:
    """``decision_function`` without its search for cells that are not finite; None where unsure.

    With no weight of 0 such a cell makes its row's sum not finite: n sums tell as much as n x d
    cells, at a third of the time. What is refused is left to ``decision_function`` to refuse.
    """
    weights = model.coef_
    plain = isinstance(X, np.ndarray) and X.ndim == 2 and X.dtype.char in "fd" and len(X)
    if not plain or X.shape[1] != weights.shape[1] or hasattr(model, "feature_names_in_"):
        return None
    if not weights.all():
        return None
    with np.errstate(invalid="ignore", over="ignore"):
        sums = np.asarray(X @ weights[0] + model.intercept_)
    return sums if np.isfinite([sums.min(), sums.max()]).all() else None


def _one_a_class(model: Any, distances: NDArray[np.float64]) -> NDArray[np.float64]:
    """Distances (n, k); those of pairs of classes, which an SVC may give, are turned into them."""
    last = _last_step(model)
    n_classes = len(getattr(last, "classes_", ()))
    of_pairs = getattr(last, "decision_function_shape", None) == "ovo" and n_classes > 2
    return _from_pairs(distances, n_classes) if of_pairs and distances.ndim == 2 else distances


def _last_step(model: Any) -> Any:
    """The classifier inside Pipelines and searches."""
    while hasattr(model, "best_estimator_") or hasattr(model, "steps"):
        searched = hasattr(model, "best_estimator_")
        model = model.best_estimator_ if searched else model.steps[-1][1]
    return model


def _from_pairs(pairs: NDArray[np.float64], n_classes: int) -> NDArray[np.float64]:
    """One distance a class from one a pair (0, 1), (0, 2), ...: its votes, then its confidences.

    Their sum is squeezed to below one vote, so that it decides between equal votes only.

    >>> _from_pairs(np.array([[1.0, 1.0, -1.0]]), 3).round(2)
    array([[ 2.22, -0.22,  1.  ]])
    """
    votes = np.zeros((len(pairs), n_classes))
    confidence = np.zeros_like(votes)
    first, second = np.triu_indices(n_classes, 1)
    for pair, i, j in zip(pairs.T, first, second, strict=True):
        confidence[:, i] += pair
        confidence[:, j] -= pair
        votes[:, i] += pair >= 0
        votes[:, j] += pair < 0
    return np.asarray(votes + confidence / (3 * (np.abs(confidence) + 1)))


def _from_distances(distances: NDArray[np.float64]) -> NDArray[np.float64]:
    if distances.ndim == 1:
        second = expit(distances)
        # expit(-d) rather than 1 - expit(d): keeps rows far from the boundary apart.
        return np.column_stack([expit(-distances), second])
    return np.asarray(softmax(distances, axis=1))
