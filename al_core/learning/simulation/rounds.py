"""The loop of a run: fit, score, ask, answer."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from time import perf_counter
from typing import Any

import numpy as np
from numpy.typing import NDArray

from al_core.learning.matrices import Matrix, is_frame, take_rows
from al_core.learning.models.answers import answers_of, guesses_as, only_class
from al_core.learning.models.fitting import Fitter
from al_core.learning.models.threads import one_thread
from al_core.learning.querying.ask import Asking, Known, ask
from al_core.learning.querying.second_answer import UnusualRows, has_distances, looks_for_second
from al_core.learning.records import Round, Rows
from al_core.learning.scoring.metrics import Metric, confusion
from al_core.learning.scoring.of_answers import AnyMetric
from al_core.learning.strategies import Strategy, get_strategy

_NO_ROWS = np.empty(0, dtype=np.intp)


@dataclass(frozen=True)
class Scorer:
    """Scores models on the same test rows; ``classes``: every class there is."""

    metric: AnyMetric
    X: Matrix
    y: NDArray[Any]
    intervals: bool
    classes: NDArray[Any]

    def __call__(self, model: Any, only_class: Any) -> tuple[float, float, float]:
        """(score, low, high); without a model, of the answer ``only_class`` for every row."""
        predicted = np.full(len(self.y), only_class) if model is None else model.predict(self.X)
        if not isinstance(self.metric, Metric):
            low, high = (
                self.metric.interval(self.y, predicted) if self.intervals else (np.nan, np.nan)
            )
            return self.metric.score(self.y, predicted), low, high
        counts = confusion(self.y, guesses_as("classes", predicted), self.classes)
        low, high = self.metric.bounds(counts, 0.95, 0) if self.intervals else (np.nan, np.nan)
        return self.metric.of_confusion(counts), low, high


@dataclass
class Game:
    """One run being played; ``free`` and ``labelled`` move on with it."""

    X: Matrix
    y: NDArray[Any]
    classes: NDArray[Any]
    fitter: Fitter
    strategy: Strategy
    asking: Asking
    scorer: Scorer
    free: NDArray[np.bool_]
    labelled: Rows
    unusual: UnusualRows | None = field(default=None, init=False)

    def rounds(self, end: int, batch_size: int, grid: list[int] | None) -> Iterator[Round]:
        """Fit, score, ask until there are ``end`` labels."""
        new, scored, clock = self.labelled, 0, perf_counter()
        while True:
            n = len(self.labelled)
            due = not scored or n >= end or _is_due(grid, scored, n)
            with one_thread():
                model = self._fit() if due or self.strategy.name != "random" else None
                if due:
                    scores = self.scorer(model, self.y[self.labelled[0]])
            if due:
                yield self._round(new, scores, perf_counter() - clock)
                new, scored, clock = _NO_ROWS, n, perf_counter()
            if n >= end:
                return
            picked = self._ask(model, min(batch_size, end - n))
            new = np.concatenate([new, picked])

    def _round(self, rows: Rows, scores: tuple[float, float, float], seconds: float) -> Round:
        score, low, high = scores
        return Round(len(self.labelled), score, rows, low, high, len(self.scorer.y), seconds)

    def _fit(self) -> Any:
        """The model of the labels so far, rows ascending; None while they are of one class."""
        rows = np.sort(self.labelled)
        labels = self.y[rows]
        if only_class(answers_of(self.fitter.template, labels), labels):
            return None
        return self.fitter.fit(take_rows(self.X, rows), labels)

    def _ask(self, model: Any, n: int) -> Rows:
        """Ask, answer, and return the rows."""
        picked = self._unusual(n) if self._looks_for_second(model) else _NO_ROWS
        if not len(picked):
            picked = self._chosen(model, n)
        self.free[picked] = False
        self.labelled = np.concatenate([self.labelled, picked])
        return picked

    def _chosen(self, model: Any, n: int) -> Rows:
        """What the strategy asks."""
        rows = np.sort(self.labelled)
        known = Known(
            model,
            take_rows(self.X, rows),
            self.y[rows],
            self.classes,
            self.fitter.unfitted(len(rows)),
        )
        strategy = self._asking_now(model)
        costs = self.asking.costs if strategy.takes_costs else None
        if strategy is self.strategy:
            costs = self.asking.costs  # what it would not look at is refused, not left out
        asking = replace(self.asking, strategy=strategy, costs=costs)
        return ask(self.X, known, asking, candidates=np.flatnonzero(self.free), n=n)[0]

    def _looks_for_second(self, model: Any) -> bool:
        """Whether the strategy waits for a second answer, which is then looked for as in a project.

        Among words and in frames nothing is near or far: there the rows are random ones.
        """
        waits = model is None and self.strategy.needs_model and has_distances(self.X)
        return waits and looks_for_second(len(self.labelled))

    def _unusual(self, n: int) -> Rows:
        """Rows as far as can be from those labelled."""
        if self.unusual is None:
            # All rows that teach, labelled or not: the same for a run that is resumed.
            rows = np.concatenate([self.labelled, np.flatnonzero(self.free)])
            self.unusual = UnusualRows(self.X, rows, self.asking.seed)
        seen = set(self.labelled.tolist())
        picked = list[int]()
        for _ in range(n):
            row = self.unusual.next(seen | set(picked))
            if row is None:
                break
            picked.append(row)
        return np.asarray(picked, dtype=np.intp)

    def _asking_now(self, model: Any) -> Strategy:
        """Random where there is no model and the strategy needs one: to judge rows, or, of a
        frame, to turn them into numbers."""
        usable = model is not None or not (self.strategy.needs_model or is_frame(self.X))
        return self.strategy if usable else get_strategy("random")


def _is_due(grid: list[int] | None, scored: int, n: int) -> bool:
    """Whether a grid point lies after the last scored number of labels and not after ``n``."""
    return grid is None or any(scored < point <= n for point in grid)
