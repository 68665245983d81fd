"""How often what the app says of a model is wrong, as people use it: looking again and again.

    python -m benchmarks.honest              six sets, 200 projects each, two workers
    python -m benchmarks.honest --quick      three sets, 20 projects each
    python -m benchmarks.honest --sets telco wine --projects 50 --jobs 1
    python -m benchmarks.honest --keep found.jsonl    goes on where it was stopped
    python -m benchmarks.honest --model logistic_regression    another one than the recommended
    python -m benchmarks.honest --coin       no models: a share of right ones that stays, in seconds

A project: half of at most 4,000 rows, a quarter of these as check rows in random order, the others
asked by margin with the model that the app recommends, five at a time, to 204 labels; a check row
after every label until there are 12, then after every fourth. The other half of the rows, which no
project sees, gives the truth. The score is looked at after every check row from 12 to 60. Counted
is in how many projects something that was said is wrong:

one look, 20 and 60   the range shown, at that one number of check rows
ever, shown           the range shown, at any of the 49 looks
ever, claimed         exact ranges at 12, 20, 30, 45 and 60 check rows, of the model that each names
                      ("at 44 labels"), which stands until the next
... taken for today's the same, taken at every look for a range of the model of that moment
final check           60 of the rows left, the model of all labels: more than it shows at least
... between           the same, and the truth outside of its range
ahead or behind       said at 150 check rows though the chosen rows were random ones (counted in
                      every second project: half of the time goes into it)
asked rows, one look  usual practice: the score on the last 30 rows that the learner asked
asked rows, ever      the same, looked at after every five labels from 45 to 204

"At most 5 in 100" holds where the binomial range of a count includes 5 in 100 or lies below it.
Then: who stops when the score first reaches what the project's last model has (in whole numbers of
100) reads how much too much; and so does who does a final check there.
"""

from __future__ import annotations

import argparse
from collections.abc import Sequence
from dataclasses import replace
from functools import partial
from pathlib import Path
from time import perf_counter

import numpy as np
from numpy.typing import NDArray
from scipy.stats import binomtest

from al_core.learning import (
    Answered,
    Rows,
    at_least,
    check_differences,
    claim,
    exact_range,
    fit_model,
    get_metric,
    latest_look,
)
from al_core.learning.models.threads import one_thread
from al_core.learning.scoring.resampled import compared_at, resampled_difference
from benchmarks.played.coin import TRUTHS, counts
from benchmarks.played.kept import each_project
from benchmarks.played.play import FIRST, Played, play
from benchmarks.played.sets import SETS, Known, load

FULL = ["telco", "adult", "spambase", "pendigits", "bank", "wine"]
QUICK = ["telco", "pendigits", "wine"]
FIRST_LOOK, LAST_LOOK = 12, 60
BUDGET = FIRST_LOOK + 4 * (LAST_LOOK - FIRST_LOOK)
ASKED = 30  # rows that usual practice scores on
COMPARED = 150
SPLITS = 20
NULL_EVERY = 2
COINS = 2000
COUNTED = (
    "one look, 20",
    "one look, 60",
    "ever, shown",
    "ever, claimed",
    "... taken for today's",
    "final check",
    "... between",
    "ahead or behind",
    "asked rows, one look",
    "asked rows, ever",
)
READ = ("at the stop, shown", "at the stop, final check", "at the stop, asked rows")
Found = dict[str, float]


def labels_at(n_check: int) -> int:
    """How many labels were learned from when so many check rows were answered."""
    return n_check if n_check <= FIRST_LOOK else FIRST_LOOK + 4 * (n_check - FIRST_LOOK)


def wilson(right: NDArray[np.bool_]) -> tuple[float, float]:
    """The range that is shown for these rows."""
    alike = np.ones(len(right), dtype=np.int64)
    return get_metric("accuracy").interval(alike, right.astype(np.int64))


def outside(truth: float, ends: tuple[float, float]) -> bool:
    """Whether the truth lies outside of a range."""
    return not ends[0] <= truth <= ends[1]


def looked_at(project: Played) -> Found:
    """What is shown and claimed, at every number of check rows from 12 to 60."""
    y, missed, claimed, read = project.known.y, list[bool](), list[bool](), list[bool]()
    ends, named = (0.0, 1.0), 0.0
    for n in range(FIRST_LOOK, LAST_LOOK + 1):
        stop, rows = project.at(labels_at(n)), project.split.check[:n]
        right, truth = stop.guesses[rows] == y[rows], project.truth(stop)
        missed.append(outside(truth, wilson(right)))
        if latest_look(n)[1] == n:
            now = claim(int(right.sum()), 0, n)
            ends, named = (now.low, now.high), truth
        claimed.append(outside(named, ends))
        read.append(outside(truth, ends))
    at = dict(zip(range(FIRST_LOOK, LAST_LOOK + 1), missed, strict=True))
    return {
        "one look, 20": at[20],
        "one look, 60": at[LAST_LOOK],
        "ever, shown": any(missed),
        "ever, claimed": any(claimed),
        "... taken for today's": any(read),
    }


def guesses_of(known: Known, taught: Rows, rows: Rows, seed: int) -> NDArray[np.str_]:
    """What a model of some rows says of others; of one answer it says that."""
    labels = known.y[taught]
    if len(np.unique(labels)) < 2:
        return np.full(len(rows), labels[0])
    with one_thread():
        model = fit_model(known.estimator(seed), known.X[taught], labels, seed)
        return np.asarray(model.predict(known.X[rows])).astype(str)


def final_check(project: Played, n_check: int, seed: int, n: int = 60) -> tuple[Found, float]:
    """(what it shows wrongly, how much too much its share of right ones is).

    The model has learned from all labels, check rows included; the truth is that of all rows left.
    """
    known, split = project.known, project.split
    taught = np.concatenate([project.order[: labels_at(n_check)], split.check[:n_check]])
    left = np.setdiff1d(np.concatenate([split.pool, split.check]), taught)
    right = guesses_of(known, np.sort(taught), left, seed) == known.y[left]
    truth, drawn = float(right.mean()), np.random.default_rng([seed, 93]).permutation(right)[:n]
    hits = int(drawn.sum())
    found: Found = {
        "final check": at_least(hits, n) > truth,
        "... between": outside(truth, exact_range(hits, n)),
    }
    return found, hits / n - truth


def on_asked_rows(project: Played) -> tuple[Found, dict[int, float]]:
    """Usual practice: each row is guessed before its answer is learned, and the last 30 score."""
    y, right = project.known.y, list[bool]()
    for stop, after in zip(project.stops, project.stops[1:], strict=False):
        rows = project.order[stop.n_labels : after.n_labels]
        right.extend((stop.guesses[rows] == y[rows]).tolist())
    missed, shown = dict[int, bool](), dict[int, float]()
    for stop in project.stops:
        late = np.asarray(right[: stop.n_labels - FIRST][-ASKED:])
        if len(late) == ASKED:
            missed[stop.n_labels] = outside(project.truth(stop), wilson(late))
            shown[stop.n_labels] = float(late.mean())
    at = min(missed, key=lambda n: abs(n - 100))
    return {"asked rows, one look": missed[at], "asked rows, ever": any(missed.values())}, shown


def at_the_stop(project: Played, shown: dict[int, float], seed: int) -> Found:
    """How much too much is read where the score first reaches the target; nan where it does not."""
    target = np.floor(100 * project.truth(project.stops[-1])) / 100
    found = dict.fromkeys(READ, float("nan"))
    for n in range(FIRST_LOOK, LAST_LOOK + 1):
        stop, rows = project.at(labels_at(n)), project.split.check[:n]
        score = float((stop.guesses[rows] == project.known.y[rows]).mean())
        if score >= target:
            found[READ[0]] = score - project.truth(stop)
            found[READ[1]] = final_check(project, n, seed)[1]
            break
    reached = [n for n, score in shown.items() if score >= target]
    if reached:
        found[READ[2]] = shown[reached[0]] - project.truth(project.at(reached[0]))
    return found


def under_the_null(known: Known, project: Played, seed: int) -> Found:
    """Whether random rows are called ahead of, or behind, random rows at 150 check rows."""
    check, free = project.split.check[:COMPARED], project.split.pool
    rng = np.random.default_rng([seed, 94])
    chosen = rng.permutation(np.setdiff1d(free, project.order[:FIRST]))[: COMPARED // 2]
    return {"ahead or behind": said(known, project.order[:FIRST], chosen, check, seed)}


def said(known: Known, start: Rows, chosen: Rows, check: Rows, seed: int) -> bool:
    """Whether the corrected resampled t-test tells the two apart."""
    parts = [Answered(known.X[rows], known.y[rows]) for rows in (start, chosen, check)]
    differences, n_train, n_test = check_differences(
        parts[0], parts[1], parts[2], estimator=known.estimator(seed), seeds=range(SPLITS)
    )
    alpha = compared_at(len(check))[1]
    found = resampled_difference(differences, n_train, n_test, alpha)
    return not found.low <= 0.0 <= found.high


def one_project(known: Known, seed: int) -> Found:
    """All that is counted of one project."""
    project = play(known, seed, BUDGET)
    asked, shown = on_asked_rows(project)
    certified, _ = final_check(project, LAST_LOOK, seed)
    found = looked_at(project) | certified | asked | at_the_stop(project, shown, seed)
    return found | (under_the_null(known, project, seed) if seed % NULL_EVERY == 0 else {})


def show(name: str, found: Sequence[Found], started: float) -> None:
    """A line a figure: the count, its binomial range, and whether at most 5 in 100 holds."""
    for what in COUNTED:
        wrong = [bool(one[what]) for one in found if what in one]
        count, n = sum(wrong), len(wrong)
        ends = binomtest(count, n).proportion_ci(0.95)
        holds = "yes" if ends.low <= 0.05 else "no"
        share = f"{100 * count / n:.1f}"
        between = f"{100 * ends.low:.1f} to {100 * ends.high:.1f}"
        print(f"| {name} | {what} | {share} | {between} | {holds} |")
    for what in READ:
        values = np.asarray([one[what] for one in found], dtype=np.float64)
        reached = values[np.isfinite(values)]
        mean = f"{100 * reached.mean():+.1f}" if len(reached) else "-"
        print(f"| {name} | {what} | {mean} points | {len(reached)} of {len(values)} reach it | |")
    print(f"# {name}: {perf_counter() - started:.0f} s", flush=True)


def show_coin(projects: int) -> None:
    """A line a share and figure."""
    print(f"| right | of {projects:,} projects | wrong in 100 | binomial range |")
    print("|---|---|---|---|")
    for truth in TRUTHS:
        for what, count in counts(projects, truth).items():
            ends = binomtest(count, projects).proportion_ci(0.95)
            between = f"{100 * ends.low:.1f} to {100 * ends.high:.1f}"
            print(f"| {truth:g} | {what} | {100 * count / projects:.1f} | {between} |")


def main() -> None:
    """Print the table."""
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("--quick", action="store_true", help="three sets, 20 projects each")
    parser.add_argument("--sets", nargs="+", choices=list(SETS))
    parser.add_argument("--projects", type=int)
    parser.add_argument("--jobs", type=int, default=2)
    parser.add_argument("--model", help="by default the one that the app recommends for the set")
    parser.add_argument("--keep", type=Path, help="a file of projects that were played")
    parser.add_argument("--coin", action="store_true", help="a share that stays, and no models")
    args = parser.parse_args()
    if args.coin:
        show_coin(args.projects or COINS)
        return
    projects = args.projects or (20 if args.quick else 200)
    print(f"| data set | of {projects} projects | wrong in 100 | binomial range | at most 5 |")
    print("|---|---|---|---|---|")
    every: list[Found] = []
    begun = perf_counter()
    for name in args.sets or (QUICK if args.quick else FULL):
        started, known = perf_counter(), load(name)
        known = replace(known, model=args.model or known.model)
        one, named = partial(one_project, known), f"{name} {known.model}"
        found = each_project(one, range(projects), args.jobs, named, args.keep)
        every += found
        show(name, found, started)
    show("all", every, begun)


if __name__ == "__main__":
    main()
