"""How sure a guess is: the chance that it is right, learned from rows the model has not seen."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray
from scipy.optimize import minimize
from scipy.special import expit, log_expit, logit

Numbers = NDArray[np.float64]

CALIBRATED_FROM = 20
"""Rows of known answer from which it is learned: with fewer, two numbers fit what is chance."""
# Probabilities beyond are held to these: a forest's 1 is fifty trees of one mind, no certainty.
_LEAST, _MOST = 0.01, 0.99
# How far slope and shift go for a few rows (standard deviations of a normal prior around the
# model's own word, measured by `benchmarks.how_sure`).
_SLOPE, _SHIFT = 0.5, 1.0


@dataclass(frozen=True)
class Sureness:
    """The chance that a guess is right, ``1 / (1 + exp(-(slope log odds + shift)))`` of the log
    odds that the model gives its guess. With slope 1 and shift 0 it is the model's own word.

    >>> Sureness(1.0, 0.0)(np.array([0.9])).round(2)
    array([0.9])
    """

    slope: float = 1.0
    shift: float = 0.0

    def __call__(self, probabilities: NDArray[np.floating[Any]]) -> Numbers:
        """(n,) chances for (n,) probabilities of guesses; none where both are as they were."""
        if self == Sureness():
            return np.asarray(probabilities, dtype=np.float64)
        return np.asarray(expit(self.slope * _log_odds(probabilities) + self.shift))


def learn_sureness(probabilities: NDArray[np.floating[Any]], right: NDArray[np.bool_]) -> Sureness:
    """From guesses on rows of known answer: what the model said (n,), and whether it was right.

    Platt's scaling with a prior at the model's own word, which fewer than 20 rows leave as it is.
    The slope is never below 0: what the model is surer of is never called less sure.

    >>> said, right = np.full(40, 0.99), np.arange(40) % 4 > 0
    >>> learn_sureness(said, right)(said[:1]).round(1)
    array([0.8])
    """
    if len(probabilities) < CALIBRATED_FROM:
        return Sureness()
    odds, sign = _log_odds(probabilities), np.where(right, 1.0, -1.0)

    def loss(both: Numbers) -> float:
        prior = ((both[0] - 1.0) / _SLOPE) ** 2 / 2 + (both[1] / _SHIFT) ** 2 / 2
        return float(prior - log_expit(sign * (both[0] * odds + both[1])).sum())

    found = minimize(
        loss, np.array([1.0, 0.0]), method="L-BFGS-B", bounds=[(0, None), (None, None)]
    )
    return Sureness(float(found.x[0]), float(found.x[1]))


def _log_odds(probabilities: NDArray[np.floating[Any]]) -> Numbers:
    return np.asarray(logit(np.clip(probabilities, _LEAST, _MOST).astype(np.float64)))
