"""Estimators of other packages and of one's own: whatever has ``fit`` and ``predict_proba``."""

from __future__ import annotations

from importlib import import_module
from importlib.util import find_spec
from typing import Any

import pytest
from sklearn.base import is_classifier
from sklearn.datasets import load_iris
from sklearn.naive_bayes import GaussianNB

from al_core import ActiveLearner, Committee, simulate

X, y = load_iris(return_X_y=True)

_QUIET = {"iterations": 10, "verbose": False, "allow_writing_files": False}
PACKAGES: dict[str, tuple[str, dict[str, Any]]] = {
    "catboost": ("CatBoostClassifier", _QUIET),
    "lightgbm": ("LGBMClassifier", {"n_estimators": 10, "min_child_samples": 1, "verbose": -1}),
    "xgboost": ("XGBClassifier", {"n_estimators": 10}),
    "skactiveml.classifier": ("ParzenWindowClassifier", {"classes": [0, 1, 2]}),
}


@pytest.fixture(params=PACKAGES)
def foreign(request: pytest.FixtureRequest) -> Any:
    """A classifier of another package, and rows with a label a class of the iris flowers."""
    package = str(request.param)
    if find_spec(package.split(".")[0]) is None:
        pytest.skip(f"{package} is not installed here; it is no dependency")
    name, settings = PACKAGES[package]
    return getattr(import_module(package), name)(**settings)


def test_classifiers_of_other_packages_are_taught_asked_and_scored(foreign: Any) -> None:
    learner = ActiveLearner(foreign, "margin", X[::10], y[::10])
    indices, rows = learner.query(X, 3)
    learner.teach(rows, y[indices])
    assert learner.predict_proba(X).shape == (150, 3)
    assert learner.predict(X).shape == (150,)
    assert learner.score(X, y) > 0.5


def test_classifiers_of_other_packages_sit_in_a_committee_and_are_played_through(
    foreign: Any,
) -> None:
    committee = Committee([foreign, GaussianNB()], "vote_entropy", X[::10], y[::10])
    assert committee.vote(X).shape == (150, 2)
    assert committee.query(X, 2)[0].shape == (2,)
    for metric in ("accuracy", "f1_macro"):
        *_, last = simulate(X, y, estimator=foreign, n_initial=12, budget=14, metric=metric)
        assert last.score > 0.3


def test_a_model_that_predicts_a_column_is_read_like_one_that_predicts_a_list() -> None:
    class Column(GaussianNB):
        """CatBoost answers so where there are three classes or more."""

        def predict(self, X: Any) -> Any:
            return super().predict(X)[:, None]

    learner = ActiveLearner(Column(), "margin", X[::10], y[::10])
    listed = ActiveLearner(GaussianNB(), "margin", X[::10], y[::10])
    assert learner.predict(X).tolist() == listed.predict(X).tolist()
    assert learner.score(X, y) == listed.score(X, y)
    assert Committee([learner, listed]).vote(X).shape == (150, 2)
    picks = [
        ActiveLearner(m, "drop_query", X[::10], y[::10], random_state=0).query(X, 5)[0].tolist()
        for m in (Column(), GaussianNB())
    ]
    assert picks[0] == picks[1]
    scores = [
        [round_.score for round_ in simulate(X, y, estimator=m, n_initial=6, budget=9)]
        for m in (Column(), GaussianNB())
    ]
    assert scores[0] == scores[1]


def test_any_object_with_fit_and_predict_proba_is_a_classifier() -> None:
    class Own:
        """Neither parameters nor tags: as a person writes one."""

        def fit(self, X: Any, y: Any) -> Own:
            self.inner = GaussianNB().fit(X, y)
            self.classes_ = self.inner.classes_
            return self

        def predict(self, X: Any) -> Any:
            return self.inner.predict(X)

        def predict_proba(self, X: Any) -> Any:
            return self.inner.predict_proba(X)

    learner = ActiveLearner(Own(), "margin", X[::5], y[::5])
    indices, rows = learner.query(X, 3)
    learner.teach(rows, y[indices])
    assert learner.score(X, y) > 0.8
    assert is_classifier(learner)
