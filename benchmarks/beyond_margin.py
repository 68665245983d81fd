"""Is anything better than margin? Candidates beside it on the small sets of Lu, Li and Lin.

    python -m benchmarks.beyond_margin                10 seeds, 10 first labels, up to 100 labels
    python -m benchmarks.beyond_margin --seeds 20 --candidates margin vote_entropy

SVC (RBF, gamma="auto") on standardised features, 40 % test, the same split for every candidate of a
seed. Score: area under the accuracy by the number of labels (mean over the range), over 10 random
first labels (or 10 k-means centres: "centres, margin"). Printed: the mean paired gain over random
a data set with the standard error of that mean; then, over data sets, the mean of those gains, the
mean gain over margin with Wilcoxon's signed-rank p over data sets (not corrected for the number of
candidates), and in how many sets it is significantly below random (95 %).
"""

from __future__ import annotations

import argparse
from collections.abc import Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray
from scipy.stats import t, wilcoxon
from sklearn.svm import SVC

from al_core.learning import aubc, get_strategy, simulate
from al_core.learning.models.threads import one_thread
from al_core.learning.querying.combine import schedule, weighted_sum
from benchmarks.lu2023 import load

Gains = dict[str, NDArray[np.float64]]

SETS = ["heart", "sonar", "parkinsons", "haberman", "ionosphere", "wdbc", "diabetes", "ex8a"]
CANDIDATES: dict[str, tuple[str, Any]] = {
    "random": ("random", "random"),
    "margin": ("random", "margin"),
    "centres, margin": ("centres", "margin"),
    "core_set till 20, margin": ("random", schedule(("core_set", 20), ("margin", None))),
    "core_set till 40, margin": ("random", schedule(("core_set", 40), ("margin", None))),
    "typiclust till 20, margin": ("random", schedule(("typiclust", 20), ("margin", None))),
    "margin_then_diverse": ("random", "margin_then_diverse"),
    "margin + 0.2 random": ("random", weighted_sum("margin", "random", weights=[0.8, 0.2])),
    "uncertainty_herding": ("random", "uncertainty_herding"),
    "vote_entropy": ("random", "vote_entropy"),
}


def area(X: NDArray[Any], y: NDArray[Any], seed: int, start: str, strategy: Any) -> float:
    """The mean accuracy over 10 to 100 labels of one run."""
    chosen = get_strategy(strategy) if isinstance(strategy, str) else strategy
    options: dict[str, Any] = {
        "estimator": SVC(gamma="auto"),
        "test": 0.4,
        "seed": seed,
        "intervals": False,
    }
    options |= {"initial": start, "n_initial": 10, "budget": 100, "intervals": False}
    rounds = list(simulate(X, y, strategy=chosen, **options))
    return aubc([r.n_labels for r in rounds], [r.score for r in rounds])


def gains(name: str, seeds: Sequence[int], candidates: Sequence[str]) -> Gains:
    """{candidate: (seeds,) paired gain over random} on one data set."""
    X, y = load(name)
    with one_thread():
        areas = {c: np.array([area(X, y, s, *CANDIDATES[c]) for s in seeds]) for c in candidates}
    return {c: areas[c] - areas["random"] for c in candidates if c != "random"}


def verdict(candidate: str, found: dict[str, Gains]) -> str:
    """Mean gain over random and over margin over data sets, p, and sets below random."""
    mine = np.array([found[s][candidate].mean() for s in found])
    margins = np.array([found[s]["margin"].mean() for s in found])
    below = 0
    for gain in (found[s][candidate] for s in found):
        error = gain.std(ddof=1) / np.sqrt(len(gain))
        below += gain.mean() + t.ppf(0.975, len(gain) - 1) * error < 0
    p = wilcoxon(mine - margins).pvalue if (mine != margins).any() and len(mine) > 1 else 1.0
    over = "" if candidate == "margin" else f"{(mine - margins).mean():+.4f} (p {p:.2f})"
    return f"| {candidate} | {mine.mean():+.4f} | {over} | {below} of {len(mine)} |"


def main() -> None:
    """Print the gains a data set, then the table over data sets."""
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("--sets", nargs="+", default=SETS)
    parser.add_argument("--seeds", type=int, default=10)
    parser.add_argument("--candidates", nargs="+", default=list(CANDIDATES), choices=CANDIDATES)
    args = parser.parse_args()
    candidates = list(dict.fromkeys(["random", "margin", *args.candidates]))
    found: dict[str, Gains] = {}
    for name in args.sets:
        found[name] = gains(name, range(args.seeds), candidates)
        for candidate, gain in found[name].items():
            error = gain.std(ddof=1) / np.sqrt(len(gain))
            print(f"| {name} | {candidate} | {gain.mean():+.4f} ({error:.4f}) |", flush=True)
    print("\n| candidate | mean gain over random | mean gain over margin | below random in |")
    print("|---|---|---|---|")
    for candidate in candidates[1:]:
        print(verdict(candidate, found))


if __name__ == "__main__":
    main()
