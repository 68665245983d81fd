"""k-means as several strategies need it: seeded, silent about duplicates, quick on large pools."""

from __future__ import annotations

import warnings
from typing import Any

import numpy as np
from numpy.typing import NDArray
from sklearn.cluster import KMeans, MiniBatchKMeans
from sklearn.exceptions import ConvergenceWarning

from al_core.learning.querying.distances import Points, best

# From here on the centres come from mini batches: the same groups but for a hair, far sooner.
MINI_BATCH_FROM = 20_000


def k_means(
    X: Any, k: int, rng: np.random.Generator, weights: NDArray[Any] | None = None
) -> tuple[NDArray[np.intp], NDArray[Any]]:
    """Group of each row (n,) and the centres (k, d); some groups stay empty among duplicates."""
    seed = int(rng.integers(2**31))
    if X.shape[0] > MINI_BATCH_FROM:
        model = MiniBatchKMeans(k, n_init=1, batch_size=max(1024, 4 * k), random_state=seed)
    else:
        model = KMeans(k, n_init=1, random_state=seed)
    with warnings.catch_warnings():
        # Fewer distinct rows than groups is no fault here: empty groups are passed over.
        warnings.simplefilter("ignore", ConvergenceWarning)
        model.fit(X, sample_weight=weights)
    return np.asarray(model.labels_, dtype=np.intp), np.asarray(model.cluster_centers_)


def nearest_rows(
    points: Points, centres: NDArray[Any], rng: np.random.Generator
) -> NDArray[np.intp]:
    """For each centre in turn the nearest row that is not taken yet, ties by lot: (k,) rows.

    >>> points = Points.of(np.array([[0.0], [1.0], [5.0]]))
    >>> nearest_rows(points, np.array([[4.0], [4.5]]), np.random.default_rng(0))
    array([2, 1])
    """
    taken = np.zeros(len(points), dtype=bool)
    picks: list[int] = []
    for centre in Points.of(np.asarray(centres, dtype=points.X.dtype)).X:
        away = points.squared_to(Points.of(centre[None]))[:, 0]
        picks.append(best(-away, taken, rng))
        taken[picks[-1]] = True
    return np.asarray(picks, dtype=np.intp)


def clustered_picks(
    points: Points, rows: NDArray[np.intp], n: int, rng: np.random.Generator, weights: Any = None
) -> NDArray[np.intp]:
    """``n`` of ``rows``, one nearest the centre of each of n groups, largest group first."""
    some = points[rows]
    groups, centres = k_means(some.X, n, rng, weights)
    sizes = np.bincount(groups, minlength=n)
    order = np.argsort(-sizes, kind="stable")
    return rows[nearest_rows(some, centres[order], rng)]
