"""With many answers, in batches: does uncertainty herding beat margin?

    python -m benchmarks.many_answers                     10 seeds, up to 200 labels
    python -m benchmarks.many_answers --sets news_de --seeds 3 --budget 100

The shared sets with eight answers and more: German news (9; letters and meaning, logistic
regression, as ``benchmarks.text_meaning``) and handwritten digits (10; the model that the app
recommends). Ten first labels at random, then batches of five. Printed: the mean over the run of
balanced accuracy in 100 (the area under the curve) for either strategy, and the mean paired
difference with its standard error over seeds; it counts where it is beyond two of these.
"""

from __future__ import annotations

import argparse
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from al_core.learning import get_model, simulate
from benchmarks.label_efficiency import load
from benchmarks.text_meaning import features

STRATEGIES = ("margin", "uncertainty_herding")
SETS = ("news_de", "pendigits")
_BATCH, _FIRST = 5, 10
_MOST_ROWS = 4_000  # of a set, drawn once: a choice, for time


def rows_of(name: str, store: Path) -> tuple[Any, NDArray[Any], str]:
    """(encoded rows, answers, model)."""
    if name == "news_de":
        _, both, answers = features(name, store)
        return both, answers, "logistic_regression"
    X, y = load(name)
    kept = np.sort(np.random.default_rng(0).permutation(len(y))[:_MOST_ROWS])
    return X[kept], y[kept], "balanced_vote"


def area(X: Any, y: NDArray[Any], model: str, strategy: str, budget: int, seed: int) -> float:
    """Mean balanced accuracy in 100 over a run."""
    rounds = simulate(
        X,
        y,
        estimator=get_model(model).make(),
        strategy=strategy,
        n_initial=_FIRST,
        budget=budget,
        batch_size=_BATCH,
        test_cap=2_000,
        metric="balanced_accuracy",
        seed=seed,
        intervals=False,
    )
    return float(np.mean([100 * played.score for played in rounds]))


def main() -> None:
    """Print a line a set."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--sets", nargs="+", default=list(SETS), choices=list(SETS))
    parser.add_argument("--seeds", type=int, default=10)
    parser.add_argument("--budget", type=int, default=200)
    parser.add_argument("--store", type=Path, default=Path("text_meaning.bin"))
    args = parser.parse_args()
    print("| set | margin | uncertainty herding | difference (standard error) |\n|---|---|---|---|")
    for name in args.sets:
        X, y, model = rows_of(name, args.store)
        found = np.array(
            [
                [area(X, y, model, strategy, args.budget, seed) for strategy in STRATEGIES]
                for seed in range(args.seeds)
            ]
        )
        apart = found[:, 1] - found[:, 0]
        error = apart.std(ddof=1) / np.sqrt(len(apart))
        means = " | ".join(f"{mean:.1f}" for mean in found.mean(axis=0))
        print(f"| {name} | {means} | {apart.mean():+.1f} ({error:.1f}) |", flush=True)


if __name__ == "__main__":
    main()
