"""What every registered strategy promises, checked on each of them."""

from __future__ import annotations

import warnings
from collections.abc import Iterator
from dataclasses import replace
from typing import Any

import numpy as np
import pytest
from scipy import sparse
from sklearn.ensemble import RandomForestClassifier
from sklearn.linear_model import LogisticRegression
from sklearn.naive_bayes import GaussianNB
from sklearn.pipeline import make_pipeline
from sklearn.preprocessing import StandardScaler

from al_core.errors import PoolError, StrategyError
from al_core.learning.learners.committee import Committee
from al_core.learning.models.threads import one_thread
from al_core.learning.querying.pick import run_strategy
from al_core.learning.strategies import STRATEGIES, Query, Strategy

N_POOL = 30
NAMES = list(STRATEGIES)
UTILITY = [name for name in NAMES if STRATEGIES[name].kind == "utility"]
SETS = [name for name in NAMES if STRATEGIES[name].kind == "set"]


def blobs(k: int, n: int, seed: int) -> tuple[np.ndarray, np.ndarray]:
    """Overlapping groups of rows in four dimensions, with a word for each group."""
    rng = np.random.default_rng(seed)
    codes = np.arange(n) % k
    middles = np.random.default_rng(99).normal(size=(k, 4)) * 1.5
    words = np.array(["ant", "bee", "cat", "dog", "elk"])
    return middles[codes] + rng.normal(size=(n, 4)), words[codes]


def make_query(k: int = 2, *, seed: int = 0, form: str = "dense", **given: Any) -> Query:
    """A pool of 30 rows, 12 or 15 labelled ones, and a fitted logistic regression."""
    X, _ = blobs(k, N_POOL, 1)
    X_labelled, y = blobs(k, 12 if k < 5 else 15, 2)
    if form == "csr":
        X, X_labelled = np.maximum(X, 0), np.maximum(X_labelled, 0)
        X, X_labelled = sparse.csr_matrix(X), sparse.csr_matrix(X_labelled)
    estimator = given.pop("estimator", LogisticRegression(C=0.5))
    model = estimator.fit(X_labelled, y)
    defaults = {"X_pool": X, "X_labelled": X_labelled, "y_labelled": y, "classes": np.unique(y)}
    rng = np.random.default_rng(seed)
    return Query(model, estimator=estimator, rng=rng, **{**defaults, **given})


def with_costs(name: str, query: Query) -> Query:
    """The query with costs for those strategies that do nothing without them."""
    n, k = query.X_pool.shape[0], 0 if query.classes is None else len(query.classes)
    needed = {"cost_sensitive": 1.0 - np.eye(k), "cost_per_row": np.ones(n)}
    return replace(query, costs=needed[name]) if name in needed else query


def utilities_of(name: str, query: Query) -> np.ndarray:
    return STRATEGIES[name](with_costs(name, query))


def picks(name: str, query: Query) -> np.ndarray:
    return run_strategy(STRATEGIES[name], with_costs(name, query))[0]


@pytest.fixture(autouse=True)
def _no_warning() -> Iterator[None]:
    """A warning that a strategy lets through is a fault."""
    with warnings.catch_warnings(), one_thread():
        warnings.simplefilter("error")
        yield


def same(a: Any, b: Any) -> bool:
    dense = [x.toarray() if sparse.issparse(x) else np.asarray(x) for x in (a, b)]
    return bool(np.array_equal(*dense))


@pytest.mark.parametrize("name", UTILITY)
@pytest.mark.parametrize("k", [2, 5])
@pytest.mark.parametrize("form", ["dense", "csr"])
def test_every_row_gets_one_finite_utility(name: str, k: int, form: str) -> None:
    utilities = utilities_of(name, make_query(k, form=form))
    assert utilities.shape == (N_POOL,)
    assert np.isfinite(utilities).all()


@pytest.mark.parametrize("name", SETS)
@pytest.mark.parametrize("k", [2, 5])
@pytest.mark.parametrize("form", ["dense", "csr"])
def test_a_set_strategy_picks_as_many_different_rows_as_asked(name: str, k: int, form: str) -> None:
    chosen = STRATEGIES[name](make_query(k, form=form, n_instances=7))
    assert chosen.shape == (7,)
    assert chosen.dtype.kind == "i"
    assert len(set(chosen.tolist())) == 7
    assert set(chosen.tolist()) <= set(range(N_POOL))


@pytest.mark.parametrize("name", [n for n in UTILITY if STRATEGIES[n].deterministic])
def test_shuffled_rows_get_their_utilities_shuffled(name: str) -> None:
    query = make_query()
    order = np.random.default_rng(5).permutation(N_POOL)
    straight = utilities_of(name, query)
    shuffled = utilities_of(name, make_query(X_pool=query.X_pool[order]))
    np.testing.assert_allclose(shuffled, straight[order], rtol=1e-9, atol=1e-12)


@pytest.mark.parametrize("name", [n for n in SETS if STRATEGIES[n].deterministic])
def test_shuffled_rows_give_the_same_picks(name: str) -> None:
    query = make_query(n_instances=5)
    order = np.random.default_rng(5).permutation(N_POOL)
    shuffled = STRATEGIES[name](make_query(X_pool=query.X_pool[order], n_instances=5))
    assert order[shuffled].tolist() == STRATEGIES[name](query).tolist()


@pytest.mark.parametrize("name", NAMES)
def test_model_and_rows_are_left_as_they_were(name: str) -> None:
    query = make_query(n_instances=3)
    before = query.X_pool.copy(), query.X_labelled.copy(), query.y_labelled.copy()
    weights = query.model.coef_.copy()
    picks(name, query)
    after = query.X_pool, query.X_labelled, query.y_labelled
    assert all(same(a, b) for a, b in zip(before, after, strict=True))
    assert same(weights, query.model.coef_)
    assert query.model.get_params() == LogisticRegression(C=0.5).get_params()


@pytest.mark.parametrize("name", NAMES)
def test_the_same_seed_gives_the_same_rows(name: str) -> None:
    first = picks(name, make_query(seed=3, n_instances=4))
    second = picks(name, make_query(seed=3, n_instances=4))
    assert first.tolist() == second.tolist()


@pytest.mark.parametrize("name", [n for n in NAMES if STRATEGIES[n].deterministic])
def test_without_chance_another_seed_changes_nothing(name: str) -> None:
    runs = [picks(name, make_query(seed=seed, n_instances=4)) for seed in (1, 2, 3)]
    assert runs[0].tolist() == runs[1].tolist() == runs[2].tolist()


@pytest.mark.parametrize("name", [n for n in NAMES if not STRATEGIES[n].deterministic])
def test_chance_is_drawn_from_the_query_and_from_nowhere_else(name: str) -> None:
    before = np.random.get_state()[1].copy()
    picks(name, make_query(seed=3, n_instances=4))
    assert (np.random.get_state()[1] == before).all()


@pytest.mark.parametrize("name", NAMES)
def test_copies_of_one_row_are_never_picked_twice_over(name: str) -> None:
    query = make_query()
    X = np.repeat(query.X_pool[:3], [4, 3, 2], axis=0)
    chosen = picks(name, make_query(X_pool=X, n_instances=9))
    assert sorted(chosen.tolist()) == list(range(9))


@pytest.mark.parametrize("name", ["core_set", "badge", "farthest_first", "ranked_batch"])
def test_a_diverse_batch_leaves_copies_for_last(name: str) -> None:
    X = np.repeat(make_query().X_pool[:5], 3, axis=0)
    chosen = picks(name, make_query(X_pool=X, n_instances=5))
    assert sorted((chosen // 3).tolist()) == [0, 1, 2, 3, 4]


@pytest.mark.parametrize("name", NAMES)
def test_a_pool_of_one_row_is_asked(name: str) -> None:
    assert picks(name, make_query(X_pool=make_query().X_pool[:1])).tolist() == [0]


@pytest.mark.parametrize("name", NAMES)
def test_more_rows_than_the_pool_has_are_refused(name: str) -> None:
    with pytest.raises(PoolError, match="Asked for 31 rows but only 30"):
        picks(name, make_query(n_instances=31))


@pytest.mark.parametrize("name", NAMES)
def test_an_empty_pool_is_refused(name: str) -> None:
    with pytest.raises(PoolError, match="pool is empty"):
        picks(name, make_query(X_pool=np.empty((0, 4))))


@pytest.mark.parametrize("name", NAMES)
def test_a_class_that_the_model_has_not_seen_is_no_obstacle(name: str) -> None:
    query = make_query(classes=np.array(["ant", "bee", "cat", "dog"]), n_instances=2)
    assert len(set(picks(name, query).tolist())) == 2


@pytest.mark.parametrize("name", NAMES)
def test_numbers_as_labels_do_as_well_as_words(name: str) -> None:
    words = make_query(n_instances=3, seed=4)
    y = np.where(words.y_labelled == "ant", 3, 7)
    model = LogisticRegression(C=0.5).fit(words.X_labelled, y)
    numbers = make_query(n_instances=3, seed=4, y_labelled=y, classes=np.array([3, 7]))
    numbers = Query(**{**vars_of(numbers), "model": model})
    assert picks(name, numbers).tolist() == picks(name, words).tolist()


def vars_of(query: Query) -> dict[str, Any]:
    names = ("X_pool", "X_labelled", "y_labelled", "classes", "estimator", "n_instances", "rng")
    return {name: getattr(query, name) for name in names}


@pytest.mark.parametrize("name", NAMES)
@pytest.mark.parametrize(
    "estimator",
    [
        GaussianNB(),
        RandomForestClassifier(5, random_state=0),
        make_pipeline(StandardScaler(), LogisticRegression()),
    ],
    ids=["naive bayes", "forest", "pipeline"],
)
def test_other_classifiers_serve_too(name: str, estimator: Any) -> None:
    X = make_query().X_pool[:12]
    query = make_query(estimator=estimator, n_instances=2, X_pool=X)
    assert len(set(picks(name, query).tolist())) == 2


@pytest.mark.parametrize("name", [n for n in NAMES if not n.startswith(("expected_e", "value_"))])
def test_a_committee_serves_as_a_model(name: str) -> None:
    plain = make_query(k=5, n_instances=2)
    members = [LogisticRegression(), GaussianNB()]
    committee = Committee(members, name, plain.X_labelled, plain.y_labelled)
    query = Query(**{**vars_of(plain), "model": committee})
    assert len(set(picks(name, query).tolist())) == 2


@pytest.mark.parametrize("name", NAMES)
def test_a_keyword_that_nobody_knows_is_refused(name: str) -> None:
    with pytest.raises(StrategyError, match="does not know the keyword betta"):
        picks(name, make_query(params={"betta": 2.0}))


@pytest.mark.parametrize("name", NAMES)
def test_a_strategy_says_what_it_is(name: str) -> None:
    strategy = STRATEGIES[name]
    assert strategy.name == name
    assert strategy.title
    assert not strategy.title.endswith(".")
    assert strategy.summary.endswith(".")
    assert strategy.paper
    doc = strategy.function.__doc__ or ""
    parts = [">>>", "Cost:"] if name in COMBINED else [">>>", "Cost:", "Formula:"]
    assert [part for part in parts if part not in doc] == []


COMBINED = ("margin_then_diverse", "typical_then_margin")


@pytest.mark.parametrize("name", NAMES)
def test_a_pool_above_what_it_is_meant_for_is_refused_with_a_way_out(name: str) -> None:
    strategy = STRATEGIES[name]
    small = Strategy(**{**{f: getattr(strategy, f) for f in FIELDS}, "max_pool": 10})
    with pytest.raises(StrategyError, match=r"at most 10 rows and got 30.*candidates=10"):
        run_strategy(small, make_query())


FIELDS = Strategy.__dataclass_fields__


def test_the_menu_is_short_and_begins_with_margin() -> None:
    menu = [s for s in STRATEGIES.values() if s.menu]
    assert menu[0].name == "margin"
    assert [s.title for s in menu[:4]] == [
        "Between two answers (recommended)",
        "Least sure of its guess",
        "Unsure across all answers",
        "Picked at random",
    ]
    assert len(menu) <= 8
    assert min(s.max_pool for s in menu) >= 100_000


def test_no_two_strategies_have_the_same_title() -> None:
    titles = [s.title for s in STRATEGIES.values()]
    assert len(set(titles)) == len(titles)
