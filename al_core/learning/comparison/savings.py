"""Rows saved against random, and how many at least: a test that holds at any number of repeats.

Where nothing is saved the mean curves still cross a target some rows apart, one way or the other.
Here the two sides of each repeat change places, which under "nothing is saved" gives curves as
likely as those that were seen (Fisher's exchange of pairs); no shape of noise is assumed.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from itertools import product

import numpy as np
from numpy.typing import NDArray

from al_core.learning.comparison.paired_tests import ALPHA, Reach, first_reach

Scores = NDArray[np.float64]

# The quick look: all of five repeats on one side, the least that a paired test can go below 5 %.
QUICK = 2.0**-5
# Repeats from which a look is a thorough one, and how many of those are reckoned with (20, 100): a
# choice, the numbers that are offered to a person.
THOROUGH, LOOKS = 20, 2
# Repeats up to which every exchange is tried, and random exchanges beyond. Choices: 1,023 each,
# a thousandth of a chance, in under a millisecond a shift.
_ALL_UP_TO, _EXCHANGES = 10, 1_023


def chance_allowed(repeats: int, n_tests: int) -> float:
    """The chance of a false "saves" in one look; over a quick and two thorough looks it is 5 %.

    ``n_tests``: ways of choosing that are compared at once; they share it.

    >>> chance_allowed(5, 1), round(chance_allowed(20, 1), 4)
    (0.03125, 0.0094)
    """
    one = QUICK if repeats < THOROUGH else (ALPHA - QUICK) / LOOKS
    return one / max(1, n_tests)


def rows_saved(
    n_labels: Sequence[int], ours: Scores, random: Scores, target: float, chance: float
) -> Reach:
    """Labels that ours needs fewer than random until its mean curve reaches ``target``.

    ours, random: (repeats, points), paired. ``low``: saved at least, false with at most ``chance``;
    ``high``: saved at most, the same; nan where it cannot be told. A side that does not reach the
    target counts with its whole budget, so that a saving is not overstated; nan as value where ours
    does not.
    """
    counts = np.asarray(n_labels, dtype=np.float64)
    first = first_reach(np.stack([ours.mean(axis=0), random.mean(axis=0)]), counts, target)
    value = min(first[1], counts[-1]) - first[0]
    exchanges = _exchanges(len(ours))
    low = _at_least(counts, (ours, random), target, exchanges, chance)
    high = -_at_least(counts, (random, ours), target, exchanges, chance)
    reached = float(np.mean(np.isfinite(first_reach(ours, counts, target))))
    return Reach(float(value) if math.isfinite(value) else math.nan, low, high, reached)


def in_percent(saved: Reach, base: float) -> Reach:
    """Saved labels as a share of the ``base`` that random needs, in 100."""
    share = 100 / base if base > 0 else math.nan
    return Reach(saved.value * share, saved.low * share, saved.high * share, saved.reached)


def _exchanges(repeats: int) -> NDArray[np.float64]:
    """Rows of 1 (as it was) and -1 (exchanged), (exchanges, repeats); the first is as it was."""
    if repeats <= _ALL_UP_TO:
        return np.array(list(product([1.0, -1.0], repeat=repeats)))
    drawn = np.random.default_rng([repeats, 89]).choice([1.0, -1.0], (_EXCHANGES, repeats))
    return np.vstack([np.ones(repeats), drawn])


def _at_least(
    counts: Scores, sides: tuple[Scores, Scores], target: float, exchanges: Scores, chance: float
) -> float:
    """The smallest saving that the curves do not rule out; nan where they rule out none."""

    def ruled_out(saving: int) -> bool:
        return _ruled_out(counts, sides, target, saving, exchanges, chance)

    span = int(counts[-1] - counts[0])
    if ruled_out(0):
        out, may = 0, span
    elif ruled_out(-span // 2):
        out, may = -span // 2, 0
    else:
        return math.nan
    while may - out > 1:  # halve the stretch between a saving ruled out and one that is not
        middle = (out + may) // 2
        out, may = (middle, may) if ruled_out(middle) else (out, middle)
    return float(may)


def _ruled_out(
    counts: Scores,
    sides: tuple[Scores, Scores],
    target: float,
    saving: int,
    exchanges: Scores,
    chance: float,
) -> bool:
    """Whether no more than ``saving`` rows saved is implausible.

    Were it so, random with ``saving`` rows more would be as good as ours, and which of the two is
    which would be a toss of a coin in each repeat.
    """
    shared = counts[counts + abs(saving) <= counts[-1]]
    if len(shared) == 0:
        return False
    ours = _later(counts, sides[0], shared, max(0, -saving))
    random = _later(counts, sides[1], shared, max(0, saving))
    middle = (ours + random).mean(axis=0) / 2
    apart = exchanges @ (ours - random) / (2 * len(ours))
    end = shared[-1]
    rows = np.minimum(first_reach(middle - apart, shared, target), end) - np.minimum(
        first_reach(middle + apart, shared, target), end
    )
    # Among exchanges that save as many rows, less than half a row for the lead over the whole run,
    # whatever the unit of the scores.
    lead = apart.mean(axis=1)
    gained = rows + lead / max(4 * float(np.abs(lead).max()), np.finfo(float).tiny)
    return bool(rows[0] > 0 and np.mean(gained >= gained[0] - 1e-9) <= chance + 1e-12)


def _later(counts: Scores, scores: Scores, shared: Scores, more: int) -> Scores:
    """The scores at ``more`` labels beyond each of ``shared``."""
    if not more:
        return scores[:, : len(shared)]
    after = np.clip(np.searchsorted(counts, shared + more), 1, len(counts) - 1)
    share = (shared + more - counts[after - 1]) / (counts[after] - counts[after - 1])
    return (1 - share) * scores[:, after - 1] + share * scores[:, after]
