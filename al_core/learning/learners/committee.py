"""A committee: several learners that vote, and ask about the rows they disagree on."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from contextlib import ExitStack
from typing import Any

import numpy as np
from numpy.typing import ArrayLike, NDArray

from al_core.errors import StrategyError
from al_core.learning.learners.callables import call_strategy, check_callable
from al_core.learning.learners.learner import ActiveLearner
from al_core.learning.learners.new_labels import check_one_a_row
from al_core.learning.matrices import Matrix, as_labels, as_matrix, n_rows, take_rows
from al_core.learning.querying.ask import Known, ask, asking_of, seed_of
from al_core.learning.querying.pick import check_batch
from al_core.learning.strategies import Strategy, get_strategy
from al_core.learning.strategies.disagreement._members import align


class Committee:
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
        *,
        classes: Sequence[Any] | None = None,
        bootstrap: bool = False,
        random_state: int | np.random.Generator | np.random.RandomState | None = 0,
    ) -> None:
        if not isinstance(learner_list, Sequence) or not learner_list:
            raise StrategyError(
                f"A committee needs a list of learners or classifiers and got {learner_list!r}."
            )
        if isinstance(query_strategy, str):
            get_strategy(query_strategy)
        elif not isinstance(query_strategy, Strategy):
            check_callable(query_strategy)
        self.query_strategy = query_strategy
        self.random_state = seed_of(random_state)
        self.bootstrap = bootstrap
        self.learner_list = [
            _learner(one, classes, self.random_state + i) for i, one in enumerate(learner_list)
        ]
        if X_training is not None:
            self.teach(X_training, [] if y_training is None else y_training)

    def __iter__(self) -> Iterator[ActiveLearner]:
        return iter(self.learner_list)

    def __len__(self) -> int:
        return len(self.learner_list)

    @property
    def classes_(self) -> NDArray[Any]:
        """Every class that some member knows, sorted."""
        return np.unique(np.concatenate([one.classes_ for one in self.learner_list]))

    @property
    def X_training(self) -> Matrix | None:
        """Labelled rows of the first member."""
        return self.learner_list[0].X_training

    @property
    def y_training(self) -> NDArray[Any] | None:
        """Labels of the first member."""
        return self.learner_list[0].y_training

    def teach(
        self,
        X: Matrix,
        y: ArrayLike,
        bootstrap: bool = False,
        only_new: bool = False,
        **fit_kwargs: Any,
    ) -> None:
        """Add labelled rows to every member and refit each once; as ``ActiveLearner.teach``.

        Where one member cannot learn from them, none has.
        """
        with ExitStack() as stack:
            for learner in self.learner_list:
                stack.enter_context(learner.unchanged_by_an_error())
                learner.teach(X, y, bootstrap or self.bootstrap, only_new, **fit_kwargs)

    def fit(self, X: Matrix, y: ArrayLike, **fit_kwargs: Any) -> Committee:
        """Forget all labels and start again from these; as ``ActiveLearner.fit``, for all members.

        Where one member cannot learn from them, none has.
        """
        with ExitStack() as stack:
            for learner in self.learner_list:
                stack.enter_context(learner.unchanged_by_an_error())
                learner.fit(X, y, **{"bootstrap": self.bootstrap, **fit_kwargs})
        return self

    def query(self, X_pool: Matrix, n_instances: int = 1, **query_kwargs: Any) -> tuple[Any, ...]:
        """Indices (n_instances,) of rows to label next, best first, and those rows.

        Keywords and errors as in ``ActiveLearner.query``.
        """
        X_pool = as_matrix(X_pool)
        check_batch(n_instances, n_rows(X_pool))
        return_metrics = query_kwargs.pop("return_metrics", False)
        if isinstance(self.query_strategy, str | Strategy):
            rows, metrics = self._ask(X_pool, n_instances, query_kwargs)
        else:
            rows, metrics = call_strategy(
                self.query_strategy, self, X_pool, n_instances, query_kwargs
            )
        answer = rows, take_rows(X_pool, rows)
        return (*answer, metrics) if return_metrics else answer

    def vote(self, X: Matrix) -> NDArray[Any]:
        """The class each member predicts, (n, members)."""
        return np.stack([one.predict(X) for one in self.learner_list], axis=1)

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

    def score(self, X: Matrix, y: ArrayLike) -> float:
        """The share of rows predicted right."""
        X, labels = as_matrix(X), as_labels(y)
        check_one_a_row(labels, n_rows(X))
        return float((self.predict(X) == labels).mean())

    def _ask(self, X_pool: Matrix, n: int, keywords: dict[str, Any]) -> Any:
        chosen = self.query_strategy
        strategy: Any = get_strategy(chosen) if isinstance(chosen, str) else chosen
        known = Known(self, self.X_training, self.y_training, self.classes_)
        return ask(X_pool, known, asking_of(strategy, self.random_state, keywords), n=n)


def _learner(one: Any, classes: Sequence[Any] | None, seed: int) -> ActiveLearner:
    """The learner itself, or one around a classifier; each has a seed of its own."""
    if isinstance(one, ActiveLearner):
        return one
    return ActiveLearner(one, classes=classes, random_state=seed)
