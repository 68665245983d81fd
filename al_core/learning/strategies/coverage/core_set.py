"""Core-set: rows farthest from everything labelled so far."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from al_core.learning.querying.distances import (
    Points,
    best,
    nearest_squared,
    space,
    squared_to_row,
)
from al_core.learning.querying.keywords import params
from al_core.learning.querying.strategy import Query, strategy


@strategy(
    "core_set",
    title="Least like anything labelled so far",
    kind="set",
    max_pool=2_000_000,
    paper="Sener, Savarese 2018, Active Learning for Convolutional Neural Networks: A Core-Set "
    "Approach",
    needs_model=False,
    answers=("classes", "numbers", "tags"),
)
def core_set(query: Query) -> NDArray[np.intp]:
    """Picks, one after the other, the row farthest from all labelled and picked rows.

    Formula: greedily ``argmax_x min_s |x - s|`` over labelled and picked rows s (k-center greedy).
    With nothing labelled the first pick is the row nearest the middle. Looks at no model. Cost:
    O(n L d) in blocks for L labelled rows, then O(n d) a pick.

    From 0 the farthest row is 9; from 0 and 9 it is 4, four steps from 0:

    >>> X = np.array([[1.0], [4.0], [9.0], [8.0]])
    >>> core_set(Query(None, X, np.array([[0.0]]), np.array(["a"]), n_instances=2))
    array([2, 1])
    """
    params(query)
    points, labelled = space(query)
    return farthest_first(points, labelled, query.n_instances, query.rng)


def farthest_first(
    points: Points, known: Points, n: int, rng: np.random.Generator
) -> NDArray[np.intp]:
    """``n`` rows, each the farthest from ``known`` and the rows before it; ties by lot."""
    near = nearest_squared(points, known)
    if not len(known):
        near = 1.0 / (1.0 + middle_squared(points))
    taken = np.zeros(len(points), dtype=bool)
    picks: list[int] = []
    for _ in range(n):
        picks.append(best(near, taken, rng))
        taken[picks[-1]] = True
        away = squared_to_row(points, picks[-1]).astype(np.float64)
        near = away if not len(known) and len(picks) == 1 else np.minimum(near, away)
    return np.asarray(picks, dtype=np.intp)


def middle_squared(points: Points) -> NDArray[np.float64]:
    """Squared distance of each row to the mean of all, (n,)."""
    middle = np.asarray(points.X.mean(axis=0)).reshape(1, -1)
    products = np.asarray(points.X @ middle.T).ravel()
    return np.maximum(points.squares - 2.0 * products + float((middle**2).sum()), 0.0)
