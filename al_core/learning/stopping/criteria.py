"""Criteria to stop by, as objects: each looks at the run so far and says yes, no or too early.

``StabilisingPredictions``: Bloodgood and Vijay-Shanker 2009. ``ClassificationChange`` and
``OverallUncertainty``: Zhu, Wang and Hovy 2008. Their thresholds are those of the papers, as
libraries that offer them have them.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from itertools import pairwise
from typing import Any, Protocol

import numpy as np
from numpy.typing import NDArray

from al_core.learning.scoring.exact_ranges import ALPHA, at_least
from al_core.learning.stopping.recall import Recall
from al_core.learning.stopping.settled import (
    TOLERANCE,
    changed_share,
    fewest_labels,
    moved,
)


@dataclass(frozen=True)
class Look:
    """One model of a run, as far as criteria look at it.

    guesses: (n,) on the fixed random stop set. doubt: the mean over it of the entropy of its
    chances, 0 (sure) to 1. right of n_check check rows; found: rows with the sought answer, of
    which ``found_drawn`` among the last ``drawn`` that were drawn at random of ``left``.
    """

    n_labels: int
    guesses: NDArray[Any]
    doubt: float = float("nan")
    right: int = 0
    n_check: int = 0
    n_classes: int = 2
    found: int = 0
    left: int = 0
    drawn: int = 0
    found_drawn: int = 0


class Criterion(Protocol):
    """Says of a run, its looks in order, whether to stop: None where it is too early to say."""

    def stop(self, looks: Sequence[Look]) -> bool | None:
        """Whether to stop at the last look."""


@dataclass(frozen=True, slots=True)
class Settled:
    """The guesses differ from those of a third of the labels ago on at most ``tolerance``."""

    tolerance: float = TOLERANCE

    def stop(self, looks: Sequence[Look]) -> bool | None:
        """Whether to stop at the last look; said once, it stays until guesses move beyond noise."""
        by_labels = {look.n_labels: look.guesses for look in looks}
        first, fewest = looks[0].n_labels, fewest_labels(looks[-1].n_classes)

        def share(n: int) -> float | None:
            before = [k for k in by_labels if k <= 2 * n / 3]
            return changed_share(by_labels[before[-1]], by_labels[n]) if before else None

        at = [n for n in by_labels if n >= fewest]
        found = moved(at, first, share, tolerance=self.tolerance, n_rows=len(looks[-1].guesses))
        return None if found is None else found.settled


@dataclass(frozen=True, slots=True)
class StabilisingPredictions:
    """The agreement of successive models, as Cohen's kappa, is on average at least ``kappa``."""

    kappa: float = 0.99
    window: int = 3

    def stop(self, looks: Sequence[Look]) -> bool | None:
        """Whether the mean over the last ``window`` pairs of models is so high."""
        if len(looks) <= self.window:
            return None
        late = looks[-self.window - 1 :]
        return bool(
            np.mean([cohens_kappa(a.guesses, b.guesses) for a, b in pairwise(late)]) >= self.kappa
        )


@dataclass(frozen=True, slots=True)
class ClassificationChange:
    """At most a share ``threshold`` of the guesses changed since the model before."""

    threshold: float = 0.0

    def stop(self, looks: Sequence[Look]) -> bool | None:
        """Whether so few changed."""
        if len(looks) < 2:
            return None
        return changed_share(looks[-2].guesses, looks[-1].guesses) <= self.threshold


@dataclass(frozen=True, slots=True)
class OverallUncertainty:
    """The mean doubt over the stop set is at most ``threshold``."""

    threshold: float = 0.05

    def stop(self, looks: Sequence[Look]) -> bool | None:
        """Whether the last model doubts so little."""
        return None if np.isnan(looks[-1].doubt) else looks[-1].doubt <= self.threshold


@dataclass(frozen=True, slots=True)
class Budget:
    """So many labels, and no more."""

    labels: int

    def stop(self, looks: Sequence[Look]) -> bool | None:
        """Whether they are spent."""
        return looks[-1].n_labels >= self.labels


@dataclass(frozen=True, slots=True)
class Target:
    """A share of right guesses. It proposes: what is looked at often certifies nothing."""

    share: float
    alpha: float = ALPHA

    def stop(self, looks: Sequence[Look]) -> bool | None:
        """Whether the last look's check rows alone would show the share."""
        last = looks[-1]
        if not last.n_check:
            return None
        return at_least(last.right, last.n_check, self.alpha) >= self.share


@dataclass(frozen=True, slots=True)
class FoundThemAll:
    """So large a share of all rows with the sought answer was found."""

    recall: Recall = field(default_factory=Recall)

    def stop(self, looks: Sequence[Look]) -> bool | None:
        """Whether the rows drawn at random show it."""
        last = looks[-1]
        if not last.drawn:
            return None
        before = last.found - last.found_drawn
        return last.drawn >= self.recall.to_read(before, last.left, last.found_drawn)


def cohens_kappa(a: NDArray[Any], b: NDArray[Any]) -> float:
    """The agreement of two models beyond chance; 1 where both give one and the same answer to all.

    >>> cohens_kappa(np.array(["a", "a", "b", "b"]), np.array(["a", "b", "b", "b"]))
    0.5
    """
    names = np.unique(np.concatenate([a, b]))
    by_chance = sum(float((a == name).mean() * (b == name).mean()) for name in names)
    agree = float((a == b).mean())
    return 1.0 if by_chance == 1.0 else (agree - by_chance) / (1.0 - by_chance)
