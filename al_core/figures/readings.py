"""What a learning curve says next to random, as numbers and as sentences that hold.

All scores are shares (0 to 1). Sentences say "right" only of accuracy; other scores are called
"score".
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from al_core.learning.records import Band, Baseline, Round


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


def against_random(
    rounds: Sequence[Round], baseline: Baseline | None, *, word: str = "right"
) -> str:
    """One sentence: this project against random rows at the last label count that both have.

    In a rehearsal both sides were played over the same repeats, and their bands are compared; else
    this curve is compared with the band of random rows. Within the band it is too close to call.
    """
    if baseline is None or baseline.random is None or not len(baseline.random.n_labels):
        return "Against random rows: not measured yet."
    random = baseline.random
    if baseline.active is not None and len(baseline.active.n_labels):
        return _bands_apart(baseline.active, random, word)
    shared = [r for r in rounds if not r.error and r.n_labels <= random.n_labels[-1]]
    if not shared or shared[-1].n_labels < random.n_labels[0]:
        return "Against random rows: not measured yet."
    mine = shared[-1]
    low, middle, high = (
        float(np.interp(mine.n_labels, random.n_labels, line))
        for line in (random.low, random.middle, random.high)
    )
    start = f"After {mine.n_labels} rows: chosen {_in_100(mine.score)}, random {_in_100(middle)}"
    return f"{start}{_unit(word)}. {_call(mine.score - high, low - mine.score)}"


def _bands_apart(active: Band, random: Band, word: str) -> str:
    n = int(min(active.n_labels[-1], random.n_labels[-1]))
    (a_low, a, a_high), (r_low, r, r_high) = (
        [float(np.interp(n, b.n_labels, line)) for line in (b.low, b.middle, b.high)]
        for b in (active, random)
    )
    numbers = f"chosen {_in_100(a)}, random {_in_100(r)}{_unit(word)}"
    start = f"After {n} rows, over {active.n_runs} repeats: {numbers}"
    return f"{start}. {_call(a_low - r_high, r_low - a_high)}"


def _call(ahead: float, behind: float) -> str:
    if ahead > 0:
        return "Choosing rows is ahead."
    return "Choosing rows is behind here." if behind > 0 else "Too close to call."


def _in_100(score: float) -> str:
    return f"{100 * score:.0f}"


def _unit(word: str) -> str:
    return f" {word} in 100" if word else " in 100"
