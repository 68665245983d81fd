"""From the settings of a comparison to its runs, checked before the first one starts."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

import joblib
import numpy as np
from numpy.typing import NDArray

from al_core.errors import SettingsError
from al_core.learning.comparison.runs import RunOptions, Task
from al_core.learning.matrices import Matrix
from al_core.learning.models.answers import Answers, answers_of
from al_core.learning.models.fitting import check_estimator
from al_core.learning.querying.ask import check_answers
from al_core.learning.scoring.curves import label_grid
from al_core.learning.scoring.number_scores import NumberMetric
from al_core.learning.scoring.of_answers import AnyMetric, is_error
from al_core.learning.simulation.splits import check_batch_size, check_whole, first_rows, split_rows
from al_core.learning.strategies import Strategy, as_strategy, get_strategy

# What ``simulate`` takes and a comparison does not set by itself.
MORE_OPTIONS = ("classes", "costs", "params", "diverse", "sample")


def seed_numbers(seeds: Sequence[int] | int) -> list[int]:
    if not isinstance(seeds, int | np.integer | Iterable):
        raise SettingsError(f"Got seeds={seeds!r}. Give how many, or different whole numbers.")
    given = list(seeds) if isinstance(seeds, Iterable) else range(seeds)
    for seed in given:
        check_whole(seed, "seed")
    numbers = [int(seed) for seed in given]
    if not numbers or min(numbers) < 0 or len(set(numbers)) < len(numbers):
        raise SettingsError(f"Got the seeds {seeds}. Give different whole numbers from 0.")
    return numbers


def answers_of_all(estimators: Mapping[str, Any], y: Any) -> Answers:
    """What all the estimators learn; a SettingsError where they learn different things."""
    found = {name: answers_of(estimator, y) for name, estimator in estimators.items()}
    kinds = sorted(set(found.values()))
    if len(kinds) > 1:
        first, second = (next(n for n, kind in found.items() if kind == k) for k in kinds[:2])
        raise SettingsError(
            f"{first!r} learns {kinds[0]} and {second!r} learns {kinds[1]}: their scores cannot be "
            "compared. Give estimators of one kind."
        )
    return kinds[0]


def check_target_score(target: float | None, metric: AnyMetric) -> None:
    """Refuse a target that the metric cannot reach (SettingsError)."""
    if target is None:
        return
    if isinstance(metric, NumberMetric):
        reachable = target > 0 if is_error(metric) else target <= 1
        if not (np.isfinite(target) and reachable):
            allowed = "an error above 0" if is_error(metric) else "a score of at most 1"
            raise SettingsError(f"Got the target {target}. Give {allowed}.")
    elif not 0 < target <= 1:
        raise SettingsError(f"Got the target {target}. Give a score above 0, at most 1.")


def check_settings(estimators: Mapping[str, Any], noise: float) -> None:
    if not isinstance(estimators, Mapping):
        raise SettingsError(
            f"Got a {type(estimators).__name__} as estimators. Give {{name: estimator}}; the names "
            "stand in the tables."
        )
    if not estimators:
        raise SettingsError("Got no estimator. Give at least one, as {name: estimator}.")
    for estimator in estimators.values():
        check_estimator(estimator)
    if not 0 <= noise < 1:
        raise SettingsError(f"Got a share of wrong answers of {noise}. Give 0 or more, below 1.")


def check_run_options(options: RunOptions, n_jobs: int) -> None:
    """Refuse now what every single run would fail on (SettingsError)."""
    check_batch_size(options.batch_size)
    check_whole(options.n_initial, "n_initial")
    check_whole(n_jobs, "n_jobs")
    if n_jobs == 0:
        raise SettingsError("Got n_jobs=0. Give the number of processes, or -1 for one a core.")
    unknown = sorted(set(options.more) - set(MORE_OPTIONS))
    if unknown:
        raise SettingsError(
            f"A comparison does not know the keyword {', '.join(unknown)}. Besides its own, which "
            f"its docstring tells, it takes those of simulate: {', '.join(MORE_OPTIONS)}."
        )


def spanned(
    X: Matrix,
    y: NDArray[Any],
    options: RunOptions,
    seeds: Sequence[int],
    points: int | None,
    answers: Answers = "classes",
) -> RunOptions:
    """The options with budget and grid; refuses a budget that one of the seeds cannot spend.

    points: score at about so many label counts; None: after every round.
    """
    pools = [split_rows(y, options.test, options.test_cap, seed, answers)[0] for seed in seeds]
    smallest = min(len(pool) for pool in pools)
    initial, n_initial, budget = options.initial, options.n_initial, options.budget
    first = len(first_rows(X, y, pools[0], initial, n_initial, seeds[0], answers))
    if budget is not None and not first <= budget <= smallest:
        raise SettingsError(
            f"A budget of {budget} labels does not fit: each run starts with {first} and "
            f"{smallest} rows can be learned from. Choose a budget from {first} to {smallest}."
        )
    end = smallest if budget is None else budget
    return replace(options, budget=end, grid=label_grid(first, end, points) if points else None)


def with_random(strategies: Sequence[str | Strategy]) -> list[Strategy]:
    """Random first, then the strategies given; a SettingsError for one given twice, or no list."""
    if isinstance(strategies, str | Strategy) or not isinstance(strategies, Iterable):
        name = strategies if isinstance(strategies, str) else getattr(strategies, "name", "margin")
        raise SettingsError(
            f"Got {strategies if isinstance(strategies, str) else name!r} as strategies. "
            f"Give a list, such as [{name!r}]."
        )
    given = [as_strategy(one) for one in strategies]
    names = [strategy.name for strategy in given]
    twice = next((name for name in names if names.count(name) > 1), None)
    if twice is not None:
        raise SettingsError(
            f"The strategy {twice!r} is given twice. Give each once; two of one name cannot be "
            "told apart in the tables, so give a combination a name of its own (name=...)."
        )
    every = [get_strategy("random"), *given]
    return list({strategy.name: strategy for strategy in every}.values())


def check_fit(strategies: Sequence[Strategy], answers: Answers, noise: float) -> None:
    """Refuse strategies for other answers (StrategyError), and noise in what are no classes."""
    for strategy in strategies:
        check_answers(strategy, answers)
    if noise and answers != "classes":
        raise SettingsError(
            f"Got a share of wrong answers of {noise}. Wrong answers are drawn for classes alone; "
            f"these are {answers}: give 0."
        )


def check_costs(strategies: Sequence[Strategy], options: RunOptions) -> None:
    """Refuse costs that no strategy would look at (SettingsError)."""
    if options.more.get("costs") is not None and not any(one.takes_costs for one in strategies):
        raise SettingsError(
            "Got costs, and none of the strategies uses them. Leave them out, or compare a "
            "strategy such as 'cost_sensitive'."
        )


@dataclass(frozen=True)
class Plan:
    """Which runs a comparison has: every estimator with every strategy over every seed.

    noise: the share of labels that the oracle gets wrong.
    """

    estimators: Mapping[str, Any]
    strategies: Sequence[Strategy]
    seeds: Sequence[int]
    noise: float
    options: RunOptions

    def tasks(self) -> list[Task]:
        """All of one seed first, so that what is done after a while can be compared."""
        return [
            Task(name, estimator, strategy, seed, self.noise, self.options)
            for seed in self.seeds
            for name, estimator in self.estimators.items()
            for strategy in self.strategies
        ]

    def fingerprints(self, X: Matrix, y: NDArray[Any]) -> dict[str, str]:
        """Estimator name -> digest of the data and of every setting that a run's numbers depend
        on."""
        data, settings = joblib.hash((X, y)), sorted(self.options.keywords().items(), key=str)
        return {
            name: str(joblib.hash((data, self.noise, settings, _settings(estimator))))
            for name, estimator in self.estimators.items()
        }


def in_order(tasks: Sequence[Task]) -> list[tuple[str, str, int]]:
    estimators = list(dict.fromkeys(task.name for task in tasks))
    strategies = list(dict.fromkeys(task.strategy.name for task in tasks))
    return sorted(
        (task.key for task in tasks),
        key=lambda key: (estimators.index(key[0]), strategies.index(key[1])),
    )


def _settings(estimator: Any) -> str:
    params = estimator.get_params() if hasattr(estimator, "get_params") else {}
    return f"{type(estimator).__name__} {sorted(params.items(), key=str)}"
