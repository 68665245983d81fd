"""What any other classifier would say after one more label: fitted anew for each."""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import NDArray
from sklearn import config_context
from sklearn.base import clone

from al_core.learning.models.probabilities import class_probabilities
from al_core.learning.querying.dense_or_csr import stack
from al_core.learning.strategies.disagreement._members import align, seeded

Array = NDArray[np.float64]


class Refits:
    """One fit a hypothesis, each with the same seed: differences come from the row alone."""

    def __init__(
        self, model: Any, X: Any, codes: NDArray[np.intp], rng: np.random.Generator
    ) -> None:
        self.estimator = seeded(clone(model), rng)
        self.X, self.codes, self.k = X, codes, len(model.classes_)
        given = self.estimator.get_params()
        self.starts_warm = any(given[name] for name in given if name.endswith("warm_start"))

    def probabilities(self, rows: Any, codes: NDArray[np.intp], X_ref: Any) -> Array:
        """(B, n_ref, k) probabilities after adding row b with class ``codes[b]``, for each b."""
        # The model at hand was fitted on rows and parameters like these: they need no second look.
        with config_context(assume_finite=True, skip_parameter_validation=True):
            return np.stack([self._one(rows[[b]], c, X_ref) for b, c in enumerate(codes)])

    def _one(self, row: Any, code: np.intp, X_ref: Any) -> Array:
        fitted = clone(self.estimator) if self.starts_warm else self.estimator
        fitted.fit(stack(self.X, row), np.append(self.codes, code))
        proba = class_probabilities(fitted, X_ref)
        return align(proba, np.asarray(fitted.classes_), np.arange(self.k))
