"""The learner of every tutorial: query, label, teach, for any scikit-learn classifier."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

import numpy as np
from numpy.typing import ArrayLike, NDArray

from al_core.learning.matrices import Matrix
from al_core.learning.records import Rows


class ActiveLearner:
    """A classifier that says which rows it wants labelled next (see the module's docstring)."""

    def __init__(
        self,
        estimator: Any,
        query_strategy: str | Callable[..., Any] = "margin",
        X_training: Matrix | None = None,
        y_training: ArrayLike | None = None,
        *,
        classes: Sequence[Any] | None = None,
        random_state: int | None = None,
    ) -> None:
        raise NotImplementedError

    def query(self, X_pool: Matrix, n_instances: int = 1, **query_kwargs: Any) -> tuple[Rows, Any]:
        """Indices of the rows of ``X_pool`` to label next, best first, and those rows."""
        raise NotImplementedError

    def teach(
        self,
        X: Matrix,
        y: ArrayLike,
        bootstrap: bool = False,
        only_new: bool = False,
        **fit_kwargs: Any,
    ) -> None:
        """Add labelled rows and refit."""
        raise NotImplementedError

    def predict(self, X: Matrix) -> NDArray[Any]:
        """The predicted class of each row."""
        raise NotImplementedError

    def predict_proba(self, X: Matrix) -> NDArray[np.floating[Any]]:
        """Probabilities (n, k) in the order of ``classes_``."""
        raise NotImplementedError

    def score(self, X: Matrix, y: ArrayLike) -> float:
        """The share of rows predicted right."""
        raise NotImplementedError
