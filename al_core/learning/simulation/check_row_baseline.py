"""The live random baseline, measured within the check rows."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np
from numpy.typing import ArrayLike, NDArray

from al_core.errors import LabelError
from al_core.learning.matrices import Matrix, as_labels, as_matrix, n_rows, stack_rows, take_rows
from al_core.learning.models.fitting import Fitter
from al_core.learning.models.threads import one_thread
from al_core.learning.records import Band, Rows
from al_core.learning.scoring.curves import label_grid
from al_core.learning.scoring.metrics import Metric, get_metric
from al_core.progress import Progress

_NAME = "same start, then random"


def check_baseline(
    X_seed: Matrix,
    y_seed: ArrayLike,
    X_check: Matrix,
    y_check: ArrayLike,
    *,
    estimator: Any,
    metric: str = "accuracy",
    classes: ArrayLike | None = None,
    seeds: Sequence[int] = range(20),
    grid: Sequence[int] | None = None,
    on_progress: Progress | None = None,
) -> Band:
    """What the same start and then random rows give, by repeated splits of the check rows.

    For each seed the answered check rows are split at random into halves: the seed rows and the
    first k of one half are fitted, the other half scores. ``grid``: numbers of fitted labels, seed
    rows included; those beyond the seed rows plus half the check rows are left out. The band holds
    the percentiles over splits (2.5 to 97.5), which contain the test rows' own sampling error.
    classes: every class there is, by default those of the rows given, so that all splits average
    over the same. While the labels are of one class, the model answers that class.
    ``on_progress(fraction, what)`` may raise to cancel. Raises LabelError for fewer than two check
    rows.
    """
    X_seed, X_check = as_matrix(X_seed), as_matrix(X_check)
    y_seed, y_check = as_labels(y_seed), as_labels(y_check)
    n_seed, half = len(y_seed), n_rows(X_check) // 2
    if half < 1:
        raise LabelError(
            f"The random baseline needs at least 2 answered check rows and got {len(y_check)}."
        )
    wanted = label_grid(n_seed, n_seed + half) if grid is None else sorted(set(grid))
    points = [n for n in wanted if max(1, n_seed) <= n <= n_seed + half]
    X, y = stack_rows(X_seed, X_check), np.concatenate([y_seed, y_check])
    known = np.unique(y) if classes is None else as_labels(classes)
    scores = []
    for done, seed in enumerate(seeds):
        if on_progress:
            on_progress(done / len(seeds), f"random baseline, split {done + 1} of {len(seeds)}")
        fed, test = _halves(n_seed, len(y_check), seed)
        fitter, scorer = Fitter(estimator, seed), get_metric(metric)
        scores.append([_score(fitter, scorer, X, y, known, fed[:n], test) for n in points])
    return _band(np.array(scores).reshape(len(scores), len(points)), points)


def _halves(n_seed: int, n_check: int, seed: int) -> tuple[Rows, Rows]:
    """(rows in the order in which they are fed, test rows) of the stacked matrix."""
    order = n_seed + np.random.default_rng([seed, 51]).permutation(n_check)
    half = n_check // 2
    return np.concatenate([np.arange(n_seed), order[:half]]), np.sort(order[half:])


def _score(
    fitter: Fitter,
    metric: Metric,
    X: Matrix,
    y: NDArray[Any],
    classes: NDArray[Any],
    fed: Rows,
    test: Rows,
) -> float:
    rows = np.sort(fed)
    with one_thread():
        if (y[rows] == y[rows[0]]).all():
            predicted = np.full(len(test), y[rows[0]])
        else:
            model = fitter.fit(take_rows(X, rows), y[rows])
            predicted = model.predict(take_rows(X, test))
    return metric.score(y[test], predicted, classes)


def _band(scores: NDArray[np.float64], points: list[int]) -> Band:
    low, high = (
        np.quantile(scores, [0.025, 0.975], axis=0) if len(scores) else np.empty((2, len(points)))
    )
    middle = scores.mean(axis=0)
    return Band(_NAME, np.array(points, dtype=np.int64), middle, low, high, len(scores))
