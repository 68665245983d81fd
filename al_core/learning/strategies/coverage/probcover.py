"""ProbCover: rows whose neighbourhoods cover most of what is not covered yet."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from al_core.errors import StrategyError
from al_core.learning.querying.distances import Points, best, nearest_squared, sample_rows, space
from al_core.learning.querying.keywords import params
from al_core.learning.querying.strategy import Query, strategy
from al_core.learning.strategies.coverage._clusters import k_means


@strategy(
    "probcover",
    title="Rows that stand for the most others",
    kind="set",
    deterministic=False,
    max_pool=500_000,
    paper="Yehuda, Dekel, Hacohen, Weinshall 2022, Active Learning Through a Covering Lens",
    menu=False,
    needs_model=False,
    answers=("classes", "numbers", "tags"),
)
def probcover(query: Query) -> NDArray[np.intp]:
    """Picks rows whose balls of radius delta hold the most rows not covered yet.

    Formula: greedily ``argmax_x #{u not covered: |x - u| <= delta}``; a row is covered within delta
    of a labelled or picked one. Keywords: delta (None: the largest radius at which alpha, 0.95, of
    the rows have only rows of their own k-means group around them, k the number of classes,
    measured on 2,000 rows), sample (20,000 rows that are to be covered; None: all). Once all is
    covered the rest is drawn by lot. Looks at no model. Cost: O(n s d) in blocks for s sampled
    rows, once and again for each row as it becomes covered. No graph is kept.

    The row 1 covers 0, 1 and 2 within delta 1:

    >>> X = np.array([[0.0], [1.0], [2.0], [9.0]])
    >>> probcover(Query(None, X, n_instances=2, params={"delta": 1.0}))
    array([1, 3])
    """
    given = params(query, delta=None, alpha=0.95, sample=20_000)
    points, labelled = space(query)
    delta = given["delta"]
    if delta is None:
        n_classes = 2 if query.classes is None else max(2, len(query.classes))
        delta = pure_radius(points, n_classes, float(given["alpha"]), query.rng)
    if float(delta) < 0:
        raise StrategyError(f"delta is {delta}; it is a radius and must be 0 or more.")
    # A hair wider, so that rounding does not drop a row that lies at delta exactly.
    squared = float(delta) ** 2 * (1.0 + 1e-6)
    targets = points[sample_rows(len(points), given["sample"], query.rng)]
    open_ = nearest_squared(targets, labelled) > squared
    counts = _count_within(points, targets[np.flatnonzero(open_)], squared)
    return _greedy(points, targets, open_, counts, squared, query)


def _greedy(
    points: Points,
    targets: Points,
    open_: NDArray[np.bool_],
    counts: NDArray[np.int64],
    squared: float,
    query: Query,
) -> NDArray[np.intp]:
    taken = np.zeros(len(points), dtype=bool)
    picks: list[int] = []
    for _ in range(query.n_instances):
        picks.append(best(counts, taken, query.rng))
        taken[picks[-1]] = True
        near = targets.squared_to(points[[picks[-1]]])[:, 0] <= squared
        now = np.flatnonzero(open_ & near)
        counts = counts - _count_within(points, targets[now], squared)
        open_[now] = False
    return np.asarray(picks, dtype=np.intp)


def _count_within(points: Points, others: Points, squared: float) -> NDArray[np.int64]:
    """How many of ``others`` lie within the radius of each point, (n,)."""
    counts = np.zeros(len(points), dtype=np.int64)
    if len(others):
        for rows in points.blocks(len(others)):
            counts[rows] = np.count_nonzero(points[rows].squared_to(others) <= squared, axis=1)
    return counts


def pure_radius(points: Points, k: int, alpha: float, rng: np.random.Generator) -> float:
    """Largest radius at which a share ``alpha`` of the rows see none of another group.

    A row is impure at a radius that reaches the nearest row of another group, so the radius is
    the (1 - alpha) quantile of those distances.
    """
    some = points[sample_rows(len(points), 2_000, rng)]
    groups, _ = k_means(some.X, min(k, len(some)), rng)
    reach = np.full(len(some), np.inf)
    for group in np.unique(groups):
        inside, outside = np.flatnonzero(groups == group), np.flatnonzero(groups != group)
        reach[inside] = nearest_squared(some[inside], some[outside])
    radius = np.sqrt(np.quantile(reach, 1.0 - alpha, method="lower"))
    # Strictly inside: at the quantile itself the next row would be impure.
    return float(radius * (1.0 - 1e-3)) if np.isfinite(radius) else 1.0
