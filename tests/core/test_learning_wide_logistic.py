"""Logistic regression on more features than labels: the same fit on fewer numbers."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest
from scipy import sparse
from sklearn.linear_model import LogisticRegression

from al_core.learning import fit_model
from al_core.learning.models.wide_logistic import fit_wide, is_wide


def texts(n: int, d: int, classes: int, seed: int = 0) -> tuple[Any, np.ndarray]:
    """Sparse rows of which a tenth of the features say something about their answer."""
    rng = np.random.default_rng(seed)
    y = rng.integers(0, classes, n)
    X = sparse.random(n, d, 0.02, format="lil", random_state=seed)
    for row, answer in enumerate(y):
        X[row, rng.integers(0, d // 100, 4) * classes + answer] = 1.0
    return sparse.csr_matrix(X), y


def tight(**given: Any) -> LogisticRegression:
    return LogisticRegression(tol=1e-10, max_iter=10_000, **given)


@pytest.mark.parametrize("classes", [2, 3, 9])
@pytest.mark.parametrize("given", [{}, {"class_weight": "balanced"}, {"C": 10.0}])
def test_the_weights_are_those_of_a_tightly_converged_usual_fit(
    classes: int, given: dict[str, Any]
) -> None:
    X, y = texts(80, 1_500, classes)
    usual, wide = tight(**given).fit(X, y), fit_wide(tight(**given), X, y)
    assert wide.coef_ == pytest.approx(usual.coef_, abs=1e-5)
    assert wide.intercept_ == pytest.approx(usual.intercept_, abs=1e-5)
    assert wide.predict_proba(X) == pytest.approx(usual.predict_proba(X), abs=1e-5)


def test_rows_that_stand_there_twice_are_no_trouble() -> None:
    X, y = texts(60, 1_200, 2)
    twice, labels = sparse.vstack([X, X], format="csr"), np.concatenate([y, y])
    assert fit_wide(tight(), twice, labels).coef_ == pytest.approx(
        tight().fit(twice, labels).coef_, abs=1e-5
    )


def test_rows_without_any_content_are_fitted_as_usual() -> None:
    X = sparse.csr_matrix((60, 700))
    y = np.arange(60) % 3 > 0
    assert fit_wide(tight(), X, y).intercept_ == pytest.approx(tight().fit(X, y).intercept_)


def test_a_project_of_texts_is_fitted_that_way_and_a_narrow_table_is_not() -> None:
    X, y = texts(80, 1_500, 3)
    single = X.astype(np.float32)
    model = fit_model(LogisticRegression(max_iter=1_000), single, y)
    assert model.coef_.shape == (3, 1_500)
    assert model.n_features_in_ == 1_500
    assert model.coef_.dtype == np.float32
    exact = tight().fit(X, y)
    assert model.predict_proba(single) == pytest.approx(exact.predict_proba(X), abs=2e-3)
    assert is_wide(LogisticRegression(), X)
    assert not is_wide(LogisticRegression(), X[:, :600])
    assert not is_wide(LogisticRegression(), X[:30])
    assert not is_wide(LogisticRegression(solver="saga"), X)


def test_gaps_are_told_as_by_the_usual_fit() -> None:
    from al_core.errors import PoolError

    rows = np.random.default_rng(0).normal(size=(60, 700))
    rows[3, 4] = np.nan
    with pytest.raises(PoolError):
        fit_model(LogisticRegression(), rows, np.arange(60) % 2)
