"""A committee: the verbs of one learner, votes, and members that know different classes."""

from __future__ import annotations

import numpy as np
import pytest
from sklearn.linear_model import LogisticRegression
from sklearn.naive_bayes import GaussianNB
from sklearn.neighbors import KNeighborsClassifier

from al_core import ActiveLearner, Committee, simulate
from al_core.errors import StrategyError
from al_core.learning.querying.combine import product, schedule, two_step, weighted_sum

X = np.arange(12.0)[:, None]
Y = np.array(["low"] * 6 + ["high"] * 6)
START = np.array([0, 1, 10, 11])


def committee(strategy: str = "vote_entropy", **given: object) -> Committee:
    members = [LogisticRegression(), GaussianNB(), KNeighborsClassifier(1)]
    return Committee(members, strategy, X[START], Y[START], **given)  # type: ignore[arg-type]


def test_votes_probabilities_and_guesses_have_the_shapes_they_promise() -> None:
    voters = committee()
    assert voters.vote(X).shape == (12, 3)
    assert voters.vote_proba(X).shape == (12, 3, 2)
    np.testing.assert_allclose(voters.vote_proba(X).mean(axis=1), voters.predict_proba(X))
    assert voters.predict(X[[0, 11]]).tolist() == ["low", "high"]
    assert voters.score(X, Y) > 0.8
    assert len(voters) == 3


def test_teaching_reaches_every_member() -> None:
    voters = committee()
    voters.teach(X[[5]], ["mid"])
    assert [len(member.y_training) for member in voters] == [5, 5, 5]
    assert voters.classes_.tolist() == ["high", "low", "mid"]


def test_members_that_know_different_classes_vote_in_one_order() -> None:
    first = ActiveLearner(GaussianNB(), "margin", X[START], Y[START])
    second = ActiveLearner(GaussianNB(), "margin", X[[0, 1, 5, 6]], ["low", "low", "mid", "mid"])
    voters = Committee([first, second])
    assert voters.classes_.tolist() == ["high", "low", "mid"]
    proba = voters.vote_proba(X)
    assert (proba[:, 0, 2] == 0).all()
    assert (proba[:, 1, 0] == 0).all()
    np.testing.assert_allclose(proba.sum(axis=2), 1.0)
    assert len(voters.query(X, 2)[0]) == 2


def test_bootstrap_makes_members_of_one_kind_differ() -> None:
    noisy = X + np.random.default_rng(0).normal(size=X.shape)
    voters = Committee([LogisticRegression() for _ in range(3)], bootstrap=True)
    voters.teach(noisy, Y)
    weights = {float(member.estimator.coef_[0, 0]) for member in voters}
    assert len(weights) == 3


@pytest.mark.parametrize("name", ["vote_entropy", "bald", "batch_bald", "margin", "random"])
def test_a_committee_asks_by_any_strategy(name: str) -> None:
    indices, rows = committee(name).query(X, 3)
    assert len(set(indices.tolist())) == 3
    np.testing.assert_array_equal(rows, X[indices])


def test_a_committee_takes_a_function_as_strategy() -> None:
    def last(voters: Committee, X_pool: np.ndarray) -> list[int]:
        assert len(voters) == 3
        return [len(X_pool) - 1]

    assert committee(last).query(X)[0].tolist() == [11]  # type: ignore[arg-type]


def test_no_member_and_an_unknown_strategy_are_refused() -> None:
    with pytest.raises(StrategyError, match="needs a list of learners"):
        Committee([])
    with pytest.raises(StrategyError, match="no strategy named 'vote'"):
        Committee([GaussianNB()], "vote")


# Combinations, through the doors that a person uses.


def learner(strategy: object) -> ActiveLearner:
    given = {"random_state": 0}
    return ActiveLearner(LogisticRegression(), strategy, X[START], Y[START], **given)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    "combined",
    [
        product("margin", ("density", {"similarity": "gaussian"}), powers=[1, 2]),
        weighted_sum("entropy", "random", weights=[0.5, 0.5], scale="range"),
        two_step("margin", "core_set", factor=3),
        schedule(("typiclust", 4), ("margin", None)),
    ],
    ids=lambda s: s.name,
)
def test_a_combination_asks_like_any_strategy(combined: object) -> None:
    assert len(set(learner(combined).query(X, 3)[0].tolist())) == 3
    rounds = list(simulate(X, Y, estimator=GaussianNB(), strategy=combined, n_initial=4, test=0.3))  # type: ignore[arg-type]
    assert rounds[-1].n_labels == 8


def test_a_schedule_changes_at_its_label() -> None:
    early = learner(schedule(("core_set", 5), ("margin", None))).query(X)[0]
    late = learner(schedule(("core_set", 4), ("margin", None))).query(X)[0]
    assert early.tolist() == learner("core_set").query(X)[0].tolist()
    assert late.tolist() == learner("margin").query(X)[0].tolist()


def test_two_steps_stay_on_the_shortlist() -> None:
    near = set(learner("margin").query(X, 4)[0].tolist())
    assert set(learner(two_step("margin", "core_set", factor=2)).query(X, 2)[0].tolist()) <= near


def test_a_weighted_sum_of_one_is_that_one() -> None:
    alone = learner(weighted_sum("margin")).query(X, 5)[0].tolist()
    assert alone == learner("margin").query(X, 5)[0].tolist()


def test_parts_that_cannot_be_combined_are_named() -> None:
    with pytest.raises(StrategyError, match="'core_set' returns picks"):
        product("margin", "core_set")
    with pytest.raises(StrategyError, match="made by utilities"):
        two_step("core_set", "margin")
    with pytest.raises(StrategyError, match="rising numbers and None"):
        schedule(("margin", 30), ("random", 10))
    with pytest.raises(StrategyError, match="Give 2 numbers"):
        weighted_sum("margin", "random", weights=[1.0])
    with pytest.raises(StrategyError, match="rank, range, none"):
        weighted_sum("margin", scale="ranks")
