"""What the comparison engine costs, beside a loop written by hand and beside peers.

    python -m benchmarks.compare             one and two workers, and a bare loop, in turns
    python -m benchmarks.compare --no-peers  the same without the libraries beside ours
    python -m benchmarks.compare --large     10 strategies x 20 seeds x 200 labels, and its memory

One task for all: breast cancer (standardised), logistic regression, margin, the same splits and
first labels, 20 to 120 labels, accuracy after each, 20 seeds. A peer that is not installed or
cannot run is left out with a word. The median over blocks counts; the parts of a block follow each
other, so that a busy machine slows all of them.

What two workers could give at best is measured beside: the bare loop's seeds dealt to two
processes that do nothing else. Two cores of one machine share caches and memory, so that it is
less than 2.
"""

from __future__ import annotations

import argparse
from collections.abc import Callable, Sequence
from functools import partial
from statistics import median
from time import perf_counter, process_time

import numpy as np
from joblib import Parallel, delayed
from sklearn.datasets import load_breast_cancer
from sklearn.linear_model import LogisticRegression
from sklearn.preprocessing import StandardScaler

from al_core.learning import STRATEGIES, compare, simulate
from al_core.learning.models.threads import one_thread
from al_core.learning.simulation.splits import first_rows, split_rows

BUDGET = 120
Split = tuple[np.ndarray, np.ndarray, np.ndarray]
Player = Callable[[np.ndarray, np.ndarray, int], float]
Contender = Callable[[Sequence[int]], float]
BARE, HALVES = "bare loop", "bare loop, halved over two processes"
ONE, TWO = "compare (with random), one worker", "compare (with random), two workers"


def data() -> tuple[np.ndarray, np.ndarray]:
    """Standardised features and 0/1 labels."""
    X, y = load_breast_cancer(return_X_y=True)
    return StandardScaler().fit_transform(X), y


def split(X: np.ndarray, y: np.ndarray, seed: int) -> Split:
    """(rows to learn from, test rows, first labels): the same for everybody."""
    pool, test = split_rows(y, 0.25, None, seed)
    return pool, test, first_rows(X, y, pool, "random", 20, seed)


def model() -> LogisticRegression:
    """The model of all; no randomness in it."""
    return LogisticRegression(max_iter=1_000)


def bare(X: np.ndarray, y: np.ndarray, seed: int) -> float:
    """What a person would write: fit, score, predict_proba, argmin."""
    pool, test, first = split(X, y, seed)
    labelled, free = list(first), np.setdiff1d(pool, first)
    X_test, y_test, scores = X[test], y[test], []
    while True:
        rows = np.sort(labelled)
        fitted = model().fit(X[rows], y[rows])
        scores.append(float((fitted.predict(X_test) == y_test).mean()))
        if len(labelled) == BUDGET:
            return scores[-1]
        proba = fitted.predict_proba(X[free])
        best = int(np.abs(proba[:, 0] - proba[:, 1]).argmin())
        labelled.append(free[best])
        free = np.delete(free, best)


def simulated(X: np.ndarray, y: np.ndarray, seed: int) -> float:
    """The same run through ``simulate``: what ``compare`` does on one worker, margin alone."""
    options = {"estimator": model(), "budget": BUDGET, "seed": seed, "intervals": False}
    return list(simulate(X, y, **options))[-1].score


def play_all(player: Player, X: np.ndarray, y: np.ndarray, seeds: Sequence[int]) -> float:
    """The last scores' mean over seeds, with BLAS pinned for everybody as in ours."""
    with one_thread():
        return float(np.mean([player(X, y, seed) for seed in seeds]))


def run_halves(X: np.ndarray, y: np.ndarray, seeds: Sequence[int]) -> float:
    """The loop by hand in two processes at once, each with half of the seeds."""
    halves = seeds[::2], seeds[1::2]
    return float(np.mean(Parallel(2)(delayed(play_all)(bare, X, y, half) for half in halves)))


def run_ours(X: np.ndarray, y: np.ndarray, seeds: Sequence[int], n_jobs: int) -> float:
    """The same runs through ``compare``, and random's beside them, which are not counted."""
    comparison = compare(
        X,
        y,
        estimators={"lr": model()},
        strategies=["margin"],
        seeds=seeds,
        budget=BUDGET,
        n_jobs=n_jobs,
    )
    return float(np.mean([run.scores[-1] for run in comparison.runs if run.strategy == "margin"]))


def skactiveml_loop() -> Player | None:
    """The same loop through scikit-activeml."""
    try:
        from skactiveml.classifier import SklearnClassifier
        from skactiveml.pool import UncertaintySampling
    except ImportError:
        print("# scikit-activeml is not installed: left out")
        return None

    def play(X: np.ndarray, y: np.ndarray, seed: int) -> float:
        pool, test, labelled = split(X, y, seed)
        known = np.full(len(y), np.nan)
        known[labelled] = y[labelled]
        asking = UncertaintySampling(method="margin_sampling", random_state=seed)
        wrapped = SklearnClassifier(model(), classes=[0, 1])
        for _ in range(BUDGET - len(labelled)):
            wrapped.fit(X[pool], known[pool])
            np.mean(wrapped.predict(X[test]) == y[test])
            best = asking.query(X[pool], known[pool], clf=wrapped, fit_clf=False)
            known[pool[best]] = y[pool[best]]
        wrapped.fit(X[pool], known[pool])
        return float(np.mean(wrapped.predict(X[test]) == y[test]))

    return play


def modal_loop() -> Player | None:
    """The same loop through modAL, where its ``teach`` still runs."""
    try:
        from modAL.models import ActiveLearner
        from modAL.uncertainty import margin_sampling

        trial = ActiveLearner(model(), X_training=np.array([[0.0], [1.0]]), y_training=[0, 1])
        trial.teach(np.array([[2.0]]), np.array([1]))
    except ImportError:
        print("# modAL is not installed: left out")
        return None
    except (TypeError, ValueError) as problem:
        print(f"# modAL is installed but its teach cannot run here: {problem}")
        return None

    def play(X: np.ndarray, y: np.ndarray, seed: int) -> float:
        pool, test, labelled = split(X, y, seed)
        free = np.setdiff1d(pool, labelled)
        learner = ActiveLearner(model(), margin_sampling, X[labelled], y[labelled])
        for _ in range(BUDGET - len(labelled)):
            learner.score(X[test], y[test])
            best, _ = learner.query(X[free])
            learner.teach(X[free[best]], y[free[best]])
            free = np.delete(free, best)
        return float(learner.score(X[test], y[test]))

    return play


def contenders(X: np.ndarray, y: np.ndarray, with_peers: bool) -> dict[str, Contender]:
    """Everyone who plays the task, by name."""
    found: dict[str, Contender] = {
        BARE: partial(play_all, bare, X, y),
        "simulate, one worker": partial(play_all, simulated, X, y),
        ONE: partial(run_ours, X, y, n_jobs=1),
        TWO: partial(run_ours, X, y, n_jobs=2),
        HALVES: partial(run_halves, X, y),
    }
    peers = {"scikit-activeml": skactiveml_loop(), "modAL": modal_loop()} if with_peers else {}
    found |= {name: partial(play_all, peer, X, y) for name, peer in peers.items() if peer}
    return found


def start_of_workers(X: np.ndarray, y: np.ndarray) -> str:
    """What the first comparison pays for its worker processes, and the ones after it do not."""
    took = []
    for _ in range(2):
        started = perf_counter()
        run_ours(X, y, [0, 1], 2)
        took.append(perf_counter() - started)
    return (
        f"four runs on two workers: {took[0]:.2f} s with the workers' start and imports, "
        f"{took[1]:.2f} s once they are there"
    )


def blocks(n_blocks: int, n_seeds: int, with_peers: bool) -> None:
    """Everyone in turn, block after block; prints medians and ratios."""
    X, y = data()
    everyone = contenders(X, y, with_peers)
    started = start_of_workers(X, y)
    times: dict[str, list[float]] = {name: [] for name in everyone}
    cpu: dict[str, list[float]] = {name: [] for name in everyone}
    answers: dict[str, float] = {}
    for block in range(n_blocks):
        seeds = range(block * n_seeds, (block + 1) * n_seeds)
        for name, contender in everyone.items():
            begun, spent = perf_counter(), process_time()
            answers[name] = contender(seeds)
            times[name].append(perf_counter() - begun)
            cpu[name].append(process_time() - spent)
    print(f"{n_blocks} blocks of {n_seeds} seeds, 20 to {BUDGET} labels; {started}\n")
    print("| who | median s a block | against the bare loop | the same in cpu time | accuracy |")
    print("|---|---|---|---|---|")
    for name, taken in times.items():
        clock, used = (_ratio(kind[name], kind[BARE]) for kind in (times, cpu))
        told = "in the workers" if name in (TWO, HALVES) else f"{used:.2f}"
        print(f"| {name} | {median(taken):.2f} | {clock:.2f} | {told} | {answers[name]:.4f} |")
    print(f"\ntwo workers against one: {_ratio(times[ONE], times[TWO]):.2f} times faster")
    print(f"the bare loop in two processes: {_ratio(times[BARE], times[HALVES]):.2f} times faster")


def _ratio(a: Sequence[float], b: Sequence[float]) -> float:
    """The median over blocks of one time by another."""
    return median(x / y for x, y in zip(a, b, strict=True))


def memory() -> tuple[float, float]:
    """(MB of this process, MB of its workers) right now."""
    import psutil

    own = psutil.Process()
    workers = sum(child.memory_info().rss for child in own.children(recursive=True))
    return own.memory_info().rss / 2**20, workers / 2**20


def large(n_seeds: int) -> None:
    """Ten strategies x 20 seeds x 200 labels in one go, and the memory it holds on the way."""
    X, y = data()
    names = [name for name in STRATEGIES if STRATEGIES[name].kind == "utility"][:10]
    held: list[tuple[float, float]] = []
    started = perf_counter()
    comparison = compare(
        X,
        y,
        estimators={"lr": model()},
        strategies=names,
        seeds=n_seeds,
        budget=200,
        n_jobs=2,
        on_round=lambda run: held.append(memory()),
    )
    took = perf_counter() - started
    used = list(dict.fromkeys(run.strategy for run in comparison.runs))
    print(f"{len(comparison.runs)} runs, {len(comparison.errors)} strategies with errors, ", end="")
    print(f"{took:.0f} s on two workers; strategies: {', '.join(used)}\n")
    print("| after runs | MB of the process | MB of its workers |\n|---|---|---|")
    n = len(held)
    for done in sorted({1, 10, n // 4, n // 2, 3 * n // 4, n}):
        print(f"| {done} | {held[done - 1][0]:.0f} | {held[done - 1][1]:.0f} |")


def main() -> None:
    """Read the options and print one of the tables."""
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("--large", action="store_true")
    parser.add_argument("--no-peers", action="store_true")
    parser.add_argument("--blocks", type=int, default=3)
    parser.add_argument("--seeds", type=int, default=20)
    args = parser.parse_args()
    large(args.seeds) if args.large else blocks(args.blocks, args.seeds, not args.no_peers)


if __name__ == "__main__":
    main()
