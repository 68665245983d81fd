"""The picture that explains active learning: points in a plane, two learners, one label at a time.

After Settles (2010), "Active Learning Literature Survey", figure 2. Each picture has its points,
model and settings fixed. One learner is fed at random, the other by margin, from the same two
points (one of each answer). Both are scored on new points of the same kind.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray
from sklearn.datasets import make_circles, make_moons
from sklearn.linear_model import LogisticRegression
from sklearn.svm import SVC

from al_core.learning.models.fitting import fit_model
from al_core.learning.simulation.simulate import simulate

# Choices: a cloud that can be looked at, a test steady to a point in 100, answers until both level
# off, and fields to a side of the coloured ground.
N_POINTS, N_TEST, LAST = 400, 1000, 60
GRID = 56
Points = tuple[NDArray[np.float64], NDArray[np.int64]]


@dataclass(frozen=True)
class Picture:
    """One data set of the page: its name, how points are drawn, and the model that learns them."""

    key: str
    title: str
    draw: Callable[[np.random.Generator, int], Points]
    estimator: Any


@dataclass(frozen=True)
class Side:
    """One learner of a picture.

    rows: (LAST,) point numbers in the order they were answered; scores: (LAST - 1,) share of new
    points that are right after 2, 3, ... answers; fields: (LAST - 1, GRID, GRID) int8, the model's
    decision on a grid, above 0 for the second answer; the first axis of the grid is y, upwards.
    """

    rows: NDArray[np.intp]
    scores: NDArray[np.float64]
    fields: NDArray[np.int8]


@dataclass(frozen=True)
class Frames:
    """All that is drawn of one run: points (n, 2), answers (n,) of 0 and 1, and both learners."""

    points: NDArray[np.float64]
    answers: NDArray[np.int64]
    low: tuple[float, float]
    high: tuple[float, float]
    chosen: Side
    random: Side


def _moons(rng: np.random.Generator, n: int) -> Points:
    X, y = make_moons(n, noise=0.15, random_state=int(rng.integers(2**31)))
    return X, y


def _clouds(rng: np.random.Generator, n: int) -> Points:
    y = np.repeat([0, 1], [n // 2, n - n // 2])
    return rng.normal(size=(n, 2)) + np.column_stack([2.0 * y - 1.0, np.zeros(n)]), y


def _rings(rng: np.random.Generator, n: int) -> Points:
    X, y = make_circles(n, noise=0.1, factor=0.5, random_state=int(rng.integers(2**31)))
    return X, y


def _chessboard(rng: np.random.Generator, n: int) -> Points:
    X = rng.uniform(0, 3, size=(n, 2))
    return X, np.floor(X).sum(axis=1).astype(np.int64) % 2


PICTURES: Mapping[str, Picture] = {
    p.key: p
    for p in (
        Picture("moons", "Two moons", _moons, SVC(C=10, gamma=1)),
        Picture("clouds", "Two clouds", _clouds, LogisticRegression()),
        Picture("rings", "Rings", _rings, SVC(C=10, gamma=1)),
        Picture("chessboard", "Chessboard: here it loses", _chessboard, SVC(C=10, gamma=1)),
    )
}


def draw_points(key: str, seed: int) -> tuple[Points, Points, list[int]]:
    """The points of one run, the new points it is scored on, and the two it starts from."""
    rng = np.random.default_rng(seed)
    picture = PICTURES[key]
    points, new = picture.draw(rng, N_POINTS), picture.draw(rng, N_TEST)
    first = [int(rng.choice(np.flatnonzero(points[1] == answer))) for answer in (0, 1)]
    return points, new, first


def run_side(key: str, seed: int, strategy: str, last: int = LAST) -> tuple[NDArray[np.intp], Any]:
    """Play one learner of one run: its rows in order (last,) and its scores (last - 1,).

    The pool is the run's points; the new points follow them as test rows of the same simulation.
    """
    (X, y), (X_new, y_new), first = draw_points(key, seed)
    rounds = simulate(
        np.vstack([X, X_new]),
        np.concatenate([y, y_new]),
        estimator=PICTURES[key].estimator,
        strategy=strategy,
        initial=first,
        budget=last,
        test=np.arange(N_POINTS, N_POINTS + N_TEST),
        seed=seed,
        intervals=False,
    )
    played = list(rounds)
    rows = np.concatenate([r.rows for r in played])
    return rows, np.array([r.score for r in played])


def draw_frames(key: str, seed: int) -> Frames:
    """Everything one run needs to be drawn, for 2 to ``LAST`` answers."""
    (X, y), _, _ = draw_points(key, seed)
    margin = 0.05 * (X.max(axis=0) - X.min(axis=0))
    low, high = X.min(axis=0) - margin, X.max(axis=0) + margin
    plane = _grid(low, high)
    chosen, random = (_side(key, seed, name, X, y, plane) for name in ("margin", "random"))
    corners = [(float(c[0]), float(c[1])) for c in (low, high)]
    return Frames(X, y, corners[0], corners[1], chosen, random)


def _grid(low: NDArray[np.float64], high: NDArray[np.float64]) -> NDArray[np.float64]:
    x, y = (np.linspace(low[i], high[i], GRID) for i in (0, 1))
    return np.column_stack([np.tile(x, GRID), np.repeat(y, GRID)])


def _side(
    key: str,
    seed: int,
    strategy: str,
    X: NDArray[np.float64],
    y: NDArray[np.int64],
    plane: NDArray[np.float64],
) -> Side:
    rows, scores = run_side(key, seed, strategy)
    fields = np.empty((len(scores), GRID, GRID), dtype=np.int8)
    for i in range(len(scores)):
        known = np.sort(rows[: i + 2])
        model = fit_model(PICTURES[key].estimator, X[known], y[known], seed)
        fields[i] = _steps(model.decision_function(plane)).reshape(GRID, GRID)
    return Side(rows, scores, fields)


def _steps(decision: NDArray[np.float64]) -> NDArray[np.int8]:
    """Decisions in 254 steps, never 0, so that the side of the boundary stays what it was.

    >>> _steps(np.array([-9.0, -1e-9, 1e-9, 0.5])).tolist()
    [-127, -1, 1, 64]
    """
    size = np.clip(np.rint(127 * np.abs(decision)), 1, 127)
    signed: NDArray[np.int8] = np.where(decision < 0, -size, size).astype(np.int8)
    return signed
