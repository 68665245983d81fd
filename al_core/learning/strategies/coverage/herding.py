"""MaxHerding and uncertainty herding: greedy coverage of the pool by a Gaussian kernel."""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import NDArray

from al_core.learning.querying.distances import (
    Points,
    best,
    median_distance,
    nearest_squared,
    sample_rows,
    space,
)
from al_core.learning.querying.keywords import params
from al_core.learning.querying.strategy import Query, strategy
from al_core.learning.strategies.uncertainty._scores import doubts

Array = NDArray[np.float64]
# Bounds that are looked at again in one go.
AT_ONCE = 128


class Coverage:
    """How well labelled and picked rows cover the targets, and what one more row would add.

    ``gain(x) = sum_t w_t max(0, K(x, t) - covered_t)`` with ``K = exp(-|x - t|^2 / 2 s^2)`` only
    falls as more is covered. So gains of earlier picks bound those of later ones, and only the few
    rows at the top have to be computed anew (Minoux 1978).
    """

    def __init__(self, points: Points, targets: Points, weights: Array, width: float) -> None:
        self.points, self.targets, self.weights = points, targets, weights
        self.scale = -0.5 / width**2
        self.covered = np.zeros(len(targets), dtype=targets.X.dtype)

    def kernel(self, some: Points) -> NDArray[Any]:
        """K(some, targets), (len(some), len(targets))."""
        block = some.squared_to(self.targets)
        block *= self.scale
        return np.asarray(np.exp(block, out=block))

    def cover_known(self, known: Points) -> None:
        """Count the labelled rows as covering; the kernel falls with distance, so the nearest."""
        near = nearest_squared(self.targets, known)
        self.covered = np.exp(near * self.scale).astype(self.covered.dtype)

    def gains(self, some: Points) -> Array:
        """What each of ``some`` rows would add, (len(some),)."""
        result = np.empty(len(some))
        weights = self.weights.astype(self.covered.dtype)
        for rows in some.blocks(len(self.targets)):
            block = self.kernel(some[rows])
            block -= self.covered
            np.maximum(block, 0, out=block)
            result[rows] = block @ weights
        return result

    def pick(self, n: int, rng: np.random.Generator) -> NDArray[np.intp]:
        """``n`` rows, each the one that adds most after those before it; ties by lot."""
        bounds = self.gains(self.points)
        taken = np.zeros(len(self.points), dtype=bool)
        picks: list[int] = []
        for i in range(n):
            picks.append(best(bounds, taken, rng) if i == 0 else self._lazy(bounds, taken, rng))
            taken[picks[-1]] = True
            reach = self.kernel(self.points[[picks[-1]]])[0]
            np.maximum(self.covered, reach, out=self.covered)
        return np.asarray(picks, dtype=np.intp)

    def _lazy(self, bounds: Array, taken: NDArray[np.bool_], rng: np.random.Generator) -> int:
        """The free row of highest gain; ``bounds`` are corrected in place where looked at."""
        fresh = np.zeros(len(bounds), dtype=bool)
        while True:
            stale = np.where(taken | fresh, -np.inf, bounds)
            top = np.where(fresh, bounds, -np.inf).max()
            # A hair of rounding must not settle between equals before both have been looked at.
            if not stale.max() >= top - 1e-6 * abs(top) or stale.max() <= 0.0:
                return best(bounds, taken, rng)
            rows = np.argpartition(-stale, min(AT_ONCE, len(stale) - 1))[:AT_ONCE]
            rows = np.sort(rows[np.isfinite(stale[rows])])
            bounds[rows] = self.gains(self.points[rows])
            fresh[rows] = True


def herd(
    query: Query, points: Points, known: Points, targets: Points, weights: Array, width: float
) -> NDArray[np.intp]:
    """The query's number of picks by greedy coverage of the targets."""
    coverage = Coverage(points, targets, weights, width)
    if len(known):
        coverage.cover_known(known)
    return coverage.pick(query.n_instances, query.rng)


# -- MaxHerding: rows that make the labelled ones resemble the whole pool.


@strategy(
    "max_herding",
    title="Rows that make the labelled ones cover the pool",
    kind="set",
    deterministic=False,
    max_pool=500_000,
    paper="Bae, Noh, Sutherland 2024, Generalized Coverage for More Robust Low-Budget Active "
    "Learning",
    menu=False,
    needs_model=False,
    answers=("classes", "numbers", "tags"),
)
def max_herding(query: Query) -> NDArray[np.intp]:
    """Picks rows so that every pool row has a labelled or picked row that resembles it.

    Formula: greedily maximise ``mean_u max_s exp(-|u - s|^2 / 2 w^2)`` over labelled and picked
    rows s. Keywords: width w (None: the median distance of the pool), sample (20,000 rows u; None:
    all). Looks at no model. Cost: O(n s d) in blocks for s sampled rows once; later picks look at a
    few rows only.

    On a line of five the middle covers most:

    >>> X = np.array([[0.0], [1.0], [2.0], [3.0], [4.0]])
    >>> max_herding(Query(None, X, params={"width": 1.0}))
    array([2])
    """
    given = params(query, width=None, sample=20_000)
    points, labelled = space(query)
    targets = points[sample_rows(len(points), given["sample"], query.rng)]
    width = float(given["width"] or median_distance(points, query.rng))
    weights = np.full(len(targets), 1.0 / len(targets))
    return herd(query, points, labelled, targets, weights, width)


# -- Uncertainty herding: rows that stand for many uncertain ones.


@strategy(
    "uncertainty_herding",
    title="Rows that stand for many unsure ones",
    kind="set",
    deterministic=False,
    max_pool=500_000,
    paper="Bae, Oliveira, Sutherland 2025, Uncertainty Herding: One Active Learning Method for All "
    "Label Budgets",
    menu=False,
)
def uncertainty_herding(query: Query) -> NDArray[np.intp]:
    """Picks rows so that every uncertain row has a labelled or picked row that resembles it.

    Formula: greedily maximise ``mean_u U(u) max_s exp(-|u - s|^2 / 2 w^2)`` with U = 1 - (p1 - p2).
    Keywords: width w (None: half the smaller of the pool's median distance and the median distance
    to the nearest labelled row: with few labels it covers widely, with many it turns into margin
    sampling; the paper shrinks its radius with the labels too), sample (20,000 rows u). Cost: one
    ``predict_proba`` and as ``max_herding``.

    Both ends are alike but for the model's doubt:

    >>> from al_core.learning.strategies.uncertainty._scores import Known
    >>> X = np.array([[0.0], [1.0], [2.0]])
    >>> model = Known([[0.5, 0.5], [0.9, 0.1], [1.0, 0.0]])
    >>> uncertainty_herding(Query(model, X, params={"width": 0.5}))
    array([0])
    """
    given = params(query, width=None, sample=20_000)
    points, labelled = space(query)
    doubt = doubts(query.proba)
    rows = sample_rows(len(points), given["sample"], query.rng)
    width = float(given["width"] or _width(points, labelled, query.rng))
    return herd(query, points, labelled, points[rows], doubt[rows] / len(rows), width)


def _width(points: Points, labelled: Points, rng: np.random.Generator) -> float:
    """Kernel width that shrinks as labelled rows fill the space."""
    wide = median_distance(points, rng)
    if not len(labelled):
        return wide / 2
    some = points[sample_rows(len(points), 500, rng)]
    near = float(np.sqrt(np.median(nearest_squared(some, labelled))))
    return max(min(wide, near) / 2, 1e-3 * wide)
