"""One record of a project's numbers: its parts add up, and every place reads the same."""

from __future__ import annotations

from pathlib import Path

import pytest

from al_core.projects import Project, list_projects
from al_core.tables import Role
from tests.projects_cases import FEATURES, answer, live, points


def partly_answered(folder: Path, **settings: object) -> Project:
    """Every fourth row has its answer in the file."""
    roles = {**FEATURES, "answer": Role("label", "test")}
    given = {"model": "logistic_regression", **settings}
    return Project.create(folder, points(120, answers="part"), roles, given, background=False)


def test_one_state_of_a_project_has_one_record(tmp_path: Path) -> None:
    with live(tmp_path / "a") as project:
        answer(project, 30)
        project.wait()
        before = project.summary()
        assert project.summary() == before
        assert before.counts == project.counts()
        assert before.score == project.score()
        assert before.advice == project.advice()
        assert before.saved_at == project.saved_at
        answer(project, 1)
        assert project.summary().counts.spent == before.counts.spent + 1


def test_what_another_opener_recorded_is_in_the_record(tmp_path: Path) -> None:
    with live(tmp_path / "a") as one, Project.open(tmp_path / "a", background=False) as other:
        answer(other, 3)
        found = one.summary()
        assert (found.counts.spent, found.saved_at) == (3, other.saved_at)


def test_the_parts_of_what_is_labelled_add_up_with_answers_from_the_file(tmp_path: Path) -> None:
    with partly_answered(tmp_path / "a") as project:
        answer(project, 20)
        counts = project.summary().counts
        assert counts.file_labels == 30
        assert counts.labelled == counts.teach + counts.check + counts.file_labels == 50


@pytest.mark.parametrize("change", ["overruled", "taken away", "can't tell"])
def test_the_list_of_projects_counts_as_the_project_does(tmp_path: Path, change: str) -> None:
    with partly_answered(tmp_path / "a") as project:
        answer(project, 5)
        if change == "overruled":
            project.label(0, "no")
            project.label(4, "yes")
        elif change == "taken away":
            project.remove_label(0)
        else:
            project.dont_know(0)
        counted = project.summary().counts.labelled
    (listed,) = list_projects(tmp_path)
    assert listed.n_labelled == counted
