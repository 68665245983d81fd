"""The metrics of each kind of answers: classes, numbers, tags."""

from __future__ import annotations

import math
from collections.abc import Mapping
from typing import Any

import numpy as np
from numpy.typing import NDArray

from al_core.errors import SettingsError
from al_core.learning.models.answers import Answers
from al_core.learning.scoring.metrics import METRICS, Metric
from al_core.learning.scoring.number_scores import NUMBER_METRICS, NumberMetric
from al_core.learning.scoring.tag_scores import TAG_METRICS, TagMetric

AnyMetric = Metric | NumberMetric | TagMetric

_ALL: Mapping[Answers, Mapping[str, AnyMetric]] = {
    "classes": METRICS,
    "numbers": NUMBER_METRICS,
    "tags": TAG_METRICS,
}


def metrics_for(answers: Answers) -> Mapping[str, AnyMetric]:
    """The metrics of ``answers``, the usual one first.

    >>> list(metrics_for("numbers"))
    ['mean_absolute_error', 'root_mean_squared_error', 'r2']
    """
    return _ALL[answers]


def metric_for(name: str | None, answers: Answers) -> AnyMetric:
    """The metric of that name, None: the usual one; a SettingsError lists those of ``answers``."""
    known = _ALL[answers]
    if name is None:
        return next(iter(known.values()))
    if name not in known:
        raise SettingsError(
            f"There is no metric named {name!r} for {answers}. Choose one of: {', '.join(known)}."
        )
    return known[name]


def metric_named(name: str) -> AnyMetric:
    """The metric of that name, of whatever answers; of classes where tags have one of that name.

    >>> metric_named("r2").title
    'Share explained'
    """
    return next(known[name] for known in _ALL.values() if name in known)


def is_error(metric: AnyMetric) -> bool:
    """Whether lower is better.

    >>> is_error(metric_named("mean_absolute_error")), is_error(metric_named("accuracy"))
    (True, False)
    """
    return not getattr(metric, "higher_is_better", True)


def limits(metric: AnyMetric) -> tuple[float, float]:
    """The lowest and the highest score that there can be.

    >>> limits(metric_named("r2")), limits(metric_named("accuracy"))
    ((-inf, 1.0), (0.0, 1.0))
    """
    if not isinstance(metric, NumberMetric):
        return 0.0, 1.0
    return (0.0, math.inf) if is_error(metric) else (-math.inf, 1.0)


def default_score(answers: Answers, y: NDArray[Any], predicted: Any, sample_weight: Any) -> float:
    """What ``score`` of a learner tells: the share of rows right (all tags of it), or R2."""
    if answers == "numbers":
        from sklearn.metrics import r2_score

        return float(r2_score(y, np.asarray(predicted).reshape(-1), sample_weight=sample_weight))
    right = np.asarray(predicted) == y
    right = right.all(axis=1) if right.ndim == 2 else right
    return float(np.average(right, weights=sample_weight))
