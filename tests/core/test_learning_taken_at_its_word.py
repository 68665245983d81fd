"""What is given is used, or refused in words: weights, costs, columns, cells, strategies."""

from __future__ import annotations

import re

import numpy as np
import pandas as pd
import pytest
from sklearn.datasets import load_iris
from sklearn.ensemble import HistGradientBoostingClassifier, RandomForestClassifier
from sklearn.linear_model import LogisticRegression
from sklearn.naive_bayes import GaussianNB
from sklearn.pipeline import make_pipeline
from sklearn.preprocessing import StandardScaler

from al_core.errors import LabelError, PoolError, SettingsError, StrategyError
from al_core.learning import (
    METRICS,
    STRATEGIES,
    ActiveLearner,
    Committee,
    Run,
    Strategy,
    compare,
    simulate,
)
from al_core.learning.comparison.verdicts import judge
from al_core.learning.comparison.words import sentences
from al_core.learning.learners.stream import VariableUncertainty
from al_core.learning.querying.combine import product
from al_core.learning.strategies.disagreement._members import bootstrap_rows

X, y = load_iris(return_X_y=True)
FIRST = np.array([0, 1, 50, 51, 100, 101])
FRAME = pd.DataFrame(X, columns=list("abcd"))


def model() -> LogisticRegression:
    return LogisticRegression(max_iter=1000)


class Noted(GaussianNB):
    """Keeps the rows and weights it was fitted with."""

    def fit(self, X, y, sample_weight=None):
        self.rows_, self.weights_ = np.asarray(X), np.asarray(sample_weight)
        return super().fit(X, y, sample_weight)


# -- Weights.


def test_a_bootstrap_draws_each_row_with_its_own_weight():
    weights = X[:, 0] + 100
    taught = ActiveLearner(Noted(), random_state=0)
    taught.teach(X, y, bootstrap=True, sample_weight=weights)
    fitted = taught.estimator
    assert len(np.unique(fitted.rows_, axis=0)) < 149
    np.testing.assert_array_equal(fitted.weights_, fitted.rows_[:, 0] + 100)


def test_a_step_of_a_pipeline_gets_the_weights_of_its_rows_too():
    taught = ActiveLearner(make_pipeline(StandardScaler(with_std=False), Noted()), random_state=0)
    taught.teach(X, y, bootstrap=True, noted__sample_weight=X[:, 0])
    fitted = taught.estimator[-1]
    gaps = fitted.weights_ - fitted.rows_[:, 0]
    np.testing.assert_allclose(gaps, gaps[0])


@pytest.mark.parametrize("only_new", [False, True])
def test_weights_of_another_length_than_the_fitted_rows_are_refused_in_words(only_new):
    taught = ActiveLearner(model(), "margin", X[FIRST], y[FIRST])
    wanted = 2 if only_new else 8
    with pytest.raises(LabelError, match=f"4 weights.*{wanted} rows"):
        taught.teach(X[[2, 52]], y[[2, 52]], only_new=only_new, sample_weight=np.ones(4))
    taught.teach(X[[2, 52]], y[[2, 52]], only_new=only_new, sample_weight=np.ones(wanted))
    assert "sample_weight" in (ActiveLearner.teach.__doc__ or "")


# -- Costs.


@pytest.mark.parametrize("name", ["cost_sensitive", "cost_per_row"])
def test_a_strategy_about_costs_does_not_make_them_up(name):
    taught = ActiveLearner(model(), name, X[FIRST], y[FIRST])
    with pytest.raises(StrategyError, match="costs"):
        taught.query(X)


@pytest.mark.parametrize("name", ["margin", "random", "core_set", "margin_then_diverse"])
def test_costs_that_a_strategy_would_not_look_at_are_refused(name):
    taught = ActiveLearner(model(), name, X[FIRST], y[FIRST])
    with pytest.raises(StrategyError, match=r"does not use costs.*cost_sensitive"):
        taught.query(X, costs=1 - np.eye(3))


def test_a_combination_uses_the_costs_of_its_parts():
    costs = np.linspace(1, 5, len(X))
    both = product("margin", "cost_per_row")
    taught = ActiveLearner(model(), both, X[FIRST], y[FIRST], random_state=0)
    alone = ActiveLearner(model(), "margin", X[FIRST], y[FIRST], random_state=0)
    assert both.takes_costs
    assert taught.query(X, 5, costs=costs)[0].tolist() != alone.query(X, 5)[0].tolist()


def test_a_strategy_of_ones_own_says_that_it_takes_costs():
    given = {name: getattr(STRATEGIES["random"], name) for name in Strategy.__dataclass_fields__}
    own = Strategy(**{**given, "function": lambda query: -query.costs, "takes_costs": True})
    taught = ActiveLearner(model(), own, X[FIRST], y[FIRST])
    assert taught.query(X, costs=np.arange(150.0))[0].tolist() == [0]


# -- Names of classes.


def test_other_names_for_the_classes_draw_the_same_rows():
    for seed in range(30):
        rows = [
            bootstrap_rows(names[y], np.random.default_rng(seed)).tolist()
            for names in (np.array(["a", "b", "c"]), np.array(["z", "b", "a"]))
        ]
        assert rows[0] == rows[1]
        assert len(np.unique(y[rows[0]])) >= 2


@pytest.mark.parametrize("name", ["vote_entropy", "consensus_entropy", "bald"])
def test_other_names_for_the_classes_leave_a_committees_picks_as_they_are(name):
    start = np.arange(0, 150, 5)
    picks = []
    for names in (np.array(["a", "b", "c"]), np.array(["z", "b", "a"])):
        members = [GaussianNB() for _ in range(5)]
        committee = Committee(members, name, X[start], names[y][start], bootstrap=True)
        single = ActiveLearner(GaussianNB(), name, X[start], names[y][start], random_state=0)
        picks.append((committee.query(X, 4)[0].tolist(), single.query(X, 4)[0].tolist()))
    assert picks[0] == picks[1]


# -- Columns.


def framed(estimator=None) -> ActiveLearner:
    return ActiveLearner(estimator or model(), "margin", FRAME.iloc[FIRST], y[FIRST])


def test_columns_of_a_pool_are_matched_by_name_as_those_taught_are():
    taught, turned = framed(), FRAME[list("dbca")]
    assert taught.query(turned, 3)[0].tolist() == taught.query(FRAME, 3)[0].tolist()
    assert taught.query(turned)[1].columns.tolist() == list("dbca")
    np.testing.assert_array_equal(taught.predict(turned), taught.predict(FRAME))
    np.testing.assert_array_equal(taught.predict_proba(turned), taught.predict_proba(FRAME))
    assert taught.score(turned, y) == taught.score(FRAME, y)


@pytest.mark.parametrize("verb", ["query", "predict", "predict_proba"])
@pytest.mark.parametrize(
    ("frame", "named"),
    [(FRAME[list("abc")], "lack 'd'"), (FRAME.assign(z=1.0), "have 'z' besides")],
    ids=["missing", "unknown"],
)
def test_a_missing_or_unknown_column_is_named(verb, frame, named):
    with pytest.raises(PoolError, match=named):
        getattr(framed(), verb)(frame)
    committee = Committee([model(), GaussianNB()], "vote_entropy", FRAME.iloc[FIRST], y[FIRST])
    with pytest.raises(PoolError, match=named):
        getattr(committee, verb)(frame)


def test_columns_of_a_model_that_came_fitted_are_known_too():
    taught = ActiveLearner(model().fit(FRAME, y), "margin")
    assert taught.query(FRAME[list("dcba")])[0].tolist() == taught.query(FRAME)[0].tolist()
    with pytest.raises(PoolError, match="lack 'd'"):
        taught.query(FRAME[list("abc")])


def test_a_row_of_a_stream_is_matched_by_name():
    stream, again = VariableUncertainty(), VariableUncertainty()
    assert stream.should_query(framed(), FRAME[list("dcba")].iloc[0]) == again.should_query(
        framed(), FRAME.iloc[0]
    )


# -- Cells that nobody can calculate with.


FAST = [n for n in STRATEGIES if not n.startswith(("expected_error", "value_of"))]


def given(name: str) -> dict:
    if name == "cost_per_row":
        return {"costs": np.ones(len(X))}
    return {"costs": 1 - np.eye(3)} if name == "cost_sensitive" else {}


@pytest.mark.parametrize("cell", [np.nan, 1e200])
@pytest.mark.parametrize("name", FAST)
@pytest.mark.filterwarnings("ignore:overflow", "ignore:invalid value")
def test_an_odd_cell_is_worked_with_or_named(name, cell):
    odd = X.copy()
    odd[3, 1] = cell
    taught = ActiveLearner(
        HistGradientBoostingClassifier(max_iter=3), name, X[FIRST], y[FIRST], random_state=0
    )
    told = "Row 3, column 1"
    try:
        n = len(taught.query(odd, 3, **given(name))[0])
    except PoolError as error:
        n, told = 3, str(error)
    assert n == 3
    assert told.startswith("Row 3, column 1")


@pytest.mark.parametrize("name", ["margin", "vote_entropy", "core_set", "badge"])
def test_a_number_too_large_for_the_model_is_named(name):
    odd = X.copy()
    odd[3, 1] = 1e200
    forest = RandomForestClassifier(3, random_state=0)
    with pytest.raises(PoolError, match=r"Row 3, column 1.*1e\+200.*too large"):
        ActiveLearner(forest, name, X[FIRST], y[FIRST]).query(odd)
    with pytest.raises(PoolError, match=r"Row 3, column 1.*too large"):
        ActiveLearner(forest, name, odd, y)


@pytest.mark.parametrize("name", ["margin", "core_set", "badge", "vote_entropy"])
def test_pictures_that_the_model_cannot_take_are_refused_in_words(name):
    pictures = X.reshape(-1, 2, 2, 1)
    with pytest.raises(PoolError, match=r"\(150, 2, 2, 1\).*reshape"):
        ActiveLearner(model(), name, X[FIRST], y[FIRST]).query(pictures)
    with pytest.raises(PoolError, match=r"reshape"):
        ActiveLearner(model(), name, pictures, y)
    with pytest.raises(PoolError, match=r"reshape"):
        list(simulate(pictures, y, estimator=model(), strategy=name, budget=22))


# -- What a comparison is given.


def compared(strategies, seeds=1, **more):
    return compare(
        X, y, estimators={"nb": GaussianNB()}, strategies=strategies, seeds=seeds, budget=30, **more
    )


def test_a_strategy_given_twice_is_refused():
    with pytest.raises(SettingsError, match="'margin' is given twice"):
        compared(["margin", "margin"])
    named_alike = product("margin", "margin", name="margin")
    with pytest.raises(SettingsError, match="'margin' is given twice"):
        compared(["margin", named_alike])
    assert {run.strategy for run in compared(["random", "margin"]).runs} == {"random", "margin"}


def test_one_name_where_a_list_belongs_is_refused_in_words():
    with pytest.raises(SettingsError, match=r"Give a list, such as \['margin'\]"):
        compared("margin")


def test_one_repeat_has_no_range():
    points = (10, 20, 30)
    one = [
        Run("nb", "random", 0, points, (0.5, 0.7, 0.9)),
        Run("nb", "margin", 0, points, (0.5, 0.9, 0.95)),
    ]
    judged = judge(one, 0.85)
    text = " ".join(sentences(judged, METRICS["accuracy"]))
    assert "Nothing is said of one alone" in text
    assert not re.search(r"\d to \d", text), text
    line = judged[1].line()
    assert line["saved"] == 10
    assert np.isnan([line["labels_to_target_low"], line["saved_low"], line["saved_high"]]).all()
