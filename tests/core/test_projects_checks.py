"""Check rows by the rules: reserved at random, in a fixed order, asked in turn, never fitted."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
import scipy.sparse as sp

from al_core.projects.replay.turns import Turns
from al_core.projects.starting.check_rows import reserve, row_keys
from tests.projects_cases import answer, live, rehearsal, truth_of


def _random(n: int, d: int = 2) -> np.ndarray:
    return np.random.default_rng(0).normal(size=(n, d)).astype(np.float32)


def test_a_quarter_of_the_rows_is_reserved_and_at_most_two_thousand() -> None:
    assert len(reserve(_random(100), np.arange(100), share=0.25, cap=2000, seed=0)) == 25
    assert len(reserve(_random(9000), np.arange(9000), share=0.25, cap=2000, seed=0)) == 2000


def test_only_unlabelled_rows_are_reserved() -> None:
    candidates = np.arange(50, 100)
    rows = reserve(_random(100), candidates, share=0.5, cap=2000, seed=0)
    assert len(rows) == 25
    assert rows.min() >= 50


def test_the_order_depends_on_the_seed_alone() -> None:
    X, rows = _random(100), np.arange(100)
    first = reserve(X, rows, share=0.25, cap=2000, seed=1)
    assert first.tolist() == reserve(X, rows, share=0.25, cap=2000, seed=1).tolist()
    assert first.tolist() != reserve(X, rows, share=0.25, cap=2000, seed=2).tolist()
    assert first.tolist() != sorted(first.tolist())


@pytest.mark.parametrize("sparse", [False, True])
def test_rows_with_the_same_features_are_reserved_together(sparse: bool) -> None:
    X = np.repeat(_random(60), 3, axis=0)
    rows = reserve(sp.csr_matrix(X) if sparse else X, np.arange(180), share=0.25, cap=99, seed=0)
    groups, sizes = np.unique(rows // 3, return_counts=True)
    assert (sizes == 3).all()
    assert len(groups) == 15


def test_a_dense_and_a_sparse_row_have_the_same_key() -> None:
    X = _random(20, 5) * (np.arange(5) % 2)
    assert row_keys(X).tolist() == row_keys(sp.csr_matrix(X)).tolist()


def test_copies_that_do_not_fit_are_left_out() -> None:
    X = np.zeros((40, 1), dtype=np.float32)
    assert len(reserve(X, np.arange(40), share=0.25, cap=2000, seed=0)) == 0


def test_a_check_row_is_as_likely_as_any_other() -> None:
    X, hits = _random(40), np.zeros(40)
    for seed in range(400):
        hits[reserve(X, np.arange(40), share=0.25, cap=2000, seed=seed)] += 1
    assert abs(hits - 100).max() < 5 * np.sqrt(400 * 0.25 * 0.75)


def test_every_second_question_is_a_check_row_until_twelve_then_one_in_five(
    tmp_path: Path,
) -> None:
    with live(tmp_path / "p", n=240) as project:
        purposes = []
        for _ in range(44):
            purposes.append(project.ask()[0].purpose == "check")
            answer(project)
        assert purposes[:24] == [False, True] * 12
        assert purposes[24:] == [False, False, False, False, True] * 4


def test_check_rows_are_asked_in_their_order_and_never_fitted(tmp_path: Path) -> None:
    with live(tmp_path / "p", n=240) as project:
        asked = answer(project, 30)
        checks = [row for row in asked if row in set(project.check_rows.tolist())]
        assert checks == project.check_rows[: len(checks)].tolist()
        fitted = project._opened.state.taught()[0]
        assert not set(fitted.tolist()) & set(project.check_rows.tolist())


def test_a_strategy_never_asks_a_check_row(tmp_path: Path) -> None:
    with live(tmp_path / "p", strategy="random") as project:
        answer(project, 30)
        project.wait()
        trained = project._model.now
        assert trained is not None
        assert not set(trained.queue) & set(project.check_rows.tolist())


def test_the_first_score_is_said_after_twelve_check_rows(tmp_path: Path) -> None:
    with live(tmp_path / "p", n=240) as project:
        answer(project, 14)
        assert project.score().sentence == "First score after 12 check rows: 5 to go."
        assert not project.score().ready
        answer(project, 10)
        project.wait()
        score = project.score()
        assert score.ready
        assert score.n_check == 12
        assert score.sentence.startswith("Right about ")
        assert score.low is not None
        assert score.score is not None
        assert score.high is not None
        assert score.low <= score.score <= score.high


def test_a_check_row_labelled_out_of_turn_counts_when_its_turn_comes(tmp_path: Path) -> None:
    with live(tmp_path / "p", n=240) as project:
        second = int(project.check_rows[1])
        receipt = project.label(second, truth_of(project.row_values(second)["x"]))
        assert receipt.sentence == "Saved. This row is kept for testing."
        assert project.counts().check == 1
        assert project.counts().check_answered_in_order == 0
        asked = answer(project, 2)
        assert asked[1] == project.check_rows[0]
        assert project.counts().check_answered_in_order == 2


def test_skipped_and_unknown_check_rows_stay_in_the_count(tmp_path: Path) -> None:
    with live(tmp_path / "p", n=240) as project:
        passed = 0
        while project.counts().check_answered_in_order < 12:
            (question,) = project.ask()
            if question.purpose == "check" and passed < 3:
                give = project.skip if passed < 2 else project.dont_know
                give(question.row, token=question.token)
                passed += 1
            else:
                answer(project)
        project.wait()
        score = project.score()
        assert (score.n_check, score.n_unanswered) == (12, 3)
        told = "3 of 15 check rows got no answer: the range counts them once as right and once as"
        assert f"{told} wrong." in score.sentence
        assert score.sentence.count(" to ") == 1
        assert score.low < score.worst
        assert score.high > score.best
        assert score.worst == pytest.approx(score.score * 12 / 15)
        assert score.best == pytest.approx((score.score * 12 + 3) / 15)


def test_when_only_check_rows_are_left_they_are_asked(tmp_path: Path) -> None:
    with live(tmp_path / "p", n=40, check_every=1000) as project:
        checks = set(project.check_rows.tolist())
        project.label_many([r for r in range(40) if r not in checks], "yes")
        assert {q.row for q in project.ask(40)} == checks
        assert {q.purpose for q in project.ask(40)} == {"check"}


def test_in_a_rehearsal_check_rows_are_known_and_never_asked(tmp_path: Path) -> None:
    with rehearsal(tmp_path / "p", n=40) as project:
        asked = {q.row for q in project.ask(40)}
        assert len(asked) == 30
        assert not asked & set(project.test_rows.tolist())
        assert project.counts().left == 30


def test_turns_forget_what_was_undone() -> None:
    turns = Turns()
    turns.add(1, True)
    turns.add(2, False)
    turns.remove(1)
    assert turns.learned_since_check() == 1
    assert turns.learned_since_check([False, True]) == 0
