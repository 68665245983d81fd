"""Which rows to ask to find those with a rare answer: likely and doubtful ones, then likely ones.

A model that has seen few of them is wrong about what they look like: the likely ones alone show the
same kind again and again, the doubtful ones alone find too few.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Literal

import numpy as np
from numpy.typing import ArrayLike, NDArray

SOUGHT = 20
"""Rows of the answer after which rows are asked as usual again; a choice: from about as many on a
model knows what they look like."""
_EVERY = 2  # a choice: before any is found, every second row is one that holds the words

Kind = Literal["likely", "hinted", "torn"]
"""Why a row has its turn: the model thinks it likely, it holds words, or the model is torn."""

# Of each answer, labels from which on likely rows come alone; the one number that was tried, and
# better than taking turns throughout (docs/benchmarks.md).
_ENOUGH = 5


def likely_alone(n_sought: int, n_others: int) -> bool:
    """Whether enough labels of both are known for likely rows to come alone.

    >>> likely_alone(4, 30), likely_alone(5, 30)
    (False, True)
    """
    return min(n_sought, n_others) >= _ENOUGH


def takes_hinted(turn: int) -> bool:
    """Whether a row that holds the words comes next, while no row of the answer was found.

    The others are unusual ones: words that were guessed wrong must not stop the search.

    >>> [takes_hinted(turn) for turn in range(4)]
    [True, False, True, False]
    """
    return turn % _EVERY == 0


def hinted_order(hits: ArrayLike, rng: np.random.Generator) -> NDArray[np.intp]:
    """Places of the rows that hold any of the words, those with the most words first, ties by lot.

    hits: (n,) how many of the words each row holds.

    >>> hinted_order([0, 1, 2, 0], np.random.default_rng(0)).tolist()
    [2, 1]
    """
    many = np.asarray(hits)
    lots = rng.permutation(len(many))
    order = lots[np.argsort(-many[lots], kind="stable")]
    return np.asarray(order[many[order] > 0], dtype=np.intp)


def seeking_turns(
    chances: NDArray[np.floating[Any]],
    answer: int,
    turn: int,
    rng: np.random.Generator,
    hits: ArrayLike | None = None,
    most: int | None = None,
    likely_alone: bool = False,
) -> tuple[NDArray[np.intp], list[Kind]]:
    """``most`` rows (None: all), best first, and the kind of each: likely, hinted, torn, in turn.

    chances: (n, k) the model's probabilities; answer: the sought one's column; hits: (n,) how many
    of the words each row holds, None for no words. turn: which of the kinds begins. Among rows that
    hold words the likely ones come first. Ties fall by lot. likely_alone: no
    other kind than likely ones.

    >>> chances = np.array([[0.9, 0.1], [0.1, 0.9], [0.5, 0.5], [0.4, 0.6]])
    >>> rows, kinds = seeking_turns(chances, 1, 0, np.random.default_rng(0))
    >>> rows.tolist(), kinds
    ([1, 2, 3, 0], ['likely', 'torn', 'likely', 'torn'])
    >>> seeking_turns(chances, 1, 1, np.random.default_rng(0), [1, 0, 0, 0])[0].tolist()
    [0, 2, 1, 3]
    """
    lots = rng.permutation(len(chances))
    sought = chances[lots, answer]
    others = np.delete(chances[lots], answer, axis=1)
    rival = others.max(axis=1) if others.shape[1] else np.zeros(len(sought))
    likely = lots[np.argsort(-sought, kind="stable")]
    torn = lots[np.argsort(np.abs(sought - rival), kind="stable")]
    orders: list[tuple[Kind, NDArray[np.intp]]] = [("likely", likely), ("torn", torn)]
    if likely_alone:
        del orders[1:]
    elif hits is not None and np.any(hits):
        orders.insert(1, ("hinted", likely[np.asarray(hits)[likely] > 0]))
    first = turn % len(orders)
    return _in_turn([*orders[first:], *orders[:first]], len(chances), most)


def _in_turn(
    orders: Sequence[tuple[Kind, NDArray[np.intp]]], n: int, most: int | None
) -> tuple[NDArray[np.intp], list[Kind]]:
    """One of each order after the other, each of the ``n`` rows once."""
    taken = np.zeros(n, dtype=bool)
    waiting = [(kind, iter(order.tolist())) for kind, order in orders]
    found: list[tuple[int, Kind]] = []
    wanted = n if most is None else min(n, most)
    while waiting and len(found) < wanted:
        for one in list(waiting):
            row = next((row for row in one[1] if not taken[row]), None)
            if row is None:
                waiting.remove(one)
                continue
            taken[row] = True
            found.append((row, one[0]))
    found = found[:wanted]
    return np.asarray([row for row, _ in found], dtype=np.intp), [kind for _, kind in found]
