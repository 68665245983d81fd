"""One run of a comparison: one estimator, one strategy, one seed."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass, field, fields
from time import perf_counter
from typing import Any

import numpy as np
from numpy.typing import NDArray

from al_core.errors import UserError
from al_core.learning.matrices import Matrix
from al_core.learning.models.threads import one_thread
from al_core.learning.simulation.simulate import simulate
from al_core.learning.simulation.splits import Initial
from al_core.learning.strategies import Strategy


@dataclass(frozen=True, slots=True)
class Run:
    """A run: ``scores[i]`` with ``n_labels[i]`` labels; ``error`` is empty unless it failed."""

    estimator: str
    strategy: str
    seed: int
    n_labels: tuple[int, ...]
    scores: tuple[float, ...]
    seconds: float = 0.0
    error: str = ""

    @property
    def key(self) -> tuple[str, str, int]:
        """What tells it from the other runs of its comparison."""
        return self.estimator, self.strategy, self.seed


@dataclass(frozen=True, slots=True)
class RunOptions:
    """What all runs of a comparison have in common: how their rows are divided, asked and scored.

    budget None: until the pool is used up. grid: numbers of labels at which to score; None: all.
    more: ``classes``, ``costs``, ``params``, ``diverse``, ``sample`` of ``simulate``, as given.
    """

    initial: Initial = "random"
    n_initial: int = 20
    batch_size: int = 1
    test: float = 0.25
    test_cap: int | None = None
    metric: str = "accuracy"
    budget: int | None = None
    grid: Collection[int] | None = None
    more: Mapping[str, Any] = field(default_factory=dict)

    def keywords(self) -> dict[str, Any]:
        """The keywords of ``simulate``. Kept runs are found by them: a change loses those."""
        own = {one.name: getattr(self, one.name) for one in fields(self) if one.name != "more"}
        return own | dict(self.more)


@dataclass(frozen=True, slots=True)
class Task:
    """A run to be done; all that a worker needs beside the data."""

    name: str
    estimator: Any
    strategy: Strategy
    seed: int
    noise: float
    options: RunOptions

    @property
    def key(self) -> tuple[str, str, int]:
        """The key of its run."""
        return self.name, self.strategy.name, self.seed

    def keywords(self) -> dict[str, Any]:
        """The keywords of ``simulate``; costs are for those strategies that take them."""
        given = self.options.keywords()
        return {k: v for k, v in given.items() if k != "costs" or self.strategy.takes_costs}


def do_task(
    task: Task, X: Matrix, y: NDArray[Any], stopped: Callable[[], bool] = lambda: False
) -> Run | None:
    """Play the run; None if ``stopped`` turned true before its end.

    An error of the strategy or the estimator ends this run alone and is told in ``Run.error``.
    """
    started = perf_counter()
    n_labels: list[int] = []
    scores: list[float] = []
    error = ""
    try:
        with one_thread():
            for played in simulate(
                X,
                y,
                estimator=task.estimator,
                strategy=task.strategy,
                seed=task.seed,
                y_oracle=noisy_labels(y, task.noise, task.seed) if task.noise else None,
                intervals=False,
                **task.keywords(),
            ):
                n_labels.append(played.n_labels)
                scores.append(played.score)
                if stopped():
                    return None
    except Exception as problem:  # whatever a person's strategy raises belongs beside its name
        error = str(problem) if isinstance(problem, UserError) else _kind_and_text(problem)
    seconds = perf_counter() - started
    return Run(*task.key, tuple(n_labels), tuple(scores), seconds, error)


def _kind_and_text(problem: Exception) -> str:
    return f"{type(problem).__name__}: {problem}"


def noisy_labels(y: NDArray[Any], share: float, seed: int) -> NDArray[Any]:
    """``y`` with a random ``share`` of the labels replaced by another class; same seed, same ones.

    >>> labels = np.array(["a", "b"] * 50)
    >>> int((noisy_labels(labels, 0.1, seed=0) != labels).sum())
    10
    """
    rng = np.random.default_rng([seed, 61])
    classes, codes = np.unique(y, return_inverse=True)
    wrong = rng.permutation(len(y))[: round(share * len(y))]
    codes[wrong] = (codes[wrong] + rng.integers(1, len(classes), size=len(wrong))) % len(classes)
    return np.asarray(classes[codes])
