"""TypiClust: the most typical row of each group that has no label yet."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from al_core.learning.querying.dense_or_csr import stack
from al_core.learning.querying.distances import Points, best, sample_rows, space
from al_core.learning.querying.keywords import params
from al_core.learning.querying.strategy import Query, strategy
from al_core.learning.strategies.coverage._clusters import k_means

Array = NDArray[np.float64]


@strategy(
    "typiclust",
    title="The most typical rows of groups not asked yet",
    kind="set",
    deterministic=False,
    max_pool=500_000,
    paper="Hacohen, Dekel, Weinshall 2022, Active Learning on a Budget: Opposite Strategies Suit "
    "High and Low Budgets",
    needs_model=False,
    answers=("classes", "numbers", "tags"),
)
def typiclust(query: Query) -> NDArray[np.intp]:
    """Picks the most typical row from the largest groups that hold no labelled row: a good start.

    Formula: k-means into labelled + n_instances groups (at most max_clusters, 500); in the largest
    group with the fewest labelled or picked rows, the row of highest ``1 / mean distance to its 20
    nearest neighbours of the group``. Groups under min_size (5) rows are left out while there are
    others. Keywords: neighbours, max_clusters, min_size, sample (20,000 rows of one group at most).
    Looks at no model. Cost: k-means, and O(g^2 d) for a group of g rows, in blocks.

    Of one group on a line the row with the nearest neighbours is in the middle:

    >>> X = np.array([[0.0], [1.0], [1.1], [1.2], [3.0]])
    >>> typiclust(Query(None, X, params={"neighbours": 2}))
    array([2])
    """
    given = params(query, neighbours=20, max_clusters=500, min_size=5, sample=20_000)
    points, labelled = space(query)
    n_pool = len(points)
    k = min(len(labelled) + query.n_instances, int(given["max_clusters"]), n_pool)
    groups, _ = k_means(stack(points.X, labelled.X), k, query.rng)
    known = np.bincount(groups[n_pool:], minlength=k)
    groups = groups[:n_pool]
    taken = np.zeros(n_pool, dtype=bool)
    picks: list[int] = []
    for _ in range(query.n_instances):
        group = _next_group(groups[~taken], known, k, int(given["min_size"]), query.rng)
        members = np.flatnonzero((groups == group) & ~taken)
        members = members[sample_rows(len(members), int(given["sample"]), query.rng)]
        typical = typicality(points[members], int(given["neighbours"]))
        picks.append(int(members[best(typical, np.zeros(len(members), bool), query.rng)]))
        taken[picks[-1]] = True
        known[group] += 1
    return np.asarray(picks, dtype=np.intp)


def _next_group(
    groups: NDArray[np.intp], known: NDArray[np.intp], k: int, least: int, rng: np.random.Generator
) -> int:
    """The largest group (of free rows) among those with the fewest known rows; ties by lot."""
    sizes = np.bincount(groups, minlength=k)
    able = sizes >= least
    if not able.any():
        able = sizes > 0
    able &= known == known[able].min()
    return best(np.where(able, sizes, -1).astype(np.float64), ~able, rng)


def typicality(points: Points, neighbours: int) -> Array:
    """1 / mean distance to the nearest ``neighbours`` other rows, (n,); 1 for a row by itself.

    >>> typicality(Points.of(np.array([[0.0], [1.0], [3.0]])), 1).round(2)
    array([1. , 1. , 0.5])
    """
    n = len(points)
    if n == 1:
        return np.ones(1)
    k = min(neighbours, n - 1)
    result = np.empty(n)
    for rows in points.blocks(n):
        block = points[rows].squared_to(points)
        block[np.arange(len(block)), np.arange(rows.start, rows.stop)] = np.inf
        nearest = np.partition(block, k - 1, axis=1)[:, :k]
        result[rows] = np.sqrt(nearest).mean(axis=1)
    return 1.0 / np.maximum(result, 1e-7)
