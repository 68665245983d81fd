"""From vectors of texts to a few features that stand beside their letters."""

from __future__ import annotations

from typing import Any, Self

import numpy as np
from numpy.typing import NDArray
from sklearn.base import BaseEstimator, TransformerMixin

# Chosen on other seeds than those that docs/benchmarks.md reports: the number of components, and
# the mean length of a row beside letters of length 4.
COMPONENTS = 16
LENGTH = 8.0


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
        rows = np.asarray(vectors, dtype=np.float64)
        self.middle_ = rows.mean(axis=0)
        centred = rows - self.middle_
        # Of the d x d products of columns: as many rows as there are cost no more memory.
        directions = np.linalg.eigh(centred.T @ centred)[1]
        n_components = max(1, min(self.components, *rows.shape))
        self.directions_ = directions[:, ::-1][:, :n_components]
        lengths = np.linalg.norm(centred @ self.directions_, axis=1)
        self.scale_ = self.length / (float(lengths.mean()) or 1.0)
        return self

    def transform(self, vectors: NDArray[np.float32]) -> NDArray[np.float32]:
        """(n, 16) features; fewer where the texts were fewer."""
        features = (vectors - self.middle_) @ self.directions_ * self.scale_
        return np.asarray(features, dtype=np.float32)

    def get_feature_names_out(self, names: Any = None) -> NDArray[np.object_]:
        """``meaning 1`` and so on."""
        n = self.directions_.shape[1]
        return np.asarray([f"meaning {i + 1}" for i in range(n)], dtype=object)
