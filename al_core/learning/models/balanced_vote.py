"""A vote of trees and a linear model, each weighed by how it does on answers it has not seen."""

from __future__ import annotations

from typing import Any, Self

import numpy as np
from numpy.typing import ArrayLike, NDArray
from sklearn.base import BaseEstimator, ClassifierMixin
from sklearn.ensemble import ExtraTreesClassifier, VotingClassifier
from sklearn.linear_model import LogisticRegression
from sklearn.model_selection import StratifiedKFold
from sklearn.preprocessing import LabelEncoder
from sklearn.utils import check_random_state
from sklearn.utils.multiclass import check_classification_targets
from sklearn.utils.validation import check_is_fitted, validate_data

Codes = NDArray[np.intp]
Numbers = NDArray[np.float64]

# Parts of the labels that take turns in testing; with three, an answer needs three labels.
_FOLDS = 3
# Trees of a fold, one in so many of those of the vote: as good to weigh with as one in two (on 20
# data sets and ten seeds the means differ by less than a tenth of a point), in half of the time.
_IN_A_FOLD = 5
# The least probability of a linear model that is as good as certain; a choice, so that no single
# label decides.
_LEAST = 1e-4


class BalancedVote(ClassifierMixin, BaseEstimator):  # type: ignore[misc]
    """Logistic regression and extra trees, each balanced over the classes, in one weighted vote.

    ``P(class) = w P_trees(class) + (1 - w) P_linear(class)``, the weights in the ratio of
    ``exp(-n loss / caution)``: n is the number of labels, ``loss`` the log loss on labels held out
    in three stratified folds, each weighed by ``1 / sqrt(labels of its class)``, half-way between
    every label and every class alike. Labels of a class with fewer than three are in the training
    part of every fold and never held out; where fewer than two classes are left to be held out,
    both have the same say. All of this was measured (docs/benchmarks.md).

    In the log loss of the trees their shares count as votes, with one vote more spread over the
    classes, so that a class without a vote is unlikely and not impossible; for a fold a fifth as
    many trees are grown. Fitted: ``trees_`` and ``linear_`` (on codes of the classes),
    ``weights_`` (theirs), ``classes_``.

    >>> X = np.array([[0.0], [0.1], [0.2], [0.3], [0.8], [0.9], [1.0]])
    >>> y = np.array(["0", "0", "0", "0", "1", "1", "1"])
    >>> vote = BalancedVote(random_state=0).fit(X, y)
    >>> vote.predict([[0.05], [0.95]]).tolist(), bool(vote.weights_.sum().round(9) == 1)
    (['0', '1'], True)
    """

    def __init__(self, n_trees: int = 50, caution: float = 10.0, random_state: Any = None) -> None:
        self.n_trees = n_trees
        self.caution = caution
        self.random_state = random_state

    def fit(self, X: Any, y: ArrayLike) -> Self:
        """Fit both parts on all labels, and weigh them; X: (n, d) array or CSR, y: (n,)."""
        X, labels = validate_data(self, X, y, accept_sparse="csr", dtype=[np.float32, np.float64])
        check_classification_targets(labels)
        self.classes_, codes = np.unique(labels, return_inverse=True)
        if len(self.classes_) < 2:
            raise ValueError(
                f"Got labels of one class, {self.classes_[0]!r}. Give labels of two or more."
            )
        # One seed for all fits: what differs between a fold and the whole is the labels alone.
        seed = int(check_random_state(self.random_state).randint(2**31 - 1))
        self.weights_ = self._weighed(X, codes, seed)
        self.trees_, self.linear_ = self._fitted(X, codes, self.n_trees, seed)
        return self

    def _parts(self, n_trees: int, seed: int) -> tuple[Any, Any]:
        # Fitted on codes: scikit-learn 1.9 refuses balanced trees for the labels "0" and "1".
        trees = ExtraTreesClassifier(n_trees, class_weight="balanced", random_state=seed)
        return trees, LogisticRegression(class_weight="balanced", max_iter=1_000)

    def _fitted(self, X: Any, codes: Codes, n_trees: int, seed: int) -> list[Any]:
        # In 32-bit floats the linear fit may go round and round near its end.
        both = (X, X.astype(np.float64))
        parts = self._parts(n_trees, seed)
        return [part.fit(rows, codes) for part, rows in zip(parts, both, strict=True)]

    def _weighed(self, X: Any, codes: Codes, seed: int) -> Numbers:
        """Weights (2,) of trees and linear model, by what they say of labels held out."""
        counts = np.bincount(codes)
        held = np.flatnonzero(counts[codes] >= _FOLDS)
        if len(np.unique(codes[held])) < 2:
            return np.array([0.5, 0.5])
        always = np.flatnonzero(counts[codes] < _FOLDS)
        losses = np.zeros((len(codes), 2))
        folds = StratifiedKFold(_FOLDS, shuffle=True, random_state=seed)
        for train, test in folds.split(held, codes[held]):
            known, asked = np.sort(np.append(held[train], always)), held[test]
            parts = self._fitted(X[known], codes[known], max(1, self.n_trees // _IN_A_FOLD), seed)
            losses[asked] = self._losses(parts, X[asked], codes[asked])
        loss = np.average(losses[held], axis=0, weights=1.0 / np.sqrt(counts[codes[held]]))
        weights = np.exp(-len(codes) * (loss - loss.min()) / self.caution)
        return np.asarray(weights / weights.sum())

    def _losses(self, parts: list[Any], X: Any, codes: Codes) -> Numbers:
        """(n, 2): the log loss of each held-out label, for the trees and for the linear model."""
        own = np.arange(len(codes)), codes
        shares, linear = (np.asarray(part.predict_proba(X))[own] for part in parts)
        n_trees = len(parts[0].estimators_)
        votes = (n_trees * shares + 1.0 / len(self.classes_)) / (n_trees + 1.0)
        return np.asarray(-np.log(np.column_stack([votes, np.maximum(linear, _LEAST)])))

    def predict_proba(self, X: Any) -> Numbers:
        """(n, k): the weighted mean of what both parts say, in the order of ``classes_``."""
        check_is_fitted(self)
        X = validate_data(self, X, accept_sparse="csr", dtype=[np.float32, np.float64], reset=False)
        said = [np.asarray(part.predict_proba(X)) for part in (self.trees_, self.linear_)]
        return np.asarray(self.weights_[0] * said[0] + self.weights_[1] * said[1])

    def predict(self, X: Any) -> NDArray[Any]:
        """(n,): the class of the highest probability."""
        probabilities = self.predict_proba(X)
        return np.asarray(self.classes_[probabilities.argmax(axis=1)])

    def as_plain(self) -> VotingClassifier:
        """The same fitted vote as a ``VotingClassifier`` of scikit-learn, to be saved: whoever
        loads it needs none of our code."""
        check_is_fitted(self)
        parts = [("trees", self.trees_), ("linear", self.linear_)]
        plain = VotingClassifier(parts, voting="soft", weights=self.weights_.tolist())
        plain.estimators_ = [part for _, part in parts]
        plain.le_ = LabelEncoder().fit(self.classes_)
        plain.classes_ = plain.le_.classes_
        return plain

    def __sklearn_tags__(self) -> Any:
        tags = super().__sklearn_tags__()
        tags.input_tags.sparse = True
        return tags
