"""What is learned from few labels: on tables the balanced vote beside extra trees.

    python -m benchmarks.label_efficiency                       10 seeds, 100 random labels
    python -m benchmarks.label_efficiency --seeds 3 --labels 20 50 100 --sets bank heart

The shared sets of Lu, Li and Lin and those analysts' tables that hold no free text, as the app
encodes them. Random labels, drawn anew for each seed and the same for both models; tested on the
other rows (at most 3,000). Printed, in points: the mean paired difference (vote minus trees) with
its standard error over seeds, a data set a line, for balanced accuracy and accuracy; then the means
over data sets with the p of Wilcoxon's signed-rank test over data sets, corrected after Holm for
the numbers of labels asked for, and in how many sets the vote is better or worse beyond two
standard errors.
"""

from __future__ import annotations

import argparse
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray
from scipy.stats import wilcoxon
from sklearn.metrics import balanced_accuracy_score

from al_core.learning import fit_model, get_model
from al_core.learning.models.threads import one_thread
from al_core.tables import check_answers, encode, guess_roles, read_table

Numbers = NDArray[np.float64]

DATA = Path(__file__).resolve().parents[2] / "shared" / "data"
SETS = {
    **{path.stem: (f"lu2023/{path.name}", "label") for path in sorted(DATA.glob("lu2023/*.csv"))},
    "telco": ("csv/telco_churn.csv", "Churn"),
    "titanic": ("csv/titanic.csv", "Survived"),
    "penguins": ("csv/penguins.csv", "species"),
    "bank": ("csv/bank_additional_semicolon.csv", "y"),
    "wine": ("csv/wine_quality_red.csv", "quality"),
    "adult": ("csv/adult_6k.csv", "income"),
    "pendigits": ("csv/pendigits.csv", "digit"),
    "credit": ("csv/german_credit_words.csv", "credit_risk"),
}
SETS.pop("published_aubc", None)
MODELS = ("balanced_vote", "extra_trees")
_MOST_TESTED = 3_000


def load(name: str) -> tuple[NDArray[np.float32], NDArray[Any]]:
    """One data set as the app encodes it, free text as topics, and its answers."""
    file, label = SETS[name]
    table = read_table(DATA / file)
    roles = {k: r for k, r in guess_roles(table).items() if k != label}
    roles = {k: r for k, r in roles.items() if r.kind not in ("ignored", "label")}
    X = encode(table.frame[list(roles)], roles, dense=True).X
    return np.asarray(X), check_answers(table, label).values.to_numpy(dtype=str)


def differences(X: NDArray[Any], y: NDArray[Any], n: int, seeds: range) -> Numbers:
    """(seeds, 2): vote minus trees in balanced accuracy and accuracy, in points."""
    found = []
    for seed in seeds:
        order = np.random.default_rng([seed, 61]).permutation(len(y))
        train, test = np.sort(order[:n]), order[n : n + _MOST_TESTED]
        if len(np.unique(y[train])) < 2 or not len(test):
            continue
        scores = []
        for name in MODELS:
            with one_thread():
                model = fit_model(get_model(name).make(), X[train], y[train], seed)
                said = model.predict(X[test])
            right = float(np.mean(said == y[test]))
            scores.append((balanced_accuracy_score(y[test], said), right))
        found.append(100 * (np.asarray(scores[0]) - np.asarray(scores[1])))
    return np.asarray(found).reshape(-1, 2)


def holm(p_values: list[float]) -> list[float]:
    """Holm's correction for several tests.

    >>> holm([0.01, 0.04, 0.03])
    [0.03, 0.06, 0.06]
    """
    order = np.argsort(p_values)
    corrected, largest = [0.0] * len(p_values), 0.0
    for place, index in enumerate(order.tolist()):
        largest = max(largest, min(1.0, p_values[index] * (len(p_values) - place)))
        corrected[index] = round(largest, 6)
    return corrected


def print_tables(sets: list[str], labels: list[int], seeds: range) -> None:
    """One line a data set and number of labels, then the summary."""
    every: dict[int, list[Numbers]] = {n: [] for n in labels}
    print("| data set | labels | balanced accuracy | accuracy |\n|---|---|---|---|")
    for name in sets:
        X, y = load(name)
        for n in labels:
            found = differences(X, y, n, seeds)
            if len(found) < 2:
                continue
            every[n].append(found)
            mean, error = found.mean(axis=0), found.std(axis=0, ddof=1) / np.sqrt(len(found))
            cells = [f"{m:+.1f} ({e:.1f})" for m, e in zip(mean, error, strict=True)]
            print(f"| {name} | {n} | {cells[0]} | {cells[1]} |", flush=True)
    print_summary(every)


def print_summary(every: dict[int, list[Numbers]]) -> None:
    """Means over data sets, tested over data sets."""
    print(
        "\n| labels | score | mean | p | p (Holm) | better | worse |\n|---|---|---|---|---|---|---|"
    )
    for column, score in enumerate(("balanced accuracy", "accuracy")):
        means = {n: [f[:, column].mean() for f in found] for n, found in every.items()}
        p_values = [float(wilcoxon(of_sets).pvalue) for of_sets in means.values()]
        for n, p, corrected in zip(every, p_values, holm(p_values), strict=True):
            errors = [f[:, column].std(ddof=1) / np.sqrt(len(f)) for f in every[n]]
            z = np.asarray(means[n]) / np.maximum(errors, 1e-9)
            print(
                f"| {n} | {score} | {np.mean(means[n]):+.2f} | {p:.3f} | {corrected:.3f} | "
                f"{(z > 2).sum()} of {len(z)} | {(z < -2).sum()} of {len(z)} |"
            )


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--sets", nargs="+", default=list(SETS), choices=list(SETS))
    parser.add_argument("--labels", nargs="+", type=int, default=[100])
    parser.add_argument("--seeds", type=int, default=10)
    parser.add_argument("--first-seed", type=int, default=0)
    args = parser.parse_args()
    print_tables(args.sets, args.labels, range(args.first_seed, args.first_seed + args.seeds))


if __name__ == "__main__":
    main()
