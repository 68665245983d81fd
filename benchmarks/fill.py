"""Does a passed final check keep its promise of the rows that are filled in?

    python -m benchmarks.fill                            6 sets, 200 projects each: about an hour
    python -m benchmarks.fill --projects 20              short
    python -m benchmarks.fill --keep found.jsonl         goes on where it was stopped
    python -m benchmarks.fill --limit 0.1

A project: so many random rows labelled, 30 of them check rows; the line that the app proposes with
the check that goes with it (59 rows of which none may be wrong, 93 and one, 124 and two); that
check of the rows over it, answered rightly. Likely: projects in which the app found a line whose
check is likelier to pass than not; in the others a person would label more, the check of the
likeliest line is tried all the same.
Broken: it passed, and more than the limit of the rows over the line are wrong. The test errs at
most 5 times in 100 projects; "kept" says whether the exact range of that count reaches 5 in 100.
Filled: rows over the line in 100 that were left, where it passed; beside it what a rule would fill
that knows every answer (the lowest line with at most the limit wrong).
"""

from __future__ import annotations

import argparse
from dataclasses import asdict, dataclass
from functools import partial
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from al_core.learning import MODELS, class_probabilities, exact_range, fit_model, recommend_model
from al_core.learning.models.sureness import learn_sureness
from al_core.learning.models.threads import one_thread
from al_core.learning.stopping.acceptance import rows_needed
from al_core.projects.filling.lines import over, proposed
from benchmarks.label_efficiency import load
from benchmarks.played.kept import each_project

SETS = ["adult", "spambase", "pendigits", "bank", "german", "wine"]
_CHECKS, _MOST = 30, 4_000


@dataclass(frozen=True)
class Outcome:
    """One project. ``likely``: the app expected its check to pass likelier than not; ``filled`` and
    ``best``: shares of the rows left, the latter by a rule that knows every answer."""

    likely: bool
    passed: bool
    broken: bool
    filled: float
    best: float


def one_project(X: Any, y: Any, model: str, n: int, limit: float, seed: int) -> dict[str, Any]:
    """Label ``n`` random rows, draw the line, check it; an ``Outcome`` as a dictionary."""
    rng = np.random.default_rng([seed, 17])
    order = rng.permutation(len(y))[:_MOST]
    labelled, rest = order[:n], order[n:]
    sure, right = guesses(X, y, model, labelled, rest, seed)
    own = proposed(sure, limit)
    size = rows_needed(own.allowed, limit)
    chosen = np.flatnonzero(over(sure, own.line))
    best = best_share(sure, right, limit)
    if len(chosen) < size:
        return asdict(Outcome(False, False, False, 0.0, best))
    seen = rng.choice(chosen, size, replace=False)
    passed = int((~right[seen]).sum()) <= own.allowed
    broken = passed and float((~right[chosen]).mean()) > limit
    filled = len(chosen) / len(rest) if passed else 0.0
    return asdict(Outcome(own.likely, passed, broken, filled, best))


def guesses(
    X: Any, y: Any, model: str, labelled: NDArray[Any], rest: NDArray[Any], seed: int
) -> tuple[NDArray[np.float64], NDArray[np.bool_]]:
    """How sure the final model is of each row left (as learned on check rows), and if right."""
    checks, taught = np.sort(labelled[:_CHECKS]), np.sort(labelled[_CHECKS:])
    make = MODELS[model].make
    with one_thread():
        measured = fit_model(make(len(taught)), X[taught], y[taught], seed)
        of_checks = class_probabilities(measured, X[checks])
        every = np.sort(labelled)
        final = fit_model(make(len(every)), X[every], y[every], seed)
        said = class_probabilities(final, X[rest])
    hit = np.asarray(measured.classes_)[of_checks.argmax(axis=1)] == y[checks]
    sureness = learn_sureness(of_checks.max(axis=1), hit)
    return sureness(said.max(axis=1)), np.asarray(final.classes_)[said.argmax(axis=1)] == y[rest]


def best_share(sure: NDArray[np.float64], right: NDArray[np.bool_], limit: float) -> float:
    """The largest share of rows over a line of which at most ``limit`` are wrong.

    >>> best_share(np.array([0.9, 0.8, 0.7, 0.6]), np.array([True, True, False, False]), 0.4)
    0.75
    """
    order = np.argsort(-sure, kind="stable")
    wrong = np.cumsum(~right[order]) / np.arange(1, len(order) + 1)
    last_of_tie = np.append(np.diff(sure[order]) != 0, True)
    good = np.flatnonzero((wrong <= limit) & last_of_tie)
    return float((good[-1] + 1) / len(order)) if len(good) else 0.0


def line_of(name: str, found: list[Outcome]) -> str:
    """A line of the table."""
    n, broken = len(found), sum(one.broken for one in found)
    low, _ = exact_range(broken, n)
    passed, likely = [one for one in found if one.passed], [one for one in found if one.likely]
    of_likely = sum(one.passed for one in likely)
    filled = 100 * float(np.mean([one.filled for one in passed])) if passed else 0.0
    best = 100 * float(np.mean([one.best for one in found]))
    kept = "kept" if low <= 0.05 else "broken"
    counted = f"{n} | {len(likely)} | {of_likely} | {len(passed)} | {broken}"
    return f"| {name} | {counted} | {kept} | {filled:.0f} | {best:.0f} |"


def main() -> None:
    """Print one line a set, and one of all."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--sets", nargs="+", default=SETS)
    parser.add_argument("--projects", type=int, default=200)
    parser.add_argument("--labels", type=int, default=150)
    parser.add_argument("--limit", type=float, default=0.05)
    parser.add_argument("--jobs", type=int, default=2)
    parser.add_argument("--keep", type=Path, help="a file of projects that were played")
    args = parser.parse_args()
    print("| set | projects | likely | of these | passed | broken | promise | filled | knowing |")
    print("|---|---|---|---|---|---|---|---|---|")
    every: list[Outcome] = []
    for name in args.sets:
        X, y = load(name)
        model = recommend_model(len(y), X.shape[1], not isinstance(X, np.ndarray))
        one = partial(one_project, X, y, model, args.labels, args.limit)
        named = f"{name} {args.labels} {args.limit}"
        kept = each_project(one, range(args.projects), args.jobs, named, args.keep)
        found = [Outcome(**fields) for fields in kept]
        every += found
        print(line_of(name, found), flush=True)
    print(line_of("all", every))


if __name__ == "__main__":
    main()
