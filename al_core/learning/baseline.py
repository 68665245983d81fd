"""The live random baseline, measured within the check rows."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from numpy.typing import ArrayLike

from al_core.learning.matrices import Matrix
from al_core.learning.records import Band


def check_baseline(
    X_seed: Matrix,
    y_seed: ArrayLike,
    X_check: Matrix,
    y_check: ArrayLike,
    *,
    estimator: Any,
    metric: str = "accuracy",
    seeds: Sequence[int] = range(20),
    grid: Sequence[int] | None = None,
    on_progress: Callable[[float, str], None] | None = None,
) -> Band:
    """What the same start and then random rows give, by repeated splits of the check rows.

    For each seed the answered check rows are split at random into halves: the seed rows and the
    first k of one half are fitted, the other half scores. ``grid``: numbers of fitted labels, seed
    rows included; those beyond the seed rows plus half the check rows are left out. The band holds
    the percentiles over splits (2.5 to 97.5), which contain the test rows' own sampling error.
    ``on_progress(fraction, what)`` may raise to cancel.
    """
    raise NotImplementedError
