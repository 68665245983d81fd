"""Falcun: uncertain rows about which the model says different things."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from al_core.learning.querying.keywords import params
from al_core.learning.querying.strategy import Query, strategy
from al_core.learning.strategies.uncertainty._scores import margins

Array = NDArray[np.float64]


@strategy(
    "falcun",
    title="Unsure, and unsure in different ways",
    kind="set",
    deterministic=False,
    paper="Gilhuber, Beer, Ma, Seidl 2024, FALCUN: A Simple and Efficient Deep Active Learning "
    "Strategy",
    menu=False,
)
def falcun(query: Query) -> NDArray[np.intp]:
    """Draws uncertain rows whose probabilities differ from those drawn before.

    Formula: draw with chance proportional to ``(u + v)^gamma``, u = 1 - (p1 - p2), v = u at first
    and then the smallest L1 distance between this row's probabilities and u or those of a drawn
    row, stretched to 0..1. Keyword: gamma (10; large: nearly greedy). Cost: one ``predict_proba``
    and O(n k) a pick.

    Only row 1 is in doubt, so it is drawn:

    >>> from al_core.learning.strategies.uncertainty._scores import Known
    >>> falcun(Query(Known([[1.0, 0.0], [0.5, 0.5], [1.0, 0.0]]), np.arange(3)[:, None]))
    array([1])
    """
    gamma = float(params(query, gamma=10.0)["gamma"])
    proba = np.asarray(query.proba, dtype=np.float64)
    doubt = margins(proba)
    np.subtract(1.0, doubt, out=doubt)
    apart = doubt.copy()
    taken = np.zeros(len(proba), dtype=bool)
    picks: list[int] = []
    for _ in range(query.n_instances):
        if picks:
            away = np.abs(proba - proba[picks[-1]]).sum(axis=1)
            apart = _stretched(np.minimum(apart, away))
        picks.append(_draw(relevance(doubt, apart, taken, gamma), query.rng))
        taken[picks[-1]] = True
    return np.asarray(picks, dtype=np.intp)


def relevance(doubt: Array, apart: Array, taken: NDArray[np.bool_], gamma: float) -> Array:
    """Chance of each row to be drawn, (n,); equal chances where nothing is in doubt.

    >>> relevance(np.array([1.0, 0.5]), np.array([1.0, 0.5]), np.array([False, False]), 1.0)
    array([0.66666667, 0.33333333])
    """
    chance = np.where(taken, 0.0, (doubt + apart) ** gamma)
    if chance.sum() <= 0.0:
        chance = (~taken).astype(np.float64)
    return np.asarray(chance / chance.sum())


def _stretched(values: Array) -> Array:
    low, width = values.min(), np.ptp(values)
    return np.asarray((values - low) / width if width > 0 else values - low)


def _draw(chance: Array, rng: np.random.Generator) -> int:
    return int(rng.choice(len(chance), p=chance))
