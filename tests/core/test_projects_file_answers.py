"""Answers that came with the file: a quarter of them scores the model before check rows can."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from al_core.learning import get_metric
from al_core.projects import Project
from al_core.tables import Role
from tests.projects_cases import FEATURES, answer, points, truth_of


def partly(folder: Path, n: int = 320, **settings: object) -> Project:
    """A project in whose file one row in four has its answer."""
    roles = {**FEATURES, "answer": Role("label", "test")}
    given = {"model": "logistic_regression", **settings}
    return Project.create(folder, points(n, answers="part"), roles, given, background=False)


def test_from_sixty_answers_on_a_quarter_is_kept_for_testing(tmp_path: Path) -> None:
    with partly(tmp_path / "p") as project:
        state = project._opened.state
        held, labels = state.held_out()
        assert len(held) == 20
        assert set((held % 4).tolist()) == {0}
        assert labels.tolist() == [truth_of(project.row_values(int(r))["x"]) for r in held]
        assert not set(state.taught()[0].tolist()) & set(held.tolist())
        assert set(state.all_labels()[0].tolist()) >= set(held.tolist())
        assert project.counts().file_labels == 80
        assert state.n_teach() == 60
    with partly(tmp_path / "few", n=236) as project:
        assert project.counts().file_labels == 59
        assert project._opened.state.held_rows == []


def test_at_most_five_hundred_are_held_out(tmp_path: Path) -> None:
    with partly(tmp_path / "p", n=8400) as project:
        assert len(project._opened.state.held_rows) == 500


def test_they_score_the_first_model_and_it_is_said_where_they_come_from(tmp_path: Path) -> None:
    with partly(tmp_path / "p") as project:
        project.wait()
        now = project.score()
        assert (now.ready, now.from_file, now.n_check, now.to_go) == (True, True, 20, 0)
        assert now.sentence.endswith(
            "Measured on the file's own answers, which may not be a random sample."
        )
        held, labels = project._opened.state.held_out()
        guessed = [project._model.now.opinions[row] for row in held.tolist()]
        assert now.score == get_metric("accuracy").score(labels, np.asarray(guessed))
        assert project.rounds()[-1].score == now.score
        assert project.measured().drawable


def test_from_twenty_check_rows_on_these_are_the_headline(tmp_path: Path) -> None:
    with partly(tmp_path / "p", check_every=2) as project:
        while project.counts().check_answered_in_order < 19:
            answer(project)
        project.wait()
        assert project.score().from_file
        while project.counts().check_answered_in_order < 20:
            answer(project)
        project.wait()
        assert not project.score().from_file
        assert project.score().n_check == 20
        assert "file's own" not in project.score().sentence
        assert {r.n_test for r in project.rounds()} == {20}


def test_they_are_held_out_for_good_and_the_same_after_a_restart(tmp_path: Path) -> None:
    with partly(tmp_path / "p") as project:
        before = project._opened.state.held_rows
        answer(project, 6)
        score = project.score()
    with Project.open(tmp_path / "p", background=False) as project:
        project.wait()
        assert project._opened.state.held_rows == before
        assert project.score() == score


def test_one_that_a_person_corrects_scores_by_that_answer_and_still_teaches_nothing(
    tmp_path: Path,
) -> None:
    with partly(tmp_path / "p") as project:
        project.wait()
        row = project._opened.state.held_rows[0]
        old = project._opened.state.rows.file_label(row)
        new = {"yes": "no", "no": "yes"}[old]
        before = project.score().score
        receipt = project.label(row, new)
        assert receipt.sentence == "Saved. This row is kept for testing."
        held, labels = project._opened.state.held_out()
        assert labels[held.tolist().index(row)] == new
        assert project.score().score != before
        assert row not in project._opened.state.taught()[0]
        project.undo()
        assert project.score().score == before
        project.remove_label(row)
        assert project.score().n_check == 19


def test_every_row_can_be_asked_in_the_end(tmp_path: Path) -> None:
    with partly(tmp_path / "p", n=260) as project:
        project.remove_label(project._opened.state.held_rows[0])
        answer(project, project.counts().left)
        assert project.ask() == []
        assert project.counts().left == 0


@pytest.mark.parametrize("settings", [{"check_share": 0.0}, {"kind": "oracle"}])
def test_who_keeps_no_rows_or_rehearses_holds_none_out(settings: dict, tmp_path: Path) -> None:
    table = points(320, answers="full" if "kind" in settings else "part")
    roles = {**FEATURES, "answer": Role("label", "test")}
    given = {"model": "logistic_regression", **settings}
    with Project.create(tmp_path / "p", table, roles, given, background=False) as project:
        assert project._opened.state.held_rows == []
