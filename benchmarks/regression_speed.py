"""How fast strategies for numbers are, beside scikit-activeml in the same run.

    pip install -r requirements-peers.txt
    python -m benchmarks.regression_speed                 a pool of 2,000 rows
    python -m benchmarks.regression_speed --pool 5000

A line a strategy: processor seconds of one query, the least of three, BLAS and OpenMP on one thread
for both, and ours as a share of theirs (below 1: faster). Ten columns, 50 labelled rows, batches of
ten; both sides fit a linear regression in the query, a committee ten and the model change four
(theirs as ours) on samples with replacement.
"""

from __future__ import annotations

import argparse
import time
import warnings
from collections.abc import Callable, Iterator
from typing import Any

import numpy as np
from numpy.typing import NDArray
from sklearn.linear_model import LinearRegression

from al_core.learning.models.threads import one_thread
from al_core.learning.querying.pick import run_strategy
from al_core.learning.strategies import Query, get_strategy

Array = NDArray[np.float64]
COLUMNS, LABELLED, BATCH = 10, 50, 10


def data(pool: int) -> tuple[Array, Array]:
    """Labelled rows first, then the pool; every row's number."""
    rng = np.random.default_rng(0)
    X = rng.normal(size=(LABELLED + pool, COLUMNS))
    return X, X @ rng.normal(size=COLUMNS) + rng.normal(size=len(X))


def ask_ours(name: str, X: Array, truth: Array) -> None:
    """One query of ours, the fit of the model included."""
    known = X[:LABELLED], truth[:LABELLED]
    model = LinearRegression().fit(*known)
    query = Query(model, X[LABELLED:], *known, estimator=LinearRegression(), n_instances=BATCH)
    run_strategy(get_strategy(name), query)


def peers(X: Array, truth: Array) -> Iterator[tuple[str, Callable[[], Any]]]:
    """(our name, one query of the peer's strategy that means the same)."""
    from skactiveml import pool
    from skactiveml.regressor import SklearnRegressor

    y = np.where(np.arange(len(X)) < LABELLED, truth, np.nan)
    rng = np.random.default_rng(0)

    def alone() -> dict[str, Any]:
        return {"reg": SklearnRegressor(LinearRegression())}

    def members() -> dict[str, Any]:
        drawn = [rng.integers(0, LABELLED, LABELLED) for _ in range(10)]
        models = [SklearnRegressor(LinearRegression()).fit(X[r], truth[r]) for r in drawn]
        return {"ensemble": models, "fit_ensemble": False}

    change = pool.ExpectedModelChangeMaximization(bootstrap_size=4, n_train=1.0, random_state=0)
    for name, peer, more in (
        ("greedy_x", pool.GreedySamplingX(random_state=0), dict),
        ("greedy_y", pool.GreedySamplingTarget(method="GSy", random_state=0), alone),
        ("greedy_xy", pool.GreedySamplingTarget(method="GSi", random_state=0), alone),
        ("prediction_spread", pool.QueryByCommittee(random_state=0), members),
        ("model_change_maximisation", change, alone),
    ):
        yield name, lambda peer=peer, more=more: peer.query(X, y, batch_size=BATCH, **more())  # type: ignore[misc]


def best_of_three(function: Callable[[], Any]) -> float:
    """The least processor seconds."""
    seconds = []
    for _ in range(3):
        start = time.process_time()
        function()
        seconds.append(time.process_time() - start)
    return min(seconds)


def main() -> None:
    """Print the table."""
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("--pool", type=int, default=2_000, help="rows to ask from")
    args = parser.parse_args()
    X, truth = data(args.pool)
    print("| strategy | ours, ms | scikit-activeml, ms | ratio |\n|---|---|---|---|")
    with warnings.catch_warnings(), one_thread():
        warnings.simplefilter("ignore")  # the peer's own deprecations
        for name, theirs in peers(X, truth):
            a, b = best_of_three(lambda n=name: ask_ours(n, X, truth)), best_of_three(theirs)  # type: ignore[misc]
            print(f"| {name} | {1e3 * a:.1f} | {1e3 * b:.1f} | {a / b:.3f} |", flush=True)


if __name__ == "__main__":
    main()
