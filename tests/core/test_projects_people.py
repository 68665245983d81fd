"""Who has a project open: the name of a login, written down with what was given."""

from __future__ import annotations

from pathlib import Path

from al_core.projects import Project
from al_core.projects.folder.shelf import FILE
from al_core.projects.journal.looking import look
from tests.projects_cases import ANSWERS, FEATURES, answer, live, points

ANNA, BEN = "anna@example.org", "ben@example.org"


def _given_by(folder: Path) -> list[tuple[str, str]]:
    events = look(folder / FILE).events
    return [
        (type(e.event).__name__, e.by)
        for e in events
        if e.by != "app" and type(e.event).__name__ != "OwnerNamed"
    ]


def test_what_a_person_gives_is_written_under_the_name_of_the_login(tmp_path: Path) -> None:
    with live(tmp_path / "p") as project:
        project.give(ANNA)
    with Project.open(tmp_path / "p", background=False, person=ANNA) as project:
        (row,) = answer(project)
        project.add_note(row, "odd")
        project.rename("Mail")
        project.undo()
        assert project.person == ANNA
        assert {item.by for item in project.history()} == {ANNA, "person", "app"}
    names = [name for name, _ in _given_by(tmp_path / "p")]
    assert names == ["Labelled", "NoteAdded", "ProjectRenamed", "Undone"]
    assert {by for _, by in _given_by(tmp_path / "p")} == {ANNA}


def test_an_answer_of_a_person_stays_one_of_the_source_person(tmp_path: Path) -> None:
    table, given = points(), {"classes": ANSWERS, "model": "logistic_regression"}
    folder = tmp_path / "p"
    with Project.create(
        folder, table, FEATURES, given, background=False, person=f" {BEN} "
    ) as project:
        answer(project)
        (label,) = project.labels().to_dict("records")
        assert (label["source"], label["by"]) == ("person", BEN)


def test_without_a_login_it_stays_a_person(tmp_path: Path) -> None:
    with live(tmp_path / "p") as project:
        answer(project)
        assert project.person == ""
    assert {by for _, by in _given_by(tmp_path / "p")} == {"person"}


def test_a_name_given_with_a_press_goes_before_that_of_the_login(tmp_path: Path) -> None:
    with live(tmp_path / "p") as project:
        project.give(ANNA)
    with Project.open(tmp_path / "p", background=False, person=ANNA) as project:
        project.label(3, "yes", by=BEN)
    assert _given_by(tmp_path / "p") == [("Labelled", BEN)]
