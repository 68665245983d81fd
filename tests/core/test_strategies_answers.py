"""What every strategy for numbers and for tags promises, checked on each; formulas by hand."""

from __future__ import annotations

import warnings
from collections.abc import Iterator
from dataclasses import replace
from typing import Any

import numpy as np
import pytest
from scipy import sparse
from scipy.spatial.distance import cdist
from scipy.stats import norm
from sklearn.ensemble import ExtraTreesRegressor, RandomForestClassifier, RandomForestRegressor
from sklearn.exceptions import ConvergenceWarning
from sklearn.gaussian_process import GaussianProcessRegressor
from sklearn.linear_model import BayesianRidge, LinearRegression, LogisticRegression, Ridge
from sklearn.multiclass import OneVsRestClassifier
from sklearn.multioutput import ClassifierChain, MultiOutputClassifier
from sklearn.pipeline import make_pipeline
from sklearn.preprocessing import StandardScaler
from sklearn.svm import SVC

from al_core.errors import PoolError, StrategyError
from al_core.learning import (
    ActiveLearner,
    Query,
    TagModel,
    get_strategy,
    strategies_for,
)
from al_core.learning.models.tags import tag_distances, tag_probabilities
from al_core.learning.models.threads import one_thread
from al_core.learning.querying.pick import run_strategy
from al_core.learning.strategies.tags._trial import WEIGHTS, margin_loss
from al_core.learning.strategies.tags.label_sets import inconsistency, narrowness

N, L = 24, 10
KINDS = ("numbers", "tags")
EACH = [(kind, name) for kind in KINDS for name in strategies_for(kind)]
UTILITY = [pair for pair in EACH if get_strategy(pair[1]).kind == "utility"]
# It needs a model with return_std; all others take any.
SAYS_STD = "predictive_std"


@pytest.fixture(autouse=True)
def _no_warning() -> Iterator[None]:
    with warnings.catch_warnings(), one_thread():
        warnings.simplefilter("error")
        # How well a Gaussian process finds its kernel is not ours.
        warnings.simplefilter("ignore", ConvergenceWarning)
        yield


def rows(n: int, seed: int) -> np.ndarray:
    return np.random.default_rng(seed).normal(size=(n, 3))


def labels(kind: str, X: np.ndarray) -> np.ndarray:
    if kind == "numbers":
        return X[:, 0] + 0.5 * X[:, 1] ** 2
    return np.stack([X[:, 0] > 0, X[:, 1] > 0.3, X[:, 0] + X[:, 2] > 1], axis=1).astype(np.int8)


def asked(kind: str, estimator: Any = None, form: str = "dense", **given: Any) -> Query:
    X, X_labelled = rows(N, 1), rows(L, 2)
    y = labels(kind, X_labelled)
    usual: Any = BayesianRidge() if kind == "numbers" else TagModel(LogisticRegression())
    if form == "csr":
        X, X_labelled = (sparse.csr_matrix(np.maximum(one, 0)) for one in (X, X_labelled))
        usual = ExtraTreesRegressor(5, random_state=0) if kind == "numbers" else usual
    estimator = usual if estimator is None else estimator
    defaults = {"rng": np.random.default_rng(given.pop("seed", 0)), "X_pool": X}
    model = estimator.fit(X_labelled, y)
    whole = {"X_labelled": X_labelled, "y_labelled": y, "estimator": estimator}
    return Query(model, **{**defaults, **whole, **given})


def picks(name: str, query: Query) -> np.ndarray:
    return run_strategy(get_strategy(name), query)[0]


@pytest.mark.parametrize(("kind", "name"), EACH)
@pytest.mark.parametrize("form", ["dense", "csr"])
def test_as_many_different_rows_are_picked_as_asked(kind: str, name: str, form: str) -> None:
    if form == "csr" and name == SAYS_STD:
        pytest.skip("models that give a standard deviation take dense rows only")
    chosen = picks(name, asked(kind, form=form, n_instances=7))
    assert len(set(chosen.tolist())) == 7
    assert set(chosen.tolist()) <= set(range(N))


@pytest.mark.parametrize(("kind", "name"), UTILITY)
def test_every_row_gets_one_finite_utility(kind: str, name: str) -> None:
    utilities = get_strategy(name)(asked(kind))
    assert utilities.shape == (N,)
    assert np.isfinite(utilities).all()


@pytest.mark.parametrize(("kind", "name"), EACH)
def test_shuffled_rows_give_the_same_picks_where_there_is_no_chance(kind: str, name: str) -> None:
    strategy = get_strategy(name)
    if not strategy.deterministic:
        pytest.skip("chance is drawn for each row in order")
    query, order = asked(kind, n_instances=5), np.random.default_rng(5).permutation(N)
    shuffled = asked(kind, X_pool=query.X_pool[order], n_instances=5)
    if strategy.kind == "utility":
        np.testing.assert_allclose(strategy(shuffled), strategy(query)[order], atol=1e-12)
    else:
        assert order[picks(name, shuffled)].tolist() == picks(name, query).tolist()


@pytest.mark.parametrize(("kind", "name"), EACH)
def test_the_same_seed_gives_the_same_rows(kind: str, name: str) -> None:
    runs = [picks(name, asked(kind, seed=3, n_instances=4)).tolist() for _ in range(2)]
    assert runs[0] == runs[1]


@pytest.mark.parametrize(("kind", "name"), EACH)
def test_model_and_rows_are_left_as_they_were_and_no_other_chance_is_used(
    kind: str, name: str
) -> None:
    query = asked(kind, n_instances=3)
    before = [query.X_pool.copy(), query.X_labelled.copy(), query.y_labelled.copy()]
    guesses, state = query.model.predict(rows(5, 9)), np.random.get_state()[1].copy()
    picks(name, query)
    after = [query.X_pool, query.X_labelled, query.y_labelled]
    assert all(np.array_equal(a, b) for a, b in zip(before, after, strict=True))
    np.testing.assert_array_equal(query.model.predict(rows(5, 9)), guesses)
    assert (np.random.get_state()[1] == state).all()


@pytest.mark.parametrize(("kind", "name"), EACH)
def test_copies_of_one_row_are_never_picked_twice_over(kind: str, name: str) -> None:
    X = np.repeat(rows(N, 1)[:3], [4, 3, 2], axis=0)
    chosen = picks(name, asked(kind, X_pool=X, n_instances=9))
    assert sorted(chosen.tolist()) == list(range(9))


@pytest.mark.parametrize(("kind", "name"), EACH)
def test_pools_of_one_row_none_and_too_few(kind: str, name: str) -> None:
    assert picks(name, asked(kind, X_pool=rows(1, 1))).tolist() == [0]
    with pytest.raises(PoolError, match="pool is empty"):
        picks(name, asked(kind, X_pool=np.empty((0, 3))))
    with pytest.raises(PoolError, match=f"only {N}"):
        picks(name, asked(kind, n_instances=N + 1))


@pytest.mark.parametrize(("kind", "name"), EACH)
def test_a_keyword_nobody_knows_and_needless_costs_are_refused(kind: str, name: str) -> None:
    with pytest.raises(StrategyError, match="does not know the keyword betta"):
        picks(name, asked(kind, params={"betta": 2.0}))
    with pytest.raises(StrategyError, match="does not use costs"):
        picks(name, asked(kind, costs=np.ones(N)))


@pytest.mark.parametrize(("kind", "name"), EACH)
def test_a_strategy_says_what_it_is(kind: str, name: str) -> None:
    strategy = get_strategy(name)
    doc = strategy.function.__doc__ or ""
    assert kind in strategy.answers
    assert strategy.summary.endswith(".")
    assert strategy.paper
    assert [part for part in (">>>", "Cost:", "Formula:") if part not in doc] == []


REGRESSORS = [
    GaussianProcessRegressor(random_state=0),
    RandomForestRegressor(5, random_state=0),
    LinearRegression(),
    make_pipeline(StandardScaler(), Ridge()),
]
TAGGERS = [
    TagModel(SVC()),
    TagModel(chain=True),
    OneVsRestClassifier(LogisticRegression()),
    MultiOutputClassifier(LogisticRegression()),
    ClassifierChain(LogisticRegression()),
    RandomForestClassifier(5, random_state=0),
    make_pipeline(StandardScaler(), TagModel()),
]


@pytest.mark.parametrize("name", strategies_for("numbers"))
@pytest.mark.parametrize("estimator", REGRESSORS, ids=lambda e: type(e).__name__)
def test_a_learner_of_numbers_asks_by_every_strategy(name: str, estimator: Any) -> None:
    X = rows(L, 2)
    learner = ActiveLearner(estimator, name, X, labels("numbers", X), random_state=0)
    if name == SAYS_STD and type(estimator) is not GaussianProcessRegressor:
        with pytest.raises(StrategyError, match="prediction_spread"):
            learner.query(rows(N, 1))
    else:
        assert len(set(learner.query(rows(N, 1), 3)[0].tolist())) == 3


@pytest.mark.parametrize("name", strategies_for("tags"))
@pytest.mark.parametrize("estimator", TAGGERS, ids=lambda e: type(e).__name__)
def test_a_learner_of_tags_asks_by_every_strategy(name: str, estimator: Any) -> None:
    X = rows(L, 2)
    learner = ActiveLearner(estimator, name, X, labels("tags", X), random_state=0)
    assert learner.answers == "tags"
    assert len(set(learner.query(rows(N, 1), 3)[0].tolist())) == 3


def test_a_strategy_for_other_answers_is_refused_with_those_that_fit() -> None:
    X = rows(L, 2)
    for estimator, kind, wrong in (
        (LinearRegression(), "numbers", "margin"),
        (TagModel(), "tags", "greedy_xy"),
        (LogisticRegression(), "classes", "min_confidence"),
    ):
        y = labels(kind, X) if kind != "classes" else labels("tags", X)[:, 0]
        with pytest.raises(StrategyError, match=f"{wrong}.*Choose one of: .*random"):
            ActiveLearner(estimator, wrong, X, y).query(rows(N, 1))


# -- Formulas, written again as plainly as can be.


def test_greedy_sampling_takes_the_farthest_of_the_nearest() -> None:
    query = asked("numbers", n_instances=4)
    X, known = query.X_pool, query.X_labelled
    for name in ("greedy_x", "greedy_y", "greedy_xy"):
        guess, y = query.model.predict(X), list(query.y_labelled)
        seen, expected = list(known), []
        for _ in range(4):
            dx, dy = cdist(X, seen), np.abs(guess[:, None] - np.array(y)[None])
            near = {"greedy_x": dx, "greedy_y": dy, "greedy_xy": dx * dy}[name].min(axis=1)
            near[expected] = -1
            expected.append(int(near.argmax()))
            seen.append(X[expected[-1]])
            y.append(guess[expected[-1]])
        assert picks(name, query).tolist() == expected, name


def test_the_spread_of_a_forest_is_that_of_its_trees() -> None:
    forest = RandomForestRegressor(6, random_state=0)
    query = asked("numbers", forest)
    trees = np.array([tree.predict(query.X_pool) for tree in forest.estimators_])
    np.testing.assert_allclose(get_strategy("prediction_spread")(query), trees.std(axis=0))
    gradient = np.abs(trees - forest.predict(query.X_pool)).mean(axis=0)
    lengths = np.linalg.norm(query.X_pool, axis=1)
    found = get_strategy("model_change_maximisation")(query)
    np.testing.assert_allclose(found, gradient * lengths)


def test_acquisition_functions_against_draws_of_a_normal_variable() -> None:
    query = asked("numbers", GaussianProcessRegressor(alpha=0.3))
    mean, std = query.model.predict(query.X_pool, return_std=True)
    best = query.y_labelled.max()
    draws = norm.ppf((np.arange(20_000) + 0.5) / 20_000)[:, None] * std + mean
    found = {
        n: get_strategy(n)(query) for n in strategies_for("numbers") if "_of_" in n or "exp" in n
    }
    improvement = np.maximum(draws - best, 0).mean(axis=0)
    np.testing.assert_allclose(found["expected_improvement"], improvement, atol=2e-3)
    chance = (draws > best).mean(axis=0)
    np.testing.assert_allclose(found["probability_of_improvement"], chance, atol=1e-3)
    bound = get_strategy("upper_confidence_bound")(replace(query, params={"beta": 2.5}))
    np.testing.assert_allclose(bound, mean + 2.5 * std)


def test_losses_of_one_tag_alone_row_by_row() -> None:
    query = asked("tags", TagModel(SVC()))
    f = tag_distances(query.model, query.X_pool)
    p = tag_probabilities(query.model, query.X_pool)
    n, k = f.shape

    def loss(i: int, j: int) -> float:
        return sum(max(0.0, 1 - (1 if c == j else -1) * f[i, c]) for c in range(k))

    largest = [loss(i, int(f[i].argmax())) for i in range(n)]
    means = [np.mean([loss(i, j) for j in range(k)]) for i in range(n)]
    np.testing.assert_allclose(get_strategy("max_loss")(query), largest)
    np.testing.assert_allclose(get_strategy("mean_max_loss")(query), means)
    np.testing.assert_allclose(get_strategy("binary_minimum")(query), -np.abs(f).min(axis=1))
    usual = query.y_labelled.sum(axis=1).mean()
    found = get_strategy("cardinality_inconsistency")(query)
    np.testing.assert_allclose(found, [abs((row > 0).sum() - usual) for row in f])
    np.testing.assert_allclose(get_strategy("avg_score")(query), (2 * p - 1).mean(axis=1))


def entropy(shares: list[float]) -> float:
    return -sum(s * np.log(s) for s in shares if s > 0)


def test_inconsistency_of_tag_vectors_pair_by_pair() -> None:
    rng = np.random.default_rng(0)
    A, B = rng.random((6, 5)) > 0.5, rng.random((4, 5)) > 0.6
    A[0] = ~B[0]
    expected = np.empty((6, 4))
    for i, a in enumerate(A):
        for j, b in enumerate(B):
            cells = [np.mean((a == x) & (b == y)) for x in (0, 1) for y in (0, 1)]
            joint = entropy(cells)
            single = entropy([a.mean(), 1 - a.mean()]) + entropy([b.mean(), 1 - b.mean()])
            expected[i, j] = (2 * joint - single) / joint if joint else 0.0
            if (a != b).all():
                expected[i, j] = 1.0
    np.testing.assert_allclose(inconsistency(A, B), expected.mean(axis=1), atol=1e-12)


def test_the_narrowest_row_in_every_tag_has_the_highest_borda_score() -> None:
    p = np.array([[0.5, 0.55], [0.9, 0.8], [0.7, 0.1]])
    # Places by |2p - 1|: tag 0 is 1, 3, 2; tag 1 is 1, 2, 3. (3 - place) summed, over 2 * 2.
    np.testing.assert_allclose(narrowness(p), [1.0, 0.25, 0.25])


def test_a_weight_by_trial_asks_the_row_that_leaves_the_smallest_loss() -> None:
    query = asked("tags", params={"beta": "trial"})
    chosen = int(get_strategy("margin_and_cardinality")(query).argmax())
    guessed = query.model.predict(query.X_pool)
    left = {}
    for weight in WEIGHTS:
        utilities = get_strategy("margin_and_cardinality")(asked("tags", params={"beta": weight}))
        for row in np.flatnonzero(utilities == utilities.max()):
            model = TagModel(LogisticRegression()).fit(
                np.vstack([query.X_labelled, query.X_pool[[row]]]),
                np.vstack([query.y_labelled, guessed[[row]]]),
            )
            left[row] = margin_loss(tag_distances(model, query.X_pool))
    assert len(left) > 2
    assert left[chosen] == pytest.approx(min(left.values()))


def test_a_weight_of_another_name_is_refused() -> None:
    with pytest.raises(StrategyError, match="trial"):
        get_strategy("margin_and_cardinality")(asked("tags", params={"beta": "best"}))
