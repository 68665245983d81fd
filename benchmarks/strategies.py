"""How fast the strategies are, beside scikit-activeml in the same run, and what memory they take.

One table on the terminal. Seconds are processor seconds with BLAS and OpenMP on one thread, for
ours and for the others alike, so that a busy machine does not spoil the ratios; on an idle one they
are the time on the clock. Each line is measured in a process of its own; memory is the peak above
what stood there once the data were made and the model was fitted. A gate that is missed is marked.

    pip install -r requirements-peers.txt        # without it the peers' columns stay empty
    python benchmarks/strategies.py [margin|large|small|error|loop] ...
"""

from __future__ import annotations

import json
import subprocess
import sys
import time
import warnings
from pathlib import Path

import numpy as np

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

LARGE = ("density", "core_set", "typiclust", "probcover", "max_herding", "badge")
PEERS = {
    "core_set": "CoreSet",
    "typiclust": "TypiClust",
    "probcover": "ProbCover",
    "max_herding": "MaxHerding",
    "badge": "Badge",
}
GROUPS = ("margin", "large", "small", "error", "loop")


def data(n, d, k=2, labelled=100, seed=0):
    rng = np.random.default_rng(seed)
    middles = rng.normal(size=(k, d))
    codes = np.arange(n + labelled) % k
    X = (middles[codes] + 2 * rng.normal(size=(n + labelled, d))).astype(np.float32)
    return X[labelled:], X[:labelled], codes[:labelled]


def query(n, d, k=2, n_instances=1, params=None, estimator=None, labelled=100):
    from sklearn.linear_model import LogisticRegression

    from al_core.learning.strategies import Query

    X, X_labelled, y = data(n, d, k, labelled)
    estimator = estimator or LogisticRegression(max_iter=1000)
    model = estimator.fit(X_labelled, y)
    given = {"n_instances": n_instances, "params": params or {}}
    return Query(model, X, X_labelled, y, np.arange(k), estimator, **given)


def fresh(q):
    """The same query without its cached probabilities."""
    from dataclasses import replace

    return replace(q, rng=np.random.default_rng(0))


def best_of(function, times):
    seconds = []
    for _ in range(times):
        start = time.process_time()
        function()
        seconds.append(time.process_time() - start)
    return min(seconds)


def reset_peak():
    Path("/proc/self/clear_refs").write_text("5")
    return peak()


def peak():
    lines = Path("/proc/self/status").read_text().splitlines()
    return next(int(line.split()[1]) / 1024 for line in lines if line.startswith("VmHWM"))


def peer_of(name):
    """The peer's strategy with settings that mean the same as ours, or None."""
    try:
        from skactiveml import pool
    except ImportError:
        return None
    given = {"random_state": 0}
    if name == "probcover":
        given["deltas"] = [9.0]
    if name == "max_herding":
        given |= {"metric": "rbf", "metric_dict": {"gamma": 0.5 / 81}, "normalize_samples": False}
    return getattr(pool, PEERS[name])(**given) if name in PEERS else None


def ask_peer(name, q):
    from skactiveml.classifier import SklearnClassifier

    X = np.concatenate([q.X_labelled, q.X_pool])
    y = np.concatenate([q.y_labelled.astype(float), np.full(len(q.X_pool), np.nan)])
    peer = peer_of(name)
    more = {}
    if name == "badge":
        more["clf"] = SklearnClassifier(q.estimator, classes=[0, 1]).fit(X, y)
        more["fit_clf"] = False
    return peer.query(X, y, batch_size=q.n_instances, **more)


def case_margin(n, k):
    """A whole ``learner.query`` beside ``predict_proba`` of the model in it, in turns; medians."""
    from sklearn.linear_model import LogisticRegression

    from al_core.learning import ActiveLearner

    q = query(n, 20, k)
    estimator = LogisticRegression(max_iter=1000)
    learner = ActiveLearner(estimator, "margin", q.X_labelled, q.y_labelled, random_state=0)
    model, ours, bare = learner.estimator, [], []
    for _ in range(41 if n < 500_000 else 15):
        bare.append(best_of(lambda: model.predict_proba(q.X_pool), 1))
        ours.append(best_of(lambda: learner.query(q.X_pool), 1))
    seconds, peer = float(np.median(ours)), float(np.median(bare))
    return {"seconds": seconds, "peer": peer, "ratio": seconds / peer}


def case_pool(name, n, with_peer):
    from al_core.learning.querying.pick import run_strategy
    from al_core.learning.strategies import get_strategy

    params = {"probcover": {"delta": 9.0}, "max_herding": {"width": 9.0}}.get(name, {})
    if name == "density":
        params = {"similarity": "euclidean"}
    q = query(n, 50, n_instances=10, params=params)
    before = reset_peak()
    times = 3 if with_peer else 1
    seconds = best_of(lambda: run_strategy(get_strategy(name), fresh(q)), times)
    result = {"seconds": seconds, "mb": peak() - before}
    if with_peer and peer_of(name) is not None:
        result["peer"] = best_of(lambda: ask_peer(name, q), 1)
        result["ratio"] = seconds / result["peer"]
    return result


def naive_density(X):
    """The common way: all pairs at once, as libraries without chunks do it."""
    from sklearn.metrics.pairwise import euclidean_distances

    return (1 / (1 + euclidean_distances(X))).mean(axis=1)


def case_density_small():
    from al_core.learning.querying.pick import run_strategy
    from al_core.learning.strategies import get_strategy

    q = query(10_000, 50, params={"similarity": "euclidean"})
    before = reset_peak()
    seconds = best_of(lambda: run_strategy(get_strategy("density"), fresh(q)), 3)
    mb = peak() - before
    other = best_of(lambda: naive_density(q.X_pool), 1)
    return {"seconds": seconds, "mb": mb, "peer": other, "ratio": seconds / other}


def case_error(estimator):
    from sklearn.linear_model import LogisticRegression
    from sklearn.naive_bayes import GaussianNB

    from al_core.learning.strategies import get_strategy

    chosen = {"logistic": LogisticRegression(max_iter=1000), "naive_bayes": GaussianNB()}
    q = query(1_000, 20, estimator=chosen[estimator], labelled=50)
    seconds = best_of(lambda: get_strategy("expected_error_log")(fresh(q)), 3)
    result = {"seconds": seconds}
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


def case_loop():
    """Each round of ours beside the bare fit on the same rows, in turns: a machine that slows down
    for a moment does so for both. The median of five loops."""
    loops = [digits_loop(5 + loop) for loop in range(5)]
    seconds, peer = sorted(loops, key=lambda pair: pair[0] / pair[1])[2]
    return {"seconds": seconds, "peer": peer, "ratio": seconds / peer}


def digits_loop(seed, rounds=100):
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

        def ask_and_teach(pool=X[free], free=free):
            index, rows = learner.query(pool)
            learner.teach(rows, y[free[index]])
            return index

        def fit_and_score(pool=X[free], known=known):
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


def lines(groups):
    """(group, title, function, arguments, gate in words, gate)."""
    for n, k in [(100_000, 2), (100_000, 5), (1_000_000, 2), (1_000_000, 5)]:
        limit = 1.1 if k == 2 else 1.3
        title = f"margin, {n:,} x 20, {k} classes (beside predict_proba)"
        yield "margin", title, "case_margin", [n, k], {"ratio": limit}
    for name in LARGE:
        gate = {"seconds": 60, "mb": 500}
        yield "large", f"{name}, 100,000 x 50, 10 picks", "case_pool", [name, 100_000, False], gate
    yield "small", "density, 10,000 x 50 (beside all pairs)", "case_density_small", [], {"ratio": 1}
    for name in LARGE[1:]:
        title = f"{name}, 10,000 x 50, 10 picks"
        yield "small", title, "case_pool", [name, 10_000, True], {"ratio": 1}
    for name in ("logistic", "naive_bayes"):
        yield "error", f"expected error, 1,000 x 20, {name}", "case_error", [name], {"ratio": 1 / 3}
    yield "loop", "100 queries on digits (beside bare refits)", "case_loop", [], {"ratio": 1.1}


def measure(function, arguments):
    command = [sys.executable, __file__, "--one", json.dumps([function, arguments])]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    if done.returncode:
        return {"note": (done.stderr.strip().splitlines() or ["no message"])[-1][:60]}
    return json.loads(done.stdout.strip().splitlines()[-1])


def cell(value, form):
    return format(value, form) if value is not None else ""


def main(groups):
    print(f"{'what':58} {'ours s':>8} {'other s':>8} {'ratio':>6} {'MB':>5}  gate")
    for group, title, function, arguments, gate in lines(groups):
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
    if sys.argv[1:2] == ["--one"]:
        warnings.simplefilter("ignore")
        function, arguments = json.loads(sys.argv[2])
        from al_core.learning.models.threads import one_thread

        with one_thread():
            print(json.dumps(globals()[function](*arguments)))
    else:
        main(sys.argv[1:] or GROUPS)
