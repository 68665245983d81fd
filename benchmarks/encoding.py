"""How well models learn from our features, beside those of skrub's TableVectorizer.

Balanced accuracy after 100 random labels, tested on all other rows, over paired splits; then the
seconds to encode 10,000 rows. Both sides get the same columns (ids and constants left out); skrub's
are imputed and standardised, as its own pipelines for linear models do.

    pip install skrub
    python -m benchmarks.encoding [splits]
"""

from __future__ import annotations

import argparse
import sys
import time
import warnings
from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
from numpy.typing import NDArray
from scipy.stats import ttest_rel
from sklearn.impute import SimpleImputer
from sklearn.metrics import balanced_accuracy_score
from sklearn.pipeline import Pipeline, make_pipeline
from sklearn.preprocessing import StandardScaler
from threadpoolctl import threadpool_limits

from al_core.learning.models.fitting import fit_model
from al_core.learning.models.registry import MODELS, recommend_model
from al_core.tables import Role, check_answers, encode, guess_roles, read_table

DATA = Path(__file__).resolve().parents[2] / "shared" / "data" / "csv"
SETS = {
    "telco": ("telco_churn.csv", "Churn"),
    "titanic": ("titanic.csv", "Survived"),
    "adult": ("adult_6k.csv", "income"),
    "bank": ("bank_additional_semicolon.csv", "y"),
    "german": ("german_credit_words.csv", "credit_risk"),
    "sms_spam": ("sms_spam.csv", "label"),
    "sentences": ("sentiment_sentences.csv", "sentiment"),
}
N_LABELS = 100
Differences = dict[str, list[NDArray[np.float64]]]


def load(name: str) -> tuple[pd.DataFrame, dict[str, Role], NDArray[Any]]:
    """Columns, their roles, and the answers of one data set."""
    file, label = SETS[name]
    table = read_table(DATA / file)
    roles = {c: r for c, r in guess_roles(table).items() if c != label and r.kind != "ignored"}
    return table.frame[list(roles)], roles, check_answers(table, label).values.to_numpy(dtype=str)


def theirs() -> Pipeline:
    """skrub's features, made fit for a linear model as its own pipelines do."""
    from skrub import TableVectorizer

    return make_pipeline(TableVectorizer(), SimpleImputer(), StandardScaler())


def score(X: Any, y: NDArray[Any], model: str, seed: int) -> float:
    """Balanced accuracy on all rows but 100 random ones that were learned from."""
    order = np.random.default_rng(seed).permutation(len(y))
    train, test = order[:N_LABELS], order[N_LABELS:]
    with threadpool_limits(1):
        fitted = fit_model(MODELS[model].make(N_LABELS), X[np.sort(train)], y[np.sort(train)], seed)
        return float(balanced_accuracy_score(y[test], fitted.predict(X[test])))


def accuracy(splits: int) -> Differences:
    """Differences (ours minus theirs) per data set: (models, splits)."""
    differences: Differences = {}
    print(f"{'data set':<11}{'model':<21}{'ours':>7}{'skrub':>7}{'diff':>7}")
    for name in SETS:
        frame, roles, y = load(name)
        ours = encode(frame, roles).X
        other = theirs().fit_transform(frame)
        default = recommend_model(len(y), ours.shape[1], sparse=not isinstance(ours, np.ndarray))
        for model in dict.fromkeys(["logistic_regression", default]):
            a = np.array([score(ours, y, model, seed) for seed in range(splits)])
            b = np.array([score(other, y, model, seed) for seed in range(splits)])
            differences.setdefault(name, []).append(a - b)
            gap = 100 * (a - b).mean()
            print(f"{name:<11}{model:<21}{100 * a.mean():7.1f}{100 * b.mean():7.1f}{gap:+7.1f}")
    return differences


def verdict(differences: Differences) -> bool:
    """Print what the differences say; whether the gate holds."""
    means = [100 * d.mean() for rows in differences.values() for d in rows]
    print(f"mean difference over data sets and models: {np.mean(means):+.2f} points (gate: -0.5)")
    p = {
        n: ttest_rel(np.mean(d, axis=0), np.zeros(len(d[0])), alternative="less").pvalue
        for n, d in differences.items()
    }
    ranked = sorted(p, key=lambda n: p[n])
    holm = {n: min(1.0, p[n] * (len(p) - i)) for i, n in enumerate(ranked)}
    worse = [n for n in ranked if holm[n] < 0.05]
    print("significantly worse (paired t, Holm, 5 %):", ", ".join(worse) or "none")
    return bool(np.mean(means) >= -0.5) and not worse


def seconds(make: Callable[[], object]) -> float:
    """The best of three times."""
    times = []
    for _ in range(3):
        start = time.perf_counter()
        make()
        times.append(time.perf_counter() - start)
    return min(times)


def speed() -> bool:
    """Print the seconds to encode; whether the gate holds."""
    from skrub import TableVectorizer

    print(f"\nseconds to encode 10,000 rows\n{'data set':<11}{'ours':>7}{'skrub':>7}{'times':>7}")
    ratios = []
    for name in SETS:
        frame, roles, y = load(name)
        rows = np.random.default_rng(0).integers(0, len(y), 10_000)
        frame = frame.iloc[rows].reset_index(drop=True)
        a = seconds(partial(encode, frame, roles))
        b = seconds(partial(TableVectorizer().fit_transform, frame))
        ratios.append(b / a)
        print(f"{name:<11}{a:7.2f}{b:7.2f}{b / a:7.1f}")
    print(f"geometric mean: {np.exp(np.mean(np.log(ratios))):.1f} times faster (gate: 3)")
    return bool(np.exp(np.mean(np.log(ratios))) >= 3)


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("splits", type=int, nargs="?", default=20)
    splits = parser.parse_args().splits
    warnings.filterwarnings("ignore", module="skrub")  # it advises on columns it cleans
    good = verdict(accuracy(splits))
    fast = speed()
    print("gates hold" if good and fast else "a gate does NOT hold")
    sys.exit(0 if good and fast else 1)
