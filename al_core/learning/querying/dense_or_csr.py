"""The few things that dense arrays and CSR matrices do differently, in one place."""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import NDArray
from scipy import sparse


def is_sparse(X: Any) -> bool:
    """Whether X is a scipy sparse matrix or array."""
    return bool(sparse.issparse(X))


def dense(X: Any) -> NDArray[Any]:
    """X as an array."""
    return np.asarray(X.toarray() if is_sparse(X) else X)


def as_floats(X: Any) -> Any:
    """X in float32 or float64: squares of small whole numbers and of float16 would overflow.

    >>> as_floats(np.array([[200]], dtype=np.uint8)) ** 2
    array([[40000.]])
    """
    return X if X.dtype.char in "fd" else X.astype(np.float64)


def row_squares(X: Any) -> NDArray[Any]:
    """Squared length of each row, (n,).

    >>> row_squares(np.array([[3.0, 4.0], [0.0, 1.0]]))
    array([25.,  1.])
    """
    X = as_floats(X)
    if is_sparse(X):
        return np.asarray(X.multiply(X).sum(axis=1)).ravel()
    return np.asarray(np.einsum("ij,ij->i", X, X))


def stack(A: Any, B: Any) -> Any:
    """A above B; CSR where either is sparse."""
    if is_sparse(A) or is_sparse(B):
        return sparse.vstack([A, B], format="csr")
    return np.vstack([A, B])
