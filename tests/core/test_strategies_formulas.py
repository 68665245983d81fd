"""Strategies against their formulas, written again here as plainly as can be."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import product as all_of
from typing import Any

import numpy as np
import pytest
from scipy.spatial.distance import cdist
from sklearn.base import clone
from sklearn.ensemble import RandomForestClassifier
from sklearn.linear_model import LogisticRegression
from sklearn.naive_bayes import GaussianNB

from al_core.errors import NotFittedError, StrategyError
from al_core.learning.learners.committee import Committee
from al_core.learning.models.threads import one_thread
from al_core.learning.strategies import STRATEGIES, Query

N = 30


@pytest.fixture(autouse=True)
def _one_thread() -> Iterator[None]:
    with one_thread():
        yield


def rows(k: int = 3, seed: int = 0) -> tuple[np.ndarray, np.ndarray]:
    rng = np.random.default_rng(seed)
    codes = np.arange(N) % k
    return rng.normal(size=(N, 3)) + 1.2 * codes[:, None], codes


def query(k: int = 3, estimator: Any = None, **given: Any) -> Query:
    X, _ = rows(k)
    X_labelled, y = rows(k, 1)
    estimator = LogisticRegression() if estimator is None else clone(estimator)
    model = estimator.fit(X_labelled[:12], y[:12])
    return Query(model, X, X_labelled[:12], y[:12], np.unique(y), clone(model), **given)


def run(name: str, asked: Query) -> np.ndarray:
    return STRATEGIES[name](asked)


def entropy_of(p: np.ndarray) -> np.ndarray:
    return -np.sum(np.where(p > 0, p * np.log(np.maximum(p, 1e-300)), 0), axis=-1)


# The committee: modAL's formulas over (members, rows, classes).


@pytest.fixture
def forest() -> Query:
    return query(estimator=RandomForestClassifier(7, max_depth=2, random_state=0))


@pytest.fixture
def opinions(forest: Query) -> np.ndarray:
    return np.stack([tree.predict_proba(forest.X_pool) for tree in forest.model.estimators_])


def test_vote_entropy_is_the_entropy_of_the_votes(forest: Query, opinions: np.ndarray) -> None:
    votes = opinions.argmax(axis=2)
    shares = np.stack([(votes == c).mean(axis=0) for c in range(3)], axis=1)
    np.testing.assert_allclose(run("vote_entropy", forest), entropy_of(shares), atol=1e-9)
    np.testing.assert_allclose(run("variation_ratios", forest), 1 - shares.max(axis=1), atol=1e-9)


def test_consensus_entropy_is_the_entropy_of_the_mean(forest: Query, opinions: np.ndarray) -> None:
    expected = entropy_of(opinions.mean(axis=0))
    np.testing.assert_allclose(run("consensus_entropy", forest), expected, atol=1e-9)


def test_max_disagreement_is_the_largest_divergence(forest: Query, opinions: np.ndarray) -> None:
    mean = opinions.mean(axis=0)
    ratio = np.log(np.maximum(opinions, 1e-300) / np.maximum(mean, 1e-300))
    divergence = np.sum(np.where(opinions > 0, opinions * ratio, 0), axis=2)
    np.testing.assert_allclose(run("max_disagreement", forest), divergence.max(axis=0), atol=1e-9)
    np.testing.assert_allclose(run("bald", forest), divergence.mean(axis=0), atol=1e-9)


def test_batch_bald_is_the_best_pair_given_its_first(opinions: np.ndarray, forest: Query) -> None:
    first, second = run("batch_bald", query_like(forest, n_instances=2))
    gains = []
    for row in range(N):
        joint = 0.0
        for a, b in all_of(range(3), repeat=2):
            p = (opinions[:, first, a] * opinions[:, row, b]).mean()
            joint -= p * np.log(p) if p > 0 else 0.0
        inside = entropy_of(opinions[:, [first, row]]).mean(axis=0).sum()
        gains.append(-np.inf if row == first else joint - inside)
    assert gains[second] == pytest.approx(max(gains))


def test_batch_bald_by_draws_agrees_with_the_exact_one(forest: Query) -> None:
    exact = run("batch_bald", query_like(forest, n_instances=3))
    drawn = query_like(forest, n_instances=3, params={"n_configurations": 8})
    assert set(run("batch_bald", drawn)[:2]) <= set(range(N))
    assert run("batch_bald", drawn)[0] == exact[0]


def query_like(asked: Query, **given: Any) -> Query:
    names = ("model", "X_pool", "X_labelled", "y_labelled", "classes", "estimator")
    return Query(**{**{name: getattr(asked, name) for name in names}, **given})


def test_a_bootstrap_committee_is_formed_where_the_model_has_no_members() -> None:
    utilities = run("bald", query(params={"n_members": 4}))
    assert utilities.min() >= 0
    assert utilities.max() > 0


def test_members_that_know_different_classes_are_brought_together() -> None:
    X, y = rows()
    two, other = y[:12] != 2, y[:12] != 0
    members = [LogisticRegression().fit(X[:12][m], y[:12][m]) for m in (two, other)]
    asked = Query(Committee(members), X, X[:12], y[:12], np.unique(y))
    proba = np.zeros((2, N, 3))
    proba[0][:, :2], proba[1][:, 1:] = (m.predict_proba(X) for m in members)
    expected = entropy_of(proba.mean(axis=0))
    np.testing.assert_allclose(run("consensus_entropy", asked), expected, atol=1e-9)


# Looking ahead: refits one by one, as Roy and McCallum write it.


LOOKED_AT = range(0, N, 4)


def refitted_losses(asked: Query, losses: list[Any]) -> np.ndarray:
    """Minus the expected loss of some rows, (losses, rows), by fitting for every row and class."""
    proba = asked.model.predict_proba(asked.X_pool)
    expected = np.zeros((len(losses), len(LOOKED_AT)))
    for j, i in enumerate(LOOKED_AT):
        others = np.delete(asked.X_pool, i, axis=0)
        for c, label in enumerate(asked.model.classes_):
            X = np.vstack([asked.X_labelled, asked.X_pool[i]])
            again = clone(asked.estimator).fit(X, np.append(asked.y_labelled, label))
            means = [loss(again.predict_proba(others)).mean() for loss in losses]
            expected[:, j] -= proba[i, c] * np.array(means)
    return expected


ESTIMATORS = {
    "logistic": LogisticRegression(C=3.0, tol=1e-10, max_iter=2000),
    "no intercept": LogisticRegression(fit_intercept=False, tol=1e-10, max_iter=2000),
    "naive bayes": GaussianNB(),
    "other": RandomForestClassifier(3, random_state=0),
}


@pytest.mark.parametrize("k", [2, 3])
@pytest.mark.parametrize("name", ESTIMATORS)
def test_expected_error_is_that_of_refits_one_by_one(name: str, k: int) -> None:
    asked = query(k, ESTIMATORS[name])
    log, wrong = refitted_losses(asked, [entropy_of, lambda p: 1 - p.max(axis=1)])
    np.testing.assert_allclose(run("expected_error_log", asked)[LOOKED_AT], log, atol=1e-6)
    np.testing.assert_allclose(run("expected_error_01", asked)[LOOKED_AT], wrong, atol=1e-6)


def test_a_shortlist_weighs_the_unsure_rows_and_puts_the_others_below() -> None:
    exact = run("expected_error_log", query())
    short = run("expected_error_log", query(params={"shortlist": 5}))
    weighed = np.argsort(-run("margin", query()))[:5]
    np.testing.assert_allclose(short[weighed], exact[weighed], atol=1e-9)
    assert short[weighed].min() > np.delete(short, weighed).max()


def test_looking_ahead_with_a_committee_is_refused() -> None:
    X, y = rows()
    committee = Committee([GaussianNB()], "random", X, y)
    with pytest.raises(StrategyError, match="one fitted classifier and got Committee"):
        run("expected_error_log", Query(committee, X, X, y))


def test_expected_model_change_is_the_mean_gradient_length() -> None:
    asked = query()
    proba = asked.model.predict_proba(asked.X_pool)
    expected = np.zeros(N)
    for i, c in all_of(range(N), range(3)):
        gradient = np.outer(proba[i] - np.eye(3)[c], np.append(asked.X_pool[i], 1.0))
        expected[i] += proba[i, c] * np.linalg.norm(gradient)
    np.testing.assert_allclose(run("expected_model_change", asked), expected, atol=1e-9)


# Density and batches.


@pytest.mark.parametrize("similarity", ["cosine", "euclidean", "gaussian"])
def test_density_is_entropy_times_mean_similarity(similarity: str) -> None:
    asked = query(params={"similarity": similarity, "beta": 2.0})
    X = asked.X_pool
    away = cdist(X, X)
    middle = np.median(away[np.triu_indices(N, 1)])
    table = {
        "cosine": 1 - cdist(X, X, "cosine"),
        "euclidean": 1 / (1 + away),
        "gaussian": np.exp(-(away**2) / (2 * middle**2)),
    }
    crowd = np.maximum(table[similarity].mean(axis=1), 0)
    expected = entropy_of(asked.model.predict_proba(X)) * crowd**2
    np.testing.assert_allclose(run("density", asked), expected, atol=1e-9)


def test_ranked_batch_follows_the_published_score() -> None:
    asked = query(n_instances=6)
    known, picks = list(asked.X_labelled), []
    doubt = 1 - asked.model.predict_proba(asked.X_pool).max(axis=1)
    for _ in range(6):
        free = [i for i in range(N) if i not in picks]
        weight = len(free) / (len(free) + len(known))
        alike = 1 / (1 + cdist(asked.X_pool, np.array(known)).min(axis=1))
        score = weight * (1 - alike) + (1 - weight) * doubt
        picks.append(max(free, key=lambda i: score[i]))
        known.append(asked.X_pool[picks[-1]])
    assert run("ranked_batch", asked).tolist() == picks


def test_core_set_takes_the_farthest_row_each_time() -> None:
    asked = query(n_instances=8)
    known, picks = list(asked.X_labelled), []
    for _ in range(8):
        away = cdist(asked.X_pool, np.array(known)).min(axis=1)
        picks.append(int(away.argmax()))
        known.append(asked.X_pool[picks[-1]])
    assert run("core_set", asked).tolist() == picks


def test_farthest_first_starts_in_the_middle() -> None:
    X = rows()[0]
    middle = int(np.linalg.norm(X - X.mean(axis=0), axis=1).argmin())
    first, second = run("farthest_first", Query(None, X, n_instances=2))
    assert first == middle
    assert second == np.linalg.norm(X - X[middle], axis=1).argmax()


def test_badge_distances_are_those_of_the_whole_gradients() -> None:
    asked = query(n_instances=1)
    proba = asked.model.predict_proba(asked.X_pool)
    residual = proba - np.eye(3)[proba.argmax(axis=1)]
    gradients = np.einsum("nk,nd->nkd", residual, asked.X_pool).reshape(N, -1)
    first = int((gradients**2).sum(axis=1).argmax())
    chance = ((gradients - gradients[first]) ** 2).sum(axis=1)
    seconds = [
        run("badge", query(n_instances=2, rng=np.random.default_rng(seed))) for seed in range(100)
    ]
    assert {int(picks[0]) for picks in seconds} == {first}
    drawn = np.bincount([picks[1] for picks in seconds], minlength=N) / 100
    assert np.abs(drawn - chance / chance.sum()).max() < 0.15


def test_typiclust_takes_the_row_with_the_nearest_neighbours() -> None:
    X = rows()[0]
    near = np.sort(cdist(X, X), axis=1)[:, 1:6].mean(axis=1)
    picked = run("typiclust", Query(None, X, params={"neighbours": 5}))
    assert picked[0] == near.argmin()


def test_typiclust_leaves_groups_with_labels_alone() -> None:
    X = np.concatenate([rows()[0], rows()[0] + 50.0])
    asked = Query(None, X, X[:1], np.array(["a"]))
    assert run("typiclust", asked)[0] >= N


def test_probcover_covers_most_each_time() -> None:
    X, (first, second) = (
        rows()[0],
        run("probcover", Query(None, rows()[0], n_instances=2, params={"delta": 1.0})),
    )
    inside = cdist(X, X) <= 1.0
    assert inside[first].sum() == inside.sum(axis=1).max()
    left = inside & ~inside[first]
    assert left[second].sum() == np.delete(left.sum(axis=1), first).max()


@pytest.mark.parametrize("name", ["max_herding", "uncertainty_herding"])
def test_herding_adds_most_coverage_each_time(name: str) -> None:
    asked = query(n_instances=6, params={"width": 0.8})
    X = asked.X_pool
    two = np.sort(asked.model.predict_proba(X), axis=1)[:, -2:]
    weight = 1 - (two[:, 1] - two[:, 0]) if name == "uncertainty_herding" else np.ones(N)
    kernel = np.exp(-(cdist(X, X) ** 2) / (2 * 0.8**2))
    covered = np.exp(-(cdist(X, asked.X_labelled) ** 2) / (2 * 0.8**2)).max(axis=1)
    picks = []
    for _ in range(6):
        gain = np.maximum(kernel - covered, 0) @ weight
        gain[picks] = -1
        picks.append(int(gain.argmax()))
        covered = np.maximum(covered, kernel[picks[-1]])
    assert run(name, asked).tolist() == picks


def test_margin_cluster_mean_stays_near_the_boundary() -> None:
    asked = query(n_instances=3, params={"share": 0.3, "least": 1})
    near = np.argsort(-run("margin", asked_plain()))[:9]
    assert set(run("margin_cluster_mean", asked)) <= set(near)


def asked_plain() -> Query:
    return query()


def test_clue_follows_the_doubt() -> None:
    from al_core.learning.strategies.uncertainty._scores import Known

    X = np.arange(10.0)[:, None]
    proba = np.tile([1.0, 0.0], (10, 1))
    proba[6:9] = 0.5
    assert run("clue", Query(Known(proba), X)).tolist() == [7]


def test_drop_query_asks_rows_whose_guess_changes() -> None:
    model = LogisticRegression().fit([[-1.0, 0.0], [1.0, 0.0]], [0, 1])
    # Only rows on the far side of the intercept can change when the first feature is dropped.
    X = np.array([[-3.0, 1.0], [-2.0, 1.0], [2.5, 1.0], [3.0, 1.0]])
    from al_core.learning.strategies.mixed.drop_query import disagreement

    share = disagreement(model, X, 0.75, 200, np.random.default_rng(0))
    changed = share > 0.5
    assert changed.sum() in (0, 2)
    assert set(np.round(share[~changed], 6)) == {0.0}


def test_hierarchical_sampling_prefers_the_group_that_labels_show_to_be_mixed() -> None:
    X = np.concatenate([rows()[0], rows()[0] + 50.0])
    labelled = np.concatenate([rows(3, 1)[0], rows(3, 1)[0] + 50.0])
    y = np.array(["a"] * N + ["b", "c"] * (N // 2))
    asked = [
        run("hierarchical", Query(None, X, labelled, y, rng=rng))[0]
        for rng in map(np.random.default_rng, range(40))
    ]
    assert np.mean(np.array(asked) >= N) > 0.8


def test_a_tree_is_cut_where_its_halves_have_different_labels() -> None:
    from al_core.learning.strategies.coverage._tree import ClusterTree

    middles = np.array([[0.0], [0.1], [9.0], [9.1]])
    counts = np.array([[9.0, 0.0], [9.0, 0.0], [0.0, 9.0], [0.0, 9.0]])
    cut = ClusterTree(middles, np.full(4, 10), counts).cut()
    assert cut[0] == cut[1] != cut[2] == cut[3]
    pure = np.array([[9.0, 0.0]] * 4)
    assert len(set(ClusterTree(middles, np.full(4, 10), pure).cut())) == 1


def test_epistemic_doubt_falls_as_evidence_gathers() -> None:
    from al_core.learning.strategies.uncertainty.epistemic import support_for_either

    counts = np.array([0.0, 1.0, 5.0, 50.0])
    assert (np.diff(support_for_either(counts, counts)) < 0).all()
    grid = np.linspace(0.5, 1, 200_001)
    likelihood = (grid / 0.6) ** 3 * ((1 - grid) / 0.4) ** 2
    lead = np.minimum(likelihood, 2 * grid - 1).max()
    rest = np.minimum((1 - grid) ** 3 * grid**2 / (0.6**3 * 0.4**2), 2 * grid - 1).max()
    found = support_for_either(np.array([3.0]), np.array([2.0]))
    assert found[0] == pytest.approx(min(lead, rest), abs=1e-5)


# Costs.


def test_costs_choose_the_row_whose_best_guess_risks_most() -> None:
    asked = query(costs=np.array([[0, 1, 1], [1, 0, 1], [30, 30, 0.0]]))
    risk = (asked.model.predict_proba(asked.X_pool) @ asked.costs).min(axis=1)
    np.testing.assert_allclose(run("cost_sensitive", asked), risk)


def test_costs_of_another_form_are_refused() -> None:
    with pytest.raises(StrategyError, match=r"shape \(2, 2\).*3 classes"):
        run("cost_sensitive", query(costs=np.ones((2, 2))))
    with pytest.raises(StrategyError, match="30 numbers above 0"):
        run("cost_per_row", query(costs=np.zeros(N)))


def test_a_cheap_row_is_asked_before_a_dear_one() -> None:
    costs = np.ones(N)
    costs[3] = 1e-3
    assert run("cost_per_row", query(costs=costs)).argmax() == 3


# Bad input.


@pytest.mark.parametrize("name", ["discriminative", "quire", "epistemic", "expected_error_log"])
def test_strategies_that_learn_from_labels_say_so(name: str) -> None:
    with pytest.raises(StrategyError, match="needs the labelled rows and got none"):
        run(name, Query(query().model, rows()[0]))


def test_no_model_is_said_in_words() -> None:
    with pytest.raises(NotFittedError, match="no model yet"):
        run("margin", Query(None, rows()[0]))


def test_words_in_the_pool_are_refused_where_distances_are_needed() -> None:
    with pytest.raises(StrategyError, match="columns that are no numbers"):
        run("core_set", Query(None, np.array([["a"], ["b"]], dtype=object)))


def test_an_unknown_similarity_is_refused_with_the_list() -> None:
    with pytest.raises(StrategyError, match="cosine, euclidean, gaussian"):
        run("density", query(params={"similarity": "cosinus"}))
