"""Does active learning pay on this table? Strategies and models against random, over many seeds."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from contextlib import closing
from dataclasses import dataclass
from functools import cached_property
from typing import Any

import numpy as np
import pandas as pd
from numpy.typing import ArrayLike

from al_core.learning.comparison import verdicts
from al_core.learning.comparison.planning import (
    Plan,
    answers_of_all,
    check_costs,
    check_fit,
    check_run_options,
    check_settings,
    check_target_score,
    in_order,
    seed_numbers,
    spanned,
    with_random,
)
from al_core.learning.comparison.runs import Run, RunOptions
from al_core.learning.comparison.store import Kept, RunStore
from al_core.learning.comparison.verdicts import Verdict
from al_core.learning.comparison.words import NO_COSTS, Costs, Headline, headline, sentences
from al_core.learning.comparison.workers import Workers, finished_runs, never
from al_core.learning.matrices import Matrix, as_matrix
from al_core.learning.records import Band
from al_core.learning.scoring.curves import Norm, mean_band
from al_core.learning.scoring.of_answers import is_error, limits, metric_for, metric_named
from al_core.learning.simulation.splits import Initial, check_labels
from al_core.learning.strategies import Strategy


@dataclass(frozen=True)
class Comparison:
    """All runs of a comparison, and what they say about this table.

    ``runs`` are in the order of estimators, strategies and seeds, whatever the order in which they
    finished. ``cancelled``: it was stopped early; what was done is here. ``target_number``: which
    of the targets tried on these runs this is; a later one has to show more.
    """

    runs: tuple[Run, ...]
    metric: str = "accuracy"
    target: float | None = None
    costs: Costs = NO_COSTS
    cancelled: bool = False
    target_number: int = 1

    @property
    def rounds(self) -> pd.DataFrame:
        """Frame (estimator, strategy, seed, n_labels, score, error), one line a scored round.

        A run that failed has one more line with its error and no score.
        """
        columns = ["estimator", "strategy", "seed", "n_labels", "score", "error"]
        return pd.DataFrame([line for run in self.runs for line in _lines(run)], columns=columns)

    def verdicts(self, norm: Norm = "range") -> list[Verdict]:
        """What is known of each estimator and strategy; random is the first of each estimator."""
        if norm not in self._judged:
            errors = is_error(metric_named(self.metric))
            self._judged[norm] = verdicts.judge(
                self.runs, self.target, norm, errors, self.target_number
            )
        return self._judged[norm]

    @cached_property
    def _judged(self) -> dict[Norm, list[Verdict]]:
        return {}

    def summary(self, norm: Norm = "range") -> pd.DataFrame:
        """One line an estimator and strategy.

        aubc_mean, aubc_std: area under the curve (see ``aubc`` for ``norm``), over seeds. gain:
        mean paired difference of that area from random, with gain_low and gain_high (95 %),
        p_value (Wilcoxon), p_holm, wins of seeds. labels_to_target, saved (labels) and
        saved_percent at the target, each with _low and _high, nan: not reached. target, finding,
        errors (number of failed runs), error (the first one's text), seconds a run.
        """
        return pd.DataFrame([verdict.line() for verdict in self.verdicts(norm)])

    def sentences(self) -> list[str]:
        """What a manager reads, the most important first, in plain words."""
        metric, whole = metric_named(self.metric), not self.cancelled
        return sentences(self.verdicts(), metric, self.costs, whole=whole)

    def headline(self) -> Headline | None:
        """The result in one large line and a small one; None before two repeats are finished."""
        return headline(self.verdicts(), metric_named(self.metric), whole=not self.cancelled)

    def bands(self) -> dict[tuple[str, str], Band]:
        """(estimator, strategy) -> mean curve over the seeds that all have finished, with the 95 %
        range of that mean."""
        within = limits(metric_named(self.metric))
        return {
            key: mean_band(key[1], n_labels, scores, within)
            for key, (n_labels, scores, _) in verdicts.curves(self._whole).items()
        }

    @property
    def _whole(self) -> list[Run]:
        return verdicts.whole_repeats(self.runs)

    @property
    def n_repeats(self) -> int:
        """The seeds that all figures are of."""
        return len({run.seed for run in self._whole})

    @property
    def errors(self) -> dict[tuple[str, str], list[str]]:
        """(estimator, strategy) -> "seed 3: what went wrong", for those with failed runs."""
        told: dict[tuple[str, str], list[str]] = {}
        for run in self.runs:
            if run.error:
                key = (run.estimator, run.strategy)
                told.setdefault(key, []).append(f"seed {run.seed}: {run.error}")
        return told


def _lines(run: Run) -> Iterable[tuple[Any, ...]]:
    for n, score in zip(run.n_labels, run.scores, strict=True):
        yield *run.key, n, score, ""
    if run.error:
        yield *run.key, len(run.n_labels) and run.n_labels[-1], np.nan, run.error


def compare(
    X: Matrix,
    y: ArrayLike,
    *,
    estimators: Mapping[str, Any],
    strategies: Sequence[str | Strategy],
    seeds: Sequence[int] | int = 20,
    initial: Initial = "random",
    n_initial: int = 20,
    budget: int | None = None,
    batch_size: int = 1,
    test: float = 0.25,
    test_cap: int | None = None,
    metric: str | None = None,
    target: float | None = None,
    n_jobs: int = 1,
    on_round: Callable[[Run], None] | None = None,
    cancelled: Callable[[], bool] | None = None,
    gives_way: Callable[[], bool] | None = None,
    store: RunStore | None = None,
    only_kept: bool = False,
    points: int | None = None,
    noise: float = 0.0,
    cost_per_label: float | None = None,
    seconds_per_label: float | None = None,
    dask_scheduler: str | None = None,
    **more: Any,
) -> Comparison:
    """Play every strategy with every estimator over every seed; random is always run.

    estimators: {name: estimator}, all classifiers, all regressors, or all models of tags; y as in
    ``simulate``. metric None: accuracy, mean absolute error, F1 micro. seeds: numbers, or how many
    (0, 1, ...). The same seed gives each strategy the same split and first labels. points: score at
    about so many label counts instead of after every label. noise: the share of labels that the
    oracle gets wrong (the test rows keep the truth). target: a score; None: random's mean final
    one. n_jobs: worker processes, -1: one a core; dask_scheduler: the address of a Dask scheduler
    instead. on_round: called with each finished :class:`Run`, those found in ``store`` first, the
    others as they finish. cancelled: polled from a thread; once true, the comparison ends with the
    runs that are done. gives_way: polled as well; while it is true, worker processes rest four
    fifths of the time. store: where finished runs are kept; a run found there is not done again,
    and another target tried on the same runs is a further look, which has to show more. only_kept:
    nothing else is done at all. more: further keywords of ``simulate`` (``classes``, ``costs``,
    ``params``, ``diverse``, ``sample``). The numbers are the same whatever n_jobs and
    order. Raises LabelError, PoolError, SettingsError or StrategyError before the first run; what
    goes wrong within one run is in ``errors`` and the others go on.
    """
    X = as_matrix(X)
    check_settings(estimators, noise)
    answers = answers_of_all(estimators, y)
    labels = check_labels(X, y, answers)
    scored = metric_for(metric, answers)
    options = RunOptions(
        initial, n_initial, batch_size, test, test_cap, scored.name, budget, more=more
    )
    numbers = seed_numbers(seeds)
    check_target_score(target, scored)
    check_run_options(options, n_jobs)
    every_strategy = with_random(strategies)
    check_fit(every_strategy, answers, noise)
    check_costs(every_strategy, options)
    options = spanned(X, labels, options, numbers, points, answers)
    plan = Plan(estimators, every_strategy, numbers, noise, options)
    tasks = plan.tasks()
    kept = Kept(store, plan.fingerprints(X, labels) if store else {})
    done = kept.of(tasks)
    for run in done.values():
        _tell(on_round, run)
    left = [task for task in tasks if task.key not in done and not only_kept]
    workers = Workers(n_jobs, dask_scheduler, cancelled or never, gives_way or never)
    with closing(finished_runs(left, X, labels, workers)) as finished:
        for run in finished:
            done[run.key] = run
            kept.add(run)
            _tell(on_round, run)
    runs = tuple(done[key] for key in in_order(tasks) if key in done)
    costs, cancelled_early = Costs(cost_per_label, seconds_per_label), len(runs) < len(tasks)
    number = 1 if cancelled_early else kept.target_number(target)
    return Comparison(runs, scored.name, target, costs, cancelled_early, number)


def _tell(on_round: Callable[[Run], None] | None, run: Run) -> None:
    if on_round:
        on_round(run)
