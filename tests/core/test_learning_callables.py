"""Strategies written for modAL's learner work unchanged; a failing one is called once."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest
from sklearn.datasets import load_iris
from sklearn.linear_model import LogisticRegression

from al_core.errors import StrategyError
from al_core.learning import ActiveLearner
from al_core.learning.learners.callables import read_answer

X, Y = load_iris(return_X_y=True)
FIRST = [0, 1, 60, 61, 120, 121]


def ask(strategy: Any, *args: Any, **keywords: Any) -> tuple[Any, ...]:
    learner = ActiveLearner(LogisticRegression(), strategy, X[FIRST], Y[FIRST], random_state=0)
    return learner.query(X, *args, **keywords)


def random_sampling(classifier: Any, X_pool: Any) -> tuple[int, Any]:
    """The shape of modAL's own tutorial on custom strategies: one index and one instance."""
    query_idx = np.random.default_rng(1).choice(range(len(X_pool)))
    return query_idx, X_pool[query_idx]


def weighted_uncertainty(
    classifier: Any, X: Any, n_instances: int = 1, weight: float = 1.0, **ignored: Any
) -> tuple[Any, Any]:
    """The shape of a utility of one's own with keywords: indices and instances."""
    utility = weight * (1 - classifier.predict_proba(X).max(axis=1))
    query_idx = np.argsort(-utility)[:n_instances]
    return query_idx, X[query_idx]


def committee_free(learner: Any, X: Any, n_instances: int = 1) -> tuple[Any, Any]:
    """The shape of modAL since 0.4.1: indices and their metrics."""
    utility = 1 - learner.estimator.predict_proba(X).max(axis=1)
    query_idx = np.argsort(-utility)[:n_instances]
    return query_idx, utility[query_idx]


def by_training_data(learner: Any, X: Any) -> Any:
    """The shape of a strategy that looks at what was taught."""
    distance = ((X[:, None] - learner.X_training[None]) ** 2).sum(axis=2).min(axis=1)
    return distance.argmax()


def test_one_index_and_its_instance() -> None:
    rows, instance = ask(random_sampling)
    assert rows.shape == (1,)
    assert (instance[0] == X[rows[0]]).all()


def test_extra_keywords_reach_the_strategy() -> None:
    best, _ = ask(weighted_uncertainty, 3)
    worst, _ = ask(weighted_uncertainty, 3, weight=-1.0)
    assert len(best) == len(worst) == 3
    assert set(best) & set(worst) == set()


def test_indices_and_metrics() -> None:
    rows, _, metrics = ask(committee_free, 4, return_metrics=True)
    assert len(rows) == len(metrics) == 4
    assert (np.diff(metrics) <= 0).all()


def test_a_strategy_that_takes_no_batch_size_is_not_given_one() -> None:
    assert ask(by_training_data, 1)[0].shape == (1,)


def test_two_bare_integers_are_two_indices() -> None:
    assert ask(lambda learner, X: (7, 3))[0].tolist() == [7, 3]
    assert ask(lambda learner, X: (np.int64(7), np.int64(3)))[0].tolist() == [7, 3]
    assert ask(lambda learner, X: (7, 3, 5))[0].tolist() == [7, 3, 5]


def test_a_mask_and_a_column_of_indices_are_understood() -> None:
    assert read_answer(np.array([False, True, True]), 3)[0].tolist() == [1, 2]
    assert read_answer(np.array([[2], [0]]), 3)[0].tolist() == [2, 0]


def test_a_failing_strategy_is_called_once_and_shows_its_own_error() -> None:
    calls = []

    def broken(learner: Any, X: Any, n_instances: int = 1) -> None:
        calls.append(n_instances)
        raise KeyError("my own mistake")

    with pytest.raises(KeyError, match="my own mistake"):
        ask(broken)
    assert calls == [1]


@pytest.mark.parametrize(
    ("answer", "told"),
    [
        (None, "Return the indices"),
        ([], "Return the indices"),
        ([0.5, 0.7], "Return the indices"),
        ([150], "different indices from 0 to 149"),
        ([-1], "different indices from 0 to 149"),
        ([4, 4], "different indices"),
    ],
)
def test_an_answer_that_is_no_choice_of_rows_is_told(answer: Any, told: str) -> None:
    with pytest.raises(StrategyError, match=told):
        ask(lambda learner, X: answer)
