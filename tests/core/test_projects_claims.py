"""What is claimed while labels come in: at fixed looks, and the last one stands until the next."""

from __future__ import annotations

from pathlib import Path

import numpy as np

from al_core.learning import alpha_at, exact_range, fit_model
from al_core.projects import Project
from tests.projects_cases import answer, live, rehearsal


def until_check_rows(project: Project, n: int) -> None:
    while project._opened.state.prefix()[0] < n:
        answer(project)


def test_nothing_is_claimed_before_the_first_look_and_then_the_last_claim_stands(
    tmp_path: Path,
) -> None:
    with live(tmp_path / "p", n=300, check_every=2) as project:
        until_check_rows(project, 11)
        assert project.claim() is None
        until_check_rows(project, 12)
        first = project.claim()
        assert first is not None
        assert (first.look, first.n_check) == (1, 12)
        until_check_rows(project, 19)
        assert project.claim() == first
        until_check_rows(project, 20)
        second = project.claim()
        assert second is not None
        assert (second.look, second.n_check) == (2, 20)
        assert second.n_labels > first.n_labels
    with Project.open(tmp_path / "p", background=False) as project:
        assert project.claim() == second


def test_it_is_the_exact_range_of_the_model_of_then_with_the_error_of_its_look(
    tmp_path: Path,
) -> None:
    with live(tmp_path / "p", n=300, check_every=2) as project:
        until_check_rows(project, 20)
        order = project._opened.state.teach_order()
        labels = dict(zip(*project._opened.state.taught(), strict=True))
        answer(project, 6)
        found = project.claim()
        assert found is not None
        rows = np.sort(order[: found.n_labels])
        names = np.asarray([labels[row] for row in rows.tolist()])
        model = fit_model(project.estimator, project.X[rows], names, project.seed)
        checks = project.check_rows[:20]
        given = [project.label_of(row) for row in checks.tolist()]
        right = int((model.predict(project.X[checks]) == np.asarray(given)).sum())
        assert (found.low, found.high) == exact_range(right, 20, alpha_at(2))


def test_a_check_row_without_an_answer_opens_it_to_both_sides(tmp_path: Path) -> None:
    with live(tmp_path / "p", n=300, check_every=2) as project:
        until_check_rows(project, 12)
        full = project.claim()
        project.remove_label(int(project.check_rows[3]))
        project.dont_know(int(project.check_rows[3]))
        blank = project.claim()
        assert full is not None
        assert blank is not None
        assert blank.n_check == 12
        assert blank.low <= full.low
        assert blank.high >= full.high


def test_in_a_rehearsal_looks_are_taken_at_numbers_of_labels(tmp_path: Path) -> None:
    with rehearsal(tmp_path / "p", n=400) as project:
        project.answer_with_oracle(31)
        found = project.claim()
        assert found is not None
        assert (found.look, found.n_labels, found.n_check) == (3, 30, 100)
        project.answer_with_oracle(10)
        assert project.claim() == found
