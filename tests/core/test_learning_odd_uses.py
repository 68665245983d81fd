"""Uses of the library that are rare but right: they work, or are refused in words."""

from __future__ import annotations

import pickle

import numpy as np
import pandas as pd
import pytest
from scipy import sparse
from sklearn.compose import ColumnTransformer
from sklearn.datasets import load_iris, make_blobs
from sklearn.ensemble import BaggingClassifier, HistGradientBoostingClassifier
from sklearn.feature_extraction.text import CountVectorizer
from sklearn.impute import SimpleImputer
from sklearn.linear_model import LogisticRegression, Perceptron
from sklearn.naive_bayes import MultinomialNB
from sklearn.neighbors import KNeighborsClassifier
from sklearn.pipeline import make_pipeline
from sklearn.preprocessing import StandardScaler
from sklearn.svm import SVC

from al_core.errors import LabelError, NotFittedError, PoolError, SettingsError, StrategyError
from al_core.learning import STRATEGIES, ActiveLearner, compare, simulate
from al_core.learning.learners.committee import Committee
from al_core.learning.learners.stream import Budget, VariableUncertainty
from al_core.learning.querying.combine import product

X, y = load_iris(return_X_y=True)
FIRST = [0, 1, 50, 51, 100, 101]
FRAME = pd.DataFrame(X, columns=list("abcd"))


def model() -> LogisticRegression:
    return LogisticRegression(max_iter=1000)


def learner(estimator=None, strategy="margin", X_training=X[FIRST], **more) -> ActiveLearner:
    return ActiveLearner(estimator or model(), strategy, X_training, y[FIRST], **more)


@pytest.mark.parametrize("k", [3, 4])
def test_distances_of_pairs_of_classes_become_one_probability_a_class(k):
    X_k, y_k = make_blobs(200, centers=k, random_state=0)
    pairs = SVC(decision_function_shape="ovo")
    for estimator in (pairs, make_pipeline(StandardScaler(), pairs)):
        taught = ActiveLearner(estimator, "margin", X_k[::4], y_k[::4])
        proba = taught.predict_proba(X_k)
        assert proba.shape == (200, k)
        assert (taught.classes_[proba.argmax(axis=1)] == taught.predict(X_k)).mean() > 0.95


def test_after_labels_of_one_class_alone_a_learner_waits():
    taught = learner()
    taught.fit(X[:3], [0, 0, 0])
    for verb in (taught.predict, taught.predict_proba, taught.query):
        with pytest.raises(NotFittedError, match="only the class 0"):
            verb(X)


def test_a_fitted_model_taught_one_class_waits_too():
    taught = ActiveLearner(model().fit(X, y), "margin", X[:1], y[:1])
    with pytest.raises(NotFittedError):
        taught.predict_proba(X)


def test_a_fitted_model_that_knows_more_classes_than_declared_is_refused():
    with pytest.raises(LabelError, match="2"):
        ActiveLearner(model().fit(X, y), classes=[0, 1])


def test_every_member_is_fitted_however_one_sided_the_labels():
    rows = [0, 1, 2, 3, 50]
    for seed in range(20):
        committee = Committee(
            [model()] * 3, "vote_entropy", X[rows], y[rows], bootstrap=True, random_state=seed
        )
        committee.query(X)


def test_a_wrong_keyword_is_told_though_the_pool_has_gaps():
    gaps = X.copy()
    gaps[::7, 1] = np.nan
    taught = learner(make_pipeline(SimpleImputer(), model()), X_training=gaps[FIRST])
    with pytest.raises(StrategyError, match="foo"):
        taught.query(gaps, 2, foo=1)
    with pytest.raises(ValueError, match="features"):
        taught.predict(gaps[:, :3])


@pytest.mark.parametrize("pool", [X, FRAME], ids=["array", "frame"])
def test_diverse_rows_are_picked_where_the_model_sees_them(pool):
    rows = pool[FIRST] if isinstance(pool, np.ndarray) else pool.iloc[FIRST]
    scaled = make_pipeline(StandardScaler(), model())
    plain = learner(scaled, X_training=rows, random_state=0).query(pool, 5, diverse=True)[0]
    stretched = pool * np.array([1e6, 1, 1, 1])
    rows = stretched[FIRST] if isinstance(pool, np.ndarray) else stretched.iloc[FIRST]
    again = learner(scaled, X_training=rows, random_state=0).query(stretched, 5, diverse=True)[0]
    assert sorted(plain) == sorted(again)


def test_diverse_rows_of_texts():
    texts = np.array([f"{a} {b}" for a in ("good", "bad") for b in ["film", "plot", "cast"]])
    taught = ActiveLearner(
        make_pipeline(CountVectorizer(), model()), "margin", texts[[0, 3]], ["p", "n"]
    )
    assert len(set(taught.query(texts, 3, diverse=True)[0])) == 3


@pytest.mark.parametrize("kind", [np.int64, np.uint8, np.float16])
def test_counts_are_numbers_to_every_strategy(kind):
    counts = np.random.default_rng(0).integers(0, 40, (60, 5))
    labels = np.arange(60) % 2
    for matrix in (sparse.csr_matrix, np.asarray):
        if matrix is sparse.csr_matrix and kind is np.float16:
            continue  # SciPy has no such matrix
        for name in STRATEGIES:
            given = {"costs": 1 - np.eye(2)} if name == "cost_sensitive" else {}
            given = {"costs": np.ones(52)} if name == "cost_per_row" else given
            picks = []
            for dtype in (kind, np.float64):
                pool = matrix(counts.astype(dtype))
                taught = ActiveLearner(MultinomialNB(), name, pool[:8], labels[:8], random_state=0)
                picks.append(taught.query(pool[8:], 3, **given)[0].tolist())
            assert picks[0] == picks[1], name


@pytest.mark.parametrize(
    "estimator",
    [
        KNeighborsClassifier(2),
        HistGradientBoostingClassifier(),
        make_pipeline(KNeighborsClassifier()),
    ],
    ids=["neighbours", "boosting", "pipeline"],
)
def test_a_learner_can_be_pickled_by_whoever_wants_to(estimator):
    taught = learner(estimator)
    again = pickle.loads(pickle.dumps(taught))
    again.teach(X[[2, 52]], y[[2, 52]])
    taught.teach(X[[2, 52]], y[[2, 52]])
    np.testing.assert_array_equal(again.predict(X), taught.predict(X))


def test_rows_with_other_columns_are_refused_by_name():
    taught = learner(HistGradientBoostingClassifier(), X_training=FRAME.iloc[FIRST])
    with pytest.raises(PoolError, match="'z'"):
        taught.teach(FRAME.iloc[[2]].rename(columns={"a": "z"}), [0])
    assert taught.X_training.shape == (6, 4)


def test_a_strategy_that_needs_no_model_tells_its_own_error_in_a_cold_start():
    with pytest.raises(StrategyError, match="foo"):
        ActiveLearner(model(), "probcover").query(X, 2, foo=1)


@pytest.mark.parametrize("inner", [SVC(), Perceptron()], ids=["svc", "perceptron"])
def test_members_of_a_bagging_need_no_probabilities(inner):
    bagging = BaggingClassifier(inner, 5, random_state=0)
    taught = ActiveLearner(bagging, "consensus_entropy", X[FIRST * 3], y[FIRST * 3])
    assert len(taught.query(X, 3)[0]) == 3


def test_the_value_of_information_of_a_model_that_forgot_a_class():
    taught = learner(strategy="value_of_information")
    taught.teach(X[[2, 52]], y[[2, 52]], only_new=True)
    assert len(taught.query(X, 2)[0]) == 2


@pytest.mark.parametrize(
    ("wrong", "error"),
    [
        ({"strategy": lambda model, pool: [0]}, StrategyError),
        ({"seed": -1}, SettingsError),
        ({"seed": 1.5}, SettingsError),
    ],
    ids=["callable", "negative seed", "fraction"],
)
def test_a_simulation_refuses_in_words(wrong, error):
    with pytest.raises(error):
        list(simulate(X, y, estimator=model(), budget=22, **wrong))


@pytest.mark.parametrize(
    "wrong", [{"batch_size": 0}, {"bach_size": 2}, {"n_initial": 2.5}], ids=str
)
def test_a_comparison_refuses_before_its_first_run(wrong):
    with pytest.raises(SettingsError):
        compare(X, y, estimators={"lr": model()}, strategies=["margin"], seeds=1, **wrong)
    with pytest.raises(SettingsError):
        compare(X, y, estimators=[model()], strategies=["margin"], seeds=1)


@pytest.mark.parametrize(("share", "window"), [(0.1, 100), (0.1, 10), (0.05, 5), (1.0, 3)])
def test_a_budget_is_never_overspent(share, window):
    budget, asked = Budget(share, window), 0
    for n in range(1, 3_000):
        ask = budget.allows()
        budget.note(asked=ask)
        asked += ask
        assert asked <= share * n + 1
    assert asked >= 0.9 * share * 3_000


def test_a_row_of_a_frame_can_arrive_by_itself_and_several_are_refused():
    pipeline = make_pipeline(ColumnTransformer([("n", StandardScaler(), ["a", "b"])]), model())
    pipeline.fit(FRAME, y)
    stream = VariableUncertainty()
    assert stream.should_query(pipeline, FRAME.iloc[0]) in (True, False)
    with pytest.raises(PoolError, match="5 rows"):
        stream.should_query(pipeline, FRAME.iloc[:5])


@pytest.mark.parametrize("name", ["drop_query", "value_of_information"])
@pytest.mark.filterwarnings("error")
def test_no_warning_about_names_for_a_model_fitted_on_a_frame(name):
    learner(strategy=name, X_training=FRAME.iloc[FIRST]).query(FRAME)


def test_a_score_wants_one_label_a_row():
    taught = learner()
    committee = Committee([model(), model()], "vote_entropy", X[FIRST], y[FIRST])
    for one in (taught, committee):
        for labels in ([0], y[:3]):
            with pytest.raises(LabelError, match="one label a row"):
                one.score(X, labels)


def test_a_committee_can_forget_and_start_again():
    committee = Committee([model(), KNeighborsClassifier(1)], "vote_entropy", X[FIRST], y[FIRST])
    assert committee.fit(X[[0, 50]], y[[0, 50]]) is committee
    assert len(committee.y_training) == 2


@pytest.mark.parametrize("wrong", [{"candidates": -1}, {"candidates": True}, {"n_instances": True}])
def test_odd_numbers_of_rows_are_refused_in_words(wrong):
    with pytest.raises(PoolError):
        learner().query(X, **wrong)


def test_a_combined_strategy_tells_its_parts():
    assert len(learner(strategy=product("margin", "density")).query(X, 2)[0]) == 2
