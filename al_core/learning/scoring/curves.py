"""Numbers about learning curves: area, grid, bands, the difference that can be seen."""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import Literal

import numpy as np
from numpy.typing import ArrayLike, NDArray
from scipy import stats

from al_core.errors import SettingsError
from al_core.learning.records import Band

Norm = Literal["range", "points"]

# A choice: steady ends of a band against time.
_RESAMPLES = 2_000


def aubc(n_labels: ArrayLike, scores: ArrayLike, norm: Norm = "range") -> float:
    """Area under the learning curve by the trapezoid rule: the score averaged over the run.

    n_labels: (p,) ascending; scores: (p,). norm "range" divides by the range of labels; "points"
    takes the points one apart and divides by their number, as Lu, Li and Lin (2023) do. A curve of
    one point has its score as area. Raises SettingsError for another norm, no point, or lengths
    that differ.

    >>> aubc([20, 21, 23], [0.5, 0.7, 0.9])
    0.733...
    >>> round(aubc([20, 21, 22], [0.5, 0.7, 0.9], norm="points"), 4)
    0.4667
    """
    x, y = np.asarray(n_labels, dtype=np.float64), np.asarray(scores, dtype=np.float64)
    if x.shape != y.shape or x.ndim != 1 or not len(x):
        raise SettingsError(
            f"Got {x.size} label counts and {y.size} scores. Give one score a label count."
        )
    if norm not in ("range", "points"):
        raise SettingsError(f"There is no norm {norm!r}. Choose 'range' or 'points'.")
    if norm == "points":
        return float(np.trapezoid(y) / len(y))
    return float(np.trapezoid(y, x) / (x[-1] - x[0])) if x[-1] > x[0] else float(y[-1])


def label_grid(first: int, last: int, points: int = 25) -> list[int]:
    """At most ``points`` label counts from ``first`` to ``last``, both included, evenly spread.

    >>> label_grid(10, 50, 5), label_grid(10, 12)
    ([10, 20, 30, 40, 50], [10, 11, 12])
    """
    if last < first:
        return []
    spread = np.linspace(first, last, max(2, min(points, last - first + 1)))
    return sorted({round(float(n)) for n in spread})


def bootstrap_means(
    values: NDArray[np.float64], seed: int = 0, resamples: int = _RESAMPLES
) -> NDArray[np.float64]:
    """Means over the first axis of ``resamples`` bootstrap samples: (resamples, ...)."""
    rng = np.random.default_rng([seed, 41])
    runs = len(values)
    # Counts times values is the sum of each sample: one product instead of a copy a sample.
    counts = rng.multinomial(runs, np.full(runs, 1 / runs), size=resamples)
    return np.tensordot(counts, values, axes=1) / runs


def bootstrap_band(
    name: str,
    n_labels: Sequence[int],
    scores: NDArray[np.float64],
    level: float = 0.95,
    seed: int = 0,
) -> Band:
    """Mean curve over runs with the bootstrap interval of that mean; scores: (runs, points).

    A single run has no spread to show: its band has no width.
    """
    means = bootstrap_means(scores, seed)
    low, high = np.quantile(means, [(1 - level) / 2, (1 + level) / 2], axis=0)
    middle = scores.mean(axis=0)
    return Band(name, np.asarray(n_labels, dtype=np.int64), middle, low, high, len(scores))


def mean_range(
    scores: NDArray[np.float64], limits: tuple[float, float] = (0.0, 1.0), level: float = 0.95
) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """(lower, upper) line about the mean of runs, point by point: Student's range, in ``limits``.

    scores: (runs, points); limits: the lowest and the highest score there can be. The range is
    right for few runs too, where a bootstrap is too narrow. A single run has no spread to show:
    both lines are its own.
    """
    middle, runs = scores.mean(axis=0), len(scores)
    if runs < 2:
        return middle, middle
    half = stats.t.ppf((1 + level) / 2, runs - 1) * scores.std(axis=0, ddof=1) / math.sqrt(runs)
    return np.clip(middle - half, *limits), np.clip(middle + half, *limits)


def mean_band(
    name: str,
    n_labels: Sequence[int],
    scores: NDArray[np.float64],
    limits: tuple[float, float] = (0.0, 1.0),
) -> Band:
    """Mean curve over runs with the 95 % range of that mean; scores: (runs, points)."""
    low, high = mean_range(scores, limits)
    counts = np.asarray(n_labels, dtype=np.int64)
    return Band(name, counts, scores.mean(axis=0), low, high, len(scores))


def detectable_gap(n_check: int) -> float:
    """The smallest difference of two models' accuracies that ``n_check`` check rows would show.

    That is 1.96 standard errors of a difference between two shares about 0.8, as a share; 1 for no
    rows. A rule of thumb: for models that err on the same rows it is smaller.

    >>> round(detectable_gap(123), 3), round(detectable_gap(3000), 3)
    (0.1, 0.02)
    """
    return min(1.0, 1.96 * math.sqrt(2 * 0.8 * 0.2 / n_check)) if n_check > 0 else 1.0
