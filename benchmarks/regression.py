"""Which rows to ask where numbers are predicted: strategies against random, set by set.

    python -m benchmarks.regression --short     3 seeds, up to 40 labels, two models
    python -m benchmarks.regression             20 seeds, up to 100 labels

Seven sets that need no download: one of scikit-learn's (diabetes), the three functions of Friedman
(1991) with noise, a plane with two useful columns of twenty, steps with uneven noise, and a narrow
hill in four columns. A quarter of the rows tests. Score: area under the curve of the mean absolute
error by the number of labels, over 10 random first labels; lower is better. Printed: a set, a model
and a strategy a line with the mean paired difference from random in per cent of random's area
(negative is better) and Wilcoxon's p over seeds; then, a model at a time, the mean over sets, how
often a strategy wins, and how often it is significantly better or worse than random (Holm over the
strategies of a set, 95 %).
"""

from __future__ import annotations

import argparse
from collections.abc import Callable
from typing import Any

import numpy as np
from numpy.typing import NDArray
from sklearn.datasets import load_diabetes, make_friedman1, make_friedman2, make_friedman3
from sklearn.ensemble import ExtraTreesRegressor
from sklearn.linear_model import RidgeCV
from sklearn.pipeline import make_pipeline
from sklearn.preprocessing import StandardScaler

from al_core.learning import compare, strategies_for
from al_core.learning.comparison.verdicts import Verdict
from benchmarks.played.over_sets import Line, print_over_sets

Data = tuple[NDArray[np.float64], NDArray[np.float64]]
N = 500
STRATEGIES = ["greedy_x", "greedy_y", "greedy_xy", "prediction_spread", "model_change_maximisation"]


def plane() -> Data:
    """Two useful columns of twenty."""
    rng = np.random.default_rng(1)
    X = rng.normal(size=(N, 20))
    return X, X[:, 0] - 2 * X[:, 1] + rng.normal(scale=0.3, size=N)


def steps() -> Data:
    """Levels, with noise that grows from left to right."""
    rng = np.random.default_rng(2)
    X = rng.uniform(0, 6, size=(N, 3))
    return X, np.floor(X[:, 0]) + np.floor(X[:, 1]) + rng.normal(size=N) * X[:, 0] / 10


def hill() -> Data:
    """Flat but for a narrow hill, crowded at the foot."""
    rng = np.random.default_rng(3)
    X = rng.normal(size=(N, 4))
    return X, 10 * np.exp(-((X - 0.8) ** 2).sum(axis=1)) + rng.normal(scale=0.1, size=N)


SETS: dict[str, Callable[[], Data]] = {
    "diabetes": lambda: load_diabetes(return_X_y=True),
    "friedman1": lambda: make_friedman1(N, noise=1.0, random_state=0),
    "friedman2": lambda: make_friedman2(N, noise=50.0, random_state=0),
    "friedman3": lambda: make_friedman3(N, noise=0.1, random_state=0),
    "plane": plane,
    "steps": steps,
    "hill": hill,
}


def models() -> dict[str, Any]:
    """A linear model and trees, each behind a scaler, so that distances weigh columns alike."""
    return {
        "ridge": make_pipeline(StandardScaler(), RidgeCV(np.logspace(-3, 3, 7))),
        "trees": make_pipeline(StandardScaler(), ExtraTreesRegressor(20)),
    }


def verdicts(name: str, seeds: int, budget: int, jobs: int) -> list[Verdict]:
    """What is known of each model and strategy on one set."""
    X, y = SETS[name]()
    found = compare(
        X,
        y,
        estimators=models(),
        strategies=STRATEGIES,
        seeds=seeds,
        n_initial=10,
        budget=budget,
        batch_size=2,
        n_jobs=jobs,
    )
    return found.verdicts()


def main() -> None:
    """Print a line a set, model and strategy, then the table over sets."""
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("--sets", nargs="+", default=list(SETS), choices=SETS)
    parser.add_argument("--seeds", type=int, default=20)
    parser.add_argument("--budget", type=int, default=100)
    parser.add_argument("--jobs", type=int, default=1)
    parser.add_argument("--short", action="store_true", help="3 seeds, up to 40 labels")
    args = parser.parse_args()
    seeds, budget = (3, 40) if args.short else (args.seeds, args.budget)
    lines: list[Line] = []
    print("| set | model | strategy | against random % | p (Wilcoxon) |\n|---|---|---|---|---|")
    for name in args.sets:
        found = verdicts(name, seeds, budget, args.jobs)
        areas = {v.estimator: v.aubc_mean for v in found if v.strategy == "random"}
        for v in found:
            if v.effect is not None:
                share = -100 * v.effect.gain / areas[v.estimator]
                lines.append((name, v, share))
                who = f"{name} | {v.estimator} | {v.strategy}"
                print(f"| {who} | {share:+.1f} | {v.effect.p:.3f} |", flush=True)
    print("\n| model | strategy | mean % | wins | better in | worse in |")
    print("|---|---|---|---|---|---|")
    for model in models():
        mine = [line for line in lines if line[1].estimator == model]
        print_over_sets(mine, STRATEGIES, min, f"| {model} | {{}} | {{:+.1f}}")


if __name__ == "__main__":
    assert set(STRATEGIES) <= set(strategies_for("numbers"))
    main()
