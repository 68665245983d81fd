"""Does "90 in 100 sure" mean right 90 times in 100? Before and after it is learned on check rows.

    python -m benchmarks.how_sure                      5 seeds, 100 labels, 20 check rows
    python -m benchmarks.how_sure --labels 50 100 --checks 20 40 --seeds 10

Expected calibration error (ten bins of equal width) of the chance that the guess is right, on up to
3,000 rows that are neither labelled nor check rows, for each model of the menu: the mean over data
sets of the error of all seeds taken together. Labels are random rows.
"""

from __future__ import annotations

import argparse
from typing import Any

import numpy as np
from numpy.typing import NDArray

from al_core.learning import MODELS, class_probabilities, fit_model
from al_core.learning.models.sureness import learn_sureness
from al_core.learning.models.threads import one_thread
from benchmarks.label_efficiency import load

SETS = ["bank", "heart", "german", "wine", "pendigits", "spambase", "penguins", "diabetes"]
_MOST_TESTED, _BINS = 3_000, 10


def expected_error(sure: NDArray[Any], right: NDArray[Any]) -> float:
    """The mean gap between how sure and how often right, bins weighed by their rows.

    >>> expected_error(np.array([0.95, 0.95]), np.array([True, False])).__round__(2)
    0.45
    """
    bins = np.minimum((sure * _BINS).astype(int), _BINS - 1)
    gaps = [abs(sure[bins == b].sum() - right[bins == b].sum()) for b in range(_BINS)]
    return float(sum(gaps) / len(sure))


def one_run(X: Any, y: Any, name: str, n: int, n_check: int, seed: int) -> list[NDArray[Any]]:
    """(how sure as the model says, as learned, whether right) for the tested rows."""
    order = np.random.default_rng([seed, 62]).permutation(len(y))
    train, check = np.sort(order[:n]), order[n : n + n_check]
    test = order[n + n_check :][:_MOST_TESTED]
    if len(np.unique(y[train])) < 2:
        return [np.empty(0), np.empty(0), np.empty(0, dtype=bool)]
    with one_thread():
        model = fit_model(MODELS[name].make(n), X[train], y[train], seed)
        checked, tested = (class_probabilities(model, X[rows]) for rows in (check, test))
    names = np.asarray(model.classes_)
    of_checks = names[checked.argmax(axis=1)] == y[check]
    learned = learn_sureness(checked.max(axis=1), of_checks)
    said = tested.max(axis=1)
    return [said, learned(said), names[tested.argmax(axis=1)] == y[test]]


def main() -> None:
    """Print one line a model."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--sets", nargs="+", default=SETS)
    parser.add_argument("--models", nargs="+", default=list(MODELS))
    parser.add_argument("--labels", nargs="+", type=int, default=[100])
    parser.add_argument("--checks", nargs="+", type=int, default=[20])
    parser.add_argument("--seeds", type=int, default=5)
    args = parser.parse_args()
    data = {name: load(name) for name in args.sets}
    print("| model | labels | check rows | as the model says | learned |\n|---|---|---|---|---|")
    for model in args.models:
        for n, n_check in [(n, c) for n in args.labels for c in args.checks]:
            errors = []
            for X, y in data.values():
                runs = [one_run(X, y, model, n, n_check, seed) for seed in range(args.seeds)]
                said, learned, right = (np.concatenate(part) for part in zip(*runs, strict=True))
                errors.append((expected_error(said, right), expected_error(learned, right)))
            before, after = np.mean(errors, axis=0)
            print(f"| {model} | {n} | {n_check} | {before:.3f} | {after:.3f} |", flush=True)


if __name__ == "__main__":
    main()
