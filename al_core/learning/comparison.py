"""Does active learning pay on this table? Strategies and models against random, over many seeds."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import pandas as pd
from numpy.typing import ArrayLike

from al_core.learning.matrices import Matrix
from al_core.learning.records import Band
from al_core.learning.run_store import RunStore
from al_core.learning.runs import Run


@dataclass(frozen=True)
class Comparison:
    """All runs of a comparison, and what they say.

    ``runs``: every :class:`Run`. ``errors``: "estimator, strategy" -> error messages, one a seed.
    """

    runs: tuple[Run, ...]
    metric: str = "accuracy"
    target: float | None = None
    cancelled: bool = False

    @property
    def rounds(self) -> pd.DataFrame:
        """Frame (estimator, strategy, seed, n_labels, score, error), one line a scored round."""
        raise NotImplementedError

    def summary(self, norm: str = "range") -> pd.DataFrame:
        """One line an estimator and strategy: aubc_mean, aubc_std, gain, gain_low, gain_high,
        p_value, p_holm, wins, seeds, labels_to_target (with _low, _high, _reached), saved_percent
        (with _low, _high), error."""
        raise NotImplementedError

    def sentences(self) -> list[str]:
        """What a manager reads, most important first, in plain words."""
        raise NotImplementedError

    def bands(self) -> dict[tuple[str, str], Band]:
        """(estimator, strategy) -> mean curve with its 95 % bootstrap band."""
        raise NotImplementedError


def compare(
    X: Matrix,
    y: ArrayLike,
    *,
    estimators: Mapping[str, Any],
    strategies: Sequence[str],
    seeds: Sequence[int] | int = 20,
    initial: str = "random",
    n_initial: int = 20,
    budget: int | None = None,
    batch_size: int = 1,
    test: float = 0.25,
    test_cap: int | None = None,
    metric: str = "accuracy",
    target: float | None = None,
    n_jobs: int = 1,
    on_round: Callable[[Run], None] | None = None,
    cancelled: Callable[[], bool] | None = None,
    store: RunStore | None = None,
    points: int | None = None,
    noise: float = 0.0,
    dask_scheduler: str | None = None,
) -> Comparison:
    """Play every strategy with every estimator over every seed; random is always run.

    estimators: {name: estimator}. seeds: numbers, or how many. points: score at about so many label
    counts instead of after every label. noise: the share of labels that the oracle gets wrong.
    on_round: called with each finished :class:`Run`, in the order in which they finish. cancelled:
    polled; once true the comparison ends with the runs that are done. store: finished runs are
    written there, and those found there are not run again.
    """
    raise NotImplementedError
