"""Exact ranges of a share (Clopper and Pearson 1934), and ranges that hold though one looks again.

A range of 95 % is right at one look. Looked at again and again, as rows come in, it is wrong at
least once far more often. What is claimed therefore rests on looks at fixed numbers of rows, with
an error of ``alpha * 6 / (pi^2 j^2)`` at look j: these add up to alpha, however long one goes on.
"""

from __future__ import annotations

import math
from collections.abc import Iterator
from dataclasses import dataclass

from scipy import stats

from al_core.errors import SettingsError

ALPHA = 0.05
"""The error of a claim, by convention: ranges are of 95 %."""
FIRST_LOOK = 12
"""Rows before the first look, as many as check rows before the first score; a choice."""
# A choice: each look has about half as many rows again as the one before, in round numbers, which
# are repeated ten times, a hundred times ... as large.
_ROUND_NUMBERS = (20, 30, 45, 60, 90, 135)


def looks() -> Iterator[int]:
    """The numbers of rows at which something may be claimed, without end.

    >>> from itertools import islice
    >>> list(islice(looks(), 10))
    [12, 20, 30, 45, 60, 90, 135, 200, 300, 450]
    """
    yield FIRST_LOOK
    tenfold = 1
    while True:
        yield from (tenfold * n for n in _ROUND_NUMBERS)
        tenfold *= 10


def latest_look(n: int) -> tuple[int, int]:
    """(j, rows) of the last look at or before ``n`` rows, counted from 1; (0, 0) before the first.

    >>> latest_look(11), latest_look(12), latest_look(44), latest_look(200)
    ((0, 0), (1, 12), (3, 30), (8, 200))
    """
    found = (0, 0)
    for j, rows in enumerate(looks(), start=1):
        if rows > n:
            break
        found = j, rows
    return found


def alpha_at(j: int, alpha: float = ALPHA) -> float:
    """The error allowed at look j, counted from 1; over all looks it adds up to ``alpha``.

    >>> round(alpha_at(1), 4), round(alpha_at(4), 4)
    (0.0304, 0.0019)
    """
    if j < 1:
        raise SettingsError(f"There is no look number {j}. Looks are counted from 1.")
    return alpha * 6 / (math.pi * j) ** 2


def at_least(hits: int, n: int, alpha: float = ALPHA) -> float:
    """The share that ``hits`` of ``n`` random rows show at least, wrong with probability ``alpha``.

    >>> round(at_least(60, 60), 3), round(at_least(0, 12), 3)
    (0.951, 0.0)
    """
    _check(hits, n)
    return float(stats.beta.ppf(alpha, hits, n - hits + 1)) if hits else 0.0


def at_most(hits: int, n: int, alpha: float = ALPHA) -> float:
    """The share that ``hits`` of ``n`` random rows show at most, wrong with probability ``alpha``.

    >>> round(at_most(0, 60), 3), round(at_most(60, 60), 3)
    (0.049, 1.0)
    """
    _check(hits, n)
    return float(stats.beta.ppf(1 - alpha, hits + 1, n - hits)) if hits < n else 1.0


def exact_range(hits: int, n: int, alpha: float = ALPHA, n_unknown: int = 0) -> tuple[float, float]:
    """Both ends of the exact range of a share, each with half of ``alpha``.

    n_unknown: rows of the sample, beside the ``n``, of which nobody knows whether they are hits:
    the lower end takes them as misses and the upper one as hits. Of no rows: (0, 1).

    >>> [round(end, 3) for end in exact_range(84, 100)]
    [0.753, 0.906]
    """
    every = n + n_unknown
    if not every:
        return 0.0, 1.0
    return at_least(hits, every, alpha / 2), at_most(hits + n_unknown, every, alpha / 2)


@dataclass(frozen=True, slots=True)
class Claim:
    """What was shown at the last look: with the claims of all other looks it holds 95 times in 100.

    ``look``: its number; ``n``: the rows it rests on; ``low`` and ``high``: the range of the share.
    """

    look: int
    n: int
    low: float
    high: float


def claim(hits: int, n_unknown: int, n: int, alpha: float = ALPHA) -> Claim:
    """The claim at a look: ``hits`` among exactly ``n`` rows, of ``n_unknown`` of which nobody
    knows. SettingsError where ``n`` is no number of rows at which one looks.

    >>> found = claim(18, 0, 20)
    >>> found.look, round(found.low, 2), round(found.high, 2)
    (2, 0.6, 1.0)
    """
    j, rows = latest_look(n)
    if rows != n:
        raise SettingsError(f"{n} rows are no look; the last one is at {rows}. Claim there.")
    low, high = exact_range(hits, n - n_unknown, alpha_at(j, alpha), n_unknown)
    return Claim(j, n, low, high)


def shown_better(wins: int, losses: int, alpha: float = ALPHA) -> bool:
    """Whether one of two is shown to be right more often, of rows on which just one of them was.

    As if one had bet on it, each row for what the rows before made of it (a uniform prior): the
    stake grows twenty times by chance in at most 5 of 100 cases, however often one looks, and
    counts for either side (Ville 1939; Ramdas, Gruenwald, Vovk and Shafer 2023, Statistical
    Science 38). Ranges of the two that overlap do not say that they are alike: on the same rows
    both are right or wrong together most of the time.

    >>> shown_better(8, 0), shown_better(7, 0), shown_better(33, 12)
    (True, False, True)
    """
    n = wins + losses
    if wins <= losses:
        return False
    log_stake = n * math.log(2.0) - math.log(n + 1) - math.log(math.comb(n, wins))
    return log_stake >= -math.log(alpha)


def _check(hits: int, n: int) -> None:
    if not 0 <= hits <= n or n < 1:
        raise SettingsError(f"Got {hits} hits of {n} rows. Give at least one row, and 0 to n hits.")
