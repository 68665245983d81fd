"""The place of all projects: listed, named, binned and taken out again."""

from __future__ import annotations

import os
import stat
from pathlib import Path

import pytest

from al_core.errors import ProjectError
from al_core.projects import (
    Project,
    binned_projects,
    import_project,
    list_projects,
    move_to_bin,
    new_project_folder,
    projects_home,
    restore,
)
from al_core.projects.journal.store import FILE
from tests.projects_cases import answer, live


def test_the_home_can_be_set(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("AL_WORKBENCH_HOME", str(tmp_path))
    assert projects_home() == tmp_path
    monkeypatch.delenv("AL_WORKBENCH_HOME")
    assert projects_home() != tmp_path


def test_projects_are_listed_the_last_worked_on_first(tmp_path: Path) -> None:
    with live(tmp_path / "a") as project:
        live(tmp_path / "b").close()
        answer(project, 3)
        infos = list_projects(tmp_path)
    assert [(info.id, info.n_labelled, info.n_rows, info.kind) for info in infos] == [
        ("a", 3, 120, "live"),
        ("b", 0, 120, "live"),
    ]
    assert infos[0].saved_at == project.saved_at


def test_no_home_is_an_empty_list(tmp_path: Path) -> None:
    assert list_projects(tmp_path / "nowhere") == []


def test_a_project_that_cannot_be_opened_is_listed_with_its_problem(tmp_path: Path) -> None:
    live(tmp_path / "p").close()
    (tmp_path / "p" / FILE).write_bytes(b"broken" * 1000)
    (info,) = list_projects(tmp_path)
    assert "cannot be read" in info.problem


def test_renaming_keeps_id_and_folder(tmp_path: Path) -> None:
    with live(tmp_path / "p") as project:
        project.rename("Tickets of May")
        assert (project.name, project.id) == ("Tickets of May", "p")
        with pytest.raises(ProjectError, match="blank"):
            project.rename("  ")
    assert list_projects(tmp_path)[0].name == "Tickets of May"


@pytest.mark.parametrize(
    ("name", "folder"),
    [("Tickets 2026.csv", "tickets-2026-csv"), ("Müller & Söhne", "muller-sohne"),
     ("../../etc", "etc"), ("日本", "project"), ("", "project")],
)  # fmt: skip
def test_a_new_folder_is_named_in_plain_letters(tmp_path: Path, name: str, folder: str) -> None:
    assert new_project_folder(name, tmp_path) == tmp_path / folder
    (tmp_path / folder).mkdir()
    assert new_project_folder(name, tmp_path) == tmp_path / f"{folder}-2"


def test_a_project_goes_to_the_bin_and_comes_back(tmp_path: Path) -> None:
    with live(tmp_path / "p") as project:
        answer(project, 2)
    binned = move_to_bin(tmp_path / "p")
    assert list_projects(tmp_path) == []
    assert [info.n_labelled for info in binned_projects(tmp_path)] == [2]
    with Project.open(restore(binned), background=False) as project:
        assert project.counts().spent == 2


def test_an_open_project_cannot_be_binned(tmp_path: Path) -> None:
    with live(tmp_path / "p"), pytest.raises(ProjectError, match="open in another tab"):
        move_to_bin(tmp_path / "p")


def test_two_projects_of_one_name_lie_side_by_side_in_the_bin(tmp_path: Path) -> None:
    for _ in range(2):
        live(tmp_path / "p").close()
        move_to_bin(tmp_path / "p")
    assert len(binned_projects(tmp_path)) == 2


@pytest.mark.skipif(os.name != "posix", reason="other systems keep rights in another way")
def test_no_file_of_a_new_project_can_be_read_by_others_on_the_machine(tmp_path: Path) -> None:
    before = os.umask(0)
    try:
        with live(tmp_path / "home" / "a") as project:
            imported = import_project(project.project_file_bytes(), tmp_path / "other")
        binned = move_to_bin(tmp_path / "home" / "a")
    finally:
        os.umask(before)
    folders = [binned, binned.parent, binned.parent.parent, imported, imported.parent]
    assert {stat.S_IMODE(folder.stat().st_mode) for folder in folders} == {0o700}


def test_a_home_that_is_there_keeps_the_rights_it_was_given(tmp_path: Path) -> None:
    (tmp_path / "home").mkdir()
    before = stat.S_IMODE((tmp_path / "home").stat().st_mode)
    live(tmp_path / "home" / "a").close()
    assert stat.S_IMODE((tmp_path / "home").stat().st_mode) == before
