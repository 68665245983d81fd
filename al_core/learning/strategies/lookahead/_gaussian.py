"""What Gaussian naive Bayes would say after one more label: its means and variances updated."""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import NDArray
from scipy.special import softmax

Array = NDArray[np.float64]


class GaussianLookahead:
    """Refits of a fitted ``GaussianNB`` with one row more, exact, without any refit.

    X: (L, d) dense labelled rows, codes: (L,) their classes by number in ``model.classes_``.
    """

    def __init__(self, model: Any, X: Array, codes: NDArray[np.intp]) -> None:
        self.X = np.asarray(X, dtype=np.float64)
        k = len(model.classes_)
        self.smoothing = float(model.var_smoothing)
        self.counts = np.bincount(codes, minlength=k).astype(np.float64)
        self.means = np.stack([self.X[codes == c].mean(axis=0) for c in range(k)])
        self.variances = np.stack([self.X[codes == c].var(axis=0) for c in range(k)])

    @staticmethod
    def fits(model: Any, n_features: int) -> bool:
        """Whether the model is a Gaussian naive Bayes with priors from the labels."""
        from sklearn.naive_bayes import GaussianNB

        return type(model) is GaussianNB and model.priors is None

    def probabilities(self, rows: Array, codes: NDArray[np.intp], X_ref: Array) -> Array:
        """(B, n_ref, k) probabilities after adding row b with class ``codes[b]``, for each b."""
        rows, X_ref = np.asarray(rows, dtype=np.float64), np.asarray(X_ref, dtype=np.float64)
        spread = self._smoothing_after(rows)
        k = len(self.counts)
        log = np.empty((len(rows), len(X_ref), k))
        for c in range(k):
            count, mean, variance = self._after(rows, codes == c, c)
            log[:, :, c] = _log_density(X_ref, mean, variance + spread[:, None])
            log[:, :, c] += np.log(count)[:, None]
        return np.asarray(softmax(log, axis=2))

    def _after(self, rows: Array, added: NDArray[np.bool_], c: int) -> tuple[Array, Array, Array]:
        """Count, mean and variance of class c for each hypothesis, (B,), (B, d), (B, d)."""
        n, mean, variance = self.counts[c], self.means[c], self.variances[c]
        share = np.where(added, 1.0 / (n + 1.0), 0.0)[:, None]
        shift = rows - mean
        # Welford: adding one row to n moves the mean by shift / (n + 1).
        grown = variance * (1.0 - share) + share * (1.0 - share) * shift**2
        return n + added, mean + share * shift, grown

    def _smoothing_after(self, rows: Array) -> Array:
        """scikit-learn adds a share of the largest variance of any feature to all, (B,)."""
        n, mean, variance = len(self.X), self.X.mean(axis=0), self.X.var(axis=0)
        share = 1.0 / (n + 1.0)
        grown = variance * (1.0 - share) + share * (1.0 - share) * (rows - mean) ** 2
        return np.asarray(self.smoothing * grown.max(axis=1))


def _log_density(X: Array, mean: Array, variance: Array) -> Array:
    """Log density of rows X (n, d) under B Gaussians with diagonal covariance, (B, n)."""
    middle = mean.mean(axis=0)
    X, mean = X - middle, mean - middle
    precision = 1.0 / variance
    squares = precision @ (X**2).T - 2.0 * (precision * mean) @ X.T
    constant = (mean**2 * precision + np.log(2.0 * np.pi * variance)).sum(axis=1)
    return np.asarray(-0.5 * (squares + constant[:, None]))
