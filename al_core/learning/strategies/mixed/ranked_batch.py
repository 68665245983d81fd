"""Ranked batch: uncertain rows, each unlike what is labelled or picked already."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from al_core.learning.querying.distances import (
    Points,
    best,
    nearest_squared,
    sample_rows,
    space,
    squared_to_row,
)
from al_core.learning.querying.keywords import params
from al_core.learning.querying.strategy import Query, strategy


@strategy(
    "ranked_batch",
    title="Unsure and unlike the rows labelled so far",
    kind="set",
    max_pool=1_000_000,
    paper="Cardoso, Silva, Canuto, Moro, Gonçalves 2017, Ranked Batch-Mode Active Learning",
    menu=False,
    needs_model=False,
)
def ranked_batch(query: Query) -> NDArray[np.intp]:
    """Picks rows that are unlike the labelled ones first and uncertain ones as labels grow.

    Formula: greedily the largest ``a (1 - s) + (1 - a) u`` with s = 1 / (1 + distance to the
    nearest labelled or picked row) (0 where there is none), u = 1 - max_c p(c | x) and
    a = unlabelled / (unlabelled + labelled), both counted after the picks so far. With nothing
    labelled the first pick is the row of the least mean distance to all (to 20,000 drawn ones where
    there are more); without a model all rows are equally unsure. Cost: O(n L d) in blocks for L
    labelled rows, then O(n d) a pick; O(n^2 d) for that first pick.

    Both rows are equally unsure (0.4); a = 2/3, so the far row scores 2/3 * 3/4 + 1/3 * 0.4:

    >>> from al_core.learning.strategies.uncertainty._scores import Known
    >>> X, labelled = np.array([[1.0], [3.0]]), np.array([[0.0]])
    >>> model = Known([[0.6, 0.4]] * 4)
    >>> ranked_batch(Query(model, X, labelled, np.array([0]), n_instances=2))
    array([1, 0])
    """
    params(query)
    points, labelled = space(query)
    unsure = np.ones(len(points))
    if query.model is not None:
        unsure = 1.0 - np.asarray(query.proba, dtype=np.float64).max(axis=1)
    near = nearest_squared(points, labelled)
    taken = np.zeros(len(points), dtype=bool)
    picks: list[int] = []
    if not len(labelled):
        picks.append(best(-_mean_distances(points, query.rng), taken, query.rng))
        taken[picks[-1]] = True
        near = squared_to_row(points, picks[-1])
    while len(picks) < query.n_instances:
        unlabelled = len(points) - len(picks)
        weight = unlabelled / (unlabelled + len(labelled) + len(picks))
        similarity = 1.0 / (1.0 + np.sqrt(near))
        score = weight * (1.0 - similarity) + (1.0 - weight) * unsure
        picks.append(best(score, taken, query.rng))
        taken[picks[-1]] = True
        near = np.minimum(near, squared_to_row(points, picks[-1]))
    return np.asarray(picks, dtype=np.intp)


# A choice: a mean over so many rows is as good as one over a million, and takes a bearable time.
_SAMPLE = 20_000


def _mean_distances(points: Points, rng: np.random.Generator) -> NDArray[np.float64]:
    """Mean distance of each point to all, or to a sample of them, (n,)."""
    some = points[sample_rows(len(points), _SAMPLE, rng)]
    means = np.empty(len(points))
    for rows in points.blocks(len(some)):
        means[rows] = np.sqrt(points[rows].squared_to(some)).mean(axis=1)
    return means
