"""A model of several tags at once: one yes-or-no model a tag, alone or in a chain.

Chain: Read, Pfahringer, Holmes, Frank (2011), Classifier chains for multi-label classification.
"""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import ArrayLike, NDArray
from scipy import sparse
from scipy.special import logit
from sklearn.base import BaseEstimator, ClassifierMixin, clone
from sklearn.linear_model import LogisticRegression

from al_core.errors import NotFittedError, StrategyError
from al_core.learning.matrices import is_sparse
from al_core.learning.models.probabilities import class_probabilities

# A choice: log odds of a probability of 0 or 1 stay finite.
_SURE = 1e-12


class TagModel(ClassifierMixin, BaseEstimator):  # type: ignore[misc]
    """One binary copy of ``estimator`` a tag over the same features; ``chain``: each one also sees
    the tags before it (those of the labels when fitted, its own guesses when asked).

    y is a table (n, k) of 0 and 1; a row of 0 is a row without any tag. A tag that no row has, or
    every row, is answered with what all rows have.

    >>> X, y = [[0.0], [1.0], [2.0], [3.0]], [[0, 0], [0, 0], [1, 0], [1, 0]]
    >>> TagModel().fit(X, y).predict([[0.0], [3.0]]).tolist()
    [[0, 0], [1, 0]]
    """

    answers = "tags"

    def __init__(self, estimator: Any = None, *, chain: bool = False) -> None:
        self.estimator = estimator
        self.chain = chain

    def __sklearn_tags__(self) -> Any:
        tags = super().__sklearn_tags__()
        tags.classifier_tags.multi_label = True
        tags.classifier_tags.multi_class = False
        tags.target_tags.single_output = False
        tags.target_tags.multi_output = True
        return tags

    def fit(self, X: Any, y: ArrayLike, **fit_kwargs: Any) -> TagModel:
        """Fit a copy a tag; ``fit_kwargs`` go to each."""
        table = np.asarray(y)
        base = LogisticRegression(max_iter=1_000) if self.estimator is None else self.estimator
        self.classes_ = np.arange(table.shape[1])
        self.estimators_: list[Any] = []
        for tag, column in enumerate(table.T):
            seen = _beside(X, table[:, :tag]) if self.chain else X
            constant = bool((column == column[0]).all())
            model = float(column[0]) if constant else clone(base).fit(seen, column, **fit_kwargs)
            self.estimators_.append(model)
        return self

    def predict_proba(self, X: Any) -> NDArray[np.float64]:
        """The probability of each tag, (n, k); rows need not sum to 1."""
        if not hasattr(self, "estimators_"):
            raise NotFittedError("This TagModel has not been fitted yet. Teach it labels first.")
        shape = (int(X.shape[0]) if hasattr(X, "shape") else len(X), len(self.estimators_))
        proba = np.empty(shape)
        for tag, model in enumerate(self.estimators_):
            seen = _beside(X, proba[:, :tag] > 0.5) if self.chain else X
            proba[:, tag] = (
                model if isinstance(model, float) else class_probabilities(model, seen)[:, 1]
            )
        return proba

    def predict(self, X: Any) -> NDArray[np.int8]:
        """The tags of each row, (n, k) of 0 and 1: those more likely than not."""
        return np.asarray(self.predict_proba(X) > 0.5, dtype=np.int8)

    def score(self, X: Any, y: ArrayLike, sample_weight: Any = None) -> float:
        """The share of rows whose tags are all right."""
        right = (self.predict(X) == np.asarray(y)).all(axis=1)
        return float(np.average(right, weights=sample_weight))

    def decision_function(self, X: Any) -> NDArray[np.float64]:
        """Signed distances (n, k) to each tag's boundary; log odds of members that have none."""
        if self.chain or not all(hasattr(m, "decision_function") for m in self._fitted_members()):
            return log_odds_of(self.predict_proba(X))
        columns = [
            log_odds_of(np.full(X.shape[0], model))
            if isinstance(model, float)
            else model.decision_function(X)
            for model in self.estimators_
        ]
        return np.stack(columns, axis=1)

    def _fitted_members(self) -> list[Any]:
        return [model for model in getattr(self, "estimators_", []) if not isinstance(model, float)]


def _beside(X: Any, tags: NDArray[Any]) -> Any:
    """The features with the tags before this one as further columns."""
    if not tags.shape[1]:
        return X
    if is_sparse(X):
        return sparse.hstack([X, sparse.csr_matrix(tags.astype(np.float64))], format="csr")
    return np.hstack([np.asarray(X), tags])


def log_odds_of(proba: ArrayLike) -> NDArray[np.float64]:
    """Log odds of probabilities, those of 0 and 1 kept finite."""
    return np.asarray(logit(np.clip(np.asarray(proba, dtype=np.float64), _SURE, 1 - _SURE)))


def tag_probabilities(model: Any, X: Any) -> NDArray[np.float64]:
    """The probability of each tag, (n, k), of any fitted model of several tags.

    Read from a table of probabilities, from scikit-learn's lists of one table a tag, or from the
    logistic function of signed distances. Raises NotFittedError, StrategyError.
    """
    if model is None:
        raise NotFittedError(
            "There is no model yet: it needs a row with its tags. Label a row, or choose it with "
            "the strategy 'random'."
        )
    if hasattr(model, "predict_proba"):
        found = model.predict_proba(X)
        if isinstance(found, list):
            return np.stack([_of_one(p, c) for p, c in zip(found, _classes(model), strict=True)], 1)
        return np.asarray(found, dtype=np.float64)
    if hasattr(model, "decision_function"):
        return np.asarray(1.0 / (1.0 + np.exp(-np.asarray(model.decision_function(X)))))
    raise StrategyError(
        f"A {type(model).__name__} has neither predict_proba nor decision_function, so nobody can "
        "say how sure it is. Use another model, or the strategy 'random'."
    )


def _classes(model: Any) -> list[NDArray[Any]]:
    last = model.steps[-1][1] if hasattr(model, "steps") else model
    return list(last.classes_)


def _of_one(proba: NDArray[Any], classes: NDArray[Any]) -> NDArray[np.float64]:
    """The probability of 1 in the table of one tag, which may know one answer only."""
    if len(classes) == 1:
        return np.full(len(proba), float(classes[0]))
    return np.asarray(proba[:, 1], dtype=np.float64)


def tag_distances(model: Any, X: Any) -> NDArray[np.float64]:
    """Signed distances (n, k) to each tag's boundary: positive where the tag is guessed.

    Those of the model where it has them, as a support vector machine has; else log odds.
    """
    if hasattr(model, "decision_function"):
        return np.asarray(model.decision_function(X), dtype=np.float64)
    return log_odds_of(tag_probabilities(model, X))
