"""One training, as a pure function: labels in, a model, a ranked queue and its opinions out."""

from __future__ import annotations

from dataclasses import dataclass, field
from time import perf_counter
from typing import Any

import numpy as np
from numpy.typing import NDArray

from al_core.learning import (
    Asking,
    Known,
    Matrix,
    Rows,
    Status,
    ask,
    changed_share,
    class_probabilities,
    fit_model,
    get_strategy,
    round_rng,
)
from al_core.learning.models.threads import one_thread
from al_core.learning.querying.seeking import Kind, likely_alone, seeking_turns
from al_core.learning.records import text_labels

# Rows ranked at once: a choice, so that a training costs the same whatever the table
# (docs/decisions.md). Ranked rows kept ready for fast presses; a strategy that picks sets gets
# fewer, for each of its picks costs.
MOST_CANDIDATES = 20_000
QUEUE = 500
SET_QUEUE = 20


@dataclass(frozen=True)
class Task:
    """Everything one training needs; ``key`` changes whenever its outcome could.

    ``sought``: the answer whose rows are asked first, "" for none; ``hits``: (n_rows,) how many of
    the words that may stand in such rows each row holds.
    """

    key: tuple[Any, ...]
    X: Matrix
    rows: Rows
    labels: NDArray[Any]
    candidates: Rows
    classes: list[str]
    estimator: Any
    strategy: str
    seed: int
    batch_size: int
    check_rows: Rows
    watch_rows: Rows
    exact: bool = False
    diverse: bool = False
    sought: str = ""
    hits: NDArray[np.int16] | None = None


@dataclass(frozen=True)
class Trained:
    """A model with its ranking. ``queue``: best rows first, with utilities and probabilities.

    ``opinions``: the predicted answer of every check row; ``watched``: of a fixed sample of rows.
    ``X``: the rows as this model takes them; those of the project may have changed since.
    ``sought``: the answer that the queue is for, "" for none; its utilities are then the chances,
    and ``kinds`` says why each row of it has its turn.
    ``rows``: those it learned from.
    """

    key: tuple[Any, ...]
    model: Any
    n_labels: int
    queue: list[int]
    utilities: NDArray[np.float64]
    probabilities: NDArray[np.floating[Any]]
    known: list[str]
    ranked_of: int
    opinions: dict[int, str]
    watched: NDArray[Any]
    changed: float | None
    seconds: float
    X: Matrix
    places: dict[int, int] = field(default_factory=dict)
    sought: str = ""
    kinds: list[Kind] = field(default_factory=list)
    rows: Rows = field(default_factory=lambda: np.empty(0, dtype=np.intp))


def train(task: Task, before: Trained | None = None) -> Trained:
    """Fit, rank the candidates, predict check rows and the watched sample."""
    start = perf_counter()
    with one_thread():
        model = fit_model(task.estimator, task.X[task.rows], task.labels, task.seed)
        queue, utilities, kinds = _ranked(task, model)
        probabilities = _opinion(model, task.X, queue)
        checked = _predict(model, task.X, task.check_rows)
        watched = _predict(model, task.X, task.watch_rows)
    known = [str(name) for name in model.classes_]
    same = before is not None and len(before.watched) == len(watched) > 0
    # An answer that got another name is no change of mind.
    same = same and before is not None and set(before.known) <= set(known)
    return Trained(
        key=task.key,
        model=model,
        n_labels=len(task.rows),
        queue=queue.tolist(),
        utilities=utilities,
        probabilities=probabilities,
        known=known,
        ranked_of=len(task.candidates),
        opinions=dict(zip(task.check_rows.tolist(), checked.tolist(), strict=True)),
        watched=watched,
        changed=changed_share(before.watched, watched) if same and before else None,
        seconds=perf_counter() - start,
        X=task.X,
        places={row: place for place, row in enumerate(queue.tolist())},
        sought=task.sought,
        kinds=kinds,
        rows=task.rows,
    )


def _ranked(task: Task, model: Any) -> tuple[Rows, NDArray[np.float64], list[Kind]]:
    """The queue, its utilities, and where an answer is sought the kind of each row."""
    if len(task.candidates) and task.sought in {str(name) for name in model.classes_}:
        return _rank_sought(task, model)
    return *rank(task, model), []


def rank(task: Task, model: Any) -> tuple[Rows, NDArray[np.float64]]:
    """The best candidates in the order to ask them, and their utilities.

    A long queue, so that rows stand ready for presses that are faster than the training. Where it
    matters the first ``batch_size`` rows are drawn again by themselves: ``exact`` as ``simulate``
    draws them (ties fall differently in a long queue), or ``diverse`` for several at once.
    """
    n, k = len(task.candidates), task.batch_size
    if n == 0:
        return np.empty(0, dtype=np.intp), np.empty(0)
    is_set = get_strategy(task.strategy).kind == "set"
    rows, utilities = _best(task, model, min(n, max(SET_QUEUE if is_set else QUEUE, k)))
    diverse = task.diverse and k > 1
    if is_set or not (task.exact or diverse):
        return rows, utilities
    first, first_utilities = _best(task, model, min(n, k), diverse)
    rest = ~np.isin(rows, first)
    return (
        np.concatenate([first, rows[rest]]),
        np.concatenate([first_utilities, utilities[rest]]),
    )


def _best(
    task: Task, model: Any, n: int, diverse: bool = False
) -> tuple[Rows, NDArray[np.float64]]:
    known = Known(model, task.X[task.rows], task.labels, task.classes, task.estimator)
    asking = Asking(task.strategy, task.seed, diverse=diverse)
    return ask(task.X, known, asking, candidates=task.candidates, n=n)


def _rank_sought(task: Task, model: Any) -> tuple[Rows, NDArray[np.float64], list[Kind]]:
    """Candidates that may have the sought answer, how likely each is to, and its kind."""
    chances = class_probabilities(model, task.X[task.candidates])
    answer = [str(name) for name in model.classes_].index(task.sought)
    hits = None if task.hits is None else task.hits[task.candidates]
    turn, found = len(task.rows), int((task.labels == task.sought).sum())
    rng, alone = round_rng(task.seed, turn), likely_alone(found, turn - found)
    order, kinds = seeking_turns(chances, answer, turn, rng, hits, QUEUE, alone)
    return task.candidates[order], chances[order, answer].astype(np.float64), kinds


def candidates(
    status: NDArray[np.int8],
    is_check: NDArray[np.bool_],
    seed: int,
    n_labels: int,
    most: int,
    among: Rows | None = None,
) -> Rows:
    """Rows that a strategy may ask; a random sample of ``most`` where there are many more.

    status, is_check: (n_rows,). The sample is drawn anew for every number of labels, without
    looking at every row, so that its cost does not grow with the table. among: the rows it is drawn
    from; None: all.
    """
    n = len(status)
    if among is None and n > 4 * most:
        drawn = np.unique(round_rng(seed, n_labels).integers(0, n, 2 * most))
        free = drawn[(status[drawn] == Status.UNLABELLED) & ~is_check[drawn]]
        if len(free) >= most:
            lots = round_rng(seed, n_labels + 1).permutation(len(free))[:most]
            return np.sort(free[lots]).astype(np.intp)
    rows = np.arange(n) if among is None else among
    free = rows[(status[rows] == Status.UNLABELLED) & ~is_check[rows]]
    if len(free) > most:
        free = np.sort(round_rng(seed, n_labels).choice(free, most, replace=False))
    return np.asarray(free, dtype=np.intp)


def _opinion(model: Any, X: Matrix, rows: Rows) -> NDArray[np.floating[Any]]:
    if len(rows) == 0:
        return np.empty((0, len(model.classes_)))
    return class_probabilities(model, X[rows])


def _predict(model: Any, X: Matrix, rows: Rows) -> NDArray[Any]:
    if len(rows) == 0:
        return np.empty(0, dtype=np.str_)
    return text_labels(model.predict(X[rows]))
