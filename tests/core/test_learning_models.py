"""The eight models and their traps; fitting as a function of the set of labels."""

from __future__ import annotations

import warnings
from threading import Event, Thread

import numpy as np
import pytest
from scipy import sparse
from sklearn.cluster import KMeans
from sklearn.datasets import load_breast_cancer
from sklearn.ensemble import HistGradientBoostingClassifier, RandomForestClassifier
from sklearn.linear_model import LinearRegression, LogisticRegression
from sklearn.neighbors import KNeighborsClassifier
from sklearn.pipeline import make_pipeline
from sklearn.preprocessing import StandardScaler
from threadpoolctl import threadpool_info

from al_core.errors import LabelError, NotFittedError, SettingsError, StrategyError
from al_core.learning import (
    MODELS,
    class_probabilities,
    fit_model,
    get_model,
    initial_rows,
    models_for,
    recommend_model,
    why_recommended,
)
from al_core.learning.models.threads import one_thread

X, Y = load_breast_cancer(return_X_y=True)
X = StandardScaler().fit_transform(X).astype(np.float32)


@pytest.mark.parametrize("name", MODELS)
@pytest.mark.parametrize("seed", range(2))
def test_ten_labels_give_at_least_three_different_utilities(name: str, seed: int) -> None:
    rows = np.sort(initial_rows(X, 10, "random", seed, Y))
    proba = class_probabilities(fit_model(MODELS[name].make(), X[rows], Y[rows], seed), X)
    assert len(np.unique(np.abs(proba[:, 0] - proba[:, 1]))) >= 3


@pytest.mark.parametrize("name", MODELS)
def test_two_labels_and_ten_classes_fit_without_a_warning(name: str) -> None:
    rng = np.random.default_rng(0)
    many = rng.normal(size=(30, 4)), np.repeat(np.arange(10), 3)
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        two = fit_model(MODELS[name].make(), X[[0, 19]], Y[[0, 19]])
        ten = fit_model(MODELS[name].make(), *many)
        assert class_probabilities(two, X).shape == (569, 2)
        assert class_probabilities(ten, many[0]).sum(axis=1) == pytest.approx(1)


@pytest.mark.parametrize("name", [name for name, spec in MODELS.items() if spec.sparse])
def test_models_that_say_so_take_sparse_rows(name: str) -> None:
    rows = sparse.csr_array(X[:40] * (X[:40] > 1))
    model = fit_model(MODELS[name].make(), rows, Y[:40])
    assert class_probabilities(model, rows).shape == (40, 2)


@pytest.mark.parametrize("name", MODELS)
def test_the_same_seed_gives_the_same_model_and_leaves_the_estimator_alone(name: str) -> None:
    estimator = MODELS[name].make()
    before = str(estimator.get_params())
    first, second = (fit_model(estimator, X[:60], Y[:60], seed=3) for _ in range(2))
    assert (class_probabilities(first, X) == class_probabilities(second, X)).all()
    assert str(estimator.get_params()) == before
    assert not hasattr(estimator, "classes_")


def test_the_seed_reaches_an_estimator_inside_a_pipeline_but_not_one_that_has_its_own() -> None:
    pipeline = make_pipeline(StandardScaler(), RandomForestClassifier(3))
    assert fit_model(pipeline, X[:30], Y[:30], seed=7)[-1].random_state == 7
    own = RandomForestClassifier(3, random_state=1)
    assert fit_model(own, X[:30], Y[:30], seed=7).random_state == 1


def test_boosting_and_neighbours_are_sized_at_each_fit_also_in_a_pipeline() -> None:
    boosting = make_pipeline(StandardScaler(), HistGradientBoostingClassifier(max_iter=2))
    assert fit_model(boosting, X[:30], Y[:30])[-1].min_samples_leaf == 3
    nearest = KNeighborsClassifier(5)
    assert fit_model(nearest, X[17:20], Y[17:20]).n_neighbors == 3
    own_choice = HistGradientBoostingClassifier(max_iter=2, min_samples_leaf=7)
    assert fit_model(own_choice, X[:30], Y[:30]).min_samples_leaf == 7


def test_text_models_and_large_pools_get_a_linear_default() -> None:
    assert recommend_model(5_000, 40, sparse=False) == "balanced_vote"
    assert recommend_model(5_000, 40, sparse=True) == "logistic_regression"
    assert recommend_model(50_000, 40, sparse=False) == "logistic_regression"


def test_the_menu_says_why_a_model_is_hidden() -> None:
    reasons = {spec.name: reason for spec, reason in models_for(1_000, 5_000, sparse=True)}
    assert reasons["logistic_regression"] == ""
    assert "cannot read free text" in reasons["naive_bayes"]
    large = {spec.name: reason for spec, reason in models_for(1_000_000, 20, sparse=False)}
    assert "too slow for 1,000,000 rows" in large["svm"]
    assert models_for(1_000, 20, sparse=False)[0][0].name == "balanced_vote"


def test_the_recommended_model_is_named_with_its_reason() -> None:
    for shape in ((5_000, 40, False), (5_000, 40, True), (50_000, 40, False), (500, 2_000, False)):
        title = MODELS[recommend_model(*shape)].title
        assert why_recommended(*shape).startswith(f"{title}: ")
    assert (
        len({why_recommended(*s) for s in ((9, 9, False), (9, 9, True), (50_000, 9, False))}) == 3
    )


def test_an_unknown_model_lists_those_that_exist() -> None:
    with pytest.raises(SettingsError, match=r"no model named 'xgb'.*extra_trees"):
        get_model("xgb")


@pytest.mark.parametrize("estimator", [KMeans(2), LogisticRegression, "svm"])
def test_what_neither_classifies_nor_regresses_is_refused(estimator: object) -> None:
    with pytest.raises(StrategyError, match="no classifier and no regressor"):
        fit_model(estimator, X[:30], Y[:30])


def test_a_regressor_needs_numbers() -> None:
    assert fit_model(LinearRegression(), [[0.0], [2.0]], [1, 5]).predict([[1.0]]) == [3.0]
    with pytest.raises(LabelError, match="A regressor learns numbers and got labels such as"):
        fit_model(LinearRegression(), X[:30], np.where(Y[:30] == Y[0], "yes", "no"))


def test_one_class_is_too_few_to_fit() -> None:
    with pytest.raises(NotFittedError, match="only the class a so far"):
        fit_model(LogisticRegression(), X[:3], ["a", "a", "a"])


def test_probabilities_say_what_is_missing() -> None:
    with pytest.raises(NotFittedError, match="has not been fitted"):
        class_probabilities(LogisticRegression(), X)
    with pytest.raises(StrategyError, match="neither predict_proba nor decision_function"):
        class_probabilities(object(), X)


def _blas_threads() -> set[int]:
    return {lib["num_threads"] for lib in threadpool_info() if lib["user_api"] == "blas"}


def test_blas_is_pinned_until_the_last_of_several_threads_is_done() -> None:
    before, seen = _blas_threads(), []

    def other() -> None:
        with one_thread():
            pass
        seen.append(_blas_threads())

    with one_thread(), one_thread():
        thread = Thread(target=other)
        thread.start()
        thread.join()
        assert _blas_threads() == {1}
    assert seen == [{1}]
    assert _blas_threads() == before


def test_blas_is_pinned_by_whichever_thread_comes_although_the_first_lives_on() -> None:
    before, seen = _blas_threads(), []
    begun, done = Event(), Event()

    def first() -> None:
        with one_thread():
            pass
        begun.set()
        done.wait()

    def last_to_leave(entered: Event, leave: Event) -> None:
        with one_thread():
            seen.append(_blas_threads())
            entered.set()
            leave.wait()

    Thread(target=first, daemon=True).start()
    begun.wait()
    entered, leave = Event(), Event()
    with one_thread():
        assert _blas_threads() == {1}
        thread = Thread(target=last_to_leave, args=(entered, leave), daemon=True)
        thread.start()
        entered.wait()
    assert _blas_threads() == {1}
    leave.set()
    thread.join()
    done.set()
    assert seen == [{1}]
    assert _blas_threads() == before
