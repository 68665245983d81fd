"""What paired runs say: differences from random, tests, labels to a target. Arrays only."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

import numpy as np
from numpy.typing import NDArray
from scipy import stats

from al_core.learning.scoring.curves import mean_range

Finding = Literal["better", "worse", "no difference", "too few"]
# The usual level of a test, a convention.
ALPHA = 0.05
# Errors come in with their sign turned; whether a target is reached does not depend on limits.
_ANY_SCORE = (-np.inf, np.inf)


@dataclass(frozen=True, slots=True)
class Effect:
    """Mean paired difference from random with its 95 % interval; ``wins`` of ``n`` are above 0."""

    gain: float
    low: float
    high: float
    p: float
    wins: int
    n: int


@dataclass(frozen=True, slots=True)
class Reach:
    """A number with its 95 % interval; nan where the target is not reached.

    ``reached``: the share of repeats that reach the target by themselves. An upper bound of nan:
    the budget is too small to tell.
    """

    value: float
    low: float
    high: float
    reached: float


def paired_effect(differences: Sequence[float]) -> Effect:
    """The mean of paired differences, its t interval, and Wilcoxon's signed-rank test.

    The interval is Student's: with 5 repeats a percentile bootstrap is far too narrow. One pair
    alone has no interval (nan) and p = 1, and so has a set of differences that are all 0.

    >>> effect = paired_effect([0.01, 0.02, 0.01, 0.02, 0.03])
    >>> round(effect.gain, 3), effect.wins, round(effect.p, 4)
    (0.018, 5, 0.0625)
    """
    d = np.asarray(differences, dtype=np.float64)
    n, gain = len(d), float(d.mean()) if len(d) else float("nan")
    if n < 2:
        return Effect(gain, float("nan"), float("nan"), 1.0, int((d > 0).sum()), n)
    half = float(stats.t.ppf(0.975, n - 1) * d.std(ddof=1) / np.sqrt(n))
    p = float(stats.wilcoxon(d).pvalue) if np.any(d != 0) else 1.0
    return Effect(gain, gain - half, gain + half, p, int((d > 0).sum()), n)


def holm(p_values: Sequence[float]) -> list[float]:
    """Holm's step-down correction (Holm 1979), in the order given.

    >>> holm([0.01, 0.04, 0.03])
    [0.03, 0.06, 0.06]
    """
    p = np.asarray(p_values, dtype=np.float64)
    order = np.argsort(p, kind="stable")
    stepped = np.maximum.accumulate(p[order] * np.arange(len(p), 0, -1))
    corrected = np.empty_like(p)
    corrected[order] = np.minimum(stepped, 1.0)
    return [float(value) for value in corrected]


def finding(effect: Effect, p_holm: float, n_tests: int) -> Finding:
    """What may be said. Too few: even if every repeat agreed, Holm's p would be above 0.05."""
    smallest = min(1.0, 2.0 ** (1 - effect.n) * n_tests)
    if smallest > ALPHA:
        return "too few"
    if p_holm > ALPHA:
        return "no difference"
    return "better" if effect.gain > 0 else "worse"


def labels_to_target(n_labels: Sequence[int], scores: NDArray[np.float64], target: float) -> Reach:
    """Labels at which the mean curve first reaches ``target``, and where its band does (Student's).

    scores: (runs, points). low: the first label count at which the upper end of the band is there;
    high: the lower end, nan where it is not within the curve. One run alone has no range.
    """
    counts = np.asarray(n_labels, dtype=np.float64)
    low, high = mean_range(scores, _ANY_SCORE)
    lines = first_reach(np.stack([scores.mean(axis=0), high, low]), counts, target)
    value, first, last = (float(n) if np.isfinite(n) else float("nan") for n in lines)
    if len(scores) < 2:
        first = last = float("nan")
    reached = float(np.isfinite(first_reach(scores, counts, target)).mean())
    return Reach(value, first, last, reached)


def first_reach(
    curves: NDArray[np.float64], counts: NDArray[np.float64], target: float
) -> NDArray[np.float64]:
    """The first label count of each curve at or above the target; inf where there is none."""
    above = curves >= target - 1e-12
    first = counts[above.argmax(axis=1)]
    return np.where(above.any(axis=1), first, np.inf)
