"""Scores of a model, each with the range in which the true figure very likely lies."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from types import MappingProxyType

import numpy as np
from numpy.typing import ArrayLike

from al_core.errors import SettingsError
from al_core.learning.matrices import as_labels
from al_core.learning.scoring.confusion_scores import (
    Confusion,
    accuracy,
    balanced_accuracy,
    f1_macro,
)
from al_core.learning.scoring.intervals import balanced_interval, f1_interval, wilson_interval


@dataclass(frozen=True)
class Metric:
    """A score between 0 and 1, higher is better; ``title`` is what a person reads.

    ``score(y_true, y_pred, classes)`` and ``interval(y_true, y_pred, classes, level, seed)`` take
    (n,) labels and every class there is, in any order; without ``classes`` those among the labels.
    Score and interval average over the same classes; one that no row has counts half and opens the
    interval (see ``scores``). Of no row at all the score is nan and the interval 0 to 1.
    """

    name: str
    title: str
    of_confusion: Callable[[Confusion], float]
    bounds: Callable[[Confusion, float, int], tuple[float, float]]

    def score(
        self, y_true: ArrayLike, y_pred: ArrayLike, classes: ArrayLike | None = None
    ) -> float:
        """The score of these predictions."""
        return self.of_confusion(confusion(y_true, y_pred, classes))

    def interval(
        self,
        y_true: ArrayLike,
        y_pred: ArrayLike,
        classes: ArrayLike | None = None,
        level: float = 0.95,
        seed: int = 0,
    ) -> tuple[float, float]:
        """Bounds that hold the true score with probability ``level``, for a random sample."""
        counts = confusion(y_true, y_pred, classes)
        return self.bounds(counts, level, seed) if counts.sum() else (0.0, 1.0)


def confusion(y_true: ArrayLike, y_pred: ArrayLike, classes: ArrayLike | None = None) -> Confusion:
    """Counts (k, k): row the true class, column the predicted one, both in sorted order.

    >>> confusion(["a", "a", "b"], ["a", "b", "b"]).tolist()
    [[1, 1], [0, 1]]
    """
    true, predicted = as_labels(y_true), as_labels(y_pred)
    every = [true, predicted] if classes is None else [true, predicted, as_labels(classes)]
    known, codes = np.unique(np.concatenate(every), return_inverse=True)
    k, n = len(known), len(true)
    cells = codes[:n] * k + codes[n : 2 * n]
    return np.bincount(cells, minlength=k * k).reshape(k, k)


METRICS: Mapping[str, Metric] = MappingProxyType(
    {
        metric.name: metric
        for metric in (
            Metric("accuracy", "Right overall", accuracy, wilson_interval),
            Metric(
                "balanced_accuracy",
                "Each answer counts the same",
                balanced_accuracy,
                balanced_interval,
            ),
            Metric("f1_macro", "Each answer found, and no false alarms", f1_macro, f1_interval),
        )
    }
)


def get_metric(name: str) -> Metric:
    """The metric registered under ``name``; a SettingsError lists those that exist."""
    if name not in METRICS:
        raise SettingsError(
            f"There is no metric named {name!r}. Choose one of: {', '.join(METRICS)}."
        )
    return METRICS[name]
