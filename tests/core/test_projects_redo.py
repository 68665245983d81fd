"""Redo: what undo took back counts again, until something else is done."""

from __future__ import annotations

from pathlib import Path

from al_core.projects import Project
from tests.projects_cases import answer, live


def test_as_many_redos_as_undos_give_back_exactly_what_was_there(tmp_path: Path) -> None:
    with live(tmp_path / "p") as project:
        answer(project, 6)
        project.skip(project.ask()[0].row)
        project.add_class("maybe")
        project.label(30, "maybe", note="odd")
        project.label_many([31, 32], "no")
        project.rename_class("maybe", "perhaps")
        labels, counts, notes = project.labels(), project.counts(), project.notes()
        sentences = []
        for _ in range(9):
            assert project.undo().recorded
        for _ in range(9):
            sentences.append(project.redo().sentence)
        assert not project.redo().recorded
        assert project.labels().equals(labels)
        assert (project.counts(), project.notes()) == (counts, notes)
        assert project.classes == ["no", "yes", "perhaps"]
        assert sentences[-2] == "Redone: 2 rows are no."
        question = project.ask()[0].row
    with Project.open(tmp_path / "p", background=False) as project:
        assert project.labels().equals(labels)
        assert project.ask()[0].row == question
        assert project.undo().sentence == "Undone: maybe was renamed to perhaps."


def test_what_was_redone_can_be_undone_and_redone_again(tmp_path: Path) -> None:
    with live(tmp_path / "p") as project:
        project.label(3, "yes")
        project.label(4, "no")
        for _ in range(2):
            project.undo()
        assert [project.redo().row, project.undo().row, project.redo().row] == [3, 3, 3]
        assert project.redo().row == 4
        assert project.labels()["row"].tolist() == [3, 4]


def test_a_new_answer_ends_what_can_be_redone(tmp_path: Path) -> None:
    with live(tmp_path / "p") as project:
        project.label(3, "yes")
        project.undo()
        project.label(5, "no")
        receipt = project.redo()
        assert (receipt.recorded, receipt.sentence) == (False, "Nothing to redo.")
        assert project.labels()["row"].tolist() == [5]


def test_another_tab_redoes_its_own_undo_alone(tmp_path: Path) -> None:
    with live(tmp_path / "p") as one, Project.open(tmp_path / "p", background=False) as two:
        one.label(3, "yes")
        one.undo()
        assert not two.redo().recorded
        two.label(7, "no")
        assert one.redo().row == 3
        assert two.labels()["row"].tolist() == [3, 7]
