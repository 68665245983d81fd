"""Bayesian optimisation: a learner that looks for the row of the largest number."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np
from numpy.typing import ArrayLike

from al_core.errors import StrategyError
from al_core.learning.learners.learner import ActiveLearner
from al_core.learning.matrices import Matrix, take_rows
from al_core.learning.strategies import Strategy


class BayesianOptimizer(ActiveLearner):
    """A regressor that asks for the rows where the largest number may be.

    estimator: a Gaussian process of scikit-learn, or any regressor (one whose ``predict`` knows
    ``return_std``, a forest, or one that is fitted on bootstrap samples to see how unsure it is).
    query_strategy: "expected_improvement", "probability_of_improvement", "upper_confidence_bound",
    or any of an ``ActiveLearner``. To look for the smallest number, teach the negative ones. Other
    settings are those of ``ActiveLearner``.

    >>> from sklearn.gaussian_process import GaussianProcessRegressor
    >>> X = np.array([[0.0], [1.0], [2.0], [3.0]])
    >>> process = GaussianProcessRegressor()
    >>> optimizer = BayesianOptimizer(process, "expected_improvement", X[[0, 1]], [0.0, 1.0])
    >>> indices, rows = optimizer.query(X[[2, 3]])
    >>> optimizer.teach(rows, [5.0])
    >>> optimizer.get_max()
    (array([2.]), 5.0)
    """

    def __init__(
        self,
        estimator: Any,
        query_strategy: str | Strategy | Callable[..., Any] = "expected_improvement",
        X_training: Matrix | None = None,
        y_training: ArrayLike | None = None,
        **settings: Any,
    ) -> None:
        super().__init__(estimator, query_strategy, X_training, y_training, **settings)
        if self.answers != "numbers":
            raise StrategyError(
                f"Got a {type(estimator).__name__}, which is no regressor. The largest number is "
                "looked for with one, such as GaussianProcessRegressor()."
            )

    @property
    def X_max(self) -> Any:
        """The row of the largest number so far; None before there is one."""
        if self.y_training is None:
            return None
        best = take_rows(self.X_training, np.array([self.y_training.argmax()]))
        return best.iloc[0] if hasattr(best, "iloc") else best[0]

    @property
    def y_max(self) -> float:
        """The largest number so far; minus infinity before there is one."""
        return -np.inf if self.y_training is None else float(self.y_training.max())

    def get_max(self) -> tuple[Any, float]:
        """The row of the largest number so far, and that number."""
        return self.X_max, self.y_max
