"""Intervals around scores measured on a random sample, checked for coverage by simulation."""

from __future__ import annotations

import math
from collections.abc import Callable
from statistics import NormalDist

import numpy as np
from numpy.typing import NDArray

from al_core.learning.scoring.confusion_scores import balanced_accuracy, f1_macro

# A choice: steady ends of a range against time; how often it holds is in docs/decisions.md.
_DRAWS = 2_000
# Draws of confusion cells in memory at once: fewer draws where there are very many classes.
_CELLS = 4_000_000


def wilson_interval(
    counts: NDArray[np.int64], level: float = 0.95, seed: int = 0
) -> tuple[float, float]:
    """Wilson's score interval of the accuracy (Wilson 1927).

    >>> low, high = wilson_interval(np.diag([42, 42]) + [[0, 8], [8, 0]])
    >>> round(low, 3), round(high, 3)
    (0.756, 0.899)
    """
    n, hits = int(counts.sum()), int(np.trace(counts))
    z = NormalDist().inv_cdf((1 + level) / 2)
    share, wide = hits / n, z * z / n
    middle = (share + wide / 2) / (1 + wide)
    half = z / (1 + wide) * math.sqrt(share * (1 - share) / n + wide / (4 * n))
    return max(0.0, middle - half), min(1.0, middle + half)


def balanced_interval(
    counts: NDArray[np.int64], level: float = 0.95, seed: int = 0
) -> tuple[float, float]:
    """Interval of the mean recall over all classes, from draws of each class's recall."""
    rng = np.random.default_rng([seed, 1])
    hits, total = np.diag(counts), counts.sum(axis=1)
    low, high = (_recalls(hits, total, _DRAWS, up, rng).mean(axis=1) for up in (False, True))
    return _bounds(low, high, level, balanced_accuracy, counts)


def f1_interval(
    counts: NDArray[np.int64], level: float = 0.95, seed: int = 0
) -> tuple[float, float]:
    """Interval of F1 macro over all classes, from draws of the shares of the confusion cells.

    A draw is made of the classes' shares, of their recalls as in ``balanced_interval``, and of
    where the wrong answers of each class go (Dirichlet, one row spread evenly over them as prior).
    """
    rng = np.random.default_rng([seed, 2])
    k = len(counts)
    n_draws = max(200, min(_DRAWS, _CELLS // k**2))
    wrong = _wrong_answers(counts, n_draws, rng)
    low, high = (_mean_f1(_cells(counts, wrong, up, rng)) for up in (False, True))
    return _bounds(low, high, level, f1_macro, counts)


def _recalls(
    hits: NDArray[np.int64],
    total: NDArray[np.int64],
    n_draws: int,
    up: bool,
    rng: np.random.Generator,
) -> NDArray[np.float64]:
    """Draws (n_draws, k) of each class's recall, for the upper or the lower end of an interval.

    Each class is drawn by itself, so that a rare one that the model seldom finds is not taken for
    one of the common kind (a hierarchy over classes held the truth in 69 to 88 of 100 there). One
    row is added as prior knowledge: for one class half right (Jeffreys); of k classes 1 - 1/2k of
    it on the side of the end that is looked for, since with more classes a pull to the middle adds
    up (with half a row the truth lay outside in 20 of 100 with ten classes). That lies between
    Jeffreys's interval and that of Clopper and Pearson. Of a class without a row nothing is known:
    always found for the upper end, never for the lower.
    """
    side = 1 - 1 / (2 * len(total))
    right, wrong = (side, 1 - side) if up else (1 - side, side)
    draws = rng.beta(hits + right, total - hits + wrong, size=(n_draws, len(total)))
    return np.asarray(np.where(total > 0, draws, float(up)))


def _cells(
    counts: NDArray[np.int64], wrong: NDArray[np.float64], up: bool, rng: np.random.Generator
) -> NDArray[np.float64]:
    """Draws (n_draws, k, k) of the shares of the confusion cells."""
    n_draws, k, _ = wrong.shape
    total = counts.sum(axis=1)
    recalls = _recalls(np.diag(counts), total, n_draws, up, rng)
    cells = wrong * (1 - recalls)[:, :, None]
    cells[:, np.arange(k), np.arange(k)] = recalls
    return np.asarray(cells * rng.dirichlet(total + 1.0, size=n_draws)[:, :, None])


def _wrong_answers(
    counts: NDArray[np.int64], n_draws: int, rng: np.random.Generator
) -> NDArray[np.float64]:
    """Draws (n_draws, k, k) of the shares of each class's wrong answers; 0 on the diagonal."""
    k = len(counts)
    parts = rng.gamma(counts + 1 / max(k - 1, 1), size=(n_draws, k, k))
    parts[:, np.arange(k), np.arange(k)] = 0.0
    whole = parts.sum(axis=2, keepdims=True)
    return np.asarray(np.divide(parts, whole, out=np.zeros_like(parts), where=whole > 0))


def _mean_f1(cells: NDArray[np.floating] | NDArray[np.int64]) -> NDArray[np.float64]:
    """F1 of each class, averaged: (draws, k, k) -> (draws,)."""
    hits = np.diagonal(cells, axis1=1, axis2=2)
    f1 = 2 * hits / (cells.sum(axis=1) + cells.sum(axis=2))
    return np.asarray(f1.mean(axis=1), dtype=np.float64)


def _bounds(
    low: NDArray[np.float64],
    high: NDArray[np.float64],
    level: float,
    score: Callable[[NDArray[np.int64], float], float],
    counts: NDArray[np.int64],
) -> tuple[float, float]:
    """Percentiles of the draws for each end, opened so far that the score lies between them with a
    class without a row taken as never and as always found."""
    below = min(float(np.quantile(low, (1 - level) / 2)), score(counts, 0.0))
    above = max(float(np.quantile(high, (1 + level) / 2)), score(counts, 1.0))
    return max(0.0, below), min(1.0, above)
