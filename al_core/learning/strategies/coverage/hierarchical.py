"""Hierarchical sampling: a cluster tree is cut where labels show that its groups are not pure."""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import NDArray
from scipy import sparse

from al_core.learning.querying.dense_or_csr import dense, stack
from al_core.learning.querying.distances import space
from al_core.learning.querying.keywords import params
from al_core.learning.querying.strategy import Query, strategy
from al_core.learning.strategies.coverage._clusters import k_means
from al_core.learning.strategies.coverage._tree import ClusterTree

# The tree needs all pairs of its leaves; larger pools are first put into this many groups.
MAX_LEAVES = 1_000


@strategy(
    "hierarchical",
    title="From groups that labels show to be mixed",
    kind="set",
    deterministic=False,
    max_pool=500_000,
    paper="Dasgupta, Hsu 2008, Hierarchical Sampling for Active Learning",
    menu=False,
    needs_model=False,
)
def hierarchical(query: Query) -> NDArray[np.intp]:
    """Draws rows from the groups of a cluster tree that are least known to be pure.

    Formula: a Ward tree of pool and labelled rows is cut where the parts' estimated errors are
    smaller than the whole's (with the paper's confidence bounds); a group v of the cut is drawn
    with chance proportional to ``w_v (1 - lower bound of its majority share)``, w_v its share of
    the pool, and then a row of it by lot. Keyword: leaves (1,000; larger pools are first put into
    so many k-means groups). Looks at no model. Cost: O(leaves^2 d), and k-means where it is needed.

    The three labelled rows of the left group agree, the right one has none, so it is asked:

    >>> X = np.array([[0.3], [9.0], [9.1], [9.2], [9.3]])
    >>> labelled = np.array([[0.0], [0.1], [0.2]])
    >>> bool(hierarchical(Query(None, X, labelled, np.array(["a", "a", "a"])))[0] > 0)
    True
    """
    given = params(query, leaves=MAX_LEAVES)
    points, labelled = space(query)
    n_pool, n = len(points), query.n_instances
    leaf = _leaves(query, points, labelled, int(given["leaves"]))
    y = np.empty(0) if query.y_labelled is None else np.asarray(query.y_labelled)
    classes, codes = np.unique(y, return_inverse=True)
    counts = np.zeros((leaf.max() + 1, max(1, len(classes))))
    np.add.at(counts, (leaf[n_pool:], codes), 1.0)
    tree = ClusterTree(_middles(points, labelled, leaf), np.bincount(leaf), counts)
    group = tree.cut()[leaf[:n_pool]]
    chance = tree.doubt()[group]
    return _draw(group, chance, n, query.rng)


def _leaves(query: Query, points: Any, labelled: Any, limit: int) -> NDArray[np.intp]:
    """Leaf of each row, pool first; every row its own leaf where that is affordable."""
    n = len(points) + len(labelled)
    if n <= limit:
        return np.arange(n)
    groups, _ = k_means(stack(points.X, labelled.X), limit, query.rng)
    return np.unique(groups, return_inverse=True)[1].astype(np.intp)


def _middles(points: Any, labelled: Any, leaf: NDArray[np.intp]) -> NDArray[np.float64]:
    """Mean of the rows of each leaf, dense (leaves, d)."""
    X = stack(points.X, labelled.X)
    n = len(leaf)
    member = sparse.csr_matrix((np.ones(n), (leaf, np.arange(n))), shape=(leaf.max() + 1, n))
    return np.asarray(dense(member @ X) / np.bincount(leaf)[:, None], dtype=np.float64)


def _draw(
    group: NDArray[np.intp], chance: NDArray[np.float64], n: int, rng: np.random.Generator
) -> NDArray[np.intp]:
    """``n`` distinct rows; a group's ``chance`` is shared out among its free rows.

    A group with no doubt left keeps a hair of a chance, so that a batch is always filled.
    """
    picks: list[int] = []
    free = np.ones(len(group), dtype=bool)
    for _ in range(n):
        sizes = np.bincount(group[free], minlength=group.max() + 1)
        share = np.where(free, (chance + 1e-12) / np.maximum(sizes[group], 1), 0.0)
        picks.append(int(rng.choice(len(group), p=share / share.sum())))
        free[picks[-1]] = False
    return np.asarray(picks, dtype=np.intp)
