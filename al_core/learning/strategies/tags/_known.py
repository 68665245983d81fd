"""A stand-in for a model of tags whose probabilities are written down, for doctests."""

from __future__ import annotations

import numpy as np
from numpy.typing import ArrayLike, NDArray


class KnownTags:
    """Row i of the pool has the number i as its first feature and gets the i-th probabilities.

    distances: signed distances (n, k) to the tags' boundaries; None: there are none.

    >>> KnownTags([[0.9, 0.1]]).predict([[0]])
    array([[1, 0]], dtype=int8)
    """

    answers = "tags"

    def __init__(self, proba: ArrayLike, distances: ArrayLike | None = None) -> None:
        self.proba = np.asarray(proba, dtype=np.float64)
        if distances is not None:
            written = np.asarray(distances, dtype=np.float64)
            self.decision_function = lambda X: written[np.asarray(X)[:, 0].astype(np.intp)]

    def predict_proba(self, X: ArrayLike) -> NDArray[np.float64]:
        """The written probabilities, (n, k)."""
        return self.proba[np.asarray(X)[:, 0].astype(np.intp)]

    def predict(self, X: ArrayLike) -> NDArray[np.int8]:
        """The tags more likely than not."""
        return np.asarray(self.predict_proba(X) > 0.5, dtype=np.int8)
