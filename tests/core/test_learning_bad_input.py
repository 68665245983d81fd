"""What people bring to a learner: taken where it can be, refused in words where not."""

from __future__ import annotations

from typing import Any

import numpy as np
import pandas as pd
import pytest
from scipy import sparse
from sklearn.compose import make_column_transformer
from sklearn.datasets import load_iris
from sklearn.ensemble import (
    HistGradientBoostingClassifier,
    RandomForestClassifier,
    StackingClassifier,
    VotingClassifier,
)
from sklearn.linear_model import LogisticRegression, RidgeClassifier, SGDClassifier
from sklearn.naive_bayes import GaussianNB
from sklearn.pipeline import make_pipeline
from sklearn.preprocessing import OneHotEncoder
from sklearn.svm import SVC, LinearSVC

from al_core import ActiveLearner, Committee
from al_core.errors import LabelError, NotFittedError, PoolError, SettingsError, StrategyError
from al_core.learning import STRATEGIES, Asking, Known, ask

X, Y = load_iris(return_X_y=True)
FIRST = np.r_[0:6, 50:56, 100:106]
POOL = np.setdiff1d(np.arange(150), FIRST)
GAPS = X.copy()
GAPS[20, 2] = np.nan


def learner_of(estimator: Any = None, strategy: Any = "margin", y: Any = Y, **more: Any) -> Any:
    labels = y.iloc[FIRST] if hasattr(y, "iloc") else y[FIRST]
    estimator = LogisticRegression(max_iter=500) if estimator is None else estimator
    return ActiveLearner(estimator, strategy, X[FIRST], labels, **{"random_state": 0, **more})


@pytest.mark.parametrize("strategy", [name for name in STRATEGIES if name != "random"])
def test_a_gap_that_is_refused_is_named_with_its_row_and_column(strategy: str) -> None:
    learner = learner_of(SVC(), strategy)
    with pytest.raises(PoolError, match=r"Row 20, column 2 .* is nan, .*finite numbers only"):
        learner.query(GAPS, **costs_for(strategy, len(GAPS)))


def costs_for(strategy: str, n: int) -> dict[str, Any]:
    """Costs for those strategies that do nothing without them; three classes."""
    of = {"cost_sensitive": 1 - np.eye(3), "cost_per_row": np.ones(n)}
    return {"costs": of[strategy]} if strategy in of else {}


@pytest.mark.parametrize("form", [np.asarray, sparse.csr_matrix, pd.DataFrame])
def test_a_gap_in_rows_to_learn_or_to_predict_is_named_too(form: Any) -> None:
    learner, rows = learner_of(), form(GAPS)
    with pytest.raises(PoolError, match=r"Row 20, column 2 .* is nan, and a LogisticRegression"):
        ActiveLearner(LogisticRegression(), "margin", rows, Y)
    for read in (learner.predict, learner.predict_proba):
        with pytest.raises(PoolError, match="Row 20, column 2"):
            read(rows)


def test_a_gap_among_words_is_found() -> None:
    frame = pd.DataFrame({"size": [1.0, None, 3.0], "colour": ["r", "g", "b"]})
    words = make_column_transformer(
        (OneHotEncoder(handle_unknown="ignore"), ["colour"]), remainder="passthrough"
    )
    pipeline = make_pipeline(words, LogisticRegression())
    learner = ActiveLearner(pipeline, "margin", frame.iloc[[0, 2]], ["no", "yes"])
    with pytest.raises(PoolError, match="Row 1, column 0"):
        learner.predict(frame)
    with pytest.raises(ValueError, match="to float: 'r'"):  # the words are wrong, not the gap
        learner_of().predict(frame.to_numpy())


def test_the_row_named_is_that_of_the_table() -> None:
    learner = learner_of()
    with pytest.raises(PoolError, match="Row 20, column 2"):
        ask(GAPS, Known(learner.estimator), Asking(), candidates=np.arange(15, 150))


def test_a_model_that_takes_gaps_is_asked_about_them() -> None:
    for model in (HistGradientBoostingClassifier(max_iter=5), RandomForestClassifier(5)):
        assert learner_of(model).query(GAPS, 3)[0].shape == (3,)
    assert learner_of(strategy="random").query(GAPS, 3)[0].shape == (3,)


@pytest.mark.parametrize(
    "model",
    [
        SVC(),
        LinearSVC(),
        RidgeClassifier(),
        SGDClassifier(),
        StackingClassifier([("bayes", GaussianNB()), ("svm", LinearSVC())], cv=2),
        VotingClassifier([("bayes", GaussianNB()), ("forest", GaussianNB())], voting="soft"),
    ],
    ids=lambda model: type(model).__name__,
)
@pytest.mark.parametrize("strategy", ["margin", "entropy"])
def test_classifiers_of_every_kind_are_learners(model: Any, strategy: str) -> None:
    learner = learner_of(model, strategy)
    learner.teach(X[POOL[:4]], Y[POOL[:4]])
    assert learner.query(X[POOL], 2)[0].shape == (2,)


@pytest.mark.parametrize(
    ("y", "kind"),
    [
        (Y.astype(object), "i"),
        (pd.Series(Y, dtype="Int64"), "i"),
        ((Y > 0).astype(object), "b"),
        (pd.Series(Y > 0, dtype="boolean"), "b"),
        (pd.Series(pd.Categorical(Y.astype(str))), "U"),
        (pd.Series(Y.astype(str), dtype="string"), "U"),
    ],
    ids=["objects", "Int64", "truth objects", "boolean", "categories", "string"],
)
def test_labels_come_in_many_wrappings(y: Any, kind: str) -> None:
    learner = learner_of(y=y)
    assert learner.classes_.dtype.kind == kind
    assert learner.predict(X[:3]).dtype.kind == kind
    assert learner.query(X[POOL])[0].shape == (1,)


@pytest.mark.parametrize("gap", [None, np.nan, pd.NA])
def test_a_missing_label_is_counted_and_refused(gap: Any) -> None:
    y = Y.astype(object)
    y[3] = gap
    with pytest.raises(LabelError, match="1 labels are missing"):
        learner_of(y=y)


def test_text_and_numbers_as_labels_of_one_learner_are_refused() -> None:
    y = Y.astype(object)
    y[3] = "three"
    with pytest.raises(LabelError, match="text and numbers in one"):
        learner_of(y=y)
    with pytest.raises(LabelError, match=r"Got the label .*'three'.* after labels such as"):
        learner_of().teach(X[:1], ["three"])


@pytest.mark.parametrize("n", [2.0, "2", None])
def test_a_number_of_rows_that_is_no_whole_number_is_refused(n: Any) -> None:
    with pytest.raises(PoolError, match="Ask for a whole number of rows"):
        learner_of().query(X[POOL], n)


def test_a_whole_number_of_numpy_is_one() -> None:
    assert learner_of().query(X[POOL], np.int64(3))[0].shape == (3,)


@pytest.mark.parametrize("make", [np.random.default_rng, np.random.RandomState, np.int64, int])
def test_seeds_and_generators_make_repeatable_learners(make: Any) -> None:
    def picks(state: Any) -> list[int]:
        return learner_of(strategy="random", random_state=state).query(X[POOL], 5)[0].tolist()

    assert picks(make(7)) == picks(make(7)) != picks(make(8))
    members = [LogisticRegression(max_iter=500), GaussianNB()]
    committee = Committee(members, "vote_entropy", X[FIRST], Y[FIRST], random_state=make(7))
    assert committee.query(X[POOL])[0].shape == (1,)


@pytest.mark.parametrize("state", ["a", 1.5, True, [3]])
def test_a_random_state_that_is_none_is_refused(state: Any) -> None:
    with pytest.raises(SettingsError, match=r"as random_state.*whole number from 0"):
        learner_of(random_state=state)


def test_one_class_only_waits_for_a_second() -> None:
    learner = learner_of(y=np.zeros(150, dtype=int))
    with pytest.raises(NotFittedError, match="only the class 0"):
        learner.query(X[POOL])


def test_rows_that_are_no_table_or_of_another_width_are_refused() -> None:
    learner = learner_of()
    for ask_or_teach in (learner.query, lambda row: learner.teach(row, [0])):
        with pytest.raises(PoolError, match=r"numbers of shape \(4,\) as rows"):
            ask_or_teach(X[0])
    with pytest.raises(PoolError, match=r"rows of shape \(3, 2\) to rows of shape \(18, 4\)"):
        learner.teach(X[:3, :2], Y[:3])


def test_candidates_are_a_number_of_rows() -> None:
    with pytest.raises(PoolError, match=r"candidates=\[1, 2\]. Give the number of rows"):
        learner_of().query(X[POOL], candidates=[1, 2])


def test_one_classifier_is_no_committee() -> None:
    with pytest.raises(StrategyError, match="needs a list of learners or classifiers"):
        Committee(LogisticRegression(), "vote_entropy")


def test_rows_that_cannot_be_learned_from_leave_the_learner_as_it_was() -> None:
    learner = ActiveLearner(LogisticRegression(), "margin", [[0.0], [1.0]], ["no", "yes"])
    model = learner.estimator
    with pytest.raises(PoolError, match="Row 0, column 0"):
        learner.teach([[np.nan]], ["no"])
    with pytest.raises(PoolError):
        learner.fit([[np.nan], [1.0]], ["no", "yes"])
    assert (len(learner.X_training), learner.estimator) == (2, model)
    learner.teach([[3.0]], ["yes"])
    assert learner.y_training.tolist() == ["no", "yes", "yes"]


def test_a_committee_of_which_one_member_cannot_learn_the_rows_learns_nothing() -> None:
    members = [HistGradientBoostingClassifier(), LogisticRegression()]  # the first one takes gaps
    committee = Committee(members, "vote_entropy", [[0.0], [1.0]], ["no", "yes"])
    models = [member.estimator for member in committee]
    with pytest.raises(PoolError):
        committee.teach([[np.nan]], ["no"])
    assert [len(member.X_training) for member in committee] == [2, 2]
    assert [member.estimator for member in committee] == models
