"""The comparison: the same numbers however it is run, and nothing lost on the way."""

from __future__ import annotations

import json
from pathlib import Path
from threading import get_ident
from typing import Any

import numpy as np
import pytest
from numpy.typing import NDArray
from scipy import sparse
from sklearn.cluster import KMeans
from sklearn.datasets import load_breast_cancer
from sklearn.linear_model import LinearRegression, LogisticRegression
from sklearn.naive_bayes import GaussianNB

from al_core.errors import LabelError, SettingsError, StrategyError
from al_core.learning import Query, Run, RunStore, Strategy, compare, simulate
from al_core.learning.comparison.runs import noisy_labels

X, Y = load_breast_cancer(return_X_y=True)
X = ((X - X.mean(axis=0)) / X.std(axis=0))[:200]
Y = np.array(["bad", "good"])[Y[:200]]


def lab(**more: Any) -> Any:
    options: dict[str, Any] = {
        "estimators": {"naive Bayes": GaussianNB()},
        "strategies": ["margin"],
        "seeds": 3,
        "n_initial": 6,
        "budget": 16,
    } | more
    return compare(options.pop("X", X), options.pop("y", Y), **options)


def strategy_of(name: str, function: Any) -> Strategy:
    return Strategy(name, name, function, "utility", True, 10_000, "", "", False)


def test_a_run_is_a_simulation_and_random_is_always_run() -> None:
    comparison = lab()
    assert {(run.strategy, run.seed) for run in comparison.runs} == {
        (strategy, seed) for strategy in ("random", "margin") for seed in range(3)
    }
    for run in comparison.runs:
        options = {"estimator": GaussianNB(), "n_initial": 6, "budget": 16}
        played = list(simulate(X, Y, strategy=run.strategy, seed=run.seed, **options))
        assert run.scores == tuple(r.score for r in played)
        assert run.n_labels == tuple(range(6, 17))


@pytest.mark.parametrize("rows", [X, sparse.csr_matrix(np.maximum(X, 0))])
def test_two_workers_give_the_numbers_of_one(rows: Any) -> None:
    options = {
        "X": rows,
        "estimators": {"logistic": LogisticRegression(max_iter=1_000)},
        "strategies": ["margin", "entropy"],
    }
    finished: list[Run] = []
    alone, together = lab(**options), lab(**options, n_jobs=2, on_round=finished.append)
    assert together.rounds.equals(alone.rounds)
    assert len(finished) == 9


def test_pairs_start_from_the_same_score() -> None:
    rounds = lab(strategies=["margin", "entropy"]).rounds
    first = rounds[rounds.n_labels == 6]
    assert (first.groupby("seed").score.nunique() == 1).all()


def test_a_finished_run_is_never_done_twice(tmp_path: Path) -> None:
    store, played = RunStore(tmp_path / "runs.jsonl"), []

    def counting(query: Query) -> NDArray[np.float64]:
        played.append(len(query.y_labelled if query.y_labelled is not None else []))
        return np.arange(query.X_pool.shape[0], dtype=np.float64)

    options = {"strategies": [strategy_of("counting", counting)], "store": store}
    first = lab(**options, seeds=2)
    assert len(played) == 2 * 10
    again = lab(**options, seeds=3)
    assert len(played) == 3 * 10
    assert again.rounds[again.rounds.seed < 2].score.tolist() == first.rounds.score.tolist()


@pytest.mark.parametrize(
    "other",
    [
        {"budget": 15},
        {"metric": "balanced_accuracy"},
        {"noise": 0.1},
        {"estimators": {"naive Bayes": GaussianNB(var_smoothing=0.1)}},
        {"X": X + 1},
    ],
)
def test_runs_of_other_settings_or_data_are_not_taken_from_the_store(
    tmp_path: Path, other: dict[str, Any]
) -> None:
    store = RunStore(tmp_path / "runs.jsonl")
    lab(store=store, seeds=1)
    before = store.path.read_text()
    lab(store=store, seeds=1, **other)
    assert len(store.path.read_text().splitlines()) == 2 * len(before.splitlines())


def test_a_torn_line_in_the_store_is_done_again_and_hurts_no_other(tmp_path: Path) -> None:
    store = RunStore(tmp_path / "runs.jsonl")
    whole = lab(store=store)
    store.path.write_text(store.path.read_text()[:-40])
    assert lab(store=store).rounds.equals(whole.rounds)
    lines = store.path.read_text().splitlines()
    assert [_is_json(line) for line in lines] == [True] * 5 + [False, True]
    assert lab(store=store).rounds.equals(whole.rounds)
    assert store.path.read_text().splitlines() == lines


def _is_json(line: str) -> bool:
    try:
        return isinstance(json.loads(line), dict)
    except ValueError:
        return False


@pytest.mark.parametrize("n_jobs", [1, 2])
def test_cancelling_keeps_what_is_done(n_jobs: int, tmp_path: Path) -> None:
    finished: list[Run] = []
    store = RunStore(tmp_path / "runs.jsonl")
    options = {"seeds": 40, "store": store, "n_jobs": n_jobs, "on_round": finished.append}
    comparison = lab(**options, cancelled=lambda: len(finished) >= 4)
    assert comparison.cancelled
    assert 4 <= len(comparison.runs) < 80
    assert {run.key for run in finished} == {run.key for run in comparison.runs}
    fingerprint = json.loads(store.path.read_text().splitlines()[0])["of"]
    assert {run.key for run in store.load([fingerprint])} == {run.key for run in finished}


def test_a_strategy_that_fails_for_one_seed_is_told_and_the_others_go_on() -> None:
    def fails_sometimes(query: Query) -> NDArray[np.float64]:
        if query.X_pool[0, 0] == X[seldom, 0]:
            raise RuntimeError("no luck")
        return np.asarray(query.X_pool[:, 0])

    first = {s: min(np.setdiff1d(np.arange(200), _taken(s))) for s in range(3)}
    seldom = first[1]
    comparison = lab(strategies=["margin", strategy_of("moody", fails_sometimes)])
    failed = [run for run in comparison.runs if run.error]
    assert {(run.strategy, run.error) for run in failed} == {("moody", "RuntimeError: no luck")}
    assert 1 <= len(failed) < 3
    line = comparison.summary().set_index("strategy").loc["moody"]
    assert (line.errors, line.seeds) == (len(failed), 3 - len(failed))
    assert any("“moody” failed in" in sentence for sentence in comparison.sentences())
    assert comparison.errors["naive Bayes", "moody"][0].endswith("no luck")
    assert comparison.rounds.query("strategy == 'margin'").error.eq("").all()


def _taken(seed: int) -> list[int]:
    """Rows that the pool of the first query of this seed does not hold."""
    options = {"estimator": GaussianNB(), "n_initial": 6, "seed": seed}
    rounds = list(simulate(X, Y, strategy="random", budget=None, **options))
    pool = np.concatenate([r.rows for r in rounds])
    return [*np.setdiff1d(np.arange(200), pool), *rounds[0].rows]


def test_a_worker_that_dies_once_costs_no_run(tmp_path: Path) -> None:
    flag = str(tmp_path / "died")

    def dies_once(query: Query) -> Any:
        import os

        if not os.path.exists(flag):
            open(flag, "w").close()
            os._exit(1)
        return query.proba[:, 0]

    options = {"strategies": [strategy_of("mortal", dies_once)], "seeds": 2}
    survived = lab(**options, n_jobs=2)
    assert survived.rounds.equals(lab(**options).rounds)


def test_a_run_that_kills_its_worker_is_told_and_the_others_go_on() -> None:
    def kills(query: Query) -> Any:
        import os

        os._exit(1)

    comparison = lab(strategies=["margin", strategy_of("killer", kills)], seeds=1, n_jobs=2)
    errors = {run.strategy: run.error for run in comparison.runs}
    assert errors["random"] == errors["margin"] == ""
    assert "process that did this run died" in errors["killer"]


def test_an_error_of_the_listener_stops_the_comparison_and_comes_through() -> None:
    def listener(run: Run) -> None:
        raise InterruptedError("closed by the person")

    for n_jobs in (1, 2):
        with pytest.raises(InterruptedError, match="closed by the person"):
            lab(n_jobs=n_jobs, on_round=listener, seeds=6)


def test_the_listener_is_called_in_the_thread_that_called() -> None:
    threads: set[int] = set()
    lab(seeds=2, n_jobs=2, on_round=lambda run: threads.add(get_ident()))
    assert threads == {get_ident()}


def test_a_grid_scores_at_about_so_many_points() -> None:
    comparison = lab(points=4, budget=30, seeds=2)
    assert sorted(set(comparison.rounds.n_labels)) == [6, 14, 22, 30]


def test_a_noisy_oracle_hurts_and_is_the_same_for_every_strategy() -> None:
    clean, noisy = lab(seeds=3, budget=40), lab(seeds=3, budget=40, noise=0.4)
    assert noisy.rounds.score.mean() < clean.rounds.score.mean() - 0.03
    first = noisy.rounds[noisy.rounds.n_labels == 6]
    assert (first.groupby("seed").score.nunique() == 1).all()
    assert (noisy_labels(Y, 0.25, 1) != Y).sum() == 50


def test_frames_summary_and_bands_have_the_promised_columns() -> None:
    comparison = lab(estimators={"a": GaussianNB(), "b": GaussianNB()}, seeds=2)
    assert list(comparison.rounds.columns) == [
        "estimator", "strategy", "seed", "n_labels", "score", "error"
    ]  # fmt: skip
    promised = "estimator strategy aubc_mean aubc_std gain gain_low gain_high p_value p_holm wins"
    summary = comparison.summary()
    assert set(promised.split()) | {"labels_to_target", "saved_percent"} <= set(summary.columns)
    assert list(zip(summary.estimator, summary.strategy, strict=True)) == [
        ("a", "random"), ("a", "margin"), ("b", "random"), ("b", "margin")
    ]  # fmt: skip
    band = comparison.bands()["a", "margin"]
    assert band.n_runs == 2
    assert (band.low <= band.middle + 1e-12).all()


@pytest.mark.parametrize(
    ("options", "error", "told"),
    [
        ({"budget": 500}, SettingsError, "500 labels does not fit.*from 6 to 150"),
        ({"estimators": {}}, SettingsError, "no estimator"),
        ({"estimators": {"x": KMeans(2)}}, StrategyError, "no classifier"),
        (
            {"estimators": {"x": LinearRegression(), "y": LogisticRegression()}},
            SettingsError,
            "cannot be compared",
        ),
        ({"strategies": ["magic"]}, StrategyError, "no strategy named"),
        ({"seeds": [1, 1]}, SettingsError, "different whole numbers"),
        ({"seeds": 0}, SettingsError, "different whole numbers"),
        ({"noise": 1.0}, SettingsError, "share of wrong answers of 1.0"),
        ({"target": 1.5}, SettingsError, "target 1.5"),
        ({"metric": "auc"}, SettingsError, "no metric"),
        ({"y": np.where(np.arange(200) < 10, None, Y)}, LabelError, "10 of 200 rows"),
    ],
)
def test_settings_that_cannot_work_are_refused_before_the_first_run(
    options: dict[str, Any], error: type[Exception], told: str
) -> None:
    finished: list[Run] = []
    with pytest.raises(error, match=told):
        lab(**options, on_round=finished.append)
    assert finished == []
