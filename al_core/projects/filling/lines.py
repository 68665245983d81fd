"""The line of confidence: which rows lie over it, and which line is proposed. Arrays alone."""

from __future__ import annotations

import math

import numpy as np
from numpy.typing import NDArray

Numbers = NDArray[np.float64]

STEP = 0.01
"""A choice: lines are whole hundredths, as sureness is said in 100."""
EXPECTED_SHARE = 1 / 3
"""A choice: the line proposed is where the app itself expects a third of the limit to be wrong, so
that a final check has a fair chance (`benchmarks.fill` prints how often it passes)."""


def over(confidence: Numbers, line: float) -> NDArray[np.bool_]:
    """Which of the rows lie over the line, or on it.

    >>> over(np.array([0.9, 0.7, 0.5]), 0.7).tolist()
    [True, True, False]
    """
    return np.asarray(confidence >= line - 1e-9)


def ends(confidence: Numbers) -> tuple[float, float]:
    """The lowest line that leaves no row out, and the highest that takes any in.

    >>> ends(np.array([0.512, 0.987]))
    (0.51, 0.98)
    """
    return _down(float(confidence.min())), _down(float(confidence.max()))


def proposed(confidence: Numbers, limit: float) -> tuple[float, bool]:
    """The lowest line over which at most a third of ``limit`` is expected to be wrong.

    The second is False where there is none: then the line is that of the surer half.

    >>> proposed(np.array([0.99, 0.99, 0.97, 0.6]), 0.05)
    (0.61, True)
    >>> proposed(np.array([0.9, 0.8, 0.7, 0.6]), 0.05)
    (0.75, False)
    """
    lowest, highest = ends(confidence)
    for line in np.arange(lowest, highest + STEP / 2, STEP).round(2):
        expected = 1.0 - confidence[over(confidence, line)].mean()
        if expected <= limit * EXPECTED_SHARE + 1e-9:
            return float(line), True
    return min(highest, _down(float(np.median(confidence)))), False


def _down(value: float) -> float:
    return math.floor(value / STEP + 1e-6) * STEP if value > 0 else 0.0
