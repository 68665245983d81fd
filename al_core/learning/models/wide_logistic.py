"""Logistic regression on far more features than labels, fitted exactly on n x n numbers."""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import NDArray
from sklearn.linear_model import LogisticRegression
from sklearn.utils import check_array

from al_core.learning.matrices import is_sparse

# Measured on random rows, arrays and CSR, of 20 to 200 labels and 5 to 100 times as many features:
# from here on nine answers take mostly a half to a seventh of the time, two about the same, within
# twenty milliseconds; below, there is little to save.
_FEWEST_LABELS, _TIMES_AS_WIDE = 50, 10
# Eigenvalues below this share of the largest are what rounding left of 0 (duplicates among rows).
_NOTHING = 1e-10


def is_wide(estimator: Any, X: Any) -> bool:
    """Whether :func:`fit_wide` gives the fit of ``estimator`` on ``X`` (n, d), and sooner.

    So for a plain logistic regression with its quadratic penalty, from 50 labels on, with ten times
    as many features; subclasses may have changed the fit.
    """
    if type(estimator) is not LogisticRegression or not hasattr(X, "dtype"):
        return False
    params = estimator.get_params()
    plain = params["solver"] == "lbfgs" and not params["l1_ratio"] and not params["warm_start"]
    matrix = is_sparse(X) or isinstance(X, np.ndarray)
    numbers = matrix and X.dtype.char in "fd" and X.ndim == 2
    if not plain or params["penalty"] not in ("deprecated", "l2") or not numbers:
        return False
    n, d = X.shape
    return bool(n >= _FEWEST_LABELS and d >= _TIMES_AS_WIDE * n)


def fit_wide(estimator: Any, X: Any, y: NDArray[Any]) -> Any:
    """``estimator`` fitted on ``X`` (n, d) and ``y`` (n,), as its own ``fit`` would have it.

    The penalty keeps the weights in the span of the rows. In an orthonormal basis of that span,
    from the eigenvectors of the n x n products of rows, the rows have at most n numbers each; the
    penalty is the same there, and so are the weights once they are turned back.

    >>> rows = np.random.default_rng(0).normal(size=(60, 900))
    >>> plain, wide = LogisticRegression(tol=1e-9), LogisticRegression(tol=1e-9)
    >>> y = (rows[:, 0] > 0).astype(int)
    >>> np.allclose(plain.fit(rows, y).coef_, fit_wide(wide, rows, y).coef_, atol=1e-6)
    True
    """
    exact = check_array(X, accept_sparse="csr", dtype=np.float64)  # refuses gaps
    values, vectors = np.linalg.eigh(_dense(exact @ exact.T))
    kept = values > max(values[-1], 0.0) * _NOTHING
    lengths, vectors = np.sqrt(values[kept]), vectors[:, kept]
    if not len(lengths):
        return estimator.fit(X, y)
    estimator.fit(vectors * lengths, y)
    turned = (exact.T @ (vectors @ (estimator.coef_ / lengths).T)).T
    estimator.coef_ = np.ascontiguousarray(turned, dtype=X.dtype)
    estimator.intercept_ = estimator.intercept_.astype(X.dtype)
    estimator.n_features_in_ = X.shape[1]
    return estimator


def _dense(products: Any) -> NDArray[np.float64]:
    return np.asarray(products.toarray() if is_sparse(products) else products)
