"""The live random baseline, measured within the check rows."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import ArrayLike, NDArray

from al_core.errors import LabelError
from al_core.learning.matrices import Matrix, as_labels, as_matrix, n_rows, stack_rows, take_rows
from al_core.learning.models.fitting import Fitter
from al_core.learning.models.threads import one_thread
from al_core.learning.records import Band, Rows
from al_core.learning.scoring.curves import label_grid
from al_core.learning.scoring.metrics import get_metric
from al_core.learning.simulation.rounds import Scorer
from al_core.progress import Progress

_NAME = "same start, then random"


@dataclass(frozen=True)
class Answered:
    """Rows with an answer each: X (n, d), y (n,)."""

    X: Matrix
    y: ArrayLike


def check_baseline(
    start: Answered,
    check: Answered,
    *,
    estimator: Any,
    metric: str = "accuracy",
    classes: ArrayLike | None = None,
    seeds: Sequence[int] = range(20),
    grid: Sequence[int] | None = None,
    on_progress: Progress | None = None,
) -> Band:
    """What the same start and then random rows give, by repeated splits of the check rows.

    For each seed the answered check rows are split at random into halves: the rows of ``start`` and
    the first k of one half are fitted, the other half scores. ``grid``: numbers of fitted labels,
    those of ``start`` included; what half the check rows cannot reach is left out. The band holds
    the percentiles over splits (2.5 to 97.5), which contain the test rows' own sampling error.
    classes: every class there is, by default those of the rows given, so that all splits average
    over the same. While the labels are of one class, the model answers that class.
    ``on_progress(fraction, what)`` may raise to cancel. Raises LabelError for fewer than two check
    rows.
    """
    X_seed, X_check = as_matrix(start.X), as_matrix(check.X)
    y_seed, y_check = as_labels(start.y), as_labels(check.y)
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
        fitter = Fitter(estimator, seed)
        scorer = Scorer(get_metric(metric), take_rows(X, test), y[test], False, known)
        scores.append([_score(fitter, scorer, X, y, fed[:n]) for n in points])
    return _band(np.array(scores).reshape(len(scores), len(points)), points)


def check_differences(
    start: Answered,
    chosen: Answered,
    check: Answered,
    *,
    estimator: Any,
    metric: str = "accuracy",
    classes: ArrayLike | None = None,
    seeds: Sequence[int] = range(20),
) -> tuple[list[float], int, int]:
    """(score of chosen rows minus that of random ones, one a split; rows to learn from; to test).

    Both start from the same rows. For each seed the check rows are split at random into halves: the
    random side learns from as many of the first half as there are chosen rows, the other half
    scores both. Both sides have the same number of labels. Raises LabelError for fewer than two
    check rows, or no chosen one.
    """
    half = len(as_labels(check.y)) // 2
    k = min(half, len(as_labels(chosen.y)))
    if k < 1:
        raise LabelError("Random rows need check rows and chosen rows to be compared. Label more.")
    X = stack_rows(stack_rows(as_matrix(start.X), as_matrix(chosen.X)), as_matrix(check.X))
    y = np.concatenate([as_labels(one.y) for one in (start, chosen, check)])
    n_start, n_both = len(as_labels(start.y)), len(y) - len(as_labels(check.y))
    known = np.unique(y) if classes is None else as_labels(classes)
    ours, found = np.arange(n_start + k), list[float]()
    mine = _fitted(Fitter(estimator, seeds[0]), X, y, ours)
    for seed in seeds:
        order = n_both + np.random.default_rng([seed, 51]).permutation(len(y) - n_both)
        test, fitter = np.sort(order[half:]), Fitter(estimator, seed)
        scorer = Scorer(get_metric(metric), take_rows(X, test), y[test], False, known)
        theirs = np.concatenate([np.arange(n_start), order[:k]])
        found.append(scorer(*mine)[0] - scorer(*_fitted(fitter, X, y, theirs))[0])
    return found, k, len(y) - n_both - half


def _halves(n_seed: int, n_check: int, seed: int) -> tuple[Rows, Rows]:
    """(rows in the order in which they are fed, test rows) of the stacked matrix."""
    order = n_seed + np.random.default_rng([seed, 51]).permutation(n_check)
    half = n_check // 2
    return np.concatenate([np.arange(n_seed), order[:half]]), np.sort(order[half:])


def _score(fitter: Fitter, scorer: Scorer, X: Matrix, y: NDArray[Any], fed: Rows) -> float:
    """The score with the rows ``fed``; while they are of one class, of that answer."""
    with one_thread():
        return scorer(*_fitted(fitter, X, y, fed))[0]


def _fitted(fitter: Fitter, X: Matrix, y: NDArray[Any], fed: Rows) -> tuple[Any, Any]:
    """The model of the rows ``fed``, None for one class; and the answer of the first of them."""
    rows = np.sort(fed)
    one_class = bool((y[rows] == y[rows[0]]).all())
    with one_thread():
        return (None if one_class else fitter.fit(take_rows(X, rows), y[rows])), y[rows[0]]


def _band(scores: NDArray[np.float64], points: list[int]) -> Band:
    low, high = (
        np.quantile(scores, [0.025, 0.975], axis=0) if len(scores) else np.empty((2, len(points)))
    )
    middle = scores.mean(axis=0)
    return Band(_NAME, np.array(points, dtype=np.int64), middle, low, high, len(scores))
