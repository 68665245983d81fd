"""How often a saving is said where nothing is saved: random rows against random rows.

    python -m benchmarks.savings                       telco and wine, 1,500 comparisons a line
    python -m benchmarks.savings --sets adult --runs 400 --comparisons 3000

Two runs of logistic regression a split, on the same test rows and first 20 labels, with different
random rows beyond, to 150; a comparison draws as many splits as it has repeats, and tosses which
side is which. The target lies a point below the mean score of the end. Counted is in how many
comparisons the whole range of rows saved is above 0, as Compare says it; the same runs serve many
comparisons, so that the binomial range is a little too narrow.
"""

from __future__ import annotations

import argparse

import numpy as np
from numpy.typing import NDArray
from scipy.stats import binomtest
from sklearn.linear_model import LogisticRegression

from al_core.learning import Matrix, Rows
from al_core.learning.comparison.savings import chance_allowed, rows_saved
from al_core.learning.models.threads import one_thread
from benchmarks.played.sets import SETS, Known, load

GRID = list(range(20, 151, 10))
REPEATS = (5, 20, 100)


def scores(known: Known, runs: int) -> NDArray[np.float64]:
    """(2, runs, points): the share of right ones of both runs of each split."""
    X, n = known.X, len(known.y)
    found = np.zeros((2, runs, len(GRID)))
    for split in range(runs):
        rows = np.random.default_rng([split, 71]).permutation(n)
        test, first, rest = rows[: n // 4], rows[n // 4 :][:20], rows[n // 4 :][20:]
        for side in (0, 1):
            later = np.random.default_rng([split, side, 72]).permutation(rest)
            order = np.concatenate([first, later])
            found[side, split] = [score(X, known.y, order[:n], test) for n in GRID]
    return found


def score(X: Matrix, y: NDArray[np.str_], taught: Rows, test: Rows) -> float:
    """The share of right ones of a model of these rows; of one answer it says that."""
    if len(np.unique(y[taught])) < 2:
        return float(np.mean(y[test] == y[taught][0]))
    model = LogisticRegression(max_iter=1_000).fit(X[taught], y[taught])
    return float(model.score(X[test], y[test]))


def said(found: NDArray[np.float64], repeats: int, comparisons: int) -> int:
    """In how many comparisons something is said to be saved."""
    rng = np.random.default_rng([repeats, 73])
    target, count = float(found[:, :, -1].mean()) - 0.01, 0
    for _ in range(comparisons):
        splits = rng.choice(found.shape[1], repeats, replace=False)
        side = rng.integers(0, 2, repeats)
        both = found[side, splits], found[1 - side, splits]
        count += bool(rows_saved(GRID, *both, target, chance_allowed(repeats, 1)).low > 0)
    return count


def main() -> None:
    """Print one line a set and number of repeats."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--sets", nargs="+", default=["telco", "wine"], choices=list(SETS))
    parser.add_argument("--runs", type=int, default=240)
    parser.add_argument("--comparisons", type=int, default=1_500)
    args = parser.parse_args()
    print("| data set | repeats | said in 100 | binomial range | allowed |\n|---|---|---|---|---|")
    for name in args.sets:
        with one_thread():
            found = scores(load(name), args.runs)
        for repeats in REPEATS:
            count = said(found, repeats, args.comparisons)
            ends = binomtest(count, args.comparisons).proportion_ci(0.95)
            between = f"{100 * ends.low:.1f} to {100 * ends.high:.1f}"
            share, allowed = 100 * count / args.comparisons, 100 * chance_allowed(repeats, 1)
            print(f"| {name} | {repeats} | {share:.1f} | {between} | {allowed:.1f} |", flush=True)


if __name__ == "__main__":
    main()
