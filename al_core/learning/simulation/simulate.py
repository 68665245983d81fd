"""Playing a whole run on rows whose labels are known, one round at a time."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

import numpy as np
from numpy.typing import ArrayLike, NDArray

from al_core.errors import LabelError, PoolError
from al_core.learning.matrices import Matrix, as_labels, as_matrix, n_rows, take_rows
from al_core.learning.models.answers import Answers, answers_of, labels_as
from al_core.learning.models.fitting import Fitter
from al_core.learning.querying.ask import Asking, check_answers, round_rng
from al_core.learning.records import Round, Rows
from al_core.learning.scoring.of_answers import metric_for
from al_core.learning.simulation.rounds import Game, Scorer
from al_core.learning.simulation.settings import Oracle, RowSets, RunSettings
from al_core.learning.simulation.splits import (
    Initial,
    check_batch_size,
    check_labels,
    check_rows,
    check_whole,
    first_rows,
    is_missing,
    missing_labels,
    split_rows,
)
from al_core.learning.strategies import Strategy, as_strategy, default_strategy


def simulate(
    X: Matrix,
    y: ArrayLike,
    *,
    estimator: Any,
    strategy: str | Strategy | None = None,
    initial: Initial = "random",
    n_initial: int = 20,
    budget: int | None = None,
    batch_size: int = 1,
    test: float | Sequence[int] | Rows = 0.25,
    test_cap: int | None = None,
    metric: str | None = None,
    seed: int = 0,
    **more: Any,
) -> Iterator[Round]:
    """Active learning on known labels: split, first labels, then rounds of fit, score, ask.

    y: (n,) classes; numbers where ``estimator`` is a regressor; for a model of tags a table (n, k)
    of 0 and 1. strategy and metric None: the default of what is learned (margin and accuracy;
    greedy_x and mean absolute error; min_confidence and F1 micro).
    initial: "random" (at least one row of each class where possible), "centres", "farthest",
    "density", or row numbers of ``X``. test: a share of the rows, or row numbers; test_cap: at most
    so many test rows. budget counts all fitted labels, initial ones included; None: until the pool
    is used up. more: ``costs``, ``params``, ``diverse``, ``sample`` of :class:`Asking`, ``grid``
    and ``intervals`` of :class:`RunSettings`, ``classes`` of :class:`Oracle`, and ``y_oracle``, its
    ``answers``. Split and first labels depend on the seed alone, so that strategies can be compared
    in pairs. strategy: a registered name or a ``Strategy``. Raises LabelError, PoolError,
    SettingsError or StrategyError.

    >>> from sklearn.linear_model import LogisticRegression
    >>> X = np.arange(40.0)[:, None]
    >>> model = LogisticRegression()
    >>> rounds = list(simulate(X, X[:, 0] > 20, estimator=model, n_initial=4, budget=6))
    >>> [r.n_labels for r in rounds], rounds[0].n_test
    ([4, 5, 6], 10)
    """
    round_rng(seed, 0)  # refuses a bad seed now rather than at the first round
    check_whole(n_initial, "n_initial")
    X = as_matrix(X)
    answers = answers_of(estimator, y)
    labels = check_labels(X, y, answers)
    pool, test_rows = split_rows(labels, test, test_cap, seed, answers)
    first = first_rows(X, labels, pool, initial, n_initial, seed, answers)
    oracle = Oracle(labels, more.pop("y_oracle", None), more.pop("classes", None))
    of_run = {name: more.pop(name) for name in ("grid", "intervals") if name in more}
    asking = Asking(strategy or default_strategy(answers), seed, **more)
    scored = metric_for(metric, answers).name
    settings = RunSettings(estimator, asking, scored, batch_size, budget, **of_run)
    return play(X, oracle, RowSets(first, test_rows, pool), settings)


def play(X: Matrix, oracle: Oracle, rows: RowSets, settings: RunSettings) -> Iterator[Round]:
    """Go on from the rows labelled at the start: fit, score, ask, answer; one Round each.

    The first Round holds ``rows.labelled`` as given. While all labels are of one class the model
    answers that class and rows are asked at random. Resuming with more of its own rows continues a
    run exactly, at the end of any batch. Raises PoolError, LabelError, SettingsError; errors of
    estimator and strategy come through as they are.
    """
    asking = settings.asking
    round_rng(asking.seed, 0)  # refuses a bad seed now rather than at the first round
    answers = answers_of(settings.estimator, oracle.truth)
    X, truth = as_matrix(X), labels_as(answers, oracle.truth)
    learned = truth if oracle.answers is None else labels_as(answers, oracle.answers)
    strategy = as_strategy(asking.strategy)
    check_answers(strategy, answers)
    test = check_rows(rows.test, len(truth), "test rows")
    first = np.asarray(rows.labelled)
    _check_play(X, truth, first, test, settings.batch_size)
    free = _free_rows(len(truth), rows.pool, first, test)
    end = _end(settings.budget, first, free)
    asked = free if end > len(first) else None
    touched = np.concatenate([first, test, np.flatnonzero(free)])
    game = Game(
        X=X,
        y=learned,
        classes=_all_classes(oracle.classes, learned, first, asked, answers),
        fitter=Fitter(settings.estimator, asking.seed),
        strategy=strategy,
        asking=asking,
        scorer=Scorer(
            metric_for(settings.metric, answers),
            take_rows(X, test),
            truth[test],
            settings.intervals,
            _scored_classes(oracle.classes, truth, touched, answers),
        ),
        free=free,
        labelled=first.astype(np.intp),
    )
    grid = None if settings.grid is None else sorted(settings.grid)
    return game.rounds(end, settings.batch_size, grid)


def _check_play(X: Matrix, y: NDArray[Any], first: Rows, test: Rows, batch_size: int) -> None:
    if y.shape[:1] != (n_rows(X),):
        raise LabelError(
            f"Got {n_rows(X)} rows and labels of shape {y.shape}. Give one label a row."
        )
    check_batch_size(batch_size)
    both = np.intersect1d(check_rows(first, len(y), "labelled rows"), test)
    if both.size:
        raise PoolError(
            f"Row {both[0]} is labelled and a test row. A row can teach or test, not both."
        )


def _free_rows(n: int, pool_rows: ArrayLike | None, first: Rows, test: Rows) -> NDArray[np.bool_]:
    """True for each row that may be asked."""
    free = np.ones(n, dtype=bool)
    if pool_rows is not None:
        free[:] = False
        free[np.asarray(pool_rows, dtype=np.intp)] = True
    free[test] = free[first] = False
    return free


def _end(budget: int | None, first: Rows, free: NDArray[np.bool_]) -> int:
    most = len(first) + int(free.sum())
    if budget is not None and not len(first) <= budget <= most:
        raise PoolError(
            f"A budget of {budget} labels does not fit: {len(first)} are given at the start and "
            f"{most} rows can be learned from. Choose a budget from {len(first)} to {most}."
        )
    return most if budget is None else budget


def _all_classes(
    classes: ArrayLike | None,
    y: NDArray[Any],
    first: Rows,
    free: NDArray[np.bool_] | None,
    answers: Answers,
) -> NDArray[Any]:
    if answers == "tags":
        return np.arange(y.shape[1])
    used = y[first] if free is None else np.concatenate([y[first], y[free]])
    missing = missing_labels(used)
    if missing:
        raise LabelError(
            f"{missing} of the {len(used)} rows to learn from have no label. "
            "Leave them out of the pool."
        )
    if answers == "numbers":
        return np.empty(0)
    return np.unique(used) if classes is None else as_labels(classes)


def _scored_classes(
    classes: ArrayLike | None, truth: NDArray[Any], rows: NDArray[np.intp], answers: Answers
) -> NDArray[Any]:
    """Every class that scores average over; of ``rows`` that are asked no more, labels may miss."""
    if answers != "classes":
        return np.empty(0)
    if classes is not None:
        return as_labels(classes)
    labels = truth[rows]
    return np.unique(labels[~is_missing(labels)])
