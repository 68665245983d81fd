"""Have all rows with a rare answer been found? A test on further rows drawn at random.

The hypergeometric test of Callaghan and Mueller-Hansen (2020, Systematic Reviews 9:273). Suppose
that fewer than the wanted share of all such rows were found so far. Then at least so many lie among
the rows left, and a random sample of these would show some. Where it shows too few for that, the
supposition is given up, with an error of ``alpha``.
"""

from __future__ import annotations

import math
from dataclasses import dataclass

from scipy import stats

from al_core.errors import SettingsError
from al_core.learning.scoring.exact_ranges import ALPHA

LEVELS = (0.70, 0.80, 0.90)
"""Shares of all rows with the answer that may be asked for; a choice: above 90 in 100 nearly all of
the rows left have to be read."""


@dataclass(frozen=True, slots=True)
class Recall:
    """A wanted share ``level`` of all rows with an answer, and the error of saying it is reached.

    >>> Recall(0.8).price(20, 2000), Recall(0.95).price(20, 2000)
    (786, 1553)
    """

    level: float = 0.8
    alpha: float = ALPHA

    def __post_init__(self) -> None:
        if not 0 < self.level < 1:
            raise SettingsError(f"The level is {self.level!r}. Give a share between 0 and 1.")

    def p_value(self, found: int, left: int, drawn: int, among_drawn: int) -> float:
        """How likely so few would be among ``drawn`` random ones of the ``left`` rows if fewer than
        the wanted share were found. found: before any was drawn; among_drawn: since.

        >>> round(Recall(0.8).p_value(20, 2000, 800, 0), 3)
        0.046
        """
        if not (found >= 0 and 0 <= among_drawn <= drawn <= left):
            raise SettingsError(
                f"Got {among_drawn} of {drawn} drawn of {left} rows left. Draw no more than are "
                "left, and find no more than were drawn."
            )
        still = math.floor((found + among_drawn) / self.level - found + 1)
        if still > left:  # more than there are rows: the share is reached for certain
            return 0.0
        return float(stats.hypergeom.cdf(among_drawn, left, still, drawn))

    def reached(self, found: int, left: int, drawn: int, among_drawn: int) -> bool:
        """Whether it may be said that the wanted share was found."""
        return self.p_value(found, left, drawn, among_drawn) < self.alpha

    def price(self, found: int, left: int) -> int:
        """How many of the ``left`` rows have to be drawn and read, if not one more is found."""
        low, high = 0, left
        while low < high:
            middle = (low + high) // 2
            if self.reached(found, left, middle, 0):
                high = middle
            else:
                low = middle + 1
        return low
