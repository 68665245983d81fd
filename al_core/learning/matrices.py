"""Rows of whatever a person holds: numpy arrays, CSR matrices, data frames, lists.

Nothing here imports a frame library: frames are known by what they can do.
"""

from __future__ import annotations

import sys
from typing import Any, TypeAlias

import numpy as np
from numpy.typing import NDArray
from scipy import sparse
from sklearn.utils import _safe_indexing

from al_core.errors import PoolError

# An (n, d) array, a CSR matrix or array, or a frame; sequences become arrays at the gate.
Matrix: TypeAlias = Any


def is_sparse(X: Any) -> bool:
    """Whether ``X`` is a SciPy sparse matrix or array."""
    return bool(sparse.issparse(X))


def is_frame(X: Any) -> bool:
    """Whether ``X`` is a data frame: neither an array nor sparse."""
    return not isinstance(X, np.ndarray) and not is_sparse(X)


def as_matrix(X: Any) -> Matrix:
    """``X`` as something with rows: sparse as CSR, lists as arrays, arrays and frames as they are.

    >>> as_matrix([[1, 2], [3, 4]]).shape
    (2, 2)
    """
    if is_sparse(X):
        return X.tocsr()
    return X if hasattr(X, "shape") else np.asarray(X)


def n_rows(X: Matrix) -> int:
    """How many rows ``X`` has."""
    return int(X.shape[0]) if hasattr(X, "shape") else len(X)


def take_rows(X: Matrix, rows: NDArray[np.intp]) -> Matrix:
    """The given rows of ``X`` by position, in the order given, as a copy.

    >>> take_rows(np.array([[1], [2], [3]]), np.array([2, 0]))
    array([[3],
           [1]])
    """
    if isinstance(X, np.ndarray):
        return X[rows]
    return X[rows] if is_sparse(X) else _safe_indexing(X, rows)


def stack_rows(above: Matrix, below: Matrix) -> Matrix:
    """Two matrices of the same kind, one under the other."""
    if is_sparse(above) or is_sparse(below):
        return sparse.vstack([above, below], format="csr")
    if isinstance(above, np.ndarray) and isinstance(below, np.ndarray):
        return np.concatenate([above, below])
    if type(above) is not type(below):
        raise PoolError(
            f"Cannot add rows of a {type(below).__name__} to rows of a {type(above).__name__}. "
            "Give new rows in the same form as the first ones."
        )
    # The frame's own library is loaded already, or there would be no frame.
    library = sys.modules[type(above).__module__.split(".")[0]]
    return library.concat([above, below])


def as_labels(y: Any) -> NDArray[Any]:
    """Labels as a 1-d array; text as numpy text, which is several times faster than objects.

    >>> as_labels(["b", "a"]).dtype.kind
    'U'
    """
    labels = np.asarray(y)
    if labels.ndim == 2 and labels.shape[1] == 1:
        labels = labels[:, 0]
    if labels.ndim == 0:
        labels = labels[None]
    if labels.dtype == object and all(isinstance(label, str) for label in labels):
        return labels.astype(str)
    return labels
