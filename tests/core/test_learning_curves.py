"""Areas, grids, bands, the live baseline, the share of guesses that changed."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest
from numpy.typing import NDArray
from sklearn.datasets import load_iris
from sklearn.linear_model import LogisticRegression
from sklearn.svm import SVC

from al_core.errors import LabelError, SettingsError
from al_core.learning import (
    Answered,
    Band,
    aubc,
    bootstrap_band,
    changed_share,
    check_baseline,
    detectable_gap,
    fit_model,
    label_grid,
)

X, Y = load_iris(return_X_y=True)


def test_the_area_is_the_mean_height_of_the_curve() -> None:
    assert aubc([10, 20, 40], [0.6, 0.8, 0.8]) == pytest.approx((0.7 * 10 + 0.8 * 20) / 30)
    assert aubc([10, 11, 12], [0.6, 0.8, 0.8], norm="points") == pytest.approx(1.5 / 3)
    assert aubc([10], [0.6]) == 0.6


def test_an_area_needs_a_score_for_each_count() -> None:
    with pytest.raises(SettingsError, match="2 label counts and 1 scores"):
        aubc([1, 2], [0.5])
    with pytest.raises(SettingsError, match="no norm 'sum'"):
        aubc([1, 2], [0.5, 0.6], norm="sum")  # type: ignore[arg-type]


@pytest.mark.parametrize(("first", "last"), [(5, 5), (5, 6), (5, 29), (5, 30), (12, 4000)])
def test_a_grid_holds_both_ends_and_no_count_twice(first: int, last: int) -> None:
    grid = label_grid(first, last)
    assert grid[0] == first
    assert grid[-1] == last
    assert grid == sorted(set(grid))
    assert len(grid) <= 25


def test_bootstrap_bands_hold_the_true_mean_curve() -> None:
    rng, held = np.random.default_rng(3), []
    for seed in range(120):
        band = bootstrap_band("x", [1, 2], rng.normal([0.7, 0.8], 0.05, (20, 2)), seed=seed)
        held.append((band.low <= [0.7, 0.8]) & (band.high >= [0.7, 0.8]))
    assert 0.88 <= np.mean(held) <= 0.98


def test_the_gap_that_shows_takes_thousands_of_rows_to_be_small() -> None:
    assert 0.09 < detectable_gap(120) < 0.11
    assert 0.018 < detectable_gap(3_000) < 0.022
    assert detectable_gap(0) == 1.0


def baseline(n: int = 60, **more: Any) -> Band:
    rows = np.random.default_rng(0).permutation(150)
    seed_rows, check = rows[:8], rows[8 : 8 + n]
    options = {"estimator": SVC(), "seeds": range(10)} | more
    start = Answered(X[seed_rows], Y[seed_rows])
    return check_baseline(start, Answered(X[check], Y[check]), **options)


def test_the_live_baseline_reaches_seed_rows_plus_half_the_check_rows() -> None:
    band = baseline(grid=[4, 8, 20, 38, 39, 100])
    assert band.n_labels.tolist() == [8, 20, 38]
    assert (band.low <= band.middle).all()
    assert (band.middle <= band.high).all()
    assert band.middle[-1] > band.middle[0]
    assert band.n_runs == 10


def test_the_live_baseline_is_the_same_each_time_and_tells_its_progress() -> None:
    told: list[float] = []
    first = baseline(on_progress=lambda share, what: told.append(share))
    assert (first.middle == baseline().middle).all()
    assert told == [i / 10 for i in range(10)]


def test_the_live_baseline_waits_out_a_single_class() -> None:
    start, check = Answered(X[:3], Y[:3]), Answered(X[:40], Y[:40])
    band = check_baseline(start, check, estimator=SVC(), seeds=range(3))
    assert band.middle.tolist() == [1.0] * len(band.middle)


def noisy_points(n: int, rng: np.random.Generator) -> tuple[NDArray[Any], NDArray[Any]]:
    rows = rng.normal(size=(n, 2))
    return rows, (rows[:, 0] + rng.normal(size=n) > 0).astype(int)


def test_the_band_of_the_live_baseline_holds_the_accuracy_on_very_many_rows() -> None:
    rng = np.random.default_rng(1)
    X_many, y_many = noisy_points(20_000, rng)
    X_seed, y_seed = np.array([[-2.0, 0], [2, 0], [-1, 1], [1, 1]]), np.array([0, 1, 0, 1])
    truths, bands = [], []
    for _ in range(40):
        X_check, y_check = noisy_points(40, rng)
        fed = np.r_[X_seed, X_check[:20]], np.r_[y_seed, y_check[:20]]
        truths.append(fit_model(LogisticRegression(), *fed).score(X_many, y_many))
        options = {"estimator": LogisticRegression(), "seeds": range(12), "grid": [24]}
        start, check = Answered(X_seed, y_seed), Answered(X_check, y_check)
        bands.append(check_baseline(start, check, **options))
    truth = np.mean(truths)
    assert np.mean([band.low[0] <= truth <= band.high[0] for band in bands]) >= 0.85


def test_one_check_row_is_too_few_for_a_baseline() -> None:
    with pytest.raises(LabelError, match="at least 2 answered check rows and got 1"):
        baseline(1)


def test_the_changed_share_counts_rows_whose_prediction_moved() -> None:
    assert changed_share(["a", "b"], ["a", "c"]) == 0.5
    assert changed_share([], []) == 0.0
    with pytest.raises(SettingsError, match="Compare the same rows"):
        changed_share(["a"], ["a", "b"])
