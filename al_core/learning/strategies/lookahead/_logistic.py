"""What logistic regression would say after one more label: many refits at once.

From the fitted weights a Newton step or three lead to the new optimum, because one row moves it
little. All hypothetical rows take their steps together as batched matrix products, so the result is
that of a refit to full convergence at a small part of the price.
"""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import NDArray
from scipy.special import expit, softmax

Array = NDArray[np.float64]
# Beyond this many weights a batched solve is slower than refits from scratch.
MAX_WEIGHTS = 160


class LogisticLookahead:
    """Refits of a fitted binary or multinomial L2 logistic regression with one row more.

    X: (L, d) dense labelled rows, codes: (L,) their classes by number in ``model.classes_``.
    """

    def __init__(self, model: Any, X: Array, codes: NDArray[np.intp]) -> None:
        self.C = float(model.C)
        self.intercept = bool(model.fit_intercept)
        self.n_classes = len(model.classes_)
        self.X = self._design(X)
        self.theta = np.asarray(model.coef_, dtype=np.float64)
        if self.intercept:
            self.theta = np.column_stack([self.theta, model.intercept_])
        self.targets = self._one_hot(codes).T
        self.outer = (self.X[:, :, None] * self.X[:, None, :]).reshape(len(self.X), -1)
        # The intercept is not penalised. With several classes only differences of intercepts count:
        # a hair of a penalty makes the system solvable and moves no probability.
        self.penalty = np.ones(self.theta.shape)
        if self.intercept:
            self.penalty[:, -1] = 0.0 if len(self.theta) == 1 else 1e-9

    @staticmethod
    def fits(model: Any, n_features: int) -> bool:
        """Whether the model is one whose optimum these Newton steps reach."""
        from sklearn.linear_model import LogisticRegression

        if type(model) is not LogisticRegression:
            return False
        plain = model.penalty in ("l2", "deprecated") and model.l1_ratio in (None, 0, 0.0)
        plain = plain and model.class_weight is None and model.intercept_scaling == 1
        fitted = model.solver != "liblinear" and np.isfinite(model.C) and len(model.classes_) > 1
        return bool(plain and fitted and model.coef_.shape[0] * (n_features + 1) <= MAX_WEIGHTS)

    def probabilities(self, rows: Array, codes: NDArray[np.intp], X_ref: Array) -> Array:
        """(B, n_ref, k) probabilities after adding row b with class ``codes[b]``, for each b."""
        theta = self._refit(self._design(rows), self._one_hot(codes))
        logits = np.matmul(theta, self._design(X_ref).T)
        if len(self.theta) == 1:
            positive = expit(logits[:, 0])
            return np.stack([1.0 - positive, positive], axis=2)
        return np.asarray(softmax(logits, axis=1).transpose(0, 2, 1))

    def _design(self, X: Array) -> Array:
        X = np.asarray(X, dtype=np.float64)
        return np.column_stack([X, np.ones(len(X))]) if self.intercept else X

    def _one_hot(self, codes: NDArray[np.intp]) -> Array:
        """(n, free classes): two classes have one free column, the chance of the second."""
        eye = np.eye(self.n_classes)[codes]
        return eye[:, 1:] if self.n_classes == 2 else eye

    def _refit(self, x: Array, y: Array, tolerance: float = 1e-9, limit: int = 25) -> Array:
        """Damped Newton for all hypotheses: weights (B, free classes, d or d + 1)."""
        theta = np.repeat(self.theta[None], len(x), axis=0)
        loss = self._loss(theta, x, y)
        for _ in range(limit):
            step = self._newton_step(theta, x, y)
            scale = np.ones(len(x))
            for _ in range(30):
                trial = theta - scale[:, None, None] * step
                trial_loss = self._loss(trial, x, y)
                worse = trial_loss > loss + 1e-10 * np.abs(loss)
                if not worse.any():
                    break
                scale[worse] /= 2
            theta, loss = trial, trial_loss
            if np.abs(step).max() < tolerance:
                break
        return theta

    def _chances(self, logits: Array) -> Array:
        return expit(logits) if len(self.theta) == 1 else np.asarray(softmax(logits, axis=1))

    def _loss(self, theta: Array, x: Array, y: Array) -> Array:
        """The objective of each hypothesis, (B,)."""
        all_logits = np.matmul(theta, self.X.T)
        own = np.einsum("bmd,bd->bm", theta, x)
        loss = self._log_normaliser(all_logits).sum(axis=1)
        loss -= np.einsum("bml,ml->b", all_logits, self.targets)
        loss += self._log_normaliser(own[:, :, None])[:, 0] - (own * y).sum(axis=1)
        return np.asarray(self.C * loss + 0.5 * (self.penalty * theta**2).sum(axis=(1, 2)))

    def _log_normaliser(self, logits: Array) -> Array:
        from scipy.special import logsumexp

        if len(self.theta) == 1:
            return np.logaddexp(0.0, logits[:, 0])
        return np.asarray(logsumexp(logits, axis=1))

    def _newton_step(self, theta: Array, x: Array, y: Array) -> Array:
        B, M, D = theta.shape
        p = self._chances(np.matmul(theta, self.X.T))
        own = self._chances(np.einsum("bmd,bd->bm", theta, x))
        gradient = np.matmul(p - self.targets, self.X) + (own - y)[:, :, None] * x[:, None, :]
        gradient = self.C * gradient + self.penalty * theta
        weights = -p[:, :, None] * p[:, None] + np.eye(M)[:, :, None] * p[:, None]
        own_weights = -own[:, :, None] * own[:, None] + np.eye(M) * own[:, None]
        hessian = (weights.reshape(B * M * M, -1) @ self.outer).reshape(B, M, M, D, D)
        hessian += own_weights[..., None, None] * (x[:, :, None] * x[:, None, :])[:, None, None]
        flat = self.C * hessian.transpose(0, 1, 3, 2, 4).reshape(B, M * D, M * D)
        flat[:, np.arange(M * D), np.arange(M * D)] += self.penalty.ravel() + 1e-12
        solved = np.linalg.solve(flat, gradient.reshape(B, M * D, 1))
        return np.asarray(solved.reshape(B, M, D))
