"""Under a login a project is its owner's and theirs whom the owner lets in, and nobody else's."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from al_core.errors import ProjectError, ProjectMissing, ProjectReadOnly, UserError
from al_core.projects import (
    Project,
    Share,
    binned_projects,
    import_project,
    list_projects,
    move_to_bin,
    new_project_folder,
    projects_of,
    restore,
    right_in,
)
from al_core.projects.journal.store import FILE
from al_core.projects.replay.access import SHARED_TO_READ, folded
from tests.projects_cases import ANSWERS, FEATURES, answer, live, points

ANNA, BEN, EVE = "anna@example.org", "ben@example.org", "eve@example.org"
SETTINGS = {"classes": ANSWERS, "model": "logistic_regression"}


def of_anna(folder: Path) -> Path:
    """A project of Anna's, with two answers."""
    with Project.create(
        folder, points(), FEATURES, SETTINGS, background=False, person=ANNA
    ) as project:
        answer(project, 2)
    return folder


def shared(folder: Path, person: str, right: str) -> Path:
    """One of Anna's that somebody else was let into."""
    with opened(of_anna(folder), ANNA) as project:
        project.share(person, right)
    return folder


def opened(folder: Path, person: str) -> Project:
    return Project.open(folder, background=False, person=person)


# -- owner, shared to label, shared to read ----------------------------------------------------


def test_who_makes_a_project_owns_it_and_opens_it_however_the_name_is_written(
    tmp_path: Path,
) -> None:
    of_anna(tmp_path / "p")
    for name in (ANNA, " Anna@Example.ORG "):
        with opened(tmp_path / "p", name) as project:
            assert (project.owner, project.right, project.shared_with()) == (ANNA, "own", ())


def test_a_login_spelled_in_another_way_one_day_is_the_same_person(tmp_path: Path) -> None:
    folder = shared(tmp_path / "p", BEN, "label")
    for spelled in (BEN, " Ben@EXAMPLE.org"):
        with opened(folder, spelled) as project:
            answer(project, 1)
            assert project.person == BEN
    with opened(folder, ANNA.upper()) as project:
        assert {item.by for item in project.history() if item.what == "labelled"} == {ANNA, BEN}


def test_a_letter_that_only_looks_alike_is_another_letter() -> None:
    assert folded("Kim@x") == folded("kim@x")
    assert folded("\N{KELVIN SIGN}im@x") != folded("kim@x")
    assert folded("straße@x") != folded("strasse@x")


def test_whoever_is_let_in_to_label_labels_under_their_own_name(tmp_path: Path) -> None:
    shared(tmp_path / "p", BEN, "label")
    with opened(tmp_path / "p", BEN) as project:
        (row,) = answer(project)
        assert project.right == "label"
        assert project.labels().set_index("row").loc[row, "by"] == BEN
    (info,) = list_projects(tmp_path, person=BEN)
    assert (info.right, info.owner) == ("label", ANNA)


def test_whoever_is_let_in_to_read_sees_everything_and_changes_nothing(tmp_path: Path) -> None:
    shared(tmp_path / "p", BEN, "read")
    with opened(tmp_path / "p", BEN) as project:
        assert project.is_read_only
        assert project.notices == [SHARED_TO_READ]
        assert len(project.labels()) == 2
        assert project.export_bytes()
        with pytest.raises(ProjectReadOnly, match="shared with you to read"):
            project.label(5, "yes")
        with pytest.raises(ProjectReadOnly, match="shared with you to read"):
            project.rename("Mine")
    with opened(tmp_path / "p", ANNA) as project:
        assert len(project.labels()) == 2


def test_a_reader_who_is_let_in_to_label_labels_at_once(tmp_path: Path) -> None:
    shared(tmp_path / "p", BEN, "read")
    with opened(tmp_path / "p", BEN) as ben, opened(tmp_path / "p", ANNA) as anna:
        anna.share(BEN.upper(), "label")
        assert anna.shared_with() == (Share(BEN.upper(), "label"),)
        ben.label(5, "yes")
        anna.share(BEN, "read")
        with pytest.raises(ProjectReadOnly, match="shared with you to read"):
            ben.label(6, "yes")
        assert anna.label_of(5) == "yes"


def test_only_the_owner_shares_and_gives(tmp_path: Path) -> None:
    shared(tmp_path / "p", BEN, "label")
    with opened(tmp_path / "p", BEN) as project:
        acts: list[Callable[[], None]] = [
            lambda: project.share(EVE),
            lambda: project.stop_sharing(BEN),
            lambda: project.give(BEN),
        ]
        for act in acts:
            with pytest.raises(ProjectError, match=f"Only the owner, {ANNA}"):
                act()
        assert project.owner == ANNA
        assert project.shared_with() == (Share(BEN, "label"),)


@pytest.mark.parametrize("name", ["", "  ", "a\nb", "x" * 300, ANNA, ANNA.upper()])
def test_a_name_that_is_none_or_the_owners_is_refused(tmp_path: Path, name: str) -> None:
    with opened(of_anna(tmp_path / "p"), ANNA) as project:
        with pytest.raises(ProjectError):
            project.share(name)
        assert project.shared_with() == ()


def test_a_right_that_is_none_and_a_person_who_was_not_let_in_are_refused(tmp_path: Path) -> None:
    with opened(of_anna(tmp_path / "p"), ANNA) as project:
        with pytest.raises(ProjectError, match="Known: label, read"):
            project.share(BEN, "own")
        with pytest.raises(ProjectError, match="not shared with"):
            project.stop_sharing(BEN)


def test_who_may_what_is_kept_for_good_and_stands_in_the_history(tmp_path: Path) -> None:
    shared(tmp_path / "p", BEN, "read")
    with opened(tmp_path / "p", ANNA) as project:
        said = [item.what for item in project.history()]
        assert "owner named" in said
        assert "shared" in said
        project.undo()  # an answer: letting somebody in is taken back by name alone
        assert project.shared_with() == (Share(BEN, "read"),)
        project.stop_sharing(BEN)
        assert "sharing taken back" in [item.what for item in project.history()]
    with opened(tmp_path / "p", ANNA) as project:
        assert project.shared_with() == ()


def test_without_a_login_everything_is_as_ever(tmp_path: Path) -> None:
    of_anna(tmp_path / "p")
    live(tmp_path / "q").close()
    assert {info.id for info in list_projects(tmp_path)} == {"p", "q"}
    with opened(tmp_path / "p", "") as project:
        project.label(7, "yes")
        project.share(BEN, "read")
        assert project.shared_with() == (Share(BEN, "read"),)
    restore(move_to_bin(tmp_path / "p"))
    with live(tmp_path / "r") as project, pytest.raises(ProjectError, match="no owner"):
        project.share(BEN)


# -- attacks -----------------------------------------------------------------------------------


def test_anothers_project_is_refused_in_the_words_for_one_that_is_not_there(
    tmp_path: Path,
) -> None:
    of_anna(tmp_path / "p")
    (tmp_path / "broken").mkdir()
    (tmp_path / "broken" / FILE).write_bytes(b"broken" * 1000)
    words = set()
    for name in ("p", "nowhere", "broken"):
        with pytest.raises(ProjectMissing) as refused:
            opened(tmp_path / name, EVE)
        words.add(str(refused.value).replace(f" in {name}.", " in X."))
        assert right_in(tmp_path / name, EVE) == ""
    assert len(words) == 1


def test_a_refused_opening_leaves_not_a_byte(tmp_path: Path) -> None:
    folder = of_anna(tmp_path / "p")

    def held() -> dict[str, bytes]:
        return {str(p): p.read_bytes() for p in folder.rglob("*") if p.is_file()}

    before = held()
    with pytest.raises(ProjectMissing):
        opened(folder, EVE)
    assert held() == before


def test_a_project_without_an_owner_is_nobodys_under_a_login(tmp_path: Path) -> None:
    with live(tmp_path / "p") as project:
        answer(project)
    assert list_projects(tmp_path, person=ANNA) == []
    assert projects_of(points(), tmp_path, person=ANNA) == []
    with pytest.raises(ProjectMissing):
        opened(tmp_path / "p", ANNA)


def test_lists_and_earlier_projects_of_a_file_hold_no_others(tmp_path: Path) -> None:
    of_anna(tmp_path / "p")
    shared(tmp_path / "q", BEN, "read")
    with opened(tmp_path / "q", ANNA) as project:
        file = tmp_path / "labelled.csv"
        file.write_bytes(project.export_file().data)
    table = points()
    for person, ids in ((ANNA, {"p", "q"}), (BEN, {"q"}), (EVE, set())):
        assert {info.id for info in list_projects(tmp_path, person=person)} == ids
        assert {info.id for info in projects_of(table, tmp_path, person=person)} == ids
        by_file = projects_of(points(7), tmp_path, file=file, person=person)
        assert {info.id for info in by_file} == ids - {"p"}


def test_the_name_of_a_new_folder_does_not_tell_what_others_have(tmp_path: Path) -> None:
    of_anna(tmp_path / "mail")
    names = {new_project_folder("Mail", tmp_path, person=EVE).name for _ in range(5)}
    assert len(names) == 5
    assert all(name.startswith("mail-") and len(name) == 11 for name in names)


def test_taken_back_sharing_holds_for_a_project_that_is_open(tmp_path: Path) -> None:
    shared(tmp_path / "p", BEN, "label")
    with opened(tmp_path / "p", BEN) as ben, opened(tmp_path / "p", ANNA) as anna:
        (question,) = ben.ask()
        anna.stop_sharing(" BEN@example.org")
        acts: list[Callable[[], object]] = [
            lambda: ben.label(question.row, "yes", token=question.token),
            ben.ask,
            ben.labels,
            ben.export_bytes,
            ben.project_file_bytes,
            ben.history,
            ben.summary,
            lambda: ben.row_values(3),
            lambda: ben.share(BEN),
        ]
        for act in acts:
            with pytest.raises(ProjectMissing, match="There is no project in p"):
                act()
        assert not ben.is_open
        assert ben.right == ""
        assert anna.label_of(question.row) is None
    with pytest.raises(ProjectMissing):
        opened(tmp_path / "p", BEN)


def test_sharing_that_is_taken_back_in_the_middle_of_a_verb_holds_for_its_write(
    tmp_path: Path,
) -> None:
    shared(tmp_path / "p", BEN, "label")
    with opened(tmp_path / "p", BEN) as ben, opened(tmp_path / "p", ANNA) as anna:
        ben._opened.check_person()  # the verb has begun
        anna.stop_sharing(BEN)
        with pytest.raises(ProjectMissing):
            ben._answers.label(4, "yes")
        assert anna.label_of(4) is None


def test_a_project_that_was_given_away_is_closed_to_its_former_owner_and_those_let_in(
    tmp_path: Path,
) -> None:
    shared(tmp_path / "p", BEN, "label")
    with opened(tmp_path / "p", ANNA) as anna, opened(tmp_path / "p", BEN) as ben:
        anna.give(EVE)
        for project in (anna, ben):
            with pytest.raises(ProjectMissing):
                project.labels()
    with opened(tmp_path / "p", EVE) as project:
        assert (project.owner, project.shared_with()) == (EVE, ())


def test_the_bin_is_the_owners_alone(tmp_path: Path) -> None:
    shared(tmp_path / "p", BEN, "label")
    with pytest.raises(ProjectMissing, match="There is no project in p"):
        move_to_bin(tmp_path / "p", person=EVE)
    with pytest.raises(ProjectError, match="Only its owner"):
        move_to_bin(tmp_path / "p", person=BEN)
    binned = move_to_bin(tmp_path / "p", person=ANNA)
    assert [len(binned_projects(tmp_path, person=who)) for who in (ANNA, BEN, EVE)] == [1, 0, 0]
    with pytest.raises(ProjectMissing):
        restore(binned, person=EVE)
    with pytest.raises(ProjectError, match="Only its owner"):
        restore(binned, person=BEN)
    assert restore(binned, person=ANNA) == tmp_path / "p"


def test_an_imported_file_is_the_importers_whoever_it_names(tmp_path: Path) -> None:
    shared(tmp_path / "p", BEN, "label")
    with opened(tmp_path / "p", ANNA) as project:
        data = project.project_file_bytes()
    taken = import_project(data, tmp_path / "home", person=EVE)
    for other in (ANNA, BEN):
        assert list_projects(tmp_path / "home", person=other) == []
        with pytest.raises(ProjectMissing):
            opened(taken, other)
    with opened(taken, EVE) as project:
        assert (project.owner, project.shared_with()) == (EVE, ())
        assert any("shared with nobody" in notice for notice in project.notices)
        answer(project)
    with opened(taken, EVE) as project:
        assert project.notices == []


def test_a_file_that_names_an_owner_names_none_where_nobody_is_logged_in(tmp_path: Path) -> None:
    with opened(of_anna(tmp_path / "p"), ANNA) as project:
        data = project.project_file_bytes()
    taken = import_project(data, tmp_path / "home")
    assert right_in(taken, ANNA) == ""
    with opened(taken, "") as project:
        assert (project.owner, project.notices) == ("", [])


def test_a_right_that_a_journal_does_not_know_is_none(tmp_path: Path) -> None:
    from al_core.projects.journal.events import Shared

    with opened(of_anna(tmp_path / "p"), ANNA) as project:
        project._opened.record(Shared(BEN, "own"), by=ANNA)
    assert right_in(tmp_path / "p", BEN) == ""


# -- the command -------------------------------------------------------------------------------


def _give(home: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "al_core.command", "give", *arguments],
        env={"AL_WORKBENCH_HOME": str(home), "PATH": ""},
        cwd=Path(__file__).parents[2],
        capture_output=True,
        text=True,
        check=False,
    )


def test_the_command_gives_a_project_to_somebody(tmp_path: Path) -> None:
    live(tmp_path / "p").close()
    done = _give(tmp_path, "p", ANNA)
    assert (done.returncode, done.stdout) == (
        0,
        f"points.csv is {ANNA}'s now, and shared with nobody.\n",
    )
    assert [info.id for info in list_projects(tmp_path, person=ANNA)] == ["p"]


def test_the_command_says_what_is_wrong_and_which_projects_there_are(tmp_path: Path) -> None:
    live(tmp_path / "p").close()
    for arguments in ((), ("p",), ("../p/q", ANNA), ("nowhere", ANNA), ("p", " ")):
        done = _give(tmp_path, *arguments)
        assert done.returncode == 1
        assert "Traceback" not in done.stderr
        assert done.stdout == ""
    assert "Projects here: p." in _give(tmp_path).stderr
    with pytest.raises(UserError):
        opened(tmp_path / "p", ANNA)
