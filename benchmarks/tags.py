"""Which rows to ask where rows have several tags: strategies against random, set by set.

    python -m benchmarks.tags --short     3 seeds, up to 50 labels
    python -m benchmarks.tags             20 seeds, up to 120 labels

Four sets that need no download: tables of scikit-learn's generator with few and with many tags a
row, the digits with tags (even, above four, with a hole, of straight lines), and one with rare
tags. A quarter of the rows tests. Model: one logistic regression a tag behind a scaler. Score: area
under the curve of F1 micro by the number of labels, over 20 random first labels. Printed: a set and
a strategy a line with the mean paired gain over random in points and Wilcoxon's p over seeds; then
the mean over sets, how often a strategy wins, and how often it is significantly better or worse
than random (Holm over the strategies of a set, 95 %).
"""

from __future__ import annotations

import argparse
from collections.abc import Callable
from typing import Any

import numpy as np
from numpy.typing import NDArray
from sklearn.datasets import load_digits, make_multilabel_classification
from sklearn.linear_model import LogisticRegression
from sklearn.pipeline import make_pipeline
from sklearn.preprocessing import StandardScaler

from al_core.learning import TagModel, compare, strategies_for
from al_core.learning.comparison.verdicts import Verdict
from benchmarks.played.over_sets import Line, print_over_sets

Data = tuple[NDArray[Any], NDArray[Any]]
N = 600
LOOK_AT_TAGS = [name for name, one in strategies_for("tags").items() if one.answers == ("tags",)]


def digits() -> Data:
    """Pictures of digits: even, above four, with a hole, of straight lines alone."""
    X, y = load_digits(return_X_y=True)
    some = np.random.default_rng(0).permutation(len(y))[:N]
    X, y = X[some], y[some]
    holes, straight = np.isin(y, (0, 6, 8, 9)), np.isin(y, (1, 4, 7))
    return X, np.stack([y % 2 == 0, y > 4, holes, straight], axis=1).astype(np.int8)


def rare() -> Data:
    """Three columns that rise, with tags that one row in ten to one in twenty has."""
    rng = np.random.default_rng(4)
    X = rng.normal(size=(N, 6))
    noisy = X[:, :4] + rng.normal(scale=0.4, size=(N, 4))
    return X, (noisy > np.array([0.5, 1.3, 1.5, 1.7])).astype(np.int8)


SETS: dict[str, Callable[[], Data]] = {
    "few tags": lambda: make_multilabel_classification(N, 12, n_classes=5, random_state=0),
    "many tags": lambda: make_multilabel_classification(
        N, 20, n_classes=8, n_labels=4, random_state=1
    ),
    "digits": digits,
    "rare tags": rare,
}


def verdicts(name: str, seeds: int, budget: int, jobs: int) -> list[Verdict]:
    """What is known of each strategy on one set."""
    X, y = SETS[name]()
    model = make_pipeline(StandardScaler(), TagModel(LogisticRegression(max_iter=500)))
    found = compare(
        X,
        y,
        estimators={"one model a tag": model},
        strategies=LOOK_AT_TAGS,
        seeds=seeds,
        n_initial=20,
        budget=budget,
        batch_size=5,
        n_jobs=jobs,
    )
    return found.verdicts()


def main() -> None:
    """Print a line a set and strategy, then the table over sets."""
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("--sets", nargs="+", default=list(SETS), choices=SETS)
    parser.add_argument("--seeds", type=int, default=20)
    parser.add_argument("--budget", type=int, default=120)
    parser.add_argument("--jobs", type=int, default=1)
    parser.add_argument("--short", action="store_true", help="3 seeds, up to 50 labels")
    args = parser.parse_args()
    seeds, budget = (3, 50) if args.short else (args.seeds, args.budget)
    lines: list[Line] = []
    print("| set | strategy | gain, points | p (Wilcoxon) |\n|---|---|---|---|")
    for name in args.sets:
        for v in verdicts(name, seeds, budget, args.jobs):
            if v.effect is not None:
                lines.append((name, v, 100 * v.effect.gain))
                print(f"| {name} | {v.strategy} | {lines[-1][2]:+.2f} | {v.effect.p:.3f} |")
    print("\n| strategy | mean gain, points | wins | better in | worse in |\n|---|---|---|---|---|")
    print_over_sets(lines, LOOK_AT_TAGS, max, "| {} | {:+.2f}")


if __name__ == "__main__":
    main()
