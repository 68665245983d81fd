"""A matrix that worker processes read from one place instead of getting a copy each."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

import numpy as np
from scipy import sparse

from al_core.learning.matrices import Matrix, is_sparse

_PARTS = ("data", "indices", "indptr")


@dataclass(frozen=True)
class Shared:
    """Where a matrix lies: memory-mapped files of this machine, or (a frame) the thing itself."""

    paths: tuple[str, ...] = ()
    shape: tuple[int, ...] = ()
    value: Matrix = None

    def open(self) -> Matrix:
        """The matrix; from files, mapped once a process and read-only."""
        return self.value if not self.paths else _mapped(self.paths, self.shape)


def share(X: Matrix, folder: Path, name: str) -> Shared:
    """Lay ``X`` down in ``folder``: arrays as one file, CSR as three, frames stay as they are."""
    if isinstance(X, np.ndarray) and X.dtype != object:
        return Shared(_save([X], folder, name), X.shape)
    if is_sparse(X):
        return Shared(_save([getattr(X, part) for part in _PARTS], folder, name), X.shape)
    return Shared(value=X)


def _save(arrays: Sequence[np.ndarray], folder: Path, name: str) -> tuple[str, ...]:
    paths = tuple(str(folder / f"{name}-{i}.npy") for i in range(len(arrays)))
    for path, array in zip(paths, arrays, strict=True):
        np.save(path, array, allow_pickle=False)
    return paths


@lru_cache(maxsize=4)
def _mapped(paths: tuple[str, ...], shape: tuple[int, ...]) -> Matrix:
    arrays = [np.load(path, mmap_mode="r", allow_pickle=False) for path in paths]
    return (
        arrays[0]
        if len(arrays) == 1
        else sparse.csr_matrix(tuple(arrays), shape=(shape[0], shape[1]))
    )
