"""The balanced vote: an estimator like any other, its weights, what it does with rare answers."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest
import skops.io
from scipy import sparse
from sklearn.datasets import load_breast_cancer, load_digits, make_classification
from sklearn.ensemble import ExtraTreesClassifier
from sklearn.linear_model import LogisticRegression
from sklearn.metrics import balanced_accuracy_score
from sklearn.model_selection import StratifiedKFold
from sklearn.preprocessing import StandardScaler
from sklearn.utils.estimator_checks import parametrize_with_checks

from al_core.learning import fit_model, get_model
from al_core.learning.models.balanced_vote import BalancedVote

X, Y = load_breast_cancer(return_X_y=True)
X = StandardScaler().fit_transform(X).astype(np.float32)


@parametrize_with_checks([BalancedVote(n_trees=10, random_state=0)])
def test_it_keeps_every_rule_of_a_scikit_learn_estimator(estimator: Any, check: Any) -> None:
    check(estimator)


def test_answers_that_are_digits_as_text_are_learned() -> None:
    labels = Y[:60].astype(str)
    model = fit_model(get_model("balanced_vote").make(), X[:60], labels)
    assert set(model.predict(X)) == {"0", "1"}


def test_powers_and_weights_are_as_the_formula_says() -> None:
    rows, labels = X[:50], Y[:50]
    vote = BalancedVote(50, random_state=3).fit(rows, labels)
    seed = vote.trees_.random_state
    said = np.zeros((2, 50, 2))
    for train, test in StratifiedKFold(3, shuffle=True, random_state=seed).split(rows, labels):
        trees = ExtraTreesClassifier(10, class_weight="balanced", random_state=seed)
        linear = LogisticRegression(class_weight="balanced", max_iter=1_000)
        votes = trees.fit(rows[train], labels[train]).predict_proba(rows[test])
        said[0, test] = (10 * votes + 0.5) / 11
        said[1, test] = linear.fit(rows[train].astype(float), labels[train]).predict_proba(
            rows[test]
        )
    per_label = 1 / np.sqrt(np.bincount(labels)[labels])

    def loss(part: int, power: float) -> float:
        raised = np.maximum(said[part], 1e-4) ** power
        raised /= raised.sum(axis=1, keepdims=True)
        each = -np.log(raised[np.arange(50), labels])
        return float(np.average(each, weights=per_label))

    tried = np.exp(np.linspace(np.log(0.25), np.log(6), 2_000))
    best = [min(tried, key=lambda b: 50 * loss(i, b) + np.log(b) ** 2) for i in (0, 1)]
    assert vote.powers_ == pytest.approx(best, rel=5e-3)
    expected = np.exp([-50 * loss(i, best[i]) / vote.caution for i in (0, 1)])
    assert vote.weights_ == pytest.approx(expected / expected.sum(), rel=5e-3)
    votes = (vote.trees_.predict_proba(X) + 1e-12) ** vote.powers_[0]
    both = [votes / votes.sum(axis=1, keepdims=True), vote.linear_.predict_proba(X)]
    assert vote.predict_proba(X) == pytest.approx(np.tensordot(vote.weights_, both, 1))


def test_a_linear_model_too_sure_of_itself_is_made_less_sure() -> None:
    rng = np.random.default_rng(0)
    rows = rng.normal(size=(80, 60))
    labels = (rows[:, 0] + rng.normal(size=80) > 0).astype(int)
    vote = BalancedVote(random_state=0).fit(rows, labels)
    linear = LogisticRegression(class_weight="balanced", max_iter=1_000).fit(rows, labels)
    assert vote.powers_[1] < 0.6
    assert vote.linear_.coef_ == pytest.approx(vote.powers_[1] * linear.coef_, rel=1e-3)


def test_with_many_labels_trees_that_are_right_and_unsure_are_not_overruled() -> None:
    rows, labels = load_digits(return_X_y=True)
    order = np.random.default_rng(0).permutation(len(labels))
    train, test = order[:900], order[900:]
    rows = rows[:, ::2] / 16  # half of the points: a linear model is surer here, and less right
    vote = BalancedVote(random_state=0).fit(rows[train], labels[train])
    trees = ExtraTreesClassifier(50, class_weight="balanced", random_state=0)
    trees.fit(rows[train], labels[train])
    assert vote.score(rows[test], labels[test]) > trees.score(rows[test], labels[test]) - 0.01


def test_a_linear_model_that_knows_nothing_has_next_to_no_say() -> None:
    rng = np.random.default_rng(0)
    points = rng.uniform(-1, 1, (240, 2))
    crossed = (points[:, 0] > 0) ^ (points[:, 1] > 0)
    vote = BalancedVote(random_state=0).fit(points[:120], crossed[:120])
    trees = ExtraTreesClassifier(50, class_weight="balanced", random_state=0)
    trees.fit(points[:120], crossed[:120])
    assert vote.weights_[1] < 0.02
    assert vote.score(points[120:], crossed[120:]) > 0.85
    assert vote.score(points[120:], crossed[120:]) > trees.score(points[120:], crossed[120:]) - 0.03


@pytest.mark.parametrize("n_rare", [1, 2])
def test_an_answer_with_fewer_than_three_labels_is_learned_and_not_held_out(n_rare: int) -> None:
    rare = np.zeros(40, dtype=int)
    rare[:20] = 1
    rare[20 : 20 + n_rare] = 2
    rng = np.random.default_rng(1)
    rows = rng.normal(size=(40, 3)) + 4 * rare[:, None]
    vote = BalancedVote(random_state=0).fit(rows, rare)
    assert vote.classes_.tolist() == [0, 1, 2]
    assert vote.predict([[8.0, 8.0, 8.0]]).tolist() == [2]
    assert vote.weights_.sum() == pytest.approx(1)


def test_with_one_answer_to_hold_out_both_have_the_same_say() -> None:
    labels = np.array([0] * 20 + [1, 1])
    vote = BalancedVote(random_state=0).fit(X[:22], labels)
    assert vote.weights_.tolist() == [0.5, 0.5]
    assert vote.powers_.tolist() == [1, 1]


def test_csr_rows_give_the_same_vote_as_the_same_rows_in_an_array() -> None:
    rows = np.where(X > 0.5, X, 0)
    dense = BalancedVote(random_state=0).fit(rows[:80], Y[:80])
    csr = BalancedVote(random_state=0).fit(sparse.csr_matrix(rows[:80]), Y[:80])
    assert (dense.predict(rows) == csr.predict(sparse.csr_matrix(rows))).mean() > 0.97


def test_a_rare_answer_is_found_more_often_than_by_plain_trees() -> None:
    gains = []
    for seed in range(5):
        rows, labels = make_classification(
            1500, 12, n_informative=5, weights=[0.93], class_sep=1.2, random_state=seed
        )
        vote = BalancedVote(random_state=seed).fit(rows[:150], labels[:150])
        trees = ExtraTreesClassifier(50, random_state=seed).fit(rows[:150], labels[:150])
        both = [balanced_accuracy_score(labels[150:], m.predict(rows[150:])) for m in (vote, trees)]
        gains.append(both[0] - both[1])
    assert min(gains) > -0.01
    assert np.mean(gains) > 0.03


def test_saved_it_is_made_of_plain_scikit_learn_parts_and_says_the_same() -> None:
    labels = np.where(Y, "benign", "malignant")
    vote = BalancedVote(random_state=0).fit(X[:80], labels[:80])
    content = skops.io.dumps(vote.as_plain())
    unknown = skops.io.get_untrusted_types(data=content)
    assert not [name for name in unknown if name.startswith("al_core")]
    plain = skops.io.loads(content, trusted=unknown)
    assert (plain.predict(X) == vote.predict(X)).all()
    assert plain.predict_proba(X) == pytest.approx(vote.predict_proba(X))
    assert plain.classes_.tolist() == ["benign", "malignant"]
