"""From vectors of texts to a few features that stand beside their letters."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, Self

import numpy as np
from numpy.typing import NDArray
from sklearn.base import BaseEstimator, TransformerMixin

# Chosen on other seeds than those that docs/benchmarks.md reports: the number of components, and
# the mean length of a row beside letters of length 4.
COMPONENTS = 16
LENGTH = 8.0
# Rows held at once as 64-bit floats (40 MB); a choice, which trades calls against memory.
_CHUNK = 10_000


class MeaningSpace(TransformerMixin, BaseEstimator):  # type: ignore[misc]
    """Centred vectors, their first 16 principal components, scaled to a mean row length of 8.

    Fitted once, on all texts of a table or a sample of them, and never refitted while a project
    runs: what was learned would mean something else.
    """

    def __init__(self, components: int = COMPONENTS, length: float = LENGTH) -> None:
        self.components = components
        self.length = length

    def fit(self, vectors: NDArray[np.float32], y: object = None) -> Self:
        """Learn middle, components and scale of (n, d) vectors."""
        n, d = vectors.shape
        self.middle_ = sum(part.sum(axis=0) for part in _parts(vectors)) / n
        # Of the d x d products of columns: as many rows as there are cost no more memory.
        products = np.zeros((d, d))
        for part in _parts(vectors):
            products += (part - self.middle_).T @ (part - self.middle_)
        n_components = max(1, min(self.components, n, d))
        directions = np.linalg.eigh(products)[1][:, ::-1][:, :n_components]
        # Either sign is right; one of them is taken, so that the same texts give the same features.
        largest = directions[np.abs(directions).argmax(axis=0), np.arange(n_components)]
        self.directions_ = directions * np.where(largest < 0, -1.0, 1.0)
        self.scale_ = 1.0
        lengths = [np.linalg.norm(self.transform(part), axis=1) for part in _parts(vectors)]
        self.scale_ = self.length / (float(np.concatenate(lengths).mean()) or 1.0)
        return self

    def transform(self, vectors: NDArray[np.floating[Any]]) -> NDArray[np.float32]:
        """(n, 16) features; fewer where the texts were fewer."""
        features = (vectors - self.middle_) @ self.directions_ * self.scale_
        return np.asarray(features, dtype=np.float32)

    def get_feature_names_out(self, names: Any = None) -> NDArray[np.object_]:
        """``meaning 1`` and so on."""
        n = self.directions_.shape[1]
        return np.asarray([f"meaning {i + 1}" for i in range(n)], dtype=object)


def _parts(vectors: NDArray[np.float32]) -> Iterator[NDArray[np.float64]]:
    """A few rows at a time as 64-bit floats."""
    for start in range(0, len(vectors), _CHUNK):
        yield np.asarray(vectors[start : start + _CHUNK], dtype=np.float64)
