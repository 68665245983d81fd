"""How fast the strategies are, beside scikit-activeml in the same run, and what memory they take.

One table on the terminal. Seconds are processor seconds with BLAS and OpenMP on one thread, for
ours and for the others alike, so that a busy machine does not spoil the ratios; on an idle one they
are the time on the clock. Each line is measured in a process of its own; memory is the peak above
what stood there once the data were made and the model was fitted. A gate that is missed is marked.

    pip install -r requirements-peers.txt        # without it the peers' columns stay empty
    python -m benchmarks.strategies [margin|large|small|error|loop] ...
"""

from __future__ import annotations

import argparse
import json
import subprocess
import sys
import time
import warnings
from collections.abc import Callable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

LARGE = ("density", "core_set", "typiclust", "probcover", "max_herding", "badge")
PEERS = {
    "core_set": "CoreSet",
    "typiclust": "TypiClust",
    "probcover": "ProbCover",
    "max_herding": "MaxHerding",
    "badge": "Badge",
}
GROUPS = ("margin", "large", "small", "error", "loop")
Array = NDArray[Any]
Found = dict[str, Any]
Line = tuple[str, str, str, list[Any], Mapping[str, float]]


def data(
    n: int, d: int, k: int = 2, labelled: int = 100, seed: int = 0
) -> tuple[Array, Array, Array]:
    """Rows to ask from, labelled rows and their classes: clouds around ``k`` middles."""
    rng = np.random.default_rng(seed)
    middles = rng.normal(size=(k, d))
    codes = np.arange(n + labelled) % k
    X = (middles[codes] + 2 * rng.normal(size=(n + labelled, d))).astype(np.float32)
    return X[labelled:], X[:labelled], codes[:labelled]


def query(
    n: int,
    d: int,
    k: int = 2,
    n_instances: int = 1,
    params: dict[str, Any] | None = None,
    estimator: Any = None,
    labelled: int = 100,
) -> Any:
    """What a strategy is given, with a fitted model."""
    from sklearn.linear_model import LogisticRegression

    from al_core.learning.strategies import Query

    X, X_labelled, y = data(n, d, k, labelled)
    estimator = estimator or LogisticRegression(max_iter=1000)
    model = estimator.fit(X_labelled, y)
    given: dict[str, Any] = {"n_instances": n_instances, "params": params or {}}
    return Query(model, X, X_labelled, y, np.arange(k), estimator, **given)


def fresh(q: Any) -> Any:
    """The same query without its cached probabilities."""
    from dataclasses import replace

    return replace(q, rng=np.random.default_rng(0))


def best_of(function: Callable[[], object], times: int) -> float:
    """The least processor seconds of so many calls."""
    seconds = []
    for _ in range(times):
        start = time.process_time()
        function()
        seconds.append(time.process_time() - start)
    return min(seconds)


def reset_peak() -> float:
    """Forget the peak of memory; the MB in use now."""
    Path("/proc/self/clear_refs").write_text("5")
    return peak()


def peak() -> float:
    """The highest MB in use since the last reset."""
    lines = Path("/proc/self/status").read_text().splitlines()
    return next(int(line.split()[1]) / 1024 for line in lines if line.startswith("VmHWM"))


def peer_of(name: str) -> Any:
    """The peer's strategy with settings that mean the same as ours, or None."""
    try:
        from skactiveml import pool
    except ImportError:
        return None
    given: dict[str, Any] = {"random_state": 0}
    if name == "probcover":
        given["deltas"] = [9.0]
    if name == "max_herding":
        given |= {"metric": "rbf", "metric_dict": {"gamma": 0.5 / 81}, "normalize_samples": False}
    return getattr(pool, PEERS[name])(**given) if name in PEERS else None


def ask_peer(name: str, q: Any) -> Any:
    """The peer's answer to the same query."""
    from skactiveml.classifier import SklearnClassifier

    X = np.concatenate([q.X_labelled, q.X_pool])
    y = np.concatenate([q.y_labelled.astype(float), np.full(len(q.X_pool), np.nan)])
    peer = peer_of(name)
    more: dict[str, Any] = {}
    if name == "badge":
        more["clf"] = SklearnClassifier(q.estimator, classes=[0, 1]).fit(X, y)
        more["fit_clf"] = False
    return peer.query(X, y, batch_size=q.n_instances, **more)


def case_margin(n: int, k: int) -> Found:
    """A whole ``learner.query`` beside ``predict_proba`` of the model in it, in turns; medians."""
    from sklearn.linear_model import LogisticRegression

    from al_core.learning import ActiveLearner

    q = query(n, 20, k)
    estimator = LogisticRegression(max_iter=1000)
    learner = ActiveLearner(estimator, "margin", q.X_labelled, q.y_labelled, random_state=0)
    model = learner.estimator
    ours: list[float] = []
    bare: list[float] = []
    for _ in range(41 if n < 500_000 else 15):
        bare.append(best_of(lambda: model.predict_proba(q.X_pool), 1))
        ours.append(best_of(lambda: learner.query(q.X_pool), 1))
    seconds, peer = float(np.median(ours)), float(np.median(bare))
    return {"seconds": seconds, "peer": peer, "ratio": seconds / peer}


def case_pool(name: str, n: int, with_peer: bool) -> Found:
    """One strategy over a pool of n rows, beside the peer's where wanted."""
    from al_core.learning.querying.pick import run_strategy
    from al_core.learning.strategies import get_strategy

    params: dict[str, Any] = {"probcover": {"delta": 9.0}, "max_herding": {"width": 9.0}}.get(
        name, {}
    )
    if name == "density":
        params = {"similarity": "euclidean"}
    q = query(n, 50, n_instances=10, params=params)
    before = reset_peak()
    times = 3 if with_peer else 1
    seconds = best_of(lambda: run_strategy(get_strategy(name), fresh(q)), times)
    result: Found = {"seconds": seconds, "mb": peak() - before}
    if with_peer and peer_of(name) is not None:
        result["peer"] = best_of(lambda: ask_peer(name, q), 1)
        result["ratio"] = seconds / result["peer"]
    return result


def naive_density(X: Array) -> Array:
    """The common way: all pairs at once, as libraries without chunks do it."""
    from sklearn.metrics.pairwise import euclidean_distances

    return np.asarray((1 / (1 + euclidean_distances(X))).mean(axis=1))


def case_density_small() -> Found:
    """Density in blocks beside all pairs at once."""
    from al_core.learning.querying.pick import run_strategy
    from al_core.learning.strategies import get_strategy

    q = query(10_000, 50, params={"similarity": "euclidean"})
    before = reset_peak()
    seconds = best_of(lambda: run_strategy(get_strategy("density"), fresh(q)), 3)
    mb = peak() - before
    other = best_of(lambda: naive_density(q.X_pool), 1)
    return {"seconds": seconds, "mb": mb, "peer": other, "ratio": seconds / other}


def case_error(estimator: str) -> Found:
    """Expected error beside the peer's, and how the peer's pick ranks with us."""
    from sklearn.linear_model import LogisticRegression
    from sklearn.naive_bayes import GaussianNB

    from al_core.learning.strategies import get_strategy

    chosen: dict[str, Any] = {
        "logistic": LogisticRegression(max_iter=1000),
        "naive_bayes": GaussianNB(),
    }
    q = query(1_000, 20, estimator=chosen[estimator], labelled=50)
    seconds = best_of(lambda: get_strategy("expected_error_log")(fresh(q)), 3)
    result: Found = {"seconds": seconds}
    try:
        from skactiveml.classifier import SklearnClassifier
        from skactiveml.pool import MonteCarloEER
    except ImportError:
        return result
    X = np.concatenate([q.X_labelled, q.X_pool])
    y = np.concatenate([q.y_labelled.astype(float), np.full(len(q.X_pool), np.nan)])
    peer, clf = MonteCarloEER(method="log_loss"), SklearnClassifier(q.estimator, classes=[0, 1])
    start = time.process_time()
    picked = peer.query(X, y, clf, X_eval=q.X_pool) - len(q.X_labelled)
    result["peer"] = time.process_time() - start
    result["ratio"] = seconds / result["peer"]
    utilities = get_strategy("expected_error_log")(fresh(q))
    result["note"] = (
        f"peer's pick is our number {int((utilities > utilities[picked[0]]).sum()) + 1}"
    )
    return result


def case_loop() -> Found:
    """Each round of ours beside the bare fit on the same rows, in turns: a machine that slows down
    for a moment does so for both. The median of five loops."""
    loops = [digits_loop(5 + loop) for loop in range(5)]
    seconds, peer = sorted(loops, key=lambda pair: pair[0] / pair[1])[2]
    return {"seconds": seconds, "peer": peer, "ratio": seconds / peer}


def digits_loop(seed: int, rounds: int = 100) -> tuple[float, float]:
    """(seconds of ours, seconds of the bare fits and probabilities) of one loop."""
    from sklearn.datasets import load_digits
    from sklearn.linear_model import LogisticRegression

    from al_core.learning import ActiveLearner

    X, y = load_digits(return_X_y=True)
    X = (X / 16).astype(np.float32)
    start = np.random.default_rng(seed).permutation(len(X))[:10]
    learner = ActiveLearner(LogisticRegression(), "margin", X[start], y[start], random_state=0)
    free, ours, bare = np.setdiff1d(np.arange(len(X)), start), 0.0, 0.0
    for turn in range(rounds):
        known = learner.X_training, learner.y_training

        def ask_and_teach(pool: Array = X[free], free: Array = free) -> Array:
            index, rows = learner.query(pool)
            learner.teach(rows, y[free[index]])
            return np.asarray(index)

        def fit_and_score(pool: Array = X[free], known: tuple[Any, Any] = known) -> None:
            LogisticRegression(random_state=0).fit(*known).predict_proba(pool)

        if turn % 2:
            bare += best_of(fit_and_score, 1)
        began = time.process_time()
        index = ask_and_teach()
        ours += time.process_time() - began
        if not turn % 2:
            bare += best_of(fit_and_score, 1)
        free = np.delete(free, index)
    return ours, bare


def lines() -> Iterator[Line]:
    """(group, title, function, arguments, gate in words, gate)."""
    for n, k in [(100_000, 2), (100_000, 5), (1_000_000, 2), (1_000_000, 5)]:
        limit = 1.1 if k == 2 else 1.3
        title = f"margin, {n:,} x 20, {k} classes (beside predict_proba)"
        yield "margin", title, "case_margin", [n, k], {"ratio": limit}
    for name in LARGE:
        gate: dict[str, float] = {"seconds": 60, "mb": 500}
        yield "large", f"{name}, 100,000 x 50, 10 picks", "case_pool", [name, 100_000, False], gate
    yield "small", "density, 10,000 x 50 (beside all pairs)", "case_density_small", [], {"ratio": 1}
    for name in LARGE[1:]:
        title = f"{name}, 10,000 x 50, 10 picks"
        yield "small", title, "case_pool", [name, 10_000, True], {"ratio": 1}
    for name in ("logistic", "naive_bayes"):
        yield "error", f"expected error, 1,000 x 20, {name}", "case_error", [name], {"ratio": 1 / 3}
    yield "loop", "100 queries on digits (beside bare refits)", "case_loop", [], {"ratio": 1.1}


def measure(function: str, arguments: list[Any]) -> Found:
    """What one case gives in a process of its own."""
    command = [sys.executable, "-m", "benchmarks.strategies", "--one"]
    command.append(json.dumps([function, arguments]))
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    if done.returncode:
        return {"note": (done.stderr.strip().splitlines() or ["no message"])[-1][:60]}
    found: Found = json.loads(done.stdout.strip().splitlines()[-1])
    return found


def cell(value: float | None, form: str) -> str:
    """A number as it is printed, or nothing."""
    return format(value, form) if value is not None else ""


def main(groups: Sequence[str]) -> None:
    """Print the table of these groups, a line a case."""
    print(f"{'what':58} {'ours s':>8} {'other s':>8} {'ratio':>6} {'MB':>5}  gate")
    for group, title, function, arguments, gate in lines():
        if group not in groups:
            continue
        found = measure(function, arguments)
        missed = [
            f"{key} <= {limit:.3g}" for key, limit in gate.items() if found.get(key, 0) > limit
        ]
        word = "missed: " + ", ".join(missed) if missed else "kept"
        word = "not measured" if "seconds" not in found else word
        print(
            f"{title:58} {cell(found.get('seconds'), '8.4f'):>8} "
            f"{cell(found.get('peer'), '8.4f'):>8} {cell(found.get('ratio'), '6.2f'):>6} "
            f"{cell(found.get('mb'), '5.0f'):>5}  {word} {found.get('note', '')}",
            flush=True,
        )


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("groups", nargs="*", metavar="group", help=", ".join(GROUPS))
    parser.add_argument("--one", help=argparse.SUPPRESS)
    given = parser.parse_args()
    if given.one:
        warnings.simplefilter("ignore")
        function, arguments = json.loads(given.one)
        from al_core.learning.models.threads import one_thread

        with one_thread():
            print(json.dumps(globals()[function](*arguments)))
    else:
        main(given.groups or GROUPS)
