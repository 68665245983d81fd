"""Greedy sampling: rows far from the labelled ones, in their columns, their number, or both."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
from numpy.typing import NDArray

from al_core.learning.querying.distances import Points, best, space, squared_to_row
from al_core.learning.querying.keywords import needs_labels, params
from al_core.learning.querying.strategy import Query, strategy
from al_core.learning.strategies.coverage.core_set import farthest_first
from al_core.learning.strategies.regression._moments import predicted

Array = NDArray[np.float64]
_PAPER = "Wu, Lin, Huang 2019, Active Learning for Regression Using Greedy Sampling"


@strategy(
    "greedy_x",
    title="Far from the labelled rows",
    kind="set",
    max_pool=2_000_000,
    paper=f"{_PAPER} (GSx); Yu, Kim 2010, Passive Sampling for Regression",
    menu=False,
    needs_model=False,
    answers=("numbers",),
)
def greedy_x(query: Query) -> NDArray[np.intp]:
    """Picks, one after the other, the row whose columns are farthest from all known rows.

    Formula: greedily ``argmax_x min_m |x - x_m|`` over labelled and picked rows m. With nothing
    labelled the first pick is the row nearest the middle. Looks at no model. Cost: O(n L d) in
    blocks for L labelled rows, then O(n d) a pick.

    >>> X = np.array([[1.0], [4.0], [9.0], [8.0]])
    >>> greedy_x(Query(None, X, np.array([[0.0]]), np.array([0.5]), n_instances=2))
    array([2, 1])
    """
    params(query)
    points, labelled = space(query)
    return farthest_first(points, labelled, query.n_instances, query.rng)


@strategy(
    "greedy_y",
    title="Numbers unlike those labelled",
    kind="set",
    max_pool=2_000_000,
    paper=f"{_PAPER} (GSy)",
    menu=False,
    answers=("numbers",),
)
def greedy_y(query: Query) -> NDArray[np.intp]:
    """Picks, one after the other, the row whose predicted number is farthest from all known ones.

    Formula: greedily ``argmax_x min_m |f(x) - y_m|`` over labelled rows m and picked ones, whose
    number is the predicted one. Cost: one prediction and O(n log L), then O(n) a pick.

    Predicted 1, 5 and 9 beside the labels 0 and 10: 5 is farthest from both.

    >>> from al_core.learning.strategies.regression._moments import KnownMoments
    >>> model, X = KnownMoments([1.0, 5.0, 9.0]), np.array([[0.0], [1.0], [2.0]])
    >>> greedy_y(Query(model, X, np.array([[0.0], [1.0]]), np.array([0.0, 10.0])))
    array([1])
    """
    params(query)
    needs_labels(query)
    guess = predicted(query.model, query.X_pool)
    known = np.sort(np.asarray(query.y_labelled, dtype=np.float64))
    place = np.clip(np.searchsorted(known, guess), 1, max(1, len(known) - 1))
    near = np.abs(guess - known[place - 1])
    near = np.minimum(near, np.abs(guess - known[np.minimum(place, len(known) - 1)]))
    return _greedily(query, near, lambda row: np.abs(guess - guess[row]))


@strategy(
    "greedy_xy",
    title="Rows and numbers unlike those labelled",
    kind="set",
    max_pool=2_000_000,
    paper=f"{_PAPER} (iGS)",
    menu=False,
    answers=("numbers",),
)
def greedy_xy(query: Query) -> NDArray[np.intp]:
    """Picks, one after the other, the row that is far from known rows in columns and number.

    Formula: greedily ``argmax_x min_m |x - x_m| |f(x) - y_m|`` over labelled rows m and picked
    ones, whose number is the predicted one. Cost: one prediction and O(n L d) in blocks for L
    labelled rows, then O(n d) a pick.

    Row 0 is 1 from the labelled row and its number 1 from it (1); row 1 is 2 and 3 away (6):

    >>> from al_core.learning.strategies.regression._moments import KnownMoments
    >>> model, X = KnownMoments([0.0, 1.0, 3.0]), np.array([[1.0], [2.0]])
    >>> greedy_xy(Query(model, X, np.array([[0.0]]), np.array([0.0])))
    array([1])
    """
    params(query)
    needs_labels(query)
    points, labelled = space(query)
    guess = predicted(query.model, query.X_pool)
    near = _nearest_products(points, labelled, guess, np.asarray(query.y_labelled))

    def away(row: int) -> Array:
        return np.asarray(np.sqrt(squared_to_row(points, row)) * np.abs(guess - guess[row]))

    return _greedily(query, near, away)


def _nearest_products(points: Points, known: Points, guess: Array, y: NDArray[np.float64]) -> Array:
    """Smallest product of the two distances of each point to a known row, (n,)."""
    near = np.empty(len(points))
    for rows in points.blocks(len(known)):
        gaps = np.abs(guess[rows, None] - y[None, :])
        near[rows] = (np.sqrt(points[rows].squared_to(known)) * gaps).min(axis=1)
    return near


def _greedily(query: Query, near: Array, away: Callable[[int], Array]) -> NDArray[np.intp]:
    """The batch: the row farthest from all known ones, which counts as known for the next pick."""
    taken = np.zeros(len(near), dtype=bool)
    picks: list[int] = []
    for _ in range(query.n_instances):
        picks.append(best(near, taken, query.rng))
        taken[picks[-1]] = True
        near = np.minimum(near, away(picks[-1]))
    return np.asarray(picks, dtype=np.intp)
