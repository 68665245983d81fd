"""The learner of the tutorials, with whatever a person brings to it."""

from __future__ import annotations

from functools import partial
from typing import Any

import numpy as np
import pandas as pd
import pytest
from scipy import sparse
from sklearn.cluster import KMeans
from sklearn.compose import make_column_transformer
from sklearn.datasets import load_iris
from sklearn.ensemble import RandomForestClassifier
from sklearn.feature_extraction.text import TfidfVectorizer
from sklearn.linear_model import LogisticRegression
from sklearn.pipeline import make_pipeline
from sklearn.preprocessing import OneHotEncoder, StandardScaler
from sklearn.svm import SVC

from al_core.errors import LabelError, NotFittedError, PoolError, StrategyError
from al_core.learning import (
    STRATEGIES,
    ActiveLearner,
    entropy_sampling,
    get_strategy,
    margin_sampling,
    uncertainty_sampling,
)

X, Y = load_iris(return_X_y=True)
FIRST = np.array([0, 1, 60, 61, 120, 121])
POOL = np.setdiff1d(np.arange(150), FIRST)


def learner_of(strategy: Any = "margin", **more: Any) -> ActiveLearner:
    return ActiveLearner(LogisticRegression(), strategy, X[FIRST], Y[FIRST], random_state=0, **more)


def test_the_seven_lines_of_every_tutorial_run_as_written() -> None:
    X_pool, y_pool = X[POOL], Y[POOL]
    learner = ActiveLearner(
        estimator=RandomForestClassifier(), X_training=X[FIRST], y_training=Y[FIRST]
    )
    before = learner.score(X, Y)
    for _ in range(15):
        query_idx, query_inst = learner.query(X_pool)
        assert (query_inst == X_pool[query_idx]).all()
        learner.teach(X_pool[query_idx], y_pool[query_idx])
        X_pool, y_pool = np.delete(X_pool, query_idx, 0), np.delete(y_pool, query_idx)
    assert learner.X_training.shape == (21, 4)
    assert learner.score(X, Y) >= max(0.85, before - 0.02)


def test_the_row_asked_has_the_smallest_margin() -> None:
    learner = learner_of()
    top = np.sort(learner.predict_proba(X[POOL]), axis=1)
    smallest = np.argsort(top[:, -1] - top[:, -2])
    assert learner.query(X[POOL], n_instances=4)[0].tolist() == smallest[:4].tolist()


def test_sparse_rows_come_back_sparse() -> None:
    rows = sparse.csr_matrix(X)
    learner = ActiveLearner(LogisticRegression(), "entropy", rows[FIRST], Y[FIRST], random_state=0)
    query_idx, query_inst = learner.query(rows[POOL], 2)
    learner.teach(query_inst, Y[POOL][query_idx])
    assert sparse.issparse(query_inst)
    assert learner.X_training.shape == (8, 4)


def test_a_frame_goes_through_a_pipeline_and_comes_back_as_a_frame() -> None:
    frame = pd.DataFrame({"colour": list("rgb") * 10, "size": np.arange(30.0)}, index=range(5, 35))
    labels = np.where(frame["size"] > 14, "large", "small")
    encode = make_column_transformer((OneHotEncoder(), ["colour"]), (StandardScaler(), ["size"]))
    model = make_pipeline(encode, LogisticRegression())
    learner = ActiveLearner(model, "margin", frame.iloc[[0, 1, 2, 29]], labels[[0, 1, 2, 29]])
    query_idx, rows = learner.query(frame, 2)
    learner.teach(rows, labels[query_idx])
    assert isinstance(rows, pd.DataFrame)
    assert list(learner.X_training.index) == [5, 6, 7, 34, *rows.index]
    assert set(learner.predict(frame)) == {"large", "small"}


def test_a_list_of_texts_is_a_pool_as_well() -> None:
    texts = np.array(["refund please", "where is my parcel", "refund now", "parcel late"])
    model = make_pipeline(TfidfVectorizer(), LogisticRegression())
    learner = ActiveLearner(model, "margin", texts[:2], ["money", "delivery"])
    assert learner.predict(texts).tolist() == ["money", "delivery", "money", "delivery"]


def test_a_class_that_was_absent_at_first_is_learned_later() -> None:
    learner = ActiveLearner(LogisticRegression(), "margin", X[FIRST[:4]], Y[FIRST[:4]])
    assert learner.predict_proba(X).shape == (150, 2)
    learner.teach(X[120:123], Y[120:123])
    assert learner.classes_.tolist() == [0, 1, 2]


def test_declared_classes_stand_in_the_probabilities_before_they_are_seen() -> None:
    learner = ActiveLearner(
        LogisticRegression(), "margin", X[FIRST[:4]], ["b", "b", "d", "d"], classes=list("dabc")
    )
    proba = learner.predict_proba(X)
    assert learner.classes_.tolist() == list("abcd")
    assert (proba[:, [0, 2]] == 0).all()
    assert proba.sum(axis=1) == pytest.approx(1)
    with pytest.raises(LabelError, match="label x is not among the classes: a, b, c, d"):
        learner.teach(X[:1], ["x"])


def test_longer_text_labels_are_not_cut_to_the_length_of_the_first() -> None:
    learner = ActiveLearner(LogisticRegression(), "margin", X[FIRST[:4]], ["a", "a", "b", "b"])
    learner.teach(X[120:122], ["something long"] * 2)
    assert "something long" in learner.classes_


def test_a_single_class_is_an_error_at_the_query_and_not_before() -> None:
    learner = ActiveLearner(LogisticRegression(), "margin", X[:3], ["spam"] * 3)
    with pytest.raises(NotFittedError, match="only the class spam so far"):
        learner.query(X[POOL])
    with pytest.raises(NotFittedError, match="at least two classes"):
        learner.predict(X)
    learner.teach(X[60:61], ["ham"])
    assert len(learner.query(X[POOL])[0]) == 1


def test_without_any_label_random_can_ask_and_margin_says_what_it_needs() -> None:
    assert ActiveLearner(SVC(), "random").query(X, 3)[0].shape == (3,)
    with pytest.raises(NotFittedError, match="no label so far"):
        ActiveLearner(SVC(), "margin").query(X)


def test_an_estimator_that_was_fitted_before_answers_at_once() -> None:
    fitted = LogisticRegression(max_iter=1_000).fit(X, Y)
    assert (ActiveLearner(fitted).predict(X) == fitted.predict(X)).all()


def test_a_pool_smaller_than_asked_for_is_refused() -> None:
    with pytest.raises(PoolError, match="Asked for 3 rows but only 2 can be asked"):
        learner_of().query(X[:2], 3)
    with pytest.raises(PoolError, match="pool is empty"):
        learner_of().query(X[:0])


@pytest.mark.parametrize(
    ("y", "told"),
    [
        ([0], "2 rows and labels of shape"),
        ([None, "a"], "1 labels are missing"),
        ([0.5, 1.25], "labels are continuous"),
        ([[0, 1], [1, 1]], "2 rows and labels of shape"),
    ],
)
def test_labels_that_cannot_be_learned_are_refused(y: Any, told: str) -> None:
    with pytest.raises(LabelError, match=told):
        learner_of().teach(X[:2], y)


def test_what_is_no_classifier_or_no_strategy_is_refused() -> None:
    with pytest.raises(StrategyError, match=r"KMeans \(clusterer\), which is no classifier and no"):
        ActiveLearner(KMeans())
    with pytest.raises(StrategyError, match="no strategy named 'magic'"):
        ActiveLearner(SVC(), "magic")
    with pytest.raises(StrategyError, match="Got a int as query strategy"):
        ActiveLearner(SVC(), 3)  # type: ignore[arg-type]
    with pytest.raises(LabelError, match="together, or neither"):
        ActiveLearner(SVC(), X_training=X)


def test_the_same_question_gets_the_same_answer_and_the_estimator_stays_unfitted() -> None:
    estimator = RandomForestClassifier(5)
    first = ActiveLearner(estimator, "random", X[FIRST], Y[FIRST], random_state=4)
    second = ActiveLearner(estimator, "random", X[FIRST], Y[FIRST], random_state=4)
    assert first.query(X, 5)[0].tolist() == second.query(X, 5)[0].tolist()
    assert (first.predict_proba(X) == second.predict_proba(X)).all()
    assert not hasattr(estimator, "classes_")


def test_only_new_and_bootstrap_change_what_is_fitted_and_not_what_is_remembered() -> None:
    learner, reference = learner_of(), LogisticRegression().fit(X[40:60], Y[40:60])
    learner.teach(X[40:60], Y[40:60], only_new=True)
    assert len(learner.y_training) == 26
    assert (learner.predict_proba(X)[:, :2] == reference.predict_proba(X)).all()
    learner.teach(X[70:71], Y[70:71], bootstrap=True)
    assert len(learner.y_training) == 27


def test_fit_keywords_reach_the_estimator() -> None:
    learner = learner_of()
    weights = np.r_[np.zeros(2), np.ones(5)]
    learner.teach(X[62:63], Y[62:63], sample_weight=weights)
    assert 0 not in learner.predict(X)


def test_a_part_of_the_pool_can_be_looked_at() -> None:
    learner = learner_of()
    few = {int(learner.query(X[POOL], candidates=n)[0][0]) for n in (1, 2, 5, 20)}
    assert len(few) > 1
    assert learner.query(X[POOL], candidates=500)[0] == learner.query(X[POOL])[0]


def test_a_strategy_object_is_asked_like_its_name() -> None:
    by_object = learner_of(get_strategy("margin")).query(X[POOL], 3)[0]
    assert by_object.tolist() == learner_of().query(X[POOL], 3)[0].tolist()


@pytest.mark.parametrize(
    ("function", "name"),
    [
        (uncertainty_sampling, "least_confidence"),
        (margin_sampling, "margin"),
        (entropy_sampling, "entropy"),
    ],
)
def test_the_familiar_callables_ask_what_their_names_ask(function: Any, name: str) -> None:
    ours = learner_of(name).query(X[POOL], 5)[0]
    assert learner_of(function).query(X[POOL], 5)[0].tolist() == ours.tolist()


def test_a_partial_keeps_its_own_batch_size() -> None:
    assert len(learner_of(partial(margin_sampling, n_instances=5)).query(X[POOL])[0]) == 5


def test_metrics_are_given_when_asked_for() -> None:
    rows, instances, metrics = learner_of().query(X[POOL], 3, return_metrics=True)
    assert len(rows) == len(instances) == len(metrics) == 3
    assert (np.diff(metrics) <= 0).all()


@pytest.mark.parametrize("name", [s.name for s in STRATEGIES.values() if not s.needs_model])
def test_a_strategy_that_needs_no_model_is_asked_with_one_class_known(name: str) -> None:
    rows = np.random.default_rng(0).normal(size=(20, 2))
    learner = ActiveLearner(LogisticRegression(), name, rows[:2], ["a", "a"], random_state=0)
    assert len(set(learner.query(rows[2:], 3)[0])) == 3
