"""The line of confidence: which rows lie over it, and which line is proposed. Arrays alone."""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from al_core.learning.scoring.exact_ranges import ALPHA
from al_core.learning.stopping.acceptance import chance_to_pass, rows_needed

Numbers = NDArray[np.float64]

STEP = 0.01
"""A choice: lines are whole hundredths, as sureness is said in 100."""
LIKELY = 0.6
"""A check this likely by the app's word is likelier to pass than not: such ones passed in .57 of
699 projects of six sets, more where rows are easy, fewer where they are hard (docs/benchmarks.md).
"""
ALLOWED = (0, 1, 2)
"""Wrong rows that a check may be planned to pass with: 59, 93 or 124 rows at 5 in 100."""


@dataclass(frozen=True, slots=True)
class Proposal:
    """A line, and the final check that goes with it: ``allowed`` of its rows may be wrong, and it
    is expected to pass with probability ``chance``. ``likely``: likelier than not."""

    line: float
    allowed: int
    chance: float
    likely: bool


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


def proposed(
    confidence: Numbers, limit: float, alpha: float = ALPHA, *, wrong_left: float = 1.0
) -> Proposal:
    """The line that spares a person most rows (those over it, but for the rows of its check), of
    all whose check is likelier to pass than not; it would show at most ``limit`` wrong.

    Where there is none: the line whose check is likeliest to pass; where no check is possible, that
    of the surer half. wrong_left: as in :func:`expected_wrong`.

    >>> proposed(np.repeat([0.995, 0.9, 0.6], [500, 100, 400]), 0.05)
    Proposal(line=0.91, allowed=0, chance=0.74..., likely=True)
    >>> proposed(np.array([0.9, 0.8, 0.7, 0.6]), 0.05)
    Proposal(line=0.75, allowed=0, chance=0.0, likely=False)
    """
    lowest, highest = ends(confidence)
    sizes = {allowed: rows_needed(allowed, limit, alpha) for allowed in ALLOWED}
    likeliest = Proposal(min(highest, _down(float(np.median(confidence)))), 0, 0.0, False)
    best, spared = likeliest, 0
    for line in np.arange(lowest, highest + STEP / 2, STEP).round(2).tolist():
        chosen = confidence[over(confidence, line)]
        for allowed, n in sizes.items():
            if len(chosen) < n:
                continue
            chance = expected_to_pass(chosen, n, allowed, wrong_left)
            if chance >= likeliest.chance:
                likeliest = Proposal(line, allowed, chance, False)
            if chance >= LIKELY and len(chosen) - n > spared:
                best, spared = Proposal(line, allowed, chance, True), len(chosen) - n
    return best if best.likely else likeliest


def expected_wrong(confidence: Numbers, wrong_left: float = 1.0) -> float:
    """The share of these rows of which the guess is expected to be wrong, by how sure the app is.

    wrong_left: of the wrong ones that the app expects, the share that is left where somebody
    else's guess is the same.

    >>> round(expected_wrong(np.array([0.9, 0.8]), 0.2), 3)
    0.03
    """
    wrong = 1.0 - float(np.mean(confidence, dtype=np.float64))
    return min(1.0, max(0.0, wrong * wrong_left))


def expected_to_pass(confidence: Numbers, n: int, allowed: int, wrong_left: float = 1.0) -> float:
    """How likely a check of ``n`` random ones of these rows passes, where each guess is right with
    its confidence. wrong_left: as in :func:`expected_wrong`.

    The check rows over a line say less. Lines are many and check rows few: over the line that looks
    best to them a check passed in .04 to .21 of projects where .55 were expected, by the chances
    learned from all check rows in .45 to .84 (docs/decisions.md).

    >>> round(expected_to_pass(np.full(300, 0.99), 59, 0), 2)
    0.55
    """
    return chance_to_pass(n, allowed, expected_wrong(confidence, wrong_left))


def _down(value: float) -> float:
    return math.floor(value / STEP + 1e-6) * STEP if value > 0 else 0.0
