"""What a run is played with: who answers, which rows, and how it is played."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass, field
from typing import Any

from numpy.typing import ArrayLike

from al_core.learning.querying.ask import Asking


@dataclass(frozen=True)
class Oracle:
    """The labels of all rows of the table, known beforehand.

    truth: (n,) labels; of rows that are neither labelled, nor in the pool, nor tested they are not
    read. answers: what is taught, where that differs from the truth (a noisy oracle). classes:
    every class there is, by default those of the labels; scores and their ranges average over all
    of them, tested or not.
    """

    truth: ArrayLike
    answers: ArrayLike | None = None
    classes: ArrayLike | None = None


@dataclass(frozen=True)
class RowSets:
    """The row numbers labelled at the start, those that test, and those that may be asked (by
    default every row that does not test)."""

    labelled: ArrayLike
    test: ArrayLike
    pool: ArrayLike | None = None


@dataclass(frozen=True)
class RunSettings:
    """How a run is played.

    asking: how rows are asked for, with the seed of the run. budget: counts all fitted labels,
    those at the start included; None goes on until the pool is used up. grid: numbers of labels at
    which to score; a Round is given for those only (the first and last always) and holds the rows
    since the one before. intervals: False leaves ``low`` and ``high`` of a Round nan and saves
    their time.
    """

    estimator: Any
    asking: Asking = field(default_factory=Asking)
    metric: str = "accuracy"
    batch_size: int = 1
    budget: int | None = None
    grid: Collection[int] | None = None
    intervals: bool = True
