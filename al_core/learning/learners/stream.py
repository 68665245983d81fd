"""Rows that arrive one by one: ask for this one's label, or let it go?

A stream has no pool to rank. A row is asked when the model is unsure enough, by a threshold that
moves until the share of rows asked is what the budget allows (Žliobaitė, Bifet, Pfahringer, Holmes
2014, Active Learning with Drifting Streaming Data).
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

import numpy as np

from al_core.errors import PoolError, StrategyError
from al_core.learning.matrices import Matrix, n_rows
from al_core.learning.models.probabilities import class_probabilities


def one_row(x: Any) -> Matrix:
    """One arriving row as a table of one row; a PoolError says how many there are otherwise.

    >>> one_row([1.0, 2.0])
    array([[1., 2.]])
    """
    if hasattr(x, "to_frame"):
        # A row of a frame with columns of several kinds holds objects: each gets its kind back.
        return x.to_frame().T.infer_objects()
    rows = x if hasattr(x, "shape") else np.asarray(x)
    rows = rows if len(rows.shape) > 1 else np.asarray(rows)[None]
    if n_rows(rows) != 1:
        raise PoolError(
            f"Got {n_rows(rows)} rows at once. In a stream they arrive one by one: "
            "call should_query for each."
        )
    return rows


@dataclass
class Budget:
    """Keeps the share of rows asked at or under ``share``.

    Promised: of n rows fewer than ``share * n + 1`` are asked, however large the window. What was
    saved is not all spent at once either: ``spent = spent (window - 1) / window + asked`` fades, so
    ``spent / window`` estimates the share of about the last ``window`` rows without a list of them,
    and it is under ``share`` whenever a row is asked.

    >>> budget = Budget(share=0.5, window=2)
    >>> [budget.allows() and not budget.note(asked=True) for _ in range(2)]
    [True, False]
    """

    share: float = 0.1
    window: int = 100
    spent: float = field(default=0.0, init=False)
    rows_seen: int = field(default=0, init=False)
    rows_asked: int = field(default=0, init=False)

    def __post_init__(self) -> None:
        if not 0.0 < self.share <= 1.0:
            raise StrategyError(f"The share is {self.share}. Give a number above 0 and up to 1.")
        if self.window < 1:
            raise StrategyError(f"The window is {self.window} rows. Give 1 or more.")

    def allows(self) -> bool:
        """Whether one more label fits."""
        # The row at hand counts as seen.
        in_all = self.rows_asked < self.share * (self.rows_seen + 1)
        return in_all and self.spent / self.window < self.share

    def note(self, *, asked: bool) -> None:
        """Record what became of a row."""
        self.spent = self.spent * (self.window - 1) / self.window + asked
        self.rows_seen += 1
        self.rows_asked += asked


@dataclass
class VariableUncertainty:
    """Asks when the best guess is weaker than a threshold that follows the stream.

    After each row asked the threshold falls by ``step`` times itself, after each one let go it
    rises, so that labels are spent in calm times and in change alike. budget: the share of rows to
    ask at most. threshold: where it starts, a probability. randomise: 0 for none; else the
    threshold is multiplied by a normal draw of mean 1 and this standard deviation, so that change
    in regions the model is sure about is noticed too. Draws come from ``seed``.

    A row at 0.6 is asked (under 1), and the threshold falls to 0.9; one at 0.95 is let go:

    >>> from al_core.learning.strategies.uncertainty._scores import Known
    >>> stream = VariableUncertainty(Budget(1.0, window=10), step=0.1)
    >>> model = Known([[0.6, 0.4], [0.95, 0.05]])
    >>> stream.should_query(model, [0]), round(stream.threshold, 2)
    (True, 0.9)
    >>> stream.should_query(model, [1]), round(stream.threshold, 2)
    (False, 0.99)
    """

    budget: Budget = field(default_factory=Budget)
    threshold: float = 1.0
    step: float = 0.01
    randomise: float = 0.0
    seed: int = 0

    def __post_init__(self) -> None:
        if not 0.0 < self.step < 1.0:
            raise StrategyError(f"The step is {self.step}. Give a number between 0 and 1.")
        self._rng = np.random.default_rng(self.seed)

    def should_query(self, model: Any, x: Any) -> bool:
        """Whether to ask for the label of the row ``x`` (d,), and move the threshold accordingly.

        model: a fitted classifier or learner. x: numbers, a row of a frame, or a table of one row;
        several rows are a PoolError. A row over budget is not asked and moves nothing.
        """
        row = one_row(x)
        asked = self.budget.allows() and self._unsure(model, row)
        if asked:
            self.threshold *= 1.0 - self.step
        elif self.budget.allows():
            self.threshold = min(1.0, self.threshold * (1.0 + self.step))
        self.budget.note(asked=asked)
        return asked

    def _unsure(self, model: Any, row: Matrix) -> bool:
        sure = float(class_probabilities(model, row).max())
        noise = self._rng.normal(1.0, self.randomise) if self.randomise else 1.0
        return sure < self.threshold * noise


@dataclass
class FixedUncertainty:
    """Asks when the best guess is weaker than a threshold that stays where it is.

    budget: the share of rows to ask at most. threshold: a probability; None takes it from the share
    B and the number k of classes the model knows, ``1 / k + B (1 - 1 / k)``, which asks about that
    share where best guesses are spread evenly from 1 / k to 1.

    >>> from al_core.learning.strategies.uncertainty._scores import Known
    >>> stream = FixedUncertainty(Budget(1.0, window=10), threshold=0.7)
    >>> model = Known([[0.6, 0.4], [0.95, 0.05]])
    >>> stream.should_query(model, [0]), stream.should_query(model, [1])
    (True, False)
    """

    budget: Budget = field(default_factory=Budget)
    threshold: float | None = None

    def should_query(self, model: Any, x: Any) -> bool:
        """Whether to ask for the label of the row ``x``; as ``VariableUncertainty``."""
        proba = class_probabilities(model, one_row(x))
        chance = 1.0 / proba.shape[1]
        spread = chance + self.budget.share * (1.0 - chance)
        limit = spread if self.threshold is None else self.threshold
        asked = self.budget.allows() and float(proba.max()) < limit
        self.budget.note(asked=asked)
        return asked


@dataclass
class SplitStream:
    """Asks a random part of the stream at random, and the rest by ``VariableUncertainty``.

    The random part notices change where the model is sure, and its labels are an unbiased sample:
    ``was_random`` says whether the last row was of it. budget: the share of all rows to ask at
    most. share: the part that is left to chance. step, seed: as in ``VariableUncertainty``.

    >>> stream = SplitStream(Budget(1.0), share=1.0)
    >>> stream.should_query(None, [0.0]), stream.was_random
    (True, True)
    """

    budget: Budget = field(default_factory=Budget)
    share: float = 0.2
    step: float = 0.01
    seed: int = 0
    was_random: bool = field(default=False, init=False)

    def __post_init__(self) -> None:
        if not 0.0 <= self.share <= 1.0:
            raise StrategyError(f"The share is {self.share}. Give a number from 0 to 1.")
        self._rng = np.random.default_rng(self.seed)
        self._unsure = VariableUncertainty(self.budget, step=self.step, seed=self.seed + 1)
        self._random = RandomStream(self.budget, seed=self.seed + 2)

    def should_query(self, model: Any, x: Any) -> bool:
        """Whether to ask for the label of the row ``x``; as ``VariableUncertainty``."""
        self.was_random = bool(self._rng.random() < self.share)
        part = self._random if self.was_random else self._unsure
        return part.should_query(model, x)


@dataclass
class RandomStream:
    """Asks a random share of the rows: what every stream strategy has to beat.

    >>> stream = RandomStream(Budget(0.2), seed=1)
    >>> 100 < sum(stream.should_query(None, [0.0]) for _ in range(1000)) <= 210
    True
    """

    budget: Budget = field(default_factory=Budget)
    seed: int = 0

    def __post_init__(self) -> None:
        self._rng = np.random.default_rng(self.seed)

    def should_query(self, model: Any, x: Any) -> bool:
        """Whether to ask for the label of the row ``x``; looks at neither."""
        one_row(x)
        asked = self.budget.allows() and bool(self._rng.random() < self.budget.share)
        self.budget.note(asked=asked)
        return asked
