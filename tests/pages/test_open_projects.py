"""Projects held for sessions: kept over a lost connection, closed within a minute of the page."""

from __future__ import annotations

import io
from pathlib import Path

import pytest

from al_core.projects import Project
from al_core.projects.journal.presence import living
from pages.components.data.draft import DroppedFile
from pages.components.shell import open_projects
from pages.components.shell.open_projects import FILE_STAYS, STAYS, OpenProjects
from tests.projects_cases import live


@pytest.fixture
def project(tmp_path: Path) -> Project:
    return live(tmp_path / "p")


@pytest.fixture
def held(project: Project) -> OpenProjects:
    projects = OpenProjects()
    projects.hold("tab", project)
    return projects


def away(session: str) -> bool:
    return False


def there(session: str) -> bool:
    return True


def test_a_project_stays_open_while_its_page_may_come_back_at_once(held, project: Project) -> None:
    held.sweep(away, now=0.0)
    held.sweep(away, now=STAYS - 1)
    assert project.is_open


def test_a_project_is_closed_once_its_page_has_been_away_for_long(held, project: Project) -> None:
    held.sweep(away, now=0.0)
    held.sweep(away, now=STAYS + 1)
    assert not project.is_open
    assert not living(project.folder)


def test_at_the_latest_look_a_minute_has_not_passed() -> None:
    assert STAYS + 2 * open_projects._EVERY < 60


def test_the_time_away_begins_anew_after_a_page_was_there_again(held, project: Project) -> None:
    held.sweep(away, now=0.0)
    held.sweep(there, now=STAYS / 2)
    held.sweep(away, now=STAYS + 1)
    assert project.is_open


def test_the_open_questions_of_a_tab_that_is_gone_are_asked_where_it_is_opened_next(
    held, project: Project
) -> None:
    asked = project.ask(3)
    left = held.close_left(project.folder, away)
    with Project.open(project.folder, background=False, takes_over=left) as other:
        assert [q.token for q in other.ask(3)] == [q.token for q in asked]
    assert not project.is_open


def test_a_project_whose_tab_is_there_is_not_closed_for_another(held, project: Project) -> None:
    assert held.close_left(project.folder, there) == []
    assert held.close_left(project.folder.parent / "other", away) == []
    assert project.is_open


def test_what_a_session_has_closed_is_let_go(held, project: Project) -> None:
    held.let_go("tab")
    assert held.close_left(project.folder, away) == []


def test_a_dropped_file_is_deleted_once_its_page_cannot_return_and_not_before() -> None:
    dropped = DroppedFile("rows.csv", io.BytesIO(b"a,b\n1,2\n"))
    projects = OpenProjects()
    projects.delete_with("tab", dropped.delete)
    projects.sweep(away, now=0.0)
    projects.sweep(away, now=FILE_STAYS - 1)
    assert dropped.path.read_bytes() == b"a,b\n1,2\n"
    projects.sweep(away, now=FILE_STAYS + 1)
    assert not dropped.path.parent.exists()


def test_a_dropped_file_stays_while_its_page_is_there() -> None:
    dropped = DroppedFile("rows.csv", io.BytesIO(b"a"))
    projects = OpenProjects()
    projects.delete_with("tab", dropped.delete)
    projects.sweep(there, now=0.0)
    projects.sweep(there, now=10 * FILE_STAYS)
    assert dropped.path.exists()


def test_several_people_are_at_work_once_three_tabs_have_pressed_within_ten_seconds(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    clock = [100.0]
    monkeypatch.setattr(open_projects.time, "monotonic", lambda: clock[0])
    projects = OpenProjects()
    for _ in range(9):
        projects.note_press("one", 100.0)
        projects.note_press("two", 100.0)
    assert not projects.several_at_work()  # one person with two tabs
    projects.note_press("three", 103.0)
    assert projects.several_at_work()
    clock[0] = 109.9
    assert projects.several_at_work()
    clock[0] = 110.1
    assert not projects.several_at_work()
