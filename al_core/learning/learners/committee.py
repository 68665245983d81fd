"""A committee: several learners that vote, or average, and ask about the rows they disagree on."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

import numpy as np
from numpy.typing import ArrayLike, NDArray

from al_core.learning.learners.members import Members
from al_core.learning.learners.new_labels import check_one_a_row
from al_core.learning.matrices import Matrix, as_labels, as_matrix, n_rows
from al_core.learning.models.answers import Answers, labels_as
from al_core.learning.scoring.of_answers import default_score
from al_core.learning.strategies import Strategy
from al_core.learning.strategies.disagreement._members import align


class Committee(Members):
    """Learners with the verbs of one learner, and ``vote`` and ``vote_proba`` besides.

    learner_list: ActiveLearners, or scikit-learn classifiers of one or of different kinds.
    query_strategy: a registered name (vote_entropy, consensus_entropy, max_disagreement,
    variation_ratios, bald, batch_bald, or any other, which sees the mean opinion), or a callable
    ``(committee, X_pool, ...)``. X_training, y_training: first labelled rows, taught to all.
    Strategies that look ahead with one model (expected error, value of information) refuse a
    committee. bootstrap: every member is always fitted on a sample with replacement of its own, so
    that members of one kind differ. random_state: seeds members, ties and picks.

    Members may know different classes; probabilities and votes stand in the order of ``classes_``.

    >>> from sklearn.linear_model import LogisticRegression
    >>> from sklearn.naive_bayes import GaussianNB
    >>> X, y = [[0.0], [1.0], [9.0]], ["no", "no", "yes"]
    >>> committee = Committee([LogisticRegression(), GaussianNB()], "vote_entropy", X, y)
    >>> committee.vote([[2.0], [9.0]])
    array([['no', 'no'],
           ['yes', 'yes']], dtype='<U3')
    >>> indices, rows = committee.query([[0.0], [3.0], [9.0]])
    >>> committee.teach(rows, ["no"])
    """

    def __init__(
        self,
        learner_list: Sequence[Any],
        query_strategy: str | Strategy | Callable[..., Any] = "vote_entropy",
        X_training: Matrix | None = None,
        y_training: ArrayLike | None = None,
        **settings: Any,
    ) -> None:
        super().__init__(learner_list, query_strategy, X_training, y_training, **settings)

    @property
    def classes_(self) -> NDArray[Any]:
        """Every class that some member knows, sorted."""
        return np.asarray(self._classes())

    def vote_proba(self, X: Matrix) -> NDArray[np.float64]:
        """Probabilities of each member, (n, members, classes), in the order of ``classes_``."""
        classes = self.classes_
        members = [align(one.predict_proba(X), one.classes_, classes) for one in self.learner_list]
        return np.stack(members, axis=1)

    def predict_proba(self, X: Matrix) -> NDArray[np.float64]:
        """The members' mean probabilities, (n, classes)."""
        return np.asarray(self.vote_proba(X).mean(axis=1))

    def predict(self, X: Matrix) -> NDArray[Any]:
        """The class of highest mean probability, (n,)."""
        return np.asarray(self.classes_[self.predict_proba(X).argmax(axis=1)])

    def score(self, X: Matrix, y: ArrayLike, sample_weight: ArrayLike | None = None) -> float:
        """The share of rows predicted right."""
        X, labels = as_matrix(X), as_labels(y)
        check_one_a_row(labels, n_rows(X))
        return default_score("classes", labels, self.predict(X), sample_weight)


class CommitteeRegressor(Members):
    """Regressors with the verbs of one learner: they average, and ask where they are far apart.

    learner_list: ActiveLearners, or scikit-learn regressors of one or of different kinds.
    query_strategy: a registered name (prediction_spread, or any other for numbers), or a callable
    ``(committee, X_pool, ...)``. X_training, y_training: first labelled rows, taught to all.
    bootstrap: every member is always fitted on a sample with replacement of its own. random_state:
    seeds members, ties and picks.

    >>> from sklearn.linear_model import LinearRegression
    >>> from sklearn.neighbors import KNeighborsRegressor
    >>> X, y = [[0.0], [1.0], [2.0]], [0.0, 1.0, 2.0]
    >>> members = [LinearRegression(), KNeighborsRegressor(1)]
    >>> committee = CommitteeRegressor(members, "prediction_spread", X, y)
    >>> mean, std = committee.predict([[4.0]], return_std=True)
    >>> mean.round(2), std.round(2)
    (array([3.]), array([1.]))
    >>> committee.query([[1.0], [9.0]])[0]
    array([1])
    """

    answers: Answers = "numbers"

    def __init__(
        self,
        learner_list: Sequence[Any],
        query_strategy: str | Strategy | Callable[..., Any] = "prediction_spread",
        X_training: Matrix | None = None,
        y_training: ArrayLike | None = None,
        **settings: Any,
    ) -> None:
        super().__init__(learner_list, query_strategy, X_training, y_training, **settings)

    def predict(self, X: Matrix, return_std: bool = False) -> Any:
        """The members' mean (n,); with return_std also their standard deviation (n,)."""
        numbers = self.vote(X).astype(np.float64)
        mean = numbers.mean(axis=1)
        return (mean, numbers.std(axis=1)) if return_std else mean

    def vote(self, X: Matrix) -> NDArray[Any]:
        """The number each member predicts, (n, members)."""
        return np.stack([np.reshape(one.predict(X), -1) for one in self.learner_list], axis=1)

    def score(self, X: Matrix, y: ArrayLike, sample_weight: ArrayLike | None = None) -> float:
        """R2 of the mean."""
        X, labels = as_matrix(X), labels_as("numbers", y)
        check_one_a_row(labels, n_rows(X))
        return default_score("numbers", labels, self.predict(X), sample_weight)

    def _classes(self) -> Any:
        return []
