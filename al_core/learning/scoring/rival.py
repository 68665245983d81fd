"""The plainest rival of a model: always the commonest answer."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray

from al_core.learning.scoring.metrics import Metric


def plainest_rival(
    metric: Metric, truth: NDArray[Any], classes: Sequence[str]
) -> tuple[str, float] | None:
    """(answer, score) of the model that gives the rows' commonest answer to all; None of no rows.

    Of equally common answers the first of ``classes`` counts.

    >>> from al_core.learning.scoring.metrics import get_metric
    >>> truth = np.array(["no"] * 8 + ["yes"] * 2)
    >>> plainest_rival(get_metric("accuracy"), truth, ["yes", "no"])
    ('no', 0.8)
    >>> plainest_rival(get_metric("balanced_accuracy"), truth, ["yes", "no"])
    ('no', 0.5)
    """
    if not len(truth):
        return None
    names = [name for name in classes if (truth == name).any()]
    commonest = max(names, key=lambda name: int((truth == name).sum()))
    return commonest, metric.score(truth, np.full(len(truth), commonest), list(classes))
