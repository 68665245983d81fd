"""How long a comparison will take, from a few rounds timed on the data itself."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from time import perf_counter
from typing import Any

import numpy as np
from numpy.typing import ArrayLike, NDArray

from al_core.errors import UserError
from al_core.learning.matrices import Matrix, as_labels, as_matrix, n_rows
from al_core.learning.models.threads import one_thread
from al_core.learning.querying.ask import Asking
from al_core.learning.simulation.settings import Oracle, RowSets, RunSettings
from al_core.learning.simulation.simulate import play


def seconds_per_run(
    X: Matrix,
    y: ArrayLike,
    *,
    estimator: Any,
    strategies: Sequence[str],
    n_initial: int,
    budget: int,
    batch_size: int = 1,
    test: float = 0.25,
) -> dict[str, float]:
    """Seconds that one run of each strategy and of random is likely to take on one core.

    Two rounds are timed near the start and two near the end of a run, and the rounds between are
    taken to lie between. A strategy that fails counts as nothing: its runs will end at once.
    """
    X, labels = as_matrix(X), as_labels(y)
    order = np.random.default_rng([0, 71]).permutation(n_rows(X))
    n_test = max(1, round(test * len(order)))
    test_rows, pool = order[:n_test], order[n_test:]
    n_rounds = max(1, (budget - n_initial) // batch_size + 1)
    ends = [min(n, len(pool) - batch_size - 1) for n in (n_initial, budget)]
    starts = [RowSets(pool[: max(2, n)], test_rows, pool[max(2, n) :]) for n in ends]
    seconds = {}
    for name in dict.fromkeys(["random", *strategies]):
        settings = RunSettings(estimator, Asking(name), batch_size=batch_size, intervals=False)
        timed = [_round(X, labels, rows, settings) for rows in starts]
        seconds[name] = n_rounds * float(np.mean(timed))
    return seconds


def seconds_left(expected: float, elapsed: float, done: int, total: int) -> float | None:
    """Seconds that ``total`` runs still take; None where nothing that holds can be said.

    Before the first run is done the time that was expected, while it lasts. From then on the pace
    of the runs that are done; the wait for the next one alone never makes it grow.

    >>> seconds_left(33, 3, 0, 10), seconds_left(33, 40, 0, 10), seconds_left(33, 40, 2, 10)
    (30, None, 160.0)
    """
    if done:
        return elapsed / done * (total - done)
    # A choice: a guess is not counted down to nothing.
    return expected - elapsed if elapsed < 0.8 * expected else None


def _round(X: Matrix, y: NDArray[Any], rows: RowSets, settings: RunSettings) -> float:
    """Seconds of one round, from the labels that ``rows`` start with."""
    budget = len(np.asarray(rows.labelled)) + settings.batch_size
    start = perf_counter()
    try:
        with one_thread():
            played = len(list(play(X, Oracle(y), rows, replace(settings, budget=budget))))
    except (UserError, ValueError, TypeError):
        return 0.0
    return (perf_counter() - start) / max(1, played)
