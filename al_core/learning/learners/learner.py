"""The learner of every tutorial: query, label, teach, for any scikit-learn classifier."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from typing import Any

import numpy as np
from numpy.typing import ArrayLike, NDArray

from al_core.errors import LabelError, NotFittedError, PoolError
from al_core.learning.learners.callables import call_strategy, check_callable
from al_core.learning.learners.new_labels import (
    check_known_classes,
    check_new_labels,
    check_one_a_row,
)
from al_core.learning.matrices import (
    Matrix,
    as_labels,
    as_matrix,
    n_rows,
    refuse_gaps,
    stack_rows,
    take_rows,
    told_gaps,
)
from al_core.learning.models.fitting import Fitter
from al_core.learning.models.probabilities import class_probabilities
from al_core.learning.models.threads import one_thread
from al_core.learning.querying.ask import Known, ask, asking_of, round_rng, seed_of
from al_core.learning.querying.pick import check_batch
from al_core.learning.records import Rows
from al_core.learning.strategies import Strategy, get_strategy
from al_core.learning.strategies.disagreement._members import bootstrap_rows


class ActiveLearner:
    """A classifier that says which rows it wants labelled next.

    estimator: any scikit-learn classifier or Pipeline; copied, never changed; one that was fitted
    before answers until the first ``teach``. query_strategy: a registered name, or a callable
    ``(learner, X_pool, ...)`` that returns indices (see :meth:`query`). X_training, y_training: the
    first labelled rows, if any: array, CSR or frame. classes: every class there can be; a label
    outside them is a LabelError; left out, new classes are welcome at any time. random_state: seeds
    the model, ties and random picks: a whole number, or a generator to draw one from; None draws
    one that nobody can repeat.

    Labels stay as they are given, text or numbers. With labels of one class only the learner waits:
    ``query`` and ``predict`` raise NotFittedError until there are two.

    >>> from sklearn.linear_model import LogisticRegression
    >>> X_pool = np.array([[1.0], [4.0], [9.0]])
    >>> learner = ActiveLearner(LogisticRegression(), "margin", [[0.0], [10.0]], ["no", "yes"])
    >>> query_idx, query_inst = learner.query(X_pool)
    >>> query_idx, query_inst
    (array([1]), array([[4.]]))
    >>> learner.teach(X_pool[query_idx], ["no"])
    >>> learner.predict([[9.5]]).tolist(), learner.X_training.shape
    (['yes'], (3, 1))
    """

    def __init__(
        self,
        estimator: Any,
        query_strategy: str | Strategy | Callable[..., Any] = "margin",
        X_training: Matrix | None = None,
        y_training: ArrayLike | None = None,
        *,
        classes: Sequence[Any] | None = None,
        random_state: int | np.random.Generator | np.random.RandomState | None = None,
    ) -> None:
        if isinstance(query_strategy, str):
            get_strategy(query_strategy)
        elif not isinstance(query_strategy, Strategy):
            check_callable(query_strategy)
        self.query_strategy = query_strategy
        self.random_state = random_state
        self._seed = seed_of(random_state)
        self._fitter = Fitter(estimator, self._seed)
        self._declared = None if classes is None else np.unique(as_labels(classes))
        self._model: Any = estimator if hasattr(estimator, "classes_") else None
        if self._model is not None and self._declared is not None:
            check_known_classes(as_labels(self._model.classes_), self._declared)
        self.X_training: Matrix | None = None
        self.y_training: NDArray[Any] | None = None
        if (X_training is None) != (y_training is None):
            raise LabelError("Give X_training and y_training together, or neither.")
        if X_training is not None and y_training is not None:
            self.teach(X_training, y_training)

    @property
    def estimator(self) -> Any:
        """The fitted model; before the first fit, an unfitted copy of the estimator."""
        return self._fitter.unfitted() if self._model is None else self._model

    @property
    def classes_(self) -> NDArray[Any]:
        """Every class, sorted: those declared, or else those seen so far."""
        if self._declared is not None:
            return self._declared
        if self.y_training is not None:
            return np.unique(self.y_training)
        return np.asarray(getattr(self._model, "classes_", np.empty(0)))

    def teach(
        self,
        X: Matrix,
        y: ArrayLike,
        bootstrap: bool = False,
        only_new: bool = False,
        **fit_kwargs: Any,
    ) -> None:
        """Add labelled rows and refit once.

        X: (n, d), y: (n,) labels. bootstrap: fit on a sample with replacement of all labelled rows,
        two classes among it where there are two. only_new: fit on these rows alone (all are
        remembered). fit_kwargs go to the estimator's ``fit``. Raises LabelError for a ``y`` of
        another length, a missing or continuous label, or one that is not among ``classes``;
        PoolError for rows of another form or with other column names, or with gaps that the
        estimator refuses. After an error the learner is as it was before.
        """
        X, labels = as_matrix(X), as_labels(y)
        check_new_labels(labels, n_rows(X), self.y_training, self._declared)
        with self.unchanged_by_an_error():
            if self.X_training is None or self.y_training is None:
                self.X_training, self.y_training = X, labels
            else:
                self.X_training = stack_rows(self.X_training, X)
                self.y_training = as_labels(np.concatenate([self.y_training, labels]))
            new = (X, labels) if only_new else (self.X_training, self.y_training)
            try:
                self._fit(*new, bootstrap, fit_kwargs)
            except PoolError:  # it counts all rows: where the new ones have the gap, count these
                refuse_gaps(X, f"a {type(self.estimator).__name__}")
                raise

    def fit(self, X: Matrix, y: ArrayLike, **fit_kwargs: Any) -> ActiveLearner:
        """Forget all labels and start again from these."""
        with self.unchanged_by_an_error():
            self.X_training = self.y_training = self._model = None
            self.teach(X, y, **fit_kwargs)
        return self

    @contextmanager
    def unchanged_by_an_error(self) -> Iterator[None]:
        """Labels and model as they were, where the block fails."""
        before = self.X_training, self.y_training, self._model
        try:
            yield
        except BaseException:
            self.X_training, self.y_training, self._model = before
            raise

    def query(self, X_pool: Matrix, n_instances: int = 1, **query_kwargs: Any) -> tuple[Any, ...]:
        """Indices (n_instances,) of rows of ``X_pool`` to label next, best first, and those rows.

        Registered strategies take ``candidates=`` (look at a random part of so many rows),
        ``costs=`` (one a row, or (k, k) in the order of ``classes_``, which is sorted) and their
        own keywords; a callable gets the keywords as they are, and ``n_instances`` if it takes it.
        ``return_metrics=True`` adds the utilities of the rows as a third item (None where a
        callable gives none). The same question to the same learner gives the same answer. Raises
        PoolError for an empty pool or fewer rows than asked for, NotFittedError where the strategy
        needs a model and there is none, StrategyError for an answer that cannot be used; an error
        of a callable comes through as it is.
        """
        X_pool = as_matrix(X_pool)
        check_batch(n_instances, n_rows(X_pool))
        return_metrics = query_kwargs.pop("return_metrics", False)
        strategy = self.query_strategy
        metrics: NDArray[np.float64] | None
        if isinstance(strategy, str | Strategy):
            rows, metrics = self._ask(strategy, X_pool, n_instances, query_kwargs)
        else:
            rows, metrics = call_strategy(strategy, self, X_pool, n_instances, query_kwargs)
        answer = rows, take_rows(X_pool, rows)
        return (*answer, metrics) if return_metrics else answer

    def predict(self, X: Matrix) -> NDArray[Any]:
        """The predicted class of each row, (n,)."""
        model, X = self._fitted(), as_matrix(X)
        with one_thread(), told_gaps(X, f"a {type(model).__name__}"):
            return np.asarray(model.predict(X))

    def predict_proba(self, X: Matrix) -> NDArray[np.floating[Any]]:
        """Probabilities (n, k) in the order of ``classes_``; 0 for a class not seen yet."""
        model, X = self._fitted(), as_matrix(X)
        with one_thread(), told_gaps(X, f"a {type(model).__name__}"):
            known = class_probabilities(model, X)
        if np.array_equal(model.classes_, self.classes_):
            return known
        proba = np.zeros((len(known), len(self.classes_)))
        proba[:, np.searchsorted(self.classes_, model.classes_)] = known
        return proba

    def score(self, X: Matrix, y: ArrayLike) -> float:
        """The share of rows predicted right."""
        X, labels = as_matrix(X), as_labels(y)
        check_one_a_row(labels, n_rows(X))
        return float((self.predict(X) == labels).mean())

    def _ask(
        self, strategy: str | Strategy, X_pool: Matrix, n: int, keywords: dict[str, Any]
    ) -> tuple[Rows, NDArray[np.float64]]:
        chosen = get_strategy(strategy) if isinstance(strategy, str) else strategy
        try:
            known = Known(
                self._model,
                self.X_training,
                self.y_training,
                self.classes_ if len(self.classes_) else None,
                self._fitter.unfitted(self._n_labels() or None),
            )
            return ask(X_pool, known, asking_of(chosen, self._seed, keywords), n=n)
        except PoolError:
            raise
        except Exception:
            # Strategies that need a model fail each in its own way without one: say what is
            # missing. With a model, or without the need of one, the error is the strategy's own.
            if chosen.needs_model:
                self._fitted()
            raise

    def _n_labels(self) -> int:
        return 0 if self.y_training is None else len(self.y_training)

    def _fitted(self) -> Any:
        """The model, or a NotFittedError that says what is missing."""
        if self._model is not None:
            return self._model
        seen = "no label" if self.y_training is None else f"only the class {self.y_training[0]!s}"
        raise NotFittedError(
            f"This learner has seen {seen} so far and needs labels of at least two classes. "
            "Teach it more rows; the strategy 'random' can choose them."
        )

    def _fit(self, X: Matrix, y: NDArray[Any], bootstrap: bool, fit_kwargs: dict[str, Any]) -> None:
        if bootstrap:
            drawn = bootstrap_rows(y, round_rng(self._seed, self._n_labels()))
            X, y = take_rows(X, drawn), y[drawn]
        if len(np.unique(y)) > 1:
            self._model = self._fitter.fit(X, y, **fit_kwargs)
        elif self.y_training is not None and len(np.unique(self.y_training)) < 2:
            # An estimator that came fitted knows other classes than the labels: it is no answer.
            self._model = None
