"""How many labels choosing rows saved, where every answer is known."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from al_core.learning.records import Baseline


@dataclass(frozen=True)
class Saved:
    """Labels to reach ``target``: by the app, at random; ``ranges`` of the difference over runs.

    ``chosen`` or ``random`` is None where the mean of the runs does not get there; ``low`` and
    ``high`` are None unless every run of both gets there. ``at_start``: both are there with the
    first rows already.
    """

    target: float
    chosen: int | None
    random: int | None
    low: int | None
    high: int | None
    n_runs: int
    at_start: bool = False


def saved(baseline: Baseline | None) -> Saved | None:
    """What choosing rows saved in a rehearsal, to be as good as random is in the end.

    The target is the mean final score of the random runs. None where it was not measured: the
    baseline must hold an active band, and the runs of both sides.
    """
    if baseline is None or baseline.active is None or baseline.random is None:
        return None
    random, active = baseline.random, baseline.active
    if not len(random.n_labels) or not len(active.n_labels):
        return None
    target = float(random.middle[-1])
    chosen_n, random_n = (_reached(b.n_labels, b.middle, target) for b in (active, random))
    low, high = _range(baseline, target)
    at_start = chosen_n == random_n == int(random.n_labels[0])
    return Saved(target, chosen_n, random_n, low, high, active.n_runs, at_start)


def _reached(
    n_labels: Sequence[int] | NDArray[np.int64],
    scores: Sequence[float] | NDArray[np.float64],
    target: float,
) -> int | None:
    there = np.flatnonzero(np.asarray(scores) >= target - 1e-12)
    return int(np.asarray(n_labels)[there[0]]) if len(there) else None


def _range(baseline: Baseline, target: float) -> tuple[int | None, int | None]:
    chosen = next((runs for name, runs in baseline.runs.items() if name != "random"), [])
    pairs = [
        tuple(_reached([r.n_labels for r in run], [r.score for r in run], target) for run in pair)
        for pair in zip(chosen, baseline.runs.get("random", []), strict=False)
    ]
    differences = [b - a for a, b in pairs if a is not None and b is not None]
    if not pairs or len(differences) < len(pairs):
        return None, None
    return min(differences), max(differences)


def saved_sentence(found: Saved, word: str = "right") -> str:
    """What :func:`saved` found, in words; never a bare number without its range.

    >>> saved_sentence(Saved(0.9, 80, 140, 35, 75, 5))
    'To be right 90 times in 100: 80 rows chosen by the app, 140 at random. Saved: 60 rows (35 ...'
    """
    score = f"{100 * found.target:.0f}"
    goal = f"To be right {score} times in 100" if word == "right" else f"To score {score} in 100"
    if found.at_start:
        return f"{goal}, the first {found.chosen} rows are enough: nothing to save there."
    if found.chosen is None:
        return f"{goal}: random rows needed {found.random}; chosen rows did not get there."
    both = f"{goal}: {found.chosen} rows chosen by the app, {found.random} at random."
    return f"{both} {_difference(found, (found.random or 0) - found.chosen)}"


def _difference(found: Saved, rows: int) -> str:
    if found.low is None or found.high is None:
        return (
            f"How many rows that saves cannot be told: in some of the {found.n_runs} repeats one "
            "side never got so far."
        )
    ranged = f"{found.low} to {found.high} in {found.n_runs} repeats"
    return f"Saved: {rows} rows ({ranged})." if rows > 0 else f"Nothing saved here ({ranged})."
