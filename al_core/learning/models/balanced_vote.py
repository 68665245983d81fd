"""A vote of trees and a linear model, each weighed by how it does on answers it has not seen."""

from __future__ import annotations

from typing import Any, Self

import numpy as np
from numpy.typing import ArrayLike, NDArray
from scipy.optimize import minimize_scalar
from scipy.special import logsumexp, softmax
from sklearn.base import BaseEstimator, ClassifierMixin
from sklearn.calibration import (
    CalibratedClassifierCV,
    _CalibratedClassifier,
    _TemperatureScaling,
)
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
# With many labels few trees are weaker than the vote's: at 400 one for each 20 labels is as right
# as the trees alone on wine (59.8 in 100 in place of 53.2), and time is small beside the rest.
_IN_A_FOLD, _LABELS_A_TREE = 5, 20
# The least probability of a linear model that is as good as certain; a choice, so that no single
# label decides.
_LEAST = 1e-4
# What is added to shares of which a power is taken, as scikit-learn's calibration does.
_NOT_NONE = 1e-12
# Least and greatest power, where the search ends; measured powers lie between .25 and 4.
_POWERS = (0.25, 6.0)


class BalancedVote(ClassifierMixin, BaseEstimator):  # type: ignore[misc]
    """Logistic regression and extra trees, each balanced over the classes, in one weighted vote.

    ``P(class) = w Q_trees(class) + (1 - w) Q_linear(class)``, where ``Q(class)`` is in proportion
    to ``P(class) ** power``: each part is made as sure as it is right (temperature scaling, Guo et
    al. 2017), for trees say too little of what they know and a linear model too much. Its power is
    the one of the least ``n loss + log(power) ** 2``, and the weights are in the ratio of
    ``exp(-n loss / caution)``: n is the number of labels, ``loss`` the log loss of ``Q`` on labels
    held out in three stratified folds, each weighed by ``1 / sqrt(labels of its class)``, half-way
    between every label and every class alike. Labels of a class with fewer than three are in the
    training part of every fold and never held out; where fewer than two classes are left to be held
    out, both have the same say, at power one. All of this was measured (docs/benchmarks.md).

    In the log loss of the trees their shares count as votes, with one vote more spread over the
    classes, so that a class without a vote is unlikely and not impossible; for a fold a fifth as
    many trees are grown, from 200 labels on one for each 20 labels. Fitted: ``trees_`` and
    ``linear_`` (on codes of the classes; ``linear_`` has its power in its coefficients),
    ``powers_`` and ``weights_`` (theirs), ``classes_``.

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
        self.powers_, self.weights_ = self._weighed(X, codes, seed)
        self.trees_, self.linear_ = self._fitted(X, codes, self.n_trees, seed)
        self.linear_.coef_ *= self.powers_[1]
        self.linear_.intercept_ *= self.powers_[1]
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

    def _weighed(self, X: Any, codes: Codes, seed: int) -> tuple[Numbers, Numbers]:
        """Powers and weights (2,) of both parts, by what they say of labels held out."""
        counts = np.bincount(codes)
        held = np.flatnonzero(counts[codes] >= _FOLDS)
        if len(np.unique(codes[held])) < 2:
            return np.ones(2), np.array([0.5, 0.5])
        said = self._held_out(X, codes, held, seed)
        shares = 1.0 / np.sqrt(counts[codes[held]])
        shares *= len(codes) / shares.sum()
        found = [_least_loss(one, codes[held], shares) for one in said]
        powers, losses = (np.asarray(column) for column in zip(*found, strict=True))
        weights = np.exp(-(losses - losses.min()) / self.caution)
        return powers, np.asarray(weights / weights.sum())

    def _held_out(self, X: Any, codes: Codes, held: Codes, seed: int) -> tuple[Numbers, Numbers]:
        """Logarithms (m, k) of what both parts say of these labels, not knowing them."""
        always = np.setdiff1d(np.arange(len(codes)), held)
        n_trees, k = self._trees_of_a_fold(len(codes)), len(self.classes_)
        said = np.zeros((2, len(held), k))
        for train, test in StratifiedKFold(_FOLDS, shuffle=True, random_state=seed).split(
            held, codes[held]
        ):
            known = np.sort(np.append(held[train], always))
            parts = self._fitted(X[known], codes[known], n_trees, seed)
            for place, part in enumerate(parts):
                said[place][np.ix_(test, part.classes_)] = part.predict_proba(X[held[test]])
        votes = (n_trees * said[0] + 1.0 / k) / (n_trees + 1.0)
        return np.log(votes), np.log(np.maximum(said[1], _LEAST))

    def _trees_of_a_fold(self, n_labels: int) -> int:
        few = max(1, self.n_trees // _IN_A_FOLD)
        return min(self.n_trees, max(few, n_labels // _LABELS_A_TREE))

    def predict_proba(self, X: Any) -> Numbers:
        """(n, k): the weighted mean of what both parts say, in the order of ``classes_``."""
        check_is_fitted(self)
        X = validate_data(self, X, accept_sparse="csr", dtype=[np.float32, np.float64], reset=False)
        votes = np.log(self.trees_.predict_proba(X) + _NOT_NONE)
        said = softmax(self.powers_[0] * votes, axis=1), self.linear_.predict_proba(X)
        return np.asarray(self.weights_[0] * said[0] + self.weights_[1] * said[1])

    def predict(self, X: Any) -> NDArray[Any]:
        """(n,): the class of the highest probability."""
        probabilities = self.predict_proba(X)
        return np.asarray(self.classes_[probabilities.argmax(axis=1)])

    def as_plain(self) -> VotingClassifier:
        """The same fitted vote as a ``VotingClassifier`` of scikit-learn, to be saved: whoever
        loads it needs none of our code."""
        check_is_fitted(self)
        parts = [("trees", self._plain_trees()), ("linear", self.linear_)]
        plain = VotingClassifier(parts, voting="soft", weights=self.weights_.tolist())
        plain.estimators_ = [part for _, part in parts]
        plain.le_ = LabelEncoder().fit(self.classes_)
        plain.classes_ = plain.le_.classes_
        return plain

    def _plain_trees(self) -> CalibratedClassifierCV:
        """The trees with their power as scikit-learn has it, fitted here and put together."""
        scaling, codes = _TemperatureScaling(), np.arange(len(self.classes_))
        scaling.beta_ = float(self.powers_[0])
        one = _CalibratedClassifier(self.trees_, [scaling], classes=codes, method="temperature")
        plain = CalibratedClassifierCV(self.trees_, method="temperature", cv=_FOLDS)
        plain.calibrated_classifiers_, plain.classes_ = [one], codes
        plain.n_features_in_ = self.trees_.n_features_in_
        return plain

    def __sklearn_tags__(self) -> Any:
        tags = super().__sklearn_tags__()
        tags.input_tags.sparse = True
        return tags


def _least_loss(said: Numbers, codes: Codes, shares: Numbers) -> tuple[float, float]:
    """The power at which a part is neither too sure nor too unsure, and the loss that is left.

    said: logarithms (m, k) of its probabilities; shares: what each of the m labels counts for.
    """
    own = said[np.arange(len(codes)), codes]

    def loss(log_power: float) -> float:
        power = np.exp(log_power)
        return float(shares @ (logsumexp(power * said, axis=1) - power * own))

    ends = tuple(np.log(_POWERS))
    found = minimize_scalar(lambda x: loss(x) + x**2, bounds=ends, method="bounded")
    return float(np.exp(found.x)), loss(found.x)
