"""What committees of classifiers and of regressors share: members taught together."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from contextlib import ExitStack
from typing import Any

import numpy as np
from numpy.typing import ArrayLike, NDArray

from al_core.errors import StrategyError
from al_core.learning.learners.callables import call_strategy, check_callable
from al_core.learning.learners.learner import ActiveLearner
from al_core.learning.learners.parameters import Parameters, labels_in_words, strategy_in_words
from al_core.learning.matrices import Matrix, as_matrix, matched, n_rows, take_rows
from al_core.learning.models.answers import Answers
from al_core.learning.querying.ask import Known, ask, asking_of, seed_of
from al_core.learning.querying.pick import check_batch
from al_core.learning.strategies import Strategy, get_strategy


class Members(Parameters):
    """Learners with the verbs of one learner; each is taught the same rows and fits its own model.

    Not used by itself: a :class:`Committee` votes, a :class:`CommitteeRegressor` averages.
    """

    answers: Answers = "classes"

    def __init__(
        self,
        learner_list: Sequence[Any],
        query_strategy: str | Strategy | Callable[..., Any],
        X_training: Matrix | None = None,
        y_training: ArrayLike | None = None,
        *,
        classes: Sequence[Any] | None = None,
        bootstrap: bool = False,
        random_state: int | np.random.Generator | np.random.RandomState | None = 0,
        on_transformed: bool = True,
    ) -> None:
        if not isinstance(learner_list, Sequence) or not learner_list:
            raise StrategyError(
                "A committee needs a list of learners or classifiers (or regressors) and got "
                f"{learner_list!r}."
            )
        if isinstance(query_strategy, str):
            get_strategy(query_strategy)
        elif not isinstance(query_strategy, Strategy):
            check_callable(query_strategy)
        self._given = {
            "learner_list": learner_list,
            "query_strategy": query_strategy,
            "bootstrap": bootstrap,
            "random_state": random_state,
            "on_transformed": on_transformed,
        }
        if self.answers == "classes":
            self._given["classes"] = classes
        self.query_strategy = query_strategy
        self.random_state = seed_of(random_state)
        self.bootstrap = bootstrap
        self.on_transformed = on_transformed
        self.learner_list = [
            _learner(one, classes, self.random_state + i) for i, one in enumerate(learner_list)
        ]
        self._check_members()
        if X_training is not None:
            self.teach(X_training, [] if y_training is None else y_training)

    def __iter__(self) -> Iterator[ActiveLearner]:
        return iter(self.learner_list)

    def __len__(self) -> int:
        return len(self.learner_list)

    def __repr__(self) -> str:
        """Its members' estimators, how it asks, and what the first has seen."""
        kinds = ", ".join(dict.fromkeys(type(one.estimator).__name__ for one in self))
        seen = labels_in_words(self.answers, self.y_training, len(self._classes()))
        asks = strategy_in_words(self.query_strategy)
        return f"{type(self).__name__}({len(self)} members: {kinds}; {asks}, {seen})"

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
        with self._all_or_none():
            for learner in self.learner_list:
                learner.teach(X, y, bootstrap or self.bootstrap, only_new, **fit_kwargs)

    def fit(self, X: Matrix, y: ArrayLike, **fit_kwargs: Any) -> Any:
        """Forget all labels and start again from these; as ``ActiveLearner.fit``, for all members.

        Where one member cannot learn from them, none has.
        """
        with self._all_or_none():
            for learner in self.learner_list:
                learner.fit(X, y, **{"bootstrap": self.bootstrap, **fit_kwargs})
        return self

    def bag(self, X: Matrix, y: ArrayLike, **fit_kwargs: Any) -> None:
        """Forget all labels and fit every member on a sample of these rows, with replacement."""
        self.fit(X, y, **{**fit_kwargs, "bootstrap": True})

    def rebag(self, **fit_kwargs: Any) -> None:
        """Refit every member on a sample, with replacement, of the rows it was taught."""
        with self._all_or_none():
            for one in self.learner_list:
                if one.X_training is not None and one.y_training is not None:
                    one.fit(one.X_training, one.y_training, bootstrap=True, **fit_kwargs)

    def query(self, X_pool: Matrix, n_instances: int = 1, **query_kwargs: Any) -> tuple[Any, ...]:
        """Indices (n_instances,) of rows to label next, best first, and those rows.

        Keywords and errors as in ``ActiveLearner.query``.
        """
        X_pool = as_matrix(X_pool)
        check_batch(n_instances, n_rows(X_pool))
        return_metrics = query_kwargs.pop("return_metrics", False)
        if isinstance(self.query_strategy, str | Strategy):
            pool = matched(X_pool, getattr(self.X_training, "columns", None))
            rows, metrics = self._ask(pool, n_instances, query_kwargs)
        else:
            rows, metrics = call_strategy(
                self.query_strategy, self, X_pool, n_instances, query_kwargs
            )
        answer = rows, take_rows(X_pool, rows)
        return (*answer, metrics) if return_metrics else answer

    def vote(self, X: Matrix) -> NDArray[Any]:
        """What each member predicts, (n, members)."""
        return np.stack([one.predict(X) for one in self.learner_list], axis=1)

    def _ask(self, X_pool: Matrix, n: int, keywords: dict[str, Any]) -> Any:
        chosen = self.query_strategy
        strategy: Any = get_strategy(chosen) if isinstance(chosen, str) else chosen
        known = Known(self, self.X_training, self.y_training, self._classes())
        asking = asking_of(strategy, self.random_state, keywords, self.on_transformed)
        return ask(X_pool, known, asking, n=n)

    def _classes(self) -> Any:
        """Every class that some member knows, sorted."""
        return np.unique(np.concatenate([one.classes_ for one in self.learner_list]))

    def _told_by(self) -> Any:
        return self.learner_list[0]

    def _check_members(self) -> None:
        """Refuse members that learn something else (StrategyError)."""
        for one in self.learner_list:
            if one.answers != self.answers:
                wanted = "classifiers" if self.answers == "classes" else "regressors"
                raise StrategyError(
                    f"A {type(self).__name__} is made of {wanted} and got {one!r}. "
                    "Committee takes classifiers, CommitteeRegressor takes regressors."
                )

    def _all_or_none(self) -> ExitStack:
        stack = ExitStack()
        for learner in self.learner_list:
            stack.enter_context(learner.unchanged_by_an_error())
        return stack


def _learner(one: Any, classes: Sequence[Any] | None, seed: int) -> ActiveLearner:
    """The learner itself, or one around an estimator; each has a seed of its own."""
    if isinstance(one, ActiveLearner):
        return one
    return ActiveLearner(one, classes=classes, random_state=seed)
