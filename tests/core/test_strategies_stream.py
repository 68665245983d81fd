"""Rows that arrive one by one."""

from __future__ import annotations

import numpy as np
import pytest
from sklearn.linear_model import LogisticRegression

from al_core.errors import StrategyError
from al_core.learning.learners.stream import Budget, RandomStream, VariableUncertainty

MODEL = LogisticRegression().fit([[-1.0], [1.0]], ["no", "yes"])


@pytest.mark.parametrize("share", [0.05, 0.2, 0.5])
def test_the_share_of_rows_asked_keeps_to_the_budget(share: float) -> None:
    rows = np.random.default_rng(0).normal(size=(2000, 1))
    stream = VariableUncertainty(Budget(share))
    asked = np.array([stream.should_query(MODEL, row) for row in rows])
    assert 0.9 * share <= asked[200:].mean() <= share + 0.01


def test_unsure_rows_are_asked_rather_than_sure_ones() -> None:
    rows = np.random.default_rng(1).normal(size=(2000, 1)) * 2
    stream = VariableUncertainty(Budget(0.2, window=200), step=0.05)
    asked = np.array([stream.should_query(MODEL, row) for row in rows])
    assert np.abs(rows[asked]).mean() < 0.75 * np.abs(rows[~asked]).mean()


def test_one_seed_gives_the_same_questions() -> None:
    rows = np.random.default_rng(2).normal(size=(300, 1))
    for make in (lambda: VariableUncertainty(randomise=0.5, seed=4), lambda: RandomStream(seed=4)):
        first, second = make(), make()
        assert [first.should_query(MODEL, r) for r in rows] == [
            second.should_query(MODEL, r) for r in rows
        ]


def test_budgets_and_steps_that_make_no_sense_are_refused() -> None:
    with pytest.raises(StrategyError, match="above 0 and up to 1"):
        Budget(0.0)
    with pytest.raises(StrategyError, match="window is 0"):
        Budget(0.1, window=0)
    with pytest.raises(StrategyError, match="step is 1"):
        VariableUncertainty(step=1.0)
