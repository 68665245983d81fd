"""Ahead or behind: the corrected resampled t-test, and what it says where nothing differs."""

from __future__ import annotations

import numpy as np
import pytest
from scipy import stats
from sklearn.linear_model import LogisticRegression

from al_core.errors import LabelError, SettingsError
from al_core.learning import Answered, check_differences
from al_core.learning.scoring.resampled import compared_at, resampled_difference


def test_the_variance_is_widened_for_rows_that_splits_share() -> None:
    d = np.random.default_rng(0).normal(0.03, 0.02, 20)
    found = resampled_difference(d.tolist(), n_train=75, n_test=75)
    plain = stats.ttest_1samp(d, 0.0).confidence_interval(0.95)
    assert found.high - found.low == pytest.approx((plain.high - plain.low) * np.sqrt(20 + 1))
    assert found.p > stats.ttest_1samp(d, 0.0).pvalue


def test_no_difference_at_all_is_none() -> None:
    found = resampled_difference([0.0, 0.0, 0.0], 5, 5)
    assert (found.low, found.high, found.p) == (0.0, 0.0, 1.0)
    with pytest.raises(SettingsError, match="at least two"):
        resampled_difference([0.1], 5, 5)


def test_nothing_is_said_below_150_check_rows_and_errors_add_up_to_five_in_a_hundred() -> None:
    assert compared_at(149) == (0, 0.0)
    alphas = {compared_at(n)[1] for n in range(150, 3000)}
    assert sum(alphas) < 0.05
    assert [compared_at(n)[0] for n in (150, 199, 200, 299, 300)] == [150, 150, 200, 200, 300]


def noisy(n: int, rng: np.random.Generator) -> tuple[np.ndarray, np.ndarray]:
    X = rng.normal(size=(n, 5))
    return X, (X[:, 0] + rng.normal(scale=0.8, size=n) > 0).astype(int)


def test_rows_that_were_random_themselves_are_called_ahead_or_behind_in_few_projects() -> None:
    rng, projects, wrong = np.random.default_rng(2), 60, 0
    for seed in range(projects):
        parts = [Answered(*noisy(n, rng)) for n in (20, 75, 150)]
        d, n_train, n_test = check_differences(
            *parts, estimator=LogisticRegression(), seeds=range(seed, seed + 10)
        )
        assert (len(d), n_train, n_test) == (10, 75, 75)
        found = resampled_difference(d, n_train, n_test)
        wrong += not found.low <= 0.0 <= found.high
    assert stats.binomtest(wrong, projects, 0.05, alternative="greater").pvalue > 0.025


def test_a_great_lead_is_seen() -> None:
    rng = np.random.default_rng(3)
    start, check = Answered(*noisy(4, rng)), Answered(*noisy(400, rng))
    X, y = noisy(200, rng)
    wrong = Answered(X, 1 - y)  # the chosen rows teach the opposite
    d, n_train, n_test = check_differences(start, wrong, check, estimator=LogisticRegression())
    assert resampled_difference(d, n_train, n_test).high < 0


def test_without_chosen_rows_there_is_nothing_to_compare() -> None:
    rng = np.random.default_rng(0)
    start, check = Answered(*noisy(20, rng)), Answered(*noisy(20, rng))
    with pytest.raises(LabelError, match="Label more"):
        check_differences(
            start, Answered(np.empty((0, 5)), np.empty(0, int)), check, estimator=None
        )
