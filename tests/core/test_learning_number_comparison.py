"""A comparison of regressors says what one of classifiers says, in the unit of the numbers."""

from __future__ import annotations

import numpy as np
import pytest
from sklearn.datasets import make_regression
from sklearn.linear_model import Ridge
from sklearn.neighbors import KNeighborsRegressor

from al_core.errors import SettingsError
from al_core.learning import Comparison, Run, TagModel, compare, proposed_target
from al_core.learning.comparison.savings import chance_allowed, rows_saved

GRID = (20, 40, 60, 80, 100, 120)
# Errors in a unit of thousands: chosen rows are at the target two points earlier, in every repeat.
RANDOM = np.array([9000.0, 7000.0, 5500.0, 4200.0, 3000.0, 2500.0])
CHOSEN = np.array([9000.0, 5600.0, 4100.0, 2900.0, 2400.0, 2200.0])


def made_up(random: np.ndarray, chosen: np.ndarray, metric: str, target: float) -> Comparison:
    """Twenty repeats of two curves, each repeat a little above or below them."""
    runs = [
        Run("ridge", strategy, seed, GRID, tuple(curve * (1 + 0.002 * (seed % 7 - 3))))
        for strategy, curve in (("random", random), ("greedy_x", chosen))
        for seed in range(20)
    ]
    return Comparison(tuple(runs), metric, target)


def test_the_headline_of_errors_says_at_which_rows_the_error_is_low_enough() -> None:
    head = made_up(RANDOM, CHOSEN, "mean_absolute_error", 4300.0).headline()
    assert head is not None
    assert head.goal == "To reach mean distance 4300"
    assert head.line == "60 rows chosen, 80 at random"
    assert head.at_least is not None
    assert 0 < head.at_least <= 20


def test_what_is_saved_does_not_depend_on_the_unit_of_the_errors() -> None:
    rng = np.random.default_rng(2)
    random = RANDOM + rng.normal(0, 600, (20, len(GRID)))
    chosen = CHOSEN + rng.normal(0, 600, (20, len(GRID)))
    ranges = [
        rows_saved(GRID, -unit * chosen, -unit * random, -unit * 4300.0, chance_allowed(20, 1))
        for unit in (1e-9, 1e-4, 1.0, 1e6)
    ]
    assert len(set(ranges)) == 1
    assert ranges[0].low > 0


def test_the_band_of_errors_lies_about_their_mean_and_not_below_nothing() -> None:
    bands = made_up(RANDOM, CHOSEN, "mean_absolute_error", 4300.0).bands()
    band = bands["ridge", "random"]
    assert np.all(band.low < band.middle)
    assert np.all(band.middle < band.high)
    small = np.array([3.0, 0.001, 0.001, 0.001, 0.001, 0.001])
    wide = [
        Run("ridge", "random", seed, GRID, tuple(small * (1 + seed % 2 * 99))) for seed in range(3)
    ]
    low = Comparison(tuple(wide), "mean_absolute_error").bands()["ridge", "random"].low
    assert np.all(low >= 0)


def test_the_range_of_labels_to_an_error_comes_from_its_band() -> None:
    verdict = made_up(RANDOM, CHOSEN, "mean_absolute_error", 4300.0).verdicts()[0]
    assert verdict.to_target.value == verdict.to_target.low == 80
    assert verdict.to_target.high == 80


def test_a_share_explained_below_nothing_has_its_band_there() -> None:
    worse = np.array([-4.0, -2.0, -1.0, 0.0, 0.2, 0.4])
    band = made_up(worse, worse + 0.2, "r2", 0.3).bands()["ridge", "random"]
    assert band.high[0] < -3


def test_a_target_of_errors_reached_at_the_start_asks_for_a_lower_one() -> None:
    head = made_up(RANDOM, CHOSEN, "mean_absolute_error", 9500.0).headline()
    assert head is not None
    assert "set a lower target" in head.detail
    head = made_up(RANDOM, CHOSEN, "mean_absolute_error", 10.0).headline()
    assert head is not None
    assert "Set a higher target" in head.detail


def test_a_finding_of_errors_names_the_estimator_and_a_range_of_distances() -> None:
    for random, chosen, side in ((RANDOM, CHOSEN, "lower"), (CHOSEN, RANDOM, "higher")):
        told = made_up(random, chosen, "mean_absolute_error", 4300.0).sentences()
        line = next(sentence for sentence in told if "than random" in sentence)
        assert side in line
        assert "-" not in line.split("random", 1)[1]
        assert "−" not in line


def test_one_repeat_of_regressors_says_nothing_and_two_say_how_few_they_are() -> None:
    X, y = make_regression(80, 4, random_state=0)
    for seeds in (1, 2):
        found = compare(
            X,
            y,
            estimators={"a": Ridge()},
            strategies=["greedy_x"],
            seeds=seeds,
            n_initial=5,
            budget=9,
        )
        told = " ".join(found.sentences())
        assert ("Nothing is said of one alone" in told) == (seeds == 1)
        assert "nan" not in told


def test_two_regressors_are_told_apart_in_what_is_found() -> None:
    X, y = make_regression(80, 4, random_state=0)
    models = {"near": KNeighborsRegressor(2), "line": Ridge()}
    found = compare(
        X, y, estimators=models, strategies=["greedy_x"], seeds=2, n_initial=5, budget=9
    )
    told = " ".join(found.sentences())
    assert "with near" in told
    assert "with line" in told


def test_a_target_in_a_hundred_is_not_proposed_for_numbers() -> None:
    X, y = make_regression(60, 3, random_state=0)
    with pytest.raises(SettingsError, match="unit"):
        proposed_target(X, y, estimator=Ridge(), budget=10, metric="mean_absolute_error")


def test_a_target_is_proposed_for_tags() -> None:
    rng = np.random.default_rng(0)
    X = rng.normal(size=(80, 3))
    y = (X > 0).astype(int)
    target = proposed_target(X, y, estimator=TagModel(), budget=20, metric="f1_micro")
    assert 1 <= target <= 99
