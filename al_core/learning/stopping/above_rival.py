"""Whether the model has been shown better than one answer for all: said late, taken back at once.

A score a little above that of the plainest rival may be luck, and one that is a little below may be
bad luck: whoever says "better" at the first and takes it back at the second says and takes back
again and again. Here it is said once a score shows at least more than the rival has, and stays
until a score is no higher than the rival: that far it falls by chance alone in few projects.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

LEVEL = 0.9
"""Of the range whose low end a score shows at least: wrong 5 times in 100, by convention."""


@dataclass(frozen=True, slots=True)
class Beside:
    """A score with what it shows at least, and the rival's on the same rows; shares."""

    score: float
    low: float
    rival: float


def shown_above(at: Sequence[int], beside: Callable[[int], Beside | None]) -> bool | None:
    """Whether the model is shown above the rival after the last of the steps ``at``.

    beside: of a step, its model's score and the rival's on the check rows answered by then; None
    where the model is not known yet, and then the answer is None. Steps are asked for from the last
    one back, and no further than needed.

    >>> scores = {30: Beside(0.9, 0.7, 0.6), 35: Beside(0.7, 0.5, 0.6), 40: Beside(0.6, 0.4, 0.6)}
    >>> [shown_above(at, scores.get) for at in ([30], [30, 35], [30, 35, 40], [35])]
    [True, True, False, False]
    """
    for n in reversed(at):
        now = beside(n)
        if now is None:
            return None
        if now.score <= now.rival:
            return False
        if now.low > now.rival:
            return True
    return False
