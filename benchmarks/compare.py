"""What the comparison engine costs, beside a loop written by hand and beside peers.

    python benchmarks/compare.py             one and two workers, and a bare loop, in turns
    python benchmarks/compare.py --no-peers  the same without the libraries beside ours
    python benchmarks/compare.py --large     10 strategies x 20 seeds x 200 labels, and its memory

One task for all: breast cancer (standardised), logistic regression, margin, the same splits and
first labels, 20 to 120 labels, accuracy after each. A peer that is not installed is left out with a
word. The median over blocks counts; the parts of a block follow each other, so that a busy machine
slows all of them.
"""

from __future__ import annotations

import argparse
import resource
import sys
from collections.abc import Callable, Sequence
from pathlib import Path
from statistics import median
from time import perf_counter, process_time

import numpy as np
from sklearn.datasets import load_breast_cancer
from sklearn.linear_model import LogisticRegression
from sklearn.preprocessing import StandardScaler

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from al_core.learning import STRATEGIES, compare, simulate
from al_core.learning.splits import first_rows, split_rows
from al_core.learning.threads import one_thread

BUDGET = 120
Split = tuple[np.ndarray, np.ndarray, np.ndarray]


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


def bare(X: np.ndarray, y: np.ndarray, seed: int) -> list[float]:
    """What a person would write: fit, score, predict_proba, argmin."""
    pool, test, first = split(X, y, seed)
    labelled, free = list(first), np.setdiff1d(pool, first)
    X_test, y_test, scores = X[test], y[test], []
    while True:
        rows = np.sort(labelled)
        fitted = model().fit(X[rows], y[rows])
        scores.append(float((fitted.predict(X_test) == y_test).mean()))
        if len(labelled) == BUDGET:
            return scores
        proba = fitted.predict_proba(X[free])
        best = int(np.abs(proba[:, 0] - proba[:, 1]).argmin())
        labelled.append(free[best])
        free = np.delete(free, best)


def run_bare(X: np.ndarray, y: np.ndarray, seeds: Sequence[int]) -> float:
    """The last scores' mean of the loop by hand, with BLAS pinned as in ours."""
    with one_thread():
        return float(np.mean([bare(X, y, seed)[-1] for seed in seeds]))


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


def run_simulate(X: np.ndarray, y: np.ndarray, seeds: Sequence[int]) -> float:
    """The same runs through ``simulate``: what ``compare`` does on one worker, margin alone."""
    last = []
    with one_thread():
        for seed in seeds:
            options = {"estimator": model(), "budget": BUDGET, "seed": seed, "intervals": False}
            last.append(list(simulate(X, y, **options))[-1].score)
    return float(np.mean(last))


def peers() -> dict[str, Callable[[np.ndarray, np.ndarray, Sequence[int]], float]]:
    """Loops through other libraries, those that are installed and run."""
    found: dict[str, Callable[[np.ndarray, np.ndarray, Sequence[int]], float]] = {}
    try:
        from skactiveml.classifier import SklearnClassifier
        from skactiveml.pool import UncertaintySampling

        def skactiveml(X: np.ndarray, y: np.ndarray, seeds: Sequence[int]) -> float:
            last = []
            for seed in seeds:
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
                last.append(np.mean(wrapped.predict(X[test]) == y[test]))
            return float(np.mean(last))

        found["scikit-activeml"] = skactiveml
    except ImportError:
        print("# scikit-activeml is not installed: left out")
    try:
        from modAL.models import ActiveLearner as ModALearner

        learner = ModALearner(model(), X_training=np.array([[0.0], [1.0]]), y_training=[0, 1])
        learner.teach(np.array([[2.0]]), np.array([1]))
        print("# modAL runs here, but no loop is written for it: left out")
    except ImportError:
        print("# modAL is not installed: left out")
    except (TypeError, ValueError) as problem:
        print(f"# modAL cannot run: {str(problem).splitlines()[0]}")
    return found


def blocks(n_blocks: int, n_seeds: int, with_peers: bool) -> None:
    """Everyone in turn, block after block; prints medians and ratios."""
    X, y = data()
    contenders: dict[str, Callable[[Sequence[int]], float]] = {
        "bare loop": lambda seeds: run_bare(X, y, seeds),
        "simulate, one worker": lambda seeds: run_simulate(X, y, seeds),
        "compare (with random), one worker": lambda seeds: run_ours(X, y, seeds, 1),
        "compare (with random), two workers": lambda seeds: run_ours(X, y, seeds, 2),
    }
    for name, peer in (peers() if with_peers else {}).items():
        contenders[name] = lambda seeds, peer=peer: peer(X, y, seeds)
    contenders["compare (with random), two workers"]([0, 1])  # starts the workers
    times: dict[str, list[float]] = {name: [] for name in contenders}
    cpu: dict[str, list[float]] = {name: [] for name in contenders}
    answers: dict[str, float] = {}
    for block in range(n_blocks):
        seeds = range(block * n_seeds, (block + 1) * n_seeds)
        for name, contender in contenders.items():
            started, spent = perf_counter(), process_time()
            answers[name] = contender(seeds)
            times[name].append(perf_counter() - started)
            cpu[name].append(process_time() - spent)
    print(f"{n_blocks} blocks of {n_seeds} seeds, 20 to {BUDGET} labels")
    print("| who | median s a block | against the bare loop | the same in cpu time | accuracy |")
    print("|---|---|---|---|---|")
    for name, taken in times.items():
        clock, used = (_ratio(kind[name], kind["bare loop"]) for kind in (times, cpu))
        told = "in the workers" if name.endswith("two workers") else f"{used:.2f}"
        print(f"| {name} | {median(taken):.2f} | {clock:.2f} | {told} | {answers[name]:.4f} |")
    one, two = (
        times[f"compare (with random), {n} worker{s}"] for n, s in (("one", ""), ("two", "s"))
    )
    print(f"\ntwo workers against one: {_ratio(one, two):.2f} times faster")


def _ratio(a: Sequence[float], b: Sequence[float]) -> float:
    """The median over blocks of one time by another."""
    return median(x / y for x, y in zip(a, b, strict=True))


def large() -> None:
    """Ten strategies x 20 seeds x 200 labels in one go, and the memory of this process."""
    X, y = data()
    names = [name for name in STRATEGIES if STRATEGIES[name].kind == "utility"][:9]
    peaks: list[int] = []
    started = perf_counter()
    comparison = compare(
        X,
        y,
        estimators={"lr": model()},
        strategies=names,
        seeds=20,
        budget=200,
        n_jobs=2,
        on_round=lambda run: peaks.append(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss),
    )
    print(f"{len(comparison.runs)} runs, {len(comparison.errors)} strategies with errors, ", end="")
    print(
        f"{perf_counter() - started:.0f} s on two workers; strategies: {', '.join(names)}, random"
    )
    print(f"peak memory: {peaks[0] / 1024:.0f} MB after 1 run, ", end="")
    print(
        f"{peaks[len(peaks) // 2] / 1024:.0f} MB after half, {peaks[-1] / 1024:.0f} MB at the end"
    )


def main() -> None:
    """Read the options and print one of the tables."""
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("--large", action="store_true")
    parser.add_argument("--no-peers", action="store_true")
    parser.add_argument("--blocks", type=int, default=5)
    parser.add_argument("--seeds", type=int, default=6)
    args = parser.parse_args()
    large() if args.large else blocks(args.blocks, args.seeds, not args.no_peers)


if __name__ == "__main__":
    main()
