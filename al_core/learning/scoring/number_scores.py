"""Scores of predicted numbers, each with the range in which the true figure very likely lies.

Ranges: the logarithm of a mean error is nearly normal long before the mean itself is, so its
standard error is taken there (delta method, Student's t). How often they hold the truth is
simulated in the tests.
"""

from __future__ import annotations

import math
from collections.abc import Mapping
from types import MappingProxyType

import numpy as np
from numpy.typing import ArrayLike, NDArray
from scipy import stats

from al_core.errors import LabelError
from al_core.learning.scoring.pair_scores import PairMetric, Range

Array = NDArray[np.float64]


class NumberMetric(PairMetric):
    """A score of predicted numbers, (n,); ``higher_is_better`` is false of errors. Of fewer than 3
    rows nothing is known (nan)."""

    fewest, unknown = 3, (math.nan, math.nan)

    @staticmethod
    def pairs(y_true: ArrayLike, y_pred: ArrayLike) -> tuple[Array, Array]:
        """Two lists of numbers of one length."""
        true = np.asarray(y_true, dtype=np.float64).reshape(-1)
        predicted = np.asarray(y_pred, dtype=np.float64).reshape(-1)
        if true.shape != predicted.shape:
            raise LabelError(
                f"Got {len(true)} numbers and {len(predicted)} predictions. Give pairs."
            )
        return true, predicted


def mean_absolute_error(true: Array, predicted: Array) -> float:
    """Mean distance of the prediction from the truth.

    >>> mean_absolute_error(np.array([1.0, 2.0]), np.array([2.0, 5.0]))
    2.0
    """
    return float(np.abs(true - predicted).mean())


def root_mean_squared_error(true: Array, predicted: Array) -> float:
    """Root of the mean squared distance: large errors weigh more.

    >>> root_mean_squared_error(np.array([1.0, 2.0]), np.array([2.0, 9.0]))
    5.0
    """
    return math.sqrt(float(((true - predicted) ** 2).mean()))


def r2(true: Array, predicted: Array) -> float:
    """Share of the variance explained: 1 is perfect, 0 as good as always the mean.

    0 where all true numbers are the same and the prediction is not theirs.

    >>> r2(np.array([0.0, 2.0]), np.array([0.5, 1.5])), r2(np.array([0.0, 2.0]), np.ones(2))
    (0.75, 0.0)
    """
    left, spread = ((true - predicted) ** 2).sum(), ((true - true.mean()) ** 2).sum()
    if spread == 0:
        return float(left == 0)
    return float(1.0 - left / spread)


# Measured: with 20 rows of uneven errors ranges without it held the truth in 90 of 100 samples.
_FEW_ROWS = 2.0


def _half_width(of_rows: Array, level: float) -> float:
    """Half the width of a t interval of the mean of one number a row."""
    n = len(of_rows)
    half = stats.t.ppf((1 + level) / 2, n - 1) * of_rows.std(ddof=1) / math.sqrt(n)
    return float(half * (1 + _FEW_ROWS / n))


def log_mean_bounds(values: Array, level: float) -> Range:
    """Interval of the mean of numbers from 0 on, by a t interval of its logarithm.

    >>> low, high = log_mean_bounds(np.array([1.0, 2.0, 3.0]), 0.95)
    >>> low < 2.0 < high, log_mean_bounds(np.zeros(3), 0.95)
    (True, (0.0, 0.0))
    """
    mean = float(values.mean())
    if mean == 0:
        return 0.0, 0.0
    factor = math.exp(min(_half_width(values / mean, level), _WIDEST))
    return mean / factor, mean * factor


# A choice: exp of this is a factor of 10^43, wide enough to say that nothing is known.
_WIDEST = 100.0


def _absolute_bounds(true: Array, predicted: Array, level: float) -> Range:
    return log_mean_bounds(np.abs(true - predicted), level)


def _squared_bounds(true: Array, predicted: Array, level: float) -> Range:
    low, high = log_mean_bounds((true - predicted) ** 2, level)
    return math.sqrt(low), math.sqrt(high)


def _r2_bounds(true: Array, predicted: Array, level: float) -> Range:
    """By the logarithm of the share not explained, a quotient of two means over rows."""
    left, spread = (true - predicted) ** 2, (true - true.mean()) ** 2
    if spread.mean() == 0 or left.mean() == 0:
        score = r2(true, predicted)
        return score, score
    of_rows = left / left.mean() - spread / spread.mean()
    factor = math.exp(min(_half_width(of_rows, level), _WIDEST))
    unexplained = float(left.mean() / spread.mean())
    return 1.0 - unexplained * factor, 1.0 - unexplained / factor


NUMBER_METRICS: Mapping[str, NumberMetric] = MappingProxyType(
    {
        metric.name: metric
        for metric in (
            NumberMetric(
                "mean_absolute_error",
                "Mean distance",
                mean_absolute_error,
                _absolute_bounds,
                higher_is_better=False,
            ),
            NumberMetric(
                "root_mean_squared_error",
                "Distance, large ones weigh more",
                root_mean_squared_error,
                _squared_bounds,
                higher_is_better=False,
            ),
            NumberMetric("r2", "Share explained", r2, _r2_bounds),
        )
    }
)
