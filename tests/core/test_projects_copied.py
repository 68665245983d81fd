"""A backup is a copy of a project's folder: it holds what was given, or says what it lacks."""

from __future__ import annotations

import shutil
import threading
from pathlib import Path

from al_core.projects import Project, list_projects, move_to_bin
from al_core.tables import guess_roles, read_table
from tests.projects_cases import answer, live

Stand = list[tuple[int | None, str | None]]


def stand(folder: Path) -> tuple[Stand, tuple[str, ...]]:
    """The answers of a project, oldest first, and what was noticed when it was opened."""
    with Project.open(folder, background=False) as project:
        items = [item for item in reversed(project.history()) if item.what == "labelled"]
        return [(item.row, item.label) for item in items], tuple(project.notices)


def test_a_copy_of_a_closed_project_is_the_project_under_any_name(tmp_path: Path) -> None:
    with live(tmp_path / "home" / "p") as project:
        answer(project, 12)
    shutil.copytree(tmp_path / "home" / "p", tmp_path / "home" / "restored")
    assert stand(tmp_path / "home" / "restored") == stand(tmp_path / "home" / "p")
    assert len(list_projects(tmp_path / "home")) == 2


def test_a_copy_of_an_open_project_holds_every_answer_given_before(tmp_path: Path) -> None:
    with live(tmp_path / "p") as project:
        rows = answer(project, 12)
        assert (tmp_path / "p" / "journal.sqlite3-wal").stat().st_size > 0
        shutil.copytree(tmp_path / "p", tmp_path / "copy")
    answers, notices = stand(tmp_path / "copy")
    assert [row for row, _ in answers] == rows
    assert notices == ()


def test_a_copy_of_an_open_project_without_its_wal_says_that_answers_are_missing(
    tmp_path: Path,
) -> None:
    with live(tmp_path / "p") as project:
        answer(project, 12)
    with Project.open(tmp_path / "p", background=False) as project:
        answer(project, 5)
        without = shutil.ignore_patterns("*-wal", "*-shm")
        shutil.copytree(tmp_path / "p", tmp_path / "copy", ignore=without)
    answers, notices = stand(tmp_path / "copy")
    assert len(answers) == 12
    assert any("5 answers" in notice for notice in notices), notices


def test_a_copy_made_while_somebody_labels_holds_what_was_given_or_says_what_it_lacks(
    tmp_path: Path,
) -> None:
    """Never an answer that was not given, and none missing in silence of those given before."""
    n_copies, done = 10, threading.Event()
    given: Stand = []

    def label() -> None:
        with live(tmp_path / "p", n=2000) as project:
            while not done.is_set():
                (question,) = project.ask()
                project.label(question.row, "yes", token=question.token)
                given.append((question.row, "yes"))

    hand = threading.Thread(target=label)
    hand.start()
    before = []
    for number in range(n_copies):
        wanted = len(given) + 5
        while len(given) < wanted:
            assert hand.is_alive()
        before.append(len(given))
        shutil.copytree(tmp_path / "p", tmp_path / f"copy{number}")
    done.set()
    hand.join()
    for number in range(n_copies):
        answers, notices = stand(tmp_path / f"copy{number}")
        assert answers == given[: len(answers)]
        assert len(answers) >= before[number] or notices


def files_with(home: Path, text: str) -> list[str]:
    """The files beneath a folder in which a text stands, as it is or as wide letters."""
    wanted = (text.encode(), text.encode("utf-16-le"))
    return [
        path.relative_to(home).as_posix()
        for path in sorted(home.rglob("*"))
        if path.is_file() and any(one in path.read_bytes() for one in wanted)
    ]


def test_a_persons_rows_and_answers_stand_in_the_projects_folder_alone_and_go_with_it(
    tmp_path: Path,
) -> None:
    home = tmp_path / "home"
    with live(home / "other") as other:
        answer(other, 3)
    source = "\n".join(["text", *[f"Petronella {n} wrote" for n in range(40)]]).encode()
    table = read_table(source, name="letters.csv")
    given = {"classes": ["kind", "Wilhelmine"], "model": "logistic_regression"}
    folder = home / "letters"
    with Project.create(folder, table, guess_roles(table), given, background=False) as project:
        (question,) = project.ask()
        project.label(question.row, "Wilhelmine", note="Eusebia said so")
        project.export_bytes()
    for text in ("Petronella", "Wilhelmine", "Eusebia"):
        found = files_with(home, text)
        assert found
        assert all(name.startswith("letters/") for name in found), found
    shutil.rmtree(move_to_bin(folder))
    for text in ("Petronella", "Wilhelmine", "Eusebia", "letters"):
        assert files_with(home, text) == []
    assert [info.id for info in list_projects(home)] == ["other"]
