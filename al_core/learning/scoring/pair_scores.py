"""What scores of numbers and of tags have in common: truths beside predictions, row by row."""

from __future__ import annotations

import math
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, ClassVar

from numpy.typing import ArrayLike

Range = tuple[float, float]


@dataclass(frozen=True)
class PairMetric:
    """A score of predictions with the range that holds the true one; ``title`` is what a person
    reads. ``score(y_true, y_pred)`` and ``interval(y_true, y_pred, level=)`` take further arguments
    for the same use as the metrics of classes. Of no row at all the score is nan."""

    name: str
    title: str
    of: Callable[[Any, Any], float]
    bounds: Callable[[Any, Any, float], Range]
    higher_is_better: bool = True
    # Of a kind: from how many rows on there is a range, and what stands in its place before.
    fewest: ClassVar[int]
    unknown: ClassVar[Range]

    @staticmethod
    def pairs(y_true: ArrayLike, y_pred: ArrayLike) -> tuple[Any, Any]:
        """Truths and predictions as arrays that fit together; LabelError where they do not."""
        raise NotImplementedError

    def score(self, y_true: ArrayLike, y_pred: ArrayLike, classes: object = None) -> float:
        """The score of these predictions."""
        true, predicted = self.pairs(y_true, y_pred)
        return self.of(true, predicted) if len(true) else math.nan

    def interval(
        self,
        y_true: ArrayLike,
        y_pred: ArrayLike,
        classes: object = None,
        level: float = 0.95,
        seed: int = 0,
    ) -> Range:
        """Bounds that hold the true score with probability ``level``, for a random sample."""
        true, predicted = self.pairs(y_true, y_pred)
        return self.bounds(true, predicted, level) if len(true) >= self.fewest else self.unknown
