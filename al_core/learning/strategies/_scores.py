"""Numbers made of class probabilities, shared by the uncertainty strategies."""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import ArrayLike, NDArray
from scipy.special import entr


class Known:
    """A stand-in for a model whose probabilities are written down: for doctests and examples.

    Row i of the pool has the number i as its first feature and gets the i-th written probabilities.

    >>> Known([[0.9, 0.1], [0.2, 0.8]]).predict_proba([[1], [0]])
    array([[0.2, 0.8],
           [0.9, 0.1]])
    """

    def __init__(self, proba: ArrayLike) -> None:
        self.proba = np.asarray(proba, dtype=np.float64)
        self.classes_ = np.arange(self.proba.shape[1])

    def predict_proba(self, X: ArrayLike) -> NDArray[np.float64]:
        """The written probabilities, (n, k)."""
        return self.proba[np.asarray(X)[:, 0].astype(np.intp)]

    def predict(self, X: ArrayLike) -> NDArray[Any]:
        """The likeliest class a row."""
        return np.asarray(self.classes_[self.predict_proba(X).argmax(axis=1)])


def margins(proba: NDArray[Any]) -> NDArray[np.float64]:
    """Largest minus second largest probability of each row; 1 where there is one class only.

    >>> margins(np.array([[0.5, 0.4, 0.1], [0.25, 0.5, 0.25]])).round(2)
    array([0.1 , 0.25])
    """
    n, k = proba.shape
    if k == 1:
        return np.ones(n)
    if k == 2:
        return np.asarray(np.abs(proba[:, 0] - proba[:, 1]), dtype=np.float64)
    first, second = proba[:, 0].copy(), proba[:, 1].copy()
    _order(first, second)
    # One pass a class over whole columns: several times faster than a partition of short rows.
    for j in range(2, k):
        column = proba[:, j]
        np.maximum(second, np.minimum(first, column), out=second)
        np.maximum(first, column, out=first)
    return np.asarray(first - second, dtype=np.float64)


def _order(first: NDArray[Any], second: NDArray[Any]) -> None:
    """Swap in place so that ``first`` holds the larger of each pair."""
    smaller = np.minimum(first, second)
    np.maximum(first, second, out=first)
    second[:] = smaller


def entropies(proba: NDArray[Any]) -> NDArray[np.float64]:
    """Shannon entropy of each row in nats; 0 ln 0 is 0.

    >>> entropies(np.array([[0.25, 0.25, 0.25, 0.25], [0.0, 1.0, 0.0, 0.0]])).round(4)
    array([1.3863, 0.    ])
    """
    return np.asarray(entr(proba).sum(axis=1), dtype=np.float64)
