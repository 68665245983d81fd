"""Whether the guesses have settled: those of now beside those of a third of the labels ago.

Both models guess the same fixed random rows, the stop set. Where their guesses differ on a share s,
the share that is right cannot have moved by more than s: this needs no labels, and is exact up to
the sampling of the stop set. It bounds what the last third of the labels gained, and says nothing
of what further ones could gain.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike

from al_core.errors import SettingsError
from al_core.learning.scoring.exact_ranges import at_least

TOLERANCE = 0.03
"""The share of guesses that may differ; set by ``benchmarks/stopping.py`` (docs/benchmarks.md)."""
# A choice: what was said is taken back once so much more than the tolerance moves that neither the
# sampling of the stop set nor the wobble of models from step to step explains it.
_TAKEN_BACK = 2.0
_NOISE = 0.025  # one end of a range of 95 %, by convention
FEWEST_LABELS = 30
"""A choice, as is ten labels an answer: fewer models say nothing of those to come."""
_PER_ANSWER = 10  # see above


def changed_share(before: ArrayLike, after: ArrayLike) -> float:
    """The share of rows whose prediction differs between two models, 0 to 1; 0 for no rows.

    >>> changed_share(["a", "b", "b", "a"], ["a", "b", "a", "a"])
    0.25
    """
    old, new = np.asarray(before), np.asarray(after)
    if old.shape != new.shape:
        raise SettingsError(f"Got {old.size} predictions and {new.size}. Compare the same rows.")
    return float((old != new).mean()) if old.size else 0.0


def steps(first: int, last: int) -> list[int]:
    """The numbers of labels at which models are looked at, whenever the app happened to learn.

    first: labels before the first model. Every 5 labels for 100, then ever wider as labels grow,
    always the same numbers: the verdict is a function of the labels and of nothing else.

    >>> steps(3, 26), steps(3, 140)[-4:]
    ([3, 8, 13, 18, 23], [103, 113, 123, 133])
    """
    found, given, step = list[int](), 0, 5
    while first + given <= last:
        found.append(first + given)
        step = step if given < 20 * step else 2 * step
        given += step
    return found


def third_ago(n: int, first: int) -> int:
    """The step at which at most two thirds of ``n`` labels were known; before the first step, two
    thirds of the labels that the first model had.

    >>> third_ago(63, 3), third_ago(1505, 1500)
    (38, 1000)
    """
    every = steps(first, 2 * n // 3)
    return every[-1] if every else 2 * first // 3


def fewest_labels(n_classes: int) -> int:
    """Labels before anything is said: 30, and ten an answer.

    >>> fewest_labels(2), fewest_labels(10)
    (30, 100)
    """
    return max(FEWEST_LABELS, _PER_ANSWER * n_classes)


@dataclass(frozen=True, slots=True)
class Moved:
    """What the guesses did: ``share`` of them differ between ``since`` labels and ``n_labels``.

    ``settled``: whether they have settled; once they have, until they move beyond noise.
    """

    share: float
    since: int
    n_labels: int
    settled: bool


def moved(
    at: Sequence[int],
    first: int,
    share_of: Callable[[int], float | None],
    *,
    tolerance: float = TOLERANCE,
    n_rows: int = 2000,
) -> Moved | None:
    """Whether the guesses have settled after the last of the steps ``at``.

    share_of: of a step, the share of the stop set (n_rows) on which its guesses differ from those
    of a third of the labels before; None where that is not known yet, and then the answer is None.
    Settled at the first step whose share is at most the tolerance; from then on until a share is
    beyond twice the tolerance by more than the stop set's noise. Steps are asked for from the last
    one back, and no further than needed.

    >>> shares = {30: 0.09, 35: 0.02, 40: 0.04}
    >>> moved([30, 35, 40], 5, shares.get)
    Moved(share=0.04, since=25, n_labels=40, settled=True)
    """
    latest: Moved | None = None
    for n in reversed(at):
        share = share_of(n)
        if share is None:
            return None
        latest = latest or Moved(share, third_ago(n, first), n, False)
        if share <= tolerance:
            return Moved(latest.share, latest.since, latest.n_labels, True)
        if _beyond_noise(share, tolerance, n_rows):
            return latest
    return latest


def _beyond_noise(share: float, tolerance: float, n_rows: int) -> bool:
    return at_least(round(share * n_rows), n_rows, _NOISE) > _TAKEN_BACK * tolerance
