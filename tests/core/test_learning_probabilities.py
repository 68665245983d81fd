"""The short way to the log odds of a logistic regression says what the long way says."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest
from scipy import sparse
from sklearn.linear_model import LogisticRegression
from sklearn.pipeline import make_pipeline
from sklearn.preprocessing import StandardScaler

from al_core.learning import ActiveLearner
from al_core.learning.models.probabilities import class_probabilities, log_odds
from al_core.learning.strategies import STRATEGIES, Query
from al_core.learning.strategies.uncertainty._scores import doubts

RNG = np.random.default_rng(0)
X = RNG.normal(size=(300, 6))
Y = (X[:, 0] + RNG.normal(size=300) > 0).astype(int)


def fitted(model: Any = None, classes: int = 2) -> Any:
    y = Y if classes == 2 else np.arange(len(X)) % classes
    return (model or LogisticRegression()).fit(X[:60], y[:60])


@pytest.mark.parametrize("dtype", [np.float32, np.float64])
@pytest.mark.parametrize("order", ["C", "F"])
def test_log_odds_are_the_decision_function_to_the_last_bit(dtype: Any, order: Any) -> None:
    rows = np.asarray(X, dtype, order=order)
    model = LogisticRegression().fit(rows[:60], Y[:60])
    odds = log_odds(model, rows)
    assert odds is not None
    assert odds.dtype == model.decision_function(rows).dtype
    assert np.array_equal(odds, model.decision_function(rows))


@pytest.mark.parametrize(
    "form",
    [lambda x: x, sparse.csr_matrix, lambda x: x.tolist(), lambda x: (x * 10).astype(int)],
    ids=["array", "csr", "list", "whole numbers"],
)
def test_margin_is_the_same_with_and_without_probabilities(form: Any) -> None:
    rows, model = form(X), fitted()
    straight = doubts(class_probabilities(model, rows))
    np.testing.assert_allclose(STRATEGIES["margin"](Query(model, rows)), straight, atol=1e-12)


def test_a_pipeline_goes_the_short_way_too() -> None:
    model = fitted(make_pipeline(StandardScaler(), LogisticRegression()))
    assert np.array_equal(log_odds(model, X), model.decision_function(X))


def test_rows_far_from_the_border_keep_their_order_in_single_precision() -> None:
    model = LogisticRegression(C=100).fit(np.float32([[-1], [1]]), [0, 1])
    far = np.float32([[2.0], [1.9], [1.8]])
    utilities = STRATEGIES["margin"](Query(model, far))
    assert (np.diff(utilities) > 0).all()


@pytest.mark.parametrize("cell", [np.nan, np.inf, -np.inf])
@pytest.mark.parametrize("weight", [1.0, 0.0])
def test_a_cell_that_is_no_number_is_refused_as_scikit_learn_refuses_it(
    cell: float, weight: float
) -> None:
    model, rows = fitted(), X.copy()
    model.coef_[0, 2] *= weight
    rows[17, 2] = cell
    with pytest.raises(ValueError, match=r"NaN|infinity"):
        STRATEGIES["margin"](Query(model, rows))


def test_rows_of_another_width_are_refused_as_scikit_learn_refuses_them() -> None:
    with pytest.raises(ValueError, match="expecting 6 features"):
        STRATEGIES["margin"](Query(fitted(), X[:, :5]))


def test_a_class_of_its_own_may_answer_otherwise() -> None:
    class Stubborn(LogisticRegression):
        def predict_proba(self, X: Any) -> Any:
            return np.tile([0.9, 0.1], (len(X), 1))

    model = fitted(Stubborn())
    assert log_odds(model, X) is None
    assert STRATEGIES["margin"](Query(model, X)) == pytest.approx(0.2)


def test_three_classes_and_other_models_have_no_single_log_odds() -> None:
    assert log_odds(fitted(classes=3), X) is None
    assert log_odds(LogisticRegression(), X) is None
    assert log_odds(None, X) is None


def test_a_query_over_all_rows_hands_the_pool_on_as_it_is() -> None:
    seen = []

    class Spy(LogisticRegression):
        def predict_proba(self, X: Any) -> Any:
            seen.append(X)
            return super().predict_proba(X)

    learner = ActiveLearner(Spy(), "margin", X[:20], Y[:20], random_state=0)
    learner.query(X)
    assert seen[-1] is X
