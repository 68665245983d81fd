"""A target for a comparison, fixed before its first run: what rows picked at random give."""

from __future__ import annotations

import math
from typing import Any

import numpy as np
from numpy.typing import ArrayLike

from al_core.errors import SettingsError
from al_core.learning.matrices import Matrix
from al_core.learning.models.threads import one_thread
from al_core.learning.scoring.number_scores import NUMBER_METRICS
from al_core.learning.simulation.simulate import simulate

# Splits that no comparison of a person uses (those count from 0), and how many: choices. Three
# fits a table; the target is a whole number anyway.
_FIRST_SEED, _SPLITS = 1_000_003, 3


def proposed_target(
    X: Matrix,
    y: ArrayLike,
    *,
    estimator: Any,
    budget: int,
    test: float = 0.25,
    metric: str = "accuracy",
) -> int:
    """About as good as ``budget`` rows picked at random make the model: a whole number in 100.

    Rounded down, from 1 to 99. It is measured on splits of its own, so that it does not depend on
    the runs it is held against. Errors and shares explained are no hundredths: a SettingsError.
    """
    if metric in NUMBER_METRICS:
        raise SettingsError(
            f"Got the metric {metric!r}, which has no target in 100. Give compare a target of your "
            "own, in the unit of the numbers."
        )
    scores = []
    with one_thread():
        for seed in range(_FIRST_SEED, _FIRST_SEED + _SPLITS):
            played = simulate(
                X,
                y,
                estimator=estimator,
                strategy="random",
                n_initial=budget,
                budget=budget,
                test=test,
                metric=metric,
                seed=seed,
                intervals=False,
            )
            scores.append(next(iter(played)).score)
    return min(99, max(1, math.floor(100 * float(np.mean(scores)))))
