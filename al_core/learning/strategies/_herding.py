"""Greedy coverage by a Gaussian kernel: what MaxHerding and uncertainty herding share."""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import NDArray

from al_core.learning.strategies._space import Points, best, nearest_squared
from al_core.learning.strategies.base import Query

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
