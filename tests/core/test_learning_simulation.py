"""Runs on known labels: honest splits, exact resuming, clear refusals."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest
from scipy import sparse
from sklearn.datasets import load_iris
from sklearn.ensemble import ExtraTreesClassifier
from sklearn.linear_model import LogisticRegression
from sklearn.svm import SVC

from al_core.errors import LabelError, PoolError, SettingsError, StrategyError
from al_core.learning import (
    Asking,
    Known,
    Oracle,
    Query,
    RowSets,
    RunSettings,
    Strategy,
    ask,
    fit_model,
    get_strategy,
    play,
    round_rng,
    simulate,
)
from al_core.learning.records import Round

X, Y = load_iris(return_X_y=True)
NAMES = np.array(["setosa", "versicolor", "virginica"])[Y]


def run(y: Any = Y, **more: Any) -> list[Round]:
    options = {"estimator": SVC(), "n_initial": 6, "budget": 20} | more
    return list(simulate(options.pop("X", X), y, **options))


def same(a: list[Round], b: list[Round]) -> bool:
    return [(r.n_labels, r.score, r.rows.tolist()) for r in a] == [
        (r.n_labels, r.score, r.rows.tolist()) for r in b
    ]


def test_rounds_add_one_new_row_each_and_never_a_test_row() -> None:
    rounds = run(test=np.arange(0, 150, 4))
    rows = np.concatenate([r.rows for r in rounds])
    assert [r.n_labels for r in rounds] == list(range(6, 21))
    assert len(np.unique(rows)) == 20
    assert not (rows % 4 == 0).any()
    assert all(r.low <= r.score <= r.high and r.n_test == 38 for r in rounds)


def test_the_first_rows_hold_every_class() -> None:
    for seed in range(10):
        assert set(Y[run(seed=seed, n_initial=3, budget=3)[0].rows]) == {0, 1, 2}


def test_the_seed_alone_decides_the_split_and_the_first_rows() -> None:
    margin, random = run(strategy="margin", seed=5), run(strategy="random", seed=5)
    assert margin[0].rows.tolist() == random[0].rows.tolist()
    assert margin[0].score == random[0].score
    assert same(run(seed=5), margin)
    assert not same(run(seed=6), margin)


@pytest.mark.parametrize("strategy", ["margin", "random"])
@pytest.mark.parametrize("batch_size", [1, 3])
@pytest.mark.parametrize("stop", [0, 1, 3])
def test_a_run_goes_on_exactly_where_it_was_stopped(
    strategy: str, batch_size: int, stop: int
) -> None:
    asking = Asking(strategy, seed=3)
    settings = RunSettings(ExtraTreesClassifier(5), asking, batch_size=batch_size, budget=20)
    test_rows = np.arange(100, 150)
    whole = list(play(X, Oracle(NAMES), RowSets([0, 60, 99, 5], test_rows), settings))
    so_far = np.concatenate([r.rows for r in whole[: stop + 1]])
    rest = list(play(X, Oracle(NAMES), RowSets(so_far, test_rows), settings))
    assert rest[0].score == whole[stop].score
    assert same(rest[1:], whole[stop + 1 :])


def test_simulate_from_given_rows_is_play() -> None:
    first, test_rows = [0, 60, 120, 3], np.arange(1, 150, 3)
    simulated = simulate(X, Y, initial=first, test=test_rows, estimator=SVC(), seed=2, budget=15)
    settings = RunSettings(SVC(), Asking(seed=2), budget=15)
    played = play(X, Oracle(Y), RowSets(first, test_rows), settings)
    assert same(list(simulated), list(played))


def test_a_project_that_asks_row_by_row_asks_the_rows_of_the_simulation() -> None:
    test_rows = np.arange(1, 150, 3)
    rounds = run(NAMES, initial=[0, 60, 120], test=test_rows, seed=4, budget=12)
    labelled = [0, 60, 120]
    for round_ in rounds[1:]:
        rows = np.sort(labelled)
        free = np.setdiff1d(np.arange(150), [*rows, *test_rows])
        model = fit_model(SVC(), X[rows], NAMES[rows], seed=4)
        assert model.predict(X).shape == (150,)
        known = Known(model, X[rows], NAMES[rows])
        best, _ = ask(X, known, Asking("margin", seed=4), candidates=free[::-1])
        assert best.tolist() == round_.rows.tolist()
        labelled += best.tolist()


def test_text_labels_sparse_rows_and_frames_give_the_numbers_of_arrays() -> None:
    pandas = pytest.importorskip("pandas")
    scores = [r.score for r in run()]
    assert [r.score for r in run(NAMES)] == scores
    assert [r.score for r in run(NAMES.astype(object))] == scores
    assert [r.score for r in run(X=pandas.DataFrame(X).to_numpy().tolist())] == scores
    linear = {"estimator": LogisticRegression(max_iter=1_000)}
    wide = [r.score for r in run(X=sparse.csr_matrix(X), **linear)]
    assert wide == pytest.approx([r.score for r in run(**linear)], abs=0.03)
    assert [r.score for r in run(X=pandas.DataFrame(X))] == scores


def test_one_class_at_the_start_is_waited_out() -> None:
    rounds = run(initial=[0, 1], test=np.arange(2, 150, 3), budget=30)
    assert rounds[0].score == pytest.approx(np.mean(Y[2::3] == 0))
    assert rounds[-1].score > 0.6


def test_a_strategy_that_needs_no_model_asks_while_one_class_is_known() -> None:
    options: dict[str, Any] = {"initial": [0, 1], "test": np.arange(2, 150, 3), "budget": 3}
    asked = run(strategy="core_set", **options)[1].rows[0]
    free = np.setdiff1d(np.arange(150), [0, 1, *range(2, 150, 3)])
    away = np.linalg.norm(X[free, None] - X[[0, 1]][None], axis=2).min(axis=1)
    assert away[free == asked] == pytest.approx(away.max())
    pandas = pytest.importorskip("pandas")
    by_lot = run(X=pandas.DataFrame(X), strategy="core_set", **options)
    assert same(by_lot, run(strategy="random", **options))


def test_a_whole_ranking_is_refused_where_rows_are_picked_one_by_one() -> None:
    rows = np.zeros((2_000, 1))
    assert len(ask(X, Known(), Asking("core_set"), candidates=np.arange(150), n=None)[0]) == 150
    with pytest.raises(StrategyError, match="cannot rank all 2,000 rows"):
        ask(rows, Known(), Asking("core_set"), candidates=np.arange(2_000), n=None)


def test_a_grid_leaves_out_scores_and_no_row() -> None:
    every, some = run(), run(grid=[10, 15])
    assert [r.n_labels for r in some] == [6, 10, 15, 20]
    assert [r.score for r in some] == [every[i].score for i in (0, 4, 9, 14)]
    assert [row for r in some for row in r.rows] == [row for r in every for row in r.rows]
    skipping = run(grid=[10, 15], strategy="random")
    assert [r.score for r in skipping] == [run(strategy="random")[i].score for i in (0, 4, 9, 14)]


def test_without_a_budget_the_pool_is_used_up() -> None:
    rounds = run(budget=None, batch_size=20)
    assert [r.n_labels for r in rounds] == [6, 26, 46, 66, 86, 106, 112]


def test_test_rows_can_be_capped_and_the_rest_can_be_learned() -> None:
    assert run(test=0.5, test_cap=10)[0].n_test == 10
    assert run(test=0.5, test_cap=10, budget=None, batch_size=100)[-1].n_labels == 140


def test_a_class_of_one_row_is_learned_rather_than_tested() -> None:
    y = np.where(np.arange(150) == 149, "rare", "usual")
    for seed in range(8):
        assert 149 in run(y, seed=seed, n_initial=2, budget=2)[0].rows


def test_a_strategy_object_can_be_played_and_its_error_is_its_own() -> None:
    def failing(query: Query) -> Any:
        raise KeyError("my own mistake")

    broken = Strategy("broken", "Broken", failing, "utility", True, 1_000, "", "", False)
    assert same(run(strategy=get_strategy("margin")), run(strategy="margin"))
    with pytest.raises(KeyError, match="my own mistake"):
        run(strategy=broken)


def test_a_noisy_oracle_teaches_wrong_answers_and_is_tested_on_right_ones() -> None:
    wrong = (Y + 1) % 3
    rows = RowSets([0, 60, 120], np.arange(1, 150, 3))
    taught = list(play(X, Oracle(Y, answers=wrong), rows, RunSettings(SVC(), budget=40)))
    assert taught[-1].score < 0.2


def test_a_round_draws_from_seed_and_number_of_labels_alone() -> None:
    draws = {(s, n): round_rng(s, n).random() for s in range(3) for n in range(3)}
    assert len(set(draws.values())) == 9
    assert round_rng(1, 2).random() == draws[1, 2]
    with pytest.raises(SettingsError, match="seed -1"):
        round_rng(-1, 0)


@pytest.mark.parametrize(
    ("options", "error", "told"),
    [
        ({"budget": 200}, PoolError, "budget of 200 labels does not fit.*from 6 to 112"),
        ({"budget": 2}, PoolError, "budget of 2 labels does not fit"),
        ({"n_initial": 500}, PoolError, "500 initial labels but 112 rows"),
        ({"initial": [0, 1], "test": [1, 2]}, PoolError, "Initial row 1 is a test row"),
        ({"initial": [0, 0], "test": [1]}, PoolError, "row stands twice"),
        ({"test": [150]}, PoolError, "numbered 0 to 149"),
        ({"test": 1.5}, SettingsError, "test share of 1.5"),
        ({"batch_size": 0}, SettingsError, "batch size of 0"),
        ({"initial": "best"}, SettingsError, "no start named 'best'"),
        ({"metric": "auc"}, SettingsError, "no metric"),
        ({"strategy": "magic"}, StrategyError, "no strategy"),
        ({"y": Y[:10]}, LabelError, "150 rows and labels of shape"),
        ({"y": [None] * 150}, LabelError, "150 of 150 rows have no label"),
        ({"y": X[:, 0] * 1.01}, LabelError, "continuous"),
        ({"y": np.zeros(150)}, LabelError, "the same label"),
    ],
)
def test_what_cannot_be_played_is_refused_before_the_first_round(
    options: dict[str, Any], error: type[Exception], told: str
) -> None:
    with pytest.raises(error, match=told):
        simulate(X, options.pop("y", Y), **{"estimator": SVC(), "n_initial": 6} | options)


@pytest.mark.parametrize("budget", [3, 20])
@pytest.mark.parametrize("metric", ["balanced_accuracy", "f1_macro"])
def test_a_class_that_no_test_row_has_counts_half_in_score_and_range(
    metric: str, budget: int
) -> None:
    points = np.linspace(-1, 1, 60)[:, None]
    y = np.where(points[:, 0] > 0, "b", "a").astype(object)
    y[[0, 1, 2]] = "rare"
    given = {"X": points, "initial": [0, 5, 55], "n_initial": 3, "budget": budget}
    given |= {"test": np.arange(10, 50, 2), "estimator": LogisticRegression()}
    last = run(y, metric=metric, **given)[-1]
    assert last.low <= last.score <= last.high
    assert last.high - last.low > 1 / 3
    assert last.score <= 1 - 1 / 6 + 1e-9
