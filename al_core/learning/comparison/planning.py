"""From the settings of a comparison to its runs, checked before the first one starts."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

import joblib
import numpy as np
from numpy.typing import NDArray

from al_core.errors import SettingsError
from al_core.learning.comparison.runs import Task
from al_core.learning.matrices import Matrix
from al_core.learning.models.fitting import check_classifier
from al_core.learning.simulation.splits import check_batch_size, check_whole, first_rows, split_rows
from al_core.learning.strategies import Strategy, as_strategy, get_strategy

# What ``play`` takes and a comparison does not set by itself.
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


def check_settings(estimators: Mapping[str, Any], noise: float, target: float | None) -> None:
    if not isinstance(estimators, Mapping):
        raise SettingsError(
            f"Got a {type(estimators).__name__} as estimators. Give {{name: estimator}}; the names "
            "stand in the tables."
        )
    if not estimators:
        raise SettingsError("Got no estimator. Give at least one, as {name: estimator}.")
    for estimator in estimators.values():
        check_classifier(estimator)
    if not 0 <= noise < 1:
        raise SettingsError(f"Got a share of wrong answers of {noise}. Give 0 or more, below 1.")
    if target is not None and not 0 < target <= 1:
        raise SettingsError(f"Got the target {target}. Give a score above 0, at most 1.")


def check_run_options(
    batch_size: int, n_initial: int, n_jobs: int, more: Mapping[str, Any]
) -> None:
    """Refuse now what every single run would fail on (SettingsError)."""
    check_batch_size(batch_size)
    check_whole(n_initial, "n_initial")
    check_whole(n_jobs, "n_jobs")
    if n_jobs == 0:
        raise SettingsError("Got n_jobs=0. Give the number of processes, or -1 for one a core.")
    unknown = sorted(set(more) - set(MORE_OPTIONS))
    if unknown:
        raise SettingsError(
            f"A comparison does not know the keyword {', '.join(unknown)}. Besides its own, which "
            f"its docstring tells, it takes those of play: {', '.join(MORE_OPTIONS)}."
        )


def label_span(
    X: Matrix,
    y: NDArray[Any],
    options: Mapping[str, Any],
    seeds: Sequence[int],
    budget: int | None,
) -> tuple[int, int]:
    """(budget, first number of labels); refuses a budget that one of the seeds cannot spend."""
    pools = [split_rows(y, options["test"], options["test_cap"], seed)[0] for seed in seeds]
    smallest = min(len(pool) for pool in pools)
    initial, n_initial = options["initial"], options["n_initial"]
    first = len(first_rows(X, y, pools[0], initial, n_initial, seeds[0]))
    if budget is not None and not first <= budget <= smallest:
        raise SettingsError(
            f"A budget of {budget} labels does not fit: each run starts with {first} and "
            f"{smallest} rows can be learned from. Choose a budget from {first} to {smallest}."
        )
    return smallest if budget is None else budget, first


def with_random(strategies: Sequence[str | Strategy]) -> list[Strategy]:
    given = [as_strategy(one) for one in strategies]
    every = [get_strategy("random"), *given]
    return list({strategy.name: strategy for strategy in every}.values())


def all_tasks(
    estimators: Mapping[str, Any],
    strategies: Sequence[Strategy],
    seeds: Sequence[int],
    noise: float,
    options: Mapping[str, Any],
) -> list[Task]:
    """All of one seed first, so that what is done after a while can be compared."""
    return [
        Task(name, estimator, strategy, seed, noise, options)
        for seed in seeds
        for name, estimator in estimators.items()
        for strategy in strategies
    ]


def in_order(tasks: Sequence[Task]) -> list[tuple[str, str, int]]:
    estimators = list(dict.fromkeys(task.name for task in tasks))
    strategies = list(dict.fromkeys(task.strategy.name for task in tasks))
    return sorted(
        (task.key for task in tasks),
        key=lambda key: (estimators.index(key[0]), strategies.index(key[1])),
    )


def fingerprints(
    tasks: Sequence[Task],
    X: Matrix,
    y: NDArray[Any],
    noise: float,
    options: Mapping[str, Any],
) -> dict[str, str]:
    """Estimator name -> digest of the data and of every setting that a run's numbers depend on."""
    data = joblib.hash((X, y))
    estimators = {task.name: task.estimator for task in tasks}
    return {
        name: str(
            joblib.hash((data, noise, sorted(options.items(), key=str), _settings(estimator)))
        )
        for name, estimator in estimators.items()
    }


def _settings(estimator: Any) -> str:
    params = estimator.get_params() if hasattr(estimator, "get_params") else {}
    return f"{type(estimator).__name__} {sorted(params.items(), key=str)}"
