"""Are flipped labels found? The share of them in the first tenth of the list of doubtful labels.

    python -m benchmarks.label_errors                       20 seeds, 300 labels, 5 % flipped
    python -m benchmarks.label_errors --seeds 3             short

Labels are random rows; each flipped one gets another answer at random. Wanted on each set: at least
60 %. The model is the one that the app recommends for the set.
"""

from __future__ import annotations

import argparse
from typing import Any

import numpy as np

from al_core.learning import MODELS, recommend_model
from al_core.learning.scoring.label_errors import doubt_labels
from benchmarks.label_efficiency import load

SETS = ["adult", "spambase", "pendigits"]
WANTED = 0.6


def found_share(X: Any, y: Any, model: str, n: int, share: float, seed: int) -> tuple[float, float]:
    """(share of the flipped labels in the first tenth of the list, in the part called doubtful)."""
    rng = np.random.default_rng([seed, 17])
    rows = rng.choice(len(y), min(n, len(y)), replace=False)
    labels, names = y[rows].copy(), np.unique(y)
    flipped = rng.choice(len(rows), round(share * len(rows)), replace=False)
    for place in flipped:
        labels[place] = rng.choice(names[names != labels[place]])
    found = doubt_labels(X[rows], labels, MODELS[model].make(len(rows)), seed)
    first = found.places[: len(rows) // 10]
    called = found.places[found.doubtful]
    return float(np.isin(flipped, first).mean()), float(np.isin(flipped, called).mean())


def main() -> None:
    """Print one line a set."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--sets", nargs="+", default=SETS)
    parser.add_argument("--models", nargs="+", default=[], help="instead of the recommended one")
    parser.add_argument("--labels", type=int, default=300)
    parser.add_argument("--flipped", type=float, default=0.05)
    parser.add_argument("--seeds", type=int, default=20)
    args = parser.parse_args()
    print("| set | model | in the first tenth | called doubtful | wanted |\n|---|---|---|---|---|")
    for name in args.sets:
        X, y = load(name)
        own = recommend_model(len(y), X.shape[1], not isinstance(X, np.ndarray))
        for model in args.models or [own]:
            runs = [
                found_share(X, y, model, args.labels, args.flipped, seed)
                for seed in range(args.seeds)
            ]
            first, called = np.mean(runs, axis=0)
            told = "reached" if first >= WANTED else "missed"
            print(f"| {name} | {model} | {first:.2f} | {called:.2f} | {told} |", flush=True)


if __name__ == "__main__":
    main()
