"""The learner of every tutorial: query, label, teach, for any scikit-learn estimator."""

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
    labelled_rows,
)
from al_core.learning.learners.parameters import (
    Parameters,
    labels_in_words,
    strategy_in_words,
)
from al_core.learning.learners.weights import check_weights, drawn_keywords
from al_core.learning.matrices import (
    Matrix,
    as_labels,
    as_matrix,
    matched,
    n_rows,
    refuse_gaps,
    stack_rows,
    take_rows,
    told_gaps,
)
from al_core.learning.models.answers import Answers, answers_of, guesses_as, labels_as, only_class
from al_core.learning.models.fitting import Fitter, is_fitted
from al_core.learning.models.probabilities import class_probabilities
from al_core.learning.models.tags import tag_probabilities
from al_core.learning.models.threads import one_thread
from al_core.learning.querying.ask import Known, ask, asking_of, round_rng, seed_of
from al_core.learning.querying.pick import check_batch
from al_core.learning.records import Rows
from al_core.learning.scoring.of_answers import default_score
from al_core.learning.strategies import Strategy, default_strategy, get_strategy
from al_core.learning.strategies.disagreement._members import bootstrap_rows


class ActiveLearner(Parameters):
    """A model that says which rows it wants labelled next.

    estimator: any scikit-learn classifier, regressor or Pipeline, or a model of tags; copied, never
    changed; one that was fitted before answers until the first ``teach``. query_strategy: a
    registered name, or a callable ``(learner, X_pool, ...)`` that returns indices (see
    :meth:`query`); None: "margin", for a regressor "greedy_x", for tags "min_confidence".
    X_training, y_training: the first labelled rows, if any: array, CSR or frame. classes: every
    class (or tag) there can be; a label outside them is a LabelError; left out, new classes are
    welcome at any time. random_state: seeds the model, ties and random picks: a whole number, or a
    generator to draw one from; None draws one that nobody can repeat. bootstrap_init: fit the first
    rows on a sample of them with replacement. on_transformed: False takes distances between the
    rows as they are given, not as the last step of a Pipeline sees them. fit_kwargs: for the fit of
    the first rows alone, as those of ``teach`` are for its own.

    A regressor learns numbers, and has neither ``predict_proba`` nor ``classes_``. A model of tags
    (``TagModel``, or a classifier given a table of 0 and 1, a column a tag) learns them all at
    once. To scikit-learn a learner is an estimator: ``clone`` gives one without labels,
    ``cross_val_score(learner, X, y)`` works.

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
        query_strategy: str | Strategy | Callable[..., Any] | None = None,
        X_training: Matrix | None = None,
        y_training: ArrayLike | None = None,
        *,
        classes: Sequence[Any] | None = None,
        random_state: int | np.random.Generator | np.random.RandomState | None = None,
        bootstrap_init: bool = False,
        on_transformed: bool = True,
        **fit_kwargs: Any,
    ) -> None:
        self._given = {
            "estimator": estimator,
            "query_strategy": query_strategy,
            "classes": classes,
            "random_state": random_state,
            "bootstrap_init": bootstrap_init,
            "on_transformed": on_transformed,
        }
        if isinstance(query_strategy, str):
            get_strategy(query_strategy)
        elif not isinstance(query_strategy, Strategy | None):
            check_callable(query_strategy)
        self.random_state = random_state
        self.on_transformed = on_transformed
        self._seed = seed_of(random_state)
        self._fitter = Fitter(estimator, self._seed)
        self._declared = None if classes is None else np.unique(as_labels(classes))
        self._model: Any = estimator if is_fitted(estimator) else None
        known = getattr(self._model, "classes_", None)
        self.X_training: Matrix | None = None
        self.y_training: NDArray[Any] | None = None
        if known is not None and self._declared is not None and self.answers == "classes":
            check_known_classes(as_labels(known), self._declared)
        self._query_strategy = query_strategy
        if (X_training is None) != (y_training is None):
            raise LabelError("Give X_training and y_training together, or neither.")
        if X_training is not None and y_training is not None:
            self.teach(X_training, y_training, bootstrap_init, **fit_kwargs)
        elif fit_kwargs:
            raise TypeError(
                f"There is no setting named {next(iter(fit_kwargs))!r}. Keywords of fit need "
                "X_training and y_training beside them."
            )

    def __repr__(self) -> str:
        """The estimator, how it asks, and what it has seen."""
        seen = labels_in_words(self.answers, self.y_training, len(self.classes_))
        asks = strategy_in_words(self.query_strategy)
        return f"{type(self).__name__}({self._given['estimator']!r}, {asks}, {seen})"

    @property
    def answers(self) -> Answers:
        """What the labels are: classes, numbers, or tags."""
        return answers_of(self._fitter.template, self.y_training)

    @property
    def query_strategy(self) -> Any:
        """How rows are asked: as given, or the default of what is learned."""
        given = self._query_strategy
        return default_strategy(self.answers) if given is None else given

    @property
    def estimator(self) -> Any:
        """The fitted model; before the first fit, an unfitted copy of the estimator."""
        return self._fitter.unfitted() if self._model is None else self._model

    @property
    def classes_(self) -> NDArray[Any]:
        """Every class, sorted: those declared, or else those seen so far; of tags their columns.

        Empty for a regressor.
        """
        if self.answers == "numbers":
            return np.empty(0)
        if self._declared is not None:
            return self._declared
        if self.y_training is not None and self.y_training.ndim == 2:
            return np.arange(self.y_training.shape[1])
        if self.y_training is not None:
            return np.unique(self.y_training)
        return np.asarray(getattr(self._model, "classes_", np.empty(0)))

    def teach(
        self,
        X: Matrix,
        y: ArrayLike,
        bootstrap: bool = False,
        only_new: bool = False,
        *,
        skip_missing: bool = False,
        **fit_kwargs: Any,
    ) -> None:
        """Add labelled rows and refit once.

        X: (n, d), y: (n,) labels: classes, or numbers for a regressor; a table (n, k) of 0 and 1
        for k tags. bootstrap: fit on a sample with replacement of all labelled rows, two classes
        among it where there are two. only_new: fit on these rows alone (all are remembered).
        skip_missing: rows whose label is None, nan or "" are left out; otherwise they are refused.
        fit_kwargs go to the estimator's ``fit``: ``sample_weight`` has one number a row that is
        fitted, that is all labelled rows (those taught before first, then the new ones), or with
        only_new the new ones; a bootstrap draws each row with its weight. Raises LabelError for a
        ``y`` of another length, a missing label, one that the estimator cannot learn, or one that
        is not among ``classes``; PoolError for rows of another form or with other column names, or
        with gaps that the estimator refuses. After an error the learner is as it was before.
        """
        X = as_matrix(X)
        if skip_missing:
            X, y = labelled_rows(X, y)
        answers = self.answers if self.y_training is not None else self._answers_of(y)
        labels = labels_as(answers, y)
        check_new_labels(labels, n_rows(X), self.y_training, self._declared, answers)
        with self.unchanged_by_an_error():
            if self.X_training is None or self.y_training is None:
                self.X_training, self.y_training = X, labels
            else:
                self.X_training = stack_rows(self.X_training, X)
                self.y_training = labels_as(answers, np.concatenate([self.y_training, labels]))
            new = (X, labels) if only_new else (self.X_training, self.y_training)
            check_weights(fit_kwargs, len(new[1]), only_new)
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
            pool = matched(X_pool, self._columns())
            rows, metrics = self._ask(strategy, pool, n_instances, query_kwargs)
        else:
            rows, metrics = call_strategy(strategy, self, X_pool, n_instances, query_kwargs)
        answer = rows, take_rows(X_pool, rows)
        return (*answer, metrics) if return_metrics else answer

    def predict(self, X: Matrix, **predict_kwargs: Any) -> Any:
        """The predicted class, number or row of tags of each row, (n,) or (n, k).

        predict_kwargs go to the estimator: ``return_std=True`` gives a Gaussian process's mean and
        standard deviation. Columns of frames are matched by name.
        """
        model, X = self._fitted(), matched(as_matrix(X), self._columns())
        with one_thread(), told_gaps(X, f"a {type(model).__name__}"):
            found = model.predict(X, **predict_kwargs)
        return found if isinstance(found, tuple) else guesses_as(self.answers, found)

    def predict_proba(self, X: Matrix) -> NDArray[np.floating[Any]]:
        """Probabilities (n, k) in the order of ``classes_``; 0 for a class not seen yet.

        Of tags: the probability of each tag; rows need not sum to 1.
        """
        model, X = self._fitted(), matched(as_matrix(X), self._columns())
        with one_thread(), told_gaps(X, f"a {type(model).__name__}"):
            if self.answers == "tags":
                return tag_probabilities(model, X)
            known = class_probabilities(model, X)
        if np.array_equal(model.classes_, self.classes_):
            return known
        proba = np.zeros((len(known), len(self.classes_)))
        proba[:, np.searchsorted(self.classes_, model.classes_)] = known
        return proba

    def score(self, X: Matrix, y: ArrayLike, sample_weight: ArrayLike | None = None) -> float:
        """The share of rows predicted right (with all their tags); of a regressor R2."""
        X, labels = as_matrix(X), labels_as(self.answers, y)
        check_one_a_row(labels, n_rows(X))
        return default_score(self.answers, labels, self.predict(X), sample_weight)

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
            asking = asking_of(chosen, self._seed, keywords, self.on_transformed)
            return ask(X_pool, known, asking, n=n)
        except PoolError:
            raise
        except Exception:
            # Strategies that need a model fail each in its own way without one: say what is
            # missing. With a model, or without the need of one, the error is the strategy's own.
            if chosen.needs_model:
                self._fitted()
            raise

    def _told_by(self) -> Any:
        return self._fitter.template

    def _answers_of(self, y: Any) -> Answers:
        return answers_of(self._fitter.template, y)

    def _columns(self) -> Any:
        """The names of the columns that were taught, or those of a model that came fitted."""
        if self.X_training is not None:
            return getattr(self.X_training, "columns", None)
        return getattr(self._model, "feature_names_in_", None)

    def _n_labels(self) -> int:
        return 0 if self.y_training is None else len(self.y_training)

    def _fitted(self) -> Any:
        """The model, or a NotFittedError that says what is missing."""
        if self._model is not None:
            return self._model
        seen = "no label" if self.y_training is None else f"only the class {self.y_training[0]!s}"
        needs = " and needs labels of at least two classes" if self.answers == "classes" else ""
        raise NotFittedError(
            f"This learner has seen {seen} so far{needs}. "
            "Teach it more rows; the strategy 'random' can choose them."
        )

    def _fit(self, X: Matrix, y: NDArray[Any], bootstrap: bool, fit_kwargs: dict[str, Any]) -> None:
        answers = self.answers
        if bootstrap:
            rng = round_rng(self._seed, self._n_labels())
            drawn = bootstrap_rows(y if answers == "classes" else np.zeros(len(y)), rng)
            fit_kwargs = drawn_keywords(fit_kwargs, drawn, len(y))
            X, y = take_rows(X, drawn), y[drawn]
        if not only_class(answers, y):
            self._model = self._fitter.fit(X, y, **fit_kwargs)
        elif self.y_training is not None and only_class(answers, self.y_training):
            # An estimator that came fitted knows other classes than the labels: it is no answer.
            self._model = None
