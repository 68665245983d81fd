"""How far the score of a learning curve has moved lately; scores are shares (0 to 1).

Nothing is said here of how a curve stands to random rows: one run on one set of check rows cannot
tell that, and called 35 of 100 projects ahead or behind that had chosen at random themselves.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from al_core.learning.records import Round


@dataclass(frozen=True)
class Change:
    """How far the score moved between two rounds; ``low`` and ``high`` bound the true change."""

    since: int
    change: float
    low: float
    high: float


def last_change(rounds: Sequence[Round], labels: int = 50) -> Change | None:
    """The change of the score over the last ``labels`` labels; None before there are so many.

    The bounds combine both scores' own ranges (Zou and Donner 2008) as if different rows had
    tested them. The same rows did, so the true range is narrower: they are on the safe side.
    """
    good = [r for r in rounds if not r.error]
    before = [r for r in good if good and r.n_labels <= good[-1].n_labels - labels]
    if not before:
        return None
    old, new = before[-1], good[-1]
    change = new.score - old.score
    down = float(np.hypot(new.score - new.low, old.high - old.score))
    up = float(np.hypot(new.high - new.score, old.score - old.low))
    return Change(new.n_labels - old.n_labels, change, change - down, change + up)
