"""One project: rows set aside, rows asked by margin, and every model on the way."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from al_core.learning import Asking, Rows, ask, class_probabilities, fit_model
from al_core.learning import Known as Knows
from al_core.learning.models.threads import one_thread
from benchmarks.played.sets import Known

# Choices: ten random first rows (at least two answers), a model every five labels as in the app.
FIRST, EVERY = 10, 5


@dataclass(frozen=True)
class Split:
    """Rows of the project, those of its check rows in order, and rows that it never sees."""

    pool: Rows
    check: Rows
    world: Rows


@dataclass(frozen=True)
class Stop:
    """A model on the way: what it says of every row, (n,), and how much it doubts, (n,)."""

    n_labels: int
    guesses: NDArray[np.str_]
    doubt: NDArray[np.float64]


@dataclass(frozen=True)
class Played:
    """A project that was played: rows in the order they were asked, and a model every 5 labels."""

    known: Known
    split: Split
    order: Rows
    stops: list[Stop]

    def at(self, n_labels: int) -> Stop:
        """The model that was there after so many labels."""
        return [one for one in self.stops if one.n_labels <= n_labels or one is self.stops[0]][-1]

    def truth(self, stop: Stop, rows: Rows | None = None) -> float:
        """The share of rows that a model has right; by default of those that it never saw."""
        rows = self.split.world if rows is None else rows
        return float((stop.guesses[rows] == self.known.y[rows]).mean())


def split(known: Known, seed: int, world: float = 0.5) -> Split:
    """Half of the rows are the world; of the other half a quarter are check rows."""
    n = len(known.y)
    rows = np.random.default_rng([seed, 91]).permutation(n)
    outside, inside = rows[: round(world * n)], rows[round(world * n) :]
    n_check = len(inside) // 4
    return Split(np.sort(inside[n_check:]), inside[:n_check], np.sort(outside))


def first_rows(known: Known, pool: Rows, seed: int) -> Rows:
    """Random rows until two answers are among them, ten at least."""
    order = np.random.default_rng([seed, 92]).permutation(pool)
    n = FIRST
    while len(set(known.y[order[:n]].tolist())) < 2:
        n += 1
    return order[:n]


def play(
    known: Known, seed: int, budget: int, strategy: str = "margin", world: float = 0.5
) -> Played:
    """Play a project to ``budget`` labels; every model says its guess of every row."""
    parts = split(known, seed, world)
    order, stops = first_rows(known, parts.pool, seed), list[Stop]()
    classes, budget = np.unique(known.y), min(budget, len(parts.pool))
    while True:
        rows, estimator = np.sort(order), known.estimator(seed)
        with one_thread():
            model = fit_model(estimator, known.X[rows], known.y[rows], seed)
            chances = class_probabilities(model, known.X)
            names = np.asarray(model.classes_, dtype=np.str_)
            stops.append(Stop(len(rows), names[chances.argmax(axis=1)], _entropy(chances)))
            n = min(EVERY, budget - len(rows))
            if n <= 0:
                return Played(known, parts, order, stops)
            knows = Knows(model, known.X[rows], known.y[rows], classes, estimator)
            free = np.setdiff1d(parts.pool, order)
            new, _ = ask(known.X, knows, Asking(strategy, seed), candidates=free, n=n)
        order = np.concatenate([order, new])


def _entropy(chances: NDArray[Any]) -> NDArray[np.float64]:
    """Of each row, between 0 and 1."""
    safe = np.clip(chances.astype(np.float64), 1e-12, 1.0)
    return np.asarray(-(safe * np.log(safe)).sum(axis=1) / np.log(max(2, chances.shape[1])))
