"""Criteria to stop by: how many labels they take, what is missed, and how often they stop too soon.

    python -m benchmarks.stopping            ten sets, 20 projects each, up to 600 labels
    python -m benchmarks.stopping --keep found.jsonl    goes on where it was stopped
    python -m benchmarks.stopping --model logistic_regression    another one than the recommended
    python -m benchmarks.stopping --quick    three sets, 6 projects each, up to 400 labels

Projects are played as in ``benchmarks.honest``. Looked at are the models of the steps that the app
looks at. The end is a model of all labels of the project's pool. A line a criterion: labels at its
first stop (median), how far the score there is below that of the end (mean, on rows that no project
sees), false stops (more than 3 points below the end), how often it took its word back in a project,
and in how many projects it did not stop at all. Beside ours, those of other libraries with their
usual thresholds, on the same runs: the mean of kappa over three refits at least 0.99 (Bloodgood and
Vijay-Shanker 2009), no guess changed and the overall uncertainty (Zhu, Wang and Hovy 2008).

"settled 3" is the criterion of the app with a tolerance of 3 in 100, together with what it wants
besides: 20 check rows, labels enough, and a score that was shown above that of always the same
answer and did not fall to it since.
"""

from __future__ import annotations

import argparse
from collections.abc import Mapping, Sequence
from dataclasses import replace
from functools import partial
from pathlib import Path
from statistics import mean, median
from time import perf_counter

import numpy as np
from scipy.stats import binomtest

from al_core.learning import (
    ClassificationChange,
    Criterion,
    Look,
    OverallUncertainty,
    Settled,
    StabilisingPredictions,
    fit_model,
    get_metric,
)
from al_core.learning.models.threads import one_thread
from al_core.learning.scoring.rival import plainest_rival
from al_core.learning.stopping.above_rival import LEVEL, Beside, shown_above
from al_core.learning.stopping.settled import fewest_labels, steps
from benchmarks.played.kept import each_project
from benchmarks.played.play import Played, Stop, play
from benchmarks.played.sets import SETS, Known, load

QUICK = ["telco", "pendigits", "wine"]
STOP_SET = 2000
FALSE = 0.03  # of the score: more below the end is a false stop
OURS = {f"settled {100 * t:g}": Settled(t) for t in (0.005, 0.01, 0.02, 0.03, 0.05)}
CRITERIA: dict[str, Criterion] = {
    **OURS,
    "kappa 0.99, mean of 3": StabilisingPredictions(),
    "no guess changed": ClassificationChange(),
    "overall uncertainty 0.05": OverallUncertainty(),
}
FEWEST_CHECKS = 20


def n_check(n_labels: int) -> int:
    """Check rows answered beside so many labels: 12 beside the first 12, then one in five."""
    return min(n_labels, 12) + max(0, n_labels - 12) // 4


def looks(project: Played, seed: int) -> list[tuple[Look, Stop, bool]]:
    """(what criteria see, the model, whether ours may stop at all) at each step of the app."""
    y = project.known.y
    inside = np.concatenate([project.split.pool, project.split.check])
    stop_set = np.random.default_rng([seed, 95]).permutation(inside)[:STOP_SET]
    at = set(steps(project.stops[0].n_labels, project.stops[-1].n_labels))
    found, beside = list[tuple[Look, Stop, bool]](), dict[int, Beside]()
    classes = np.unique(y).tolist()
    for stop in project.stops:
        if stop.n_labels not in at:
            continue
        rows = project.split.check[: n_check(stop.n_labels)]
        metric, right = get_metric("accuracy"), stop.guesses[rows] == y[rows]
        rival = plainest_rival(metric, y[rows], classes)
        low, _ = metric.interval(y[rows], stop.guesses[rows], classes, LEVEL)
        beside[stop.n_labels] = Beside(float(right.mean()), low, rival[1] if rival else 1.0)
        recent = [n for n in beside if n >= 2 * stop.n_labels / 3]
        may = (
            len(rows) >= FEWEST_CHECKS
            and stop.n_labels >= fewest_labels(len(classes))
            and bool(shown_above(recent, beside.get))
        )
        look = Look(
            stop.n_labels,
            stop.guesses[stop_set],
            float(stop.doubt[stop_set].mean()),
            int(right.sum()),
            len(rows),
            len(classes),
        )
        found.append((look, stop, may))
    return found


def one_project(known: Known, budget: int, seed: int) -> dict[str, tuple[float, float, int]]:
    """Of each criterion: labels at its first stop (nan: none), points below the end, take-backs."""
    project = play(known, seed, budget)
    pool = project.split.pool
    with one_thread():
        model = fit_model(known.estimator(seed), known.X[pool], known.y[pool], seed)
        world = project.split.world
        guesses = np.asarray(model.predict(known.X[world])).astype(str)
    end = float((guesses == known.y[world]).mean())
    seen = looks(project, seed)
    return {name: _stopped(one, seen, project, end) for name, one in CRITERIA.items()}


def _stopped(
    criterion: Criterion, seen: Sequence[tuple[Look, Stop, bool]], project: Played, end: float
) -> tuple[float, float, int]:
    run, said = list[Look](), list[bool]()
    for look, _, may in seen:
        run.append(look)
        ours = isinstance(criterion, Settled)
        said.append(bool(criterion.stop(run)) and (may or not ours))
    if not any(said):
        return float("nan"), float("nan"), 0
    first = said.index(True)
    taken_back = sum(a and not b for a, b in zip(said[first:], said[first + 1 :], strict=False))
    stop = seen[first][1]
    return float(stop.n_labels), end - project.truth(stop), taken_back


def show(name: str, found: Sequence[Mapping[str, tuple[float, float, int]]]) -> None:
    """A line a criterion."""
    for criterion in CRITERIA:
        every = [one[criterion] for one in found]
        stopped = [one for one in every if not np.isnan(one[0])]
        if not stopped:
            print(f"| {name} | {criterion} | - | - | - | - | {len(every)} of {len(every)} |")
            continue
        false = sum(below > FALSE for _, below, _ in stopped)
        ends = binomtest(false, len(every)).proportion_ci(0.95)
        print(
            f"| {name} | {criterion} | {median(one[0] for one in stopped):.0f} | "
            f"{100 * mean(one[1] for one in stopped):+.1f} | {100 * false / len(every):.0f} "
            f"({100 * ends.low:.0f} to {100 * ends.high:.0f}) | "
            f"{mean(one[2] for one in stopped):.1f} | {len(every) - len(stopped)} of {len(every)} |"
        )


def main() -> None:
    """Print the table."""
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("--quick", action="store_true", help="three sets, 6 projects each")
    parser.add_argument("--sets", nargs="+", choices=list(SETS))
    parser.add_argument("--projects", type=int)
    parser.add_argument("--budget", type=int)
    parser.add_argument("--jobs", type=int, default=2)
    parser.add_argument("--model", help="by default the one that the app recommends for the set")
    parser.add_argument("--keep", type=Path, help="a file of projects that were played")
    args = parser.parse_args()
    projects = args.projects or (6 if args.quick else 20)
    budget = args.budget or (400 if args.quick else 600)
    print(
        "| data set | criterion | labels | points below the end | false stops in 100 (range) | "
        "taken back | never |"
    )
    print("|---|---|---|---|---|---|---|")
    every: list[Mapping[str, tuple[float, float, int]]] = []
    for name in args.sets or (QUICK if args.quick else list(SETS)):
        started, known = perf_counter(), load(name)
        known = replace(known, model=args.model or known.model)
        one, named = partial(one_project, known, budget), f"{name} {known.model} {budget}"
        found = each_project(one, range(projects), args.jobs, named, args.keep)
        show(name, found)
        print(f"# {name}: {perf_counter() - started:.0f} s", flush=True)
        every += found
    show("all", every)


if __name__ == "__main__":
    main()
