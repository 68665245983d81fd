"""The corrected resampled t-test (Nadeau and Bengio 2003, Machine Learning 52:239-281).

Differences over repeated splits of the same rows are not independent: they share rows to learn from
and rows to test on. The variance of their mean is therefore that of one difference times
``1/J + n_test/n_train`` in place of ``1/J``.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from scipy import stats

from al_core.errors import SettingsError
from al_core.learning.scoring.exact_ranges import ALPHA, alpha_at, looks

COMPARED_FROM = 150
"""Check rows before anything is said of ahead or behind: below that a test that holds sees nothing,
even where the strategy truly leads by 7 points (benchmarks/honest.py measures both)."""


@dataclass(frozen=True, slots=True)
class Difference:
    """The mean difference over splits with its range, and p of there being none."""

    mean: float
    low: float
    high: float
    p: float


def resampled_difference(
    differences: Sequence[float], n_train: int, n_test: int, alpha: float = ALPHA
) -> Difference:
    """The mean of ``differences``, one a split into ``n_train`` rows to learn from and ``n_test``.

    >>> found = resampled_difference([0.02, 0.05, 0.03, 0.06, 0.04], 75, 75)
    >>> round(found.mean, 3), round(found.low, 3), round(found.high, 3)
    (0.04, -0.008, 0.088)
    """
    d = np.asarray(differences, dtype=np.float64)
    if len(d) < 2 or n_train < 1 or n_test < 1:
        raise SettingsError(
            f"Got {len(d)} splits into {n_train} and {n_test} rows. Give at least two, and rows."
        )
    spread = math.sqrt((1 / len(d) + n_test / n_train) * float(d.var(ddof=1)))
    mean, df = float(d.mean()), len(d) - 1
    if spread == 0.0:
        return Difference(mean, mean, mean, float(mean == 0.0))
    half = float(stats.t.ppf(1 - alpha / 2, df)) * spread
    return Difference(mean, mean - half, mean + half, float(2 * stats.t.sf(abs(mean) / spread, df)))


def compared_at(n_check: int) -> tuple[int, float]:
    """(rows, alpha) of the last look at ahead or behind at or before ``n_check`` check rows; the
    errors of all looks add up to 5 in 100. (0, 0.0) before the first.

    >>> compared_at(149), compared_at(150)[0], compared_at(320)[0]
    ((0, 0.0), 150, 300)
    """
    found, j = (0, 0.0), 1
    if n_check >= COMPARED_FROM:
        found = COMPARED_FROM, alpha_at(1)
    for rows in looks():
        if rows > n_check:
            return found
        if rows > COMPARED_FROM:
            j += 1
            found = rows, alpha_at(j)
    return found
