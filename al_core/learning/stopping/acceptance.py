"""Acceptance sampling: how many random rows show that few of a set are wrong, and how likely it is
that they do (Dodge and Romig 1929; exact bounds by Clopper and Pearson 1934).
"""

from __future__ import annotations

from scipy import stats

from al_core.errors import SettingsError
from al_core.learning.scoring.exact_ranges import ALPHA, at_most


def rows_needed(wrong: int, limit: float, alpha: float = ALPHA) -> int:
    """The fewest random rows, ``wrong`` of them wrong, which show that at most the share ``limit``
    of all is wrong; that says too little with probability ``alpha``.

    >>> [rows_needed(wrong, 0.05) for wrong in range(3)]
    [59, 93, 124]
    >>> [rows_needed(wrong, 0.10) for wrong in range(3)]
    [29, 46, 61]
    """
    if not 0 < limit < 1:
        raise SettingsError(f"Got a limit of {limit!r}. Give a share between 0 and 1.")
    fewest, most = wrong + 1, wrong + 2
    while at_most(wrong, most, alpha) > limit:
        fewest, most = most, 2 * most
    while fewest < most:
        middle = (fewest + most) // 2
        too_few = at_most(wrong, middle, alpha) > limit
        fewest, most = (middle + 1, most) if too_few else (fewest, middle)
    return most


def chance_to_pass(n: int, allowed: int, wrong: float) -> float:
    """How likely at most ``allowed`` of ``n`` random rows are wrong, where the share ``wrong`` of
    all is.

    >>> round(chance_to_pass(59, 0, 0.01), 2), round(chance_to_pass(124, 2, 0.01), 2)
    (0.55, 0.87)
    """
    if not 0 <= wrong <= 1:
        raise SettingsError(f"Got a share of {wrong!r}. Give a share from 0 to 1.")
    return float(stats.binom.cdf(allowed, n, wrong))


def most_wrong(wrong: int, n: int, of: int, alpha: float = ALPHA) -> int:
    """The most rows that may be wrong among the ``of - n`` that were not looked at, where ``wrong``
    of ``n`` random ones were; more with probability ``alpha`` at most (hypergeometric, exact).

    >>> most_wrong(0, 59, 2310), most_wrong(0, 59, 100), most_wrong(0, 60, 60)
    (112, 3, 0)
    """
    if not 0 <= wrong <= n <= of:
        raise SettingsError(f"Got {wrong} wrong of {n} among {of}. Give 0 <= wrong <= n <= of.")
    fewest, most = wrong, of - n + wrong
    while fewest < most:
        middle = (fewest + most + 1) // 2
        likely = stats.hypergeom(of, middle, n).cdf(wrong) > alpha
        fewest, most = (middle, most) if likely else (fewest, middle - 1)
    return fewest - wrong
