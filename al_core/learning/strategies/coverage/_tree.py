"""A binary cluster tree with labels at its leaves, and where to cut it (Dasgupta, Hsu 2008)."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray
from scipy.cluster.hierarchy import linkage

Array = NDArray[np.float64]


class ClusterTree:
    """Ward tree over leaves with weights and label counts.

    middles: (m, d), sizes: (m,) rows a leaf, counts: (m, k) labels seen of each class. Node i < m
    is leaf i; node m + j is the j-th merge; the last node is the root.
    """

    def __init__(self, middles: Array, sizes: NDArray[np.intp], counts: Array) -> None:
        m = len(middles)
        merges = linkage(middles, "ward")[:, :2].astype(np.intp) if m > 1 else np.empty((0, 2), int)
        self.children = merges
        self.n_leaves = m
        self.sizes = np.concatenate([sizes.astype(np.float64), np.zeros(m - 1)])
        self.counts = np.concatenate([counts, np.zeros((m - 1, counts.shape[1]))])
        for j, (a, b) in enumerate(merges):
            self.sizes[m + j] = self.sizes[a] + self.sizes[b]
            self.counts[m + j] = self.counts[a] + self.counts[b]
        self.share, self.lower, self.upper = bounds(self.counts, self.sizes)

    def cut(self) -> NDArray[np.intp]:
        """The node of the best pruning that holds each leaf, (m,)."""
        split = self._split()
        owner = np.full(len(self.sizes), -1, dtype=np.intp)
        owner[-1] = len(self.sizes) - 1
        for node in range(len(self.sizes) - 1, self.n_leaves - 1, -1):
            a, b = self.children[node - self.n_leaves]
            goes_on = owner[node] == node and split[node]
            owner[a], owner[b] = (a, b) if goes_on else (owner[node], owner[node])
        return owner[: self.n_leaves]

    def doubt(self) -> Array:
        """Weight of each node times one minus the lower bound of its majority's share."""
        return np.asarray(self.sizes * (1.0 - self.lower.max(axis=1)))

    def _split(self) -> NDArray[np.bool_]:
        """Nodes whose two parts together have a smaller estimated error than the node."""
        error = self._errors()
        split = np.zeros(len(error), dtype=bool)
        for j, (a, b) in enumerate(self.children):
            node = self.n_leaves + j
            parts = (self.sizes[a] * error[a] + self.sizes[b] * error[b]) / self.sizes[node]
            if parts < error[node]:
                split[node], error[node] = True, parts
        return split

    def _errors(self) -> Array:
        """1 - share of the best admissible label of each node; 1 where none is admissible.

        A label is admissible where it is surely at most twice as wrong as any other.
        """
        k = self.share.shape[1]
        if k == 1:
            return np.asarray(1.0 - self.lower[:, 0])
        error = np.ones(len(self.share))
        for c in range(k):
            others = np.delete(self.upper, c, axis=1).max(axis=1)
            admissible = 1.0 - self.lower[:, c] < 2.0 * (1.0 - others)
            error = np.where(admissible, np.minimum(error, 1.0 - self.share[:, c]), error)
        return error


def bounds(counts: Array, sizes: Array) -> tuple[Array, Array, Array]:
    """Share of each label and its bounds: share -/+ (1/n + sqrt(share (1 - share) / n)).

    The bound narrows with the part of the node that has been labelled; nothing seen: 0 to 1.

    >>> share, low, high = bounds(np.array([[4.0, 0.0]]), np.array([100.0]))
    >>> low.round(2), high.round(2)
    (array([[0.76, 0.  ]]), array([[1.  , 0.24]]))
    """
    n = counts.sum(axis=1, keepdims=True)
    share = np.divide(counts, n, out=np.zeros_like(counts), where=n > 0)
    unseen = 1.0 - np.minimum(n / np.maximum(sizes[:, None], 1.0), 1.0)
    safe = np.maximum(n, 1.0)
    width = unseen / safe + np.sqrt(unseen * share * (1.0 - share) / safe)
    low = np.where(n > 0, np.maximum(share - width, 0.0), 0.0)
    high = np.where(n > 0, np.minimum(share + width, 1.0), 1.0)
    return share, low, high
