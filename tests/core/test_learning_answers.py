"""Learners of numbers and of tags, optimisers, and learners as scikit-learn sees them."""

from __future__ import annotations

from typing import Any

import numpy as np
import pandas as pd
import pytest
from sklearn.base import clone, is_classifier, is_regressor
from sklearn.datasets import load_diabetes, load_iris, make_multilabel_classification
from sklearn.ensemble import RandomForestRegressor
from sklearn.gaussian_process import GaussianProcessRegressor
from sklearn.linear_model import LinearRegression, LogisticRegression, Ridge
from sklearn.model_selection import GridSearchCV, cross_val_score
from sklearn.naive_bayes import GaussianNB
from sklearn.neighbors import KNeighborsRegressor
from sklearn.pipeline import make_pipeline
from sklearn.preprocessing import StandardScaler

from al_core import (
    ActiveLearner,
    BayesianOptimizer,
    Committee,
    CommitteeRegressor,
    TagModel,
    compare,
    simulate,
)
from al_core.errors import LabelError, NotFittedError, PoolError, SettingsError, StrategyError
from al_core.learning.learners.stream import Budget, FixedUncertainty, SplitStream

X, y = load_iris(return_X_y=True)
FIRST = np.array([0, 1, 50, 51, 100, 101])
XD, YD = load_diabetes(return_X_y=True)
XT, YT = make_multilabel_classification(120, 6, n_classes=3, random_state=0)


def model() -> LogisticRegression:
    return LogisticRegression(max_iter=1000)


# -- Numbers.


def test_a_regressor_is_taught_asked_and_scored_like_a_classifier() -> None:
    learner = ActiveLearner(Ridge(0.1), X_training=XD[:20], y_training=YD[:20])
    assert (learner.query_strategy, learner.answers) == ("greedy_x", "numbers")
    before = learner.score(XD[300:], YD[300:])
    indices, rows = learner.query(XD[20:300], 40)
    learner.teach(rows, YD[20:300][indices])
    assert learner.y_training.shape == (60,)
    assert learner.score(XD[300:], YD[300:]) > before
    assert learner.predict(XD[:3]).shape == (3,)
    assert learner.classes_.size == 0


def test_numbers_in_a_column_are_numbers_and_one_label_is_enough() -> None:
    learner = ActiveLearner(KNeighborsRegressor(3), "greedy_x", [[0.0]], [[5]])
    assert learner.predict([[1.0]]).tolist() == [5.0]
    learner.teach([[4.0]], [[9.0]])
    assert learner.y_training.tolist() == [5.0, 9.0]


@pytest.mark.parametrize(
    ("labels", "told"),
    [(["a", "b"], "A regressor learns numbers"), ([1.0, None], "1 labels are missing"),
     ([1.0, np.inf], "infinite"), ([1.0], "2 rows and labels of shape")],
)  # fmt: skip
def test_what_is_no_number_is_refused(labels: list[Any], told: str) -> None:
    learner = ActiveLearner(Ridge(), "random", XD[:5], YD[:5])
    with pytest.raises(LabelError, match=told):
        learner.teach(XD[5:7], labels)
    assert len(learner.y_training) == 5


def test_a_gaussian_process_gives_its_deviation_and_asks_by_it() -> None:
    learner = ActiveLearner(GaussianProcessRegressor(), "predictive_std", [[0.0], [1.0]], [0, 1])
    _, std = learner.predict([[0.0], [9.0]], return_std=True)
    assert std[0] < 0.01 < std[1]
    assert learner.query([[0.1], [5.0], [0.9]])[0].tolist() == [1]


def test_without_a_label_a_regressor_says_what_is_missing() -> None:
    with pytest.raises(NotFittedError, match="no label so far"):
        ActiveLearner(Ridge()).predict(XD)
    assert len(ActiveLearner(Ridge(), "random").query(XD, 3)[0]) == 3
    came_fitted = ActiveLearner(Ridge().fit(XD, YD), "prediction_spread")
    assert came_fitted.predict(XD).shape == (442,)


def test_a_committee_of_regressors_averages_and_asks_where_it_is_split() -> None:
    members = [Ridge(), KNeighborsRegressor(3), RandomForestRegressor(5)]
    committee = CommitteeRegressor(members, X_training=XD[:30], y_training=YD[:30])
    mean, std = committee.predict(XD, return_std=True)
    votes = committee.vote(XD)
    assert votes.shape == (442, 3)
    np.testing.assert_allclose(mean, votes.mean(axis=1))
    np.testing.assert_allclose(std, votes.std(axis=1))
    assert committee.query(XD)[0].tolist() == [int(std.argmax())]
    committee.rebag()
    assert not np.allclose(committee.predict(XD), mean)
    with pytest.raises(StrategyError, match="made of regressors"):
        CommitteeRegressor([Ridge(), GaussianNB()])
    with pytest.raises(StrategyError, match="made of classifiers"):
        Committee([Ridge()])


def test_a_bootstrap_of_numbers_draws_any_rows() -> None:
    plain = ActiveLearner(LinearRegression(), "random", XD[:30], YD[:30], random_state=0)
    drawn = ActiveLearner(
        LinearRegression(), "random", XD[:30], YD[:30], random_state=0, bootstrap_init=True
    )
    assert not np.allclose(plain.predict(XD), drawn.predict(XD))


@pytest.mark.parametrize("metric", ["mean_absolute_error", "root_mean_squared_error", "r2", None])
def test_a_run_of_numbers_is_played_and_scored_with_a_range(metric: str | None) -> None:
    options: dict[str, Any] = {"estimator": Ridge(0.1), "metric": metric, "n_initial": 10}
    rounds = list(simulate(XD, YD, budget=30, batch_size=10, seed=1, **options))
    assert [r.n_labels for r in rounds] == [10, 20, 30]
    assert all(r.low <= r.score <= r.high for r in rounds)
    assert rounds[0].n_test == 110
    again = list(simulate(XD, YD, budget=30, batch_size=10, seed=1, **options))
    assert [r.rows.tolist() for r in rounds] == [r.rows.tolist() for r in again]


def test_whole_numbers_are_split_like_any_numbers_with_no_care_for_rare_values() -> None:
    whole = np.round(YD)
    rounds = list(simulate(XD, whole, estimator=Ridge(), budget=20, seed=0))
    assert rounds[0].n_test == round(0.25 * len(whole))


def test_regressors_are_compared_and_lower_errors_are_better() -> None:
    steep = np.arange(60.0)
    table, truth = steep[:, None], steep**2
    found = compare(
        table,
        truth,
        estimators={"nearest": KNeighborsRegressor(1)},
        strategies=["greedy_x"],
        seeds=8,
        n_initial=3,
        budget=12,
        target=400.0,
    )
    random, greedy = found.verdicts()
    assert found.metric == "mean_absolute_error"
    assert greedy.aubc_mean < random.aubc_mean
    assert greedy.effect is not None
    assert greedy.effect.gain > 0
    text = " ".join(found.sentences())
    assert "lower than random" in text
    assert "right" not in text
    assert "points" not in text


@pytest.mark.parametrize(
    "wrong", [{"target": -1.0}, {"metric": "accuracy"}, {"noise": 0.1}], ids=str
)
def test_what_does_not_fit_numbers_is_refused_before_the_first_run(wrong: dict[str, Any]) -> None:
    with pytest.raises(SettingsError):
        compare(XD, YD, estimators={"r": Ridge()}, strategies=["greedy_x"], seeds=1, **wrong)
    with pytest.raises(StrategyError, match="is for a classifier"):
        compare(XD, YD, estimators={"r": Ridge()}, strategies=["margin"], seeds=1)


# -- Optimisation.


def hill(x: np.ndarray) -> np.ndarray:
    return -((x[:, 0] - 3.2) ** 2)


@pytest.mark.parametrize(
    "strategy", ["expected_improvement", "probability_of_improvement", "upper_confidence_bound"]
)
def test_an_optimiser_finds_the_top_of_a_hill(strategy: str) -> None:
    grid = np.linspace(0, 10, 101)[:, None]
    ends = grid[[0, 100]]
    optimizer = BayesianOptimizer(GaussianProcessRegressor(), strategy, ends, hill(ends))
    for _ in range(12):
        _, rows = optimizer.query(grid)
        optimizer.teach(rows, hill(rows))
    place, height = optimizer.get_max()
    assert abs(place[0] - 3.2) < 0.6
    assert height == optimizer.y_max > -0.4


def test_an_optimiser_takes_any_regressor_and_no_classifier() -> None:
    forest = BayesianOptimizer(RandomForestRegressor(5), X_training=XD[:20], y_training=YD[:20])
    assert len(forest.query(XD[20:], 3)[0]) == 3
    assert forest.get_max()[1] == YD[:20].max()
    empty = BayesianOptimizer(GaussianProcessRegressor())
    assert empty.get_max() == (None, -np.inf)
    with pytest.raises(StrategyError, match="no regressor"):
        BayesianOptimizer(model())


# -- Tags.


@pytest.mark.parametrize("chain", [False, True])
def test_tags_are_learned_all_at_once_and_none_is_an_answer(chain: bool) -> None:
    learner = ActiveLearner(TagModel(chain=chain), X_training=XT[:30], y_training=YT[:30])
    assert (YT[:30].sum(axis=1) == 0).any()
    assert (learner.query_strategy, learner.answers) == ("min_confidence", "tags")
    indices, rows = learner.query(XT[30:], 5)
    learner.teach(rows, YT[30:][indices])
    assert learner.predict(XT).shape == learner.predict_proba(XT).shape == YT.shape
    assert 0.3 < learner.score(XT, YT) <= 1
    assert learner.classes_.tolist() == [0, 1, 2]


def test_a_tag_that_no_row_has_yet_is_answered_so() -> None:
    labels = YT[:30].copy()
    labels[:, 1] = 0
    learner = ActiveLearner(TagModel(), X_training=XT[:30], y_training=labels)
    assert (learner.predict(XT)[:, 1] == 0).all()


def test_tables_that_are_no_tags_are_refused() -> None:
    learner = ActiveLearner(TagModel(), "random", XT[:9], YT[:9])
    for wrong, told in ((YT[9:11, :2], "2 columns"), ([["a"], ["b"]], "table of 0 and 1")):
        with pytest.raises(LabelError, match=told):
            learner.teach(XT[9:11], wrong)
    with pytest.raises(LabelError, match="TagModel"):
        ActiveLearner(model(), "margin", XT[:9], YT[:9])


@pytest.mark.parametrize("metric", ["f1_micro", "f1_macro", "subset_accuracy", "hamming", None])
def test_a_run_of_tags_is_played_and_scored_with_a_range(metric: str | None) -> None:
    rounds = list(
        simulate(XT, YT, estimator=TagModel(), metric=metric, n_initial=10, budget=14, seed=2)
    )
    assert rounds[-1].n_labels == 14
    assert all(0 <= r.low <= r.score <= r.high <= 1 for r in rounds)


def test_models_of_tags_are_compared() -> None:
    found = compare(
        XT,
        YT,
        estimators={"one each": TagModel(), "chain": TagModel(chain=True)},
        strategies=["max_score"],
        seeds=2,
        n_initial=10,
        budget=12,
    )
    assert found.metric == "f1_micro"
    assert not found.errors
    assert len(found.sentences()) > 1


# -- What scikit-learn sees.


LEARNERS = [
    ActiveLearner(LogisticRegression(max_iter=1000), "entropy", X[FIRST], y[FIRST], random_state=3),
    Committee([GaussianNB(), GaussianNB()], "bald", X[FIRST], y[FIRST], bootstrap=True),
    ActiveLearner(Ridge(), X_training=XD[:9], y_training=YD[:9]),
    CommitteeRegressor([Ridge(), Ridge(2.0)], X_training=XD[:9], y_training=YD[:9]),
    BayesianOptimizer(Ridge(), X_training=XD[:9], y_training=YD[:9]),
]


@pytest.mark.parametrize("learner", LEARNERS, ids=lambda one: type(one).__name__)
def test_a_clone_has_the_settings_and_no_label(learner: Any) -> None:
    twin = clone(learner)
    assert type(twin) is type(learner)
    assert twin.X_training is None
    assert twin.get_params(deep=False).keys() == learner.get_params(deep=False).keys()
    assert twin.get_params()["query_strategy"] == learner.get_params()["query_strategy"]
    assert len(learner.y_training) > 0


@pytest.mark.parametrize("learner", LEARNERS, ids=lambda one: type(one).__name__)
def test_a_learner_is_cross_validated_like_an_estimator(learner: Any) -> None:
    numbers = learner.answers == "numbers"
    assert (is_regressor(learner), is_classifier(learner)) == (numbers, not numbers)
    scores = cross_val_score(learner, *((XD, YD) if numbers else (X, y)), cv=3)
    assert scores.shape == (3,)
    assert scores.mean() > (0.1 if numbers else 0.85)


def test_settings_of_the_estimator_are_searched_through_the_learner() -> None:
    search = GridSearchCV(ActiveLearner(model()), {"estimator__C": [1e-4, 1.0]}, cv=3).fit(X, y)
    assert search.best_params_ == {"estimator__C": 1.0}
    learner = ActiveLearner(model(), "margin", X[FIRST], y[FIRST])
    learner.set_params(estimator__C=1e-4)
    assert learner.estimator.C == 1e-4
    assert len(learner.y_training) == 6
    with pytest.raises(SettingsError, match="no setting named 'colour'"):
        learner.set_params(colour="red")


def test_a_learner_says_in_one_line_what_it_is() -> None:
    told = repr(ActiveLearner(GaussianNB(), "margin", X[FIRST], y[FIRST]))
    assert told == "ActiveLearner(GaussianNB(), 'margin', 6 labels of 3 classes)"
    assert repr(ActiveLearner(Ridge())) == "ActiveLearner(Ridge(), 'greedy_x', 0 labels)"
    committee = repr(Committee([GaussianNB(), model()], "bald", X[FIRST], y[FIRST]))
    assert "2 members: GaussianNB, LogisticRegression; 'bald', 6 labels of 3 classes" in committee
    tags = repr(ActiveLearner(TagModel(), "random", XT[:9], YT[:9]))
    assert tags.endswith("'random', 9 labels of 3 tags)")


def test_distances_are_taken_where_the_person_says() -> None:
    stretched = XD * np.array([1e4] + [1.0] * 9)
    scaled = make_pipeline(StandardScaler(), Ridge())
    asked = [
        ActiveLearner(scaled, "greedy_x", rows[:9], YD[:9], on_transformed=on).query(rows, 5)[0]
        for rows in (XD, stretched)
        for on in (True, False)
    ]
    assert asked[0].tolist() == asked[2].tolist()
    assert asked[1].tolist() != asked[3].tolist()


def test_a_committee_of_pipelines_measures_distances_behind_them() -> None:
    frame = pd.DataFrame(X, columns=list("abcd")).assign(word=np.where(y > 0, "x", "y"))
    members = [make_pipeline(StandardScaler(), GaussianNB()) for _ in range(2)]
    stretched = X * np.array([1e5, 1, 1, 1])
    picks = [
        Committee(members, "core_set", rows[FIRST], y[FIRST]).query(rows, 4)[0].tolist()
        for rows in (X, stretched)
    ]
    assert picks[0] == picks[1]
    with pytest.raises(PoolError, match="have 'word' besides"):
        Committee(members, "core_set", frame[list("abcd")].iloc[FIRST], y[FIRST]).query(frame)


@pytest.mark.parametrize("gap", [None, np.nan, ""])
def test_rows_without_a_label_are_left_out_where_that_is_asked_for(gap: Any) -> None:
    names = np.array(["a", "b", "c"])[y].astype(object)
    names[::2] = gap
    learner = ActiveLearner(model(), "margin", random_state=0)
    learner.teach(X, names, skip_missing=True)
    assert learner.X_training.shape == (75, 4)
    assert set(learner.classes_) == {"a", "b", "c"}
    numbers = ActiveLearner(Ridge(), "random")
    numbers.teach(XD[:4], [1.0, gap, 2.0, 3.0], skip_missing=True)
    assert numbers.y_training.tolist() == [1.0, 2.0, 3.0]


# -- Streams.


@pytest.mark.parametrize("stream", [FixedUncertainty(Budget(0.2)), SplitStream(Budget(0.2))])
def test_a_stream_spends_its_budget_and_no_more(stream: Any) -> None:
    rng, fitted = np.random.default_rng(0), model().fit(X[:, :2], y)
    asked = [stream.should_query(fitted, row) for row in rng.normal((5.8, 3.0), 0.8, (600, 2))]
    assert 30 < sum(asked) <= 121


def test_a_fixed_threshold_stays_and_a_split_stream_says_which_rows_were_random() -> None:
    fitted = model().fit(X, y)
    fixed = FixedUncertainty(Budget(1.0), threshold=0.5)
    assert [fixed.should_query(fitted, X[0]) for _ in range(3)] == [False] * 3
    split = SplitStream(Budget(1.0), share=0.3, seed=1)
    random = [split.was_random for row in X if split.should_query(fitted, row) in (True, False)]
    assert 25 < sum(random) < 65
    with pytest.raises(StrategyError, match="from 0 to 1"):
        SplitStream(share=2.0)
