"""A journal knows when it was touched: what is missing is said, what is changed is not believed."""

from __future__ import annotations

import re
import shutil
import sqlite3
import stat
import sys
from pathlib import Path

import pytest

from al_core.errors import ProjectDamaged, ProjectTooNew
from al_core.projects import Project, import_project, list_projects
from al_core.projects.journal.store import FILE
from tests.projects_cases import answer, live, points
from tests.projects_journals import LAST, WAL, as_format_1, labelled_once, leaves_of_events

FRAME = 24 + 4096  # bytes of a page in a -wal, with its head


def _labelled(folder: Path, n: int) -> None:
    with live(folder, n=200) as project:
        for row in range(n):
            project.label(row, "yes")


def _swap_text(path: Path, old: bytes, new: bytes) -> None:
    """Change the last place where these bytes stand."""
    before, found, after = path.read_bytes().rpartition(old)
    assert found
    path.write_bytes(before + new + after)


def test_a_cut_log_is_told_with_how_many_answers_and_of_when(tmp_path: Path) -> None:
    labelled_once(tmp_path / "p")
    wal = tmp_path / "p" / WAL
    cut = wal.read_bytes()[: len(wal.read_bytes()) // 2]
    wal.write_bytes(cut)
    with Project.open(tmp_path / "p", background=False) as project:
        n = project.counts().spent
        assert 0 < n < 40
        assert f"{40 - n} answers are not there" in project.notices[0]
        assert re.search(r"of \d{4}-\d\d-\d\d \d\d:\d\d to", project.notices[0])
        answer(project, 1)
    assert cut in {path.read_bytes() for path in (tmp_path / "p").glob("journal.damaged-*")}
    with Project.open(tmp_path / "p", background=False) as project:
        assert project.notices == []
        assert project.counts().spent == n + 1


@pytest.mark.parametrize("frame", [3, 30])
def test_a_flipped_bit_in_the_log_costs_nothing_where_a_later_frame_has_the_page(
    frame: int, tmp_path: Path
) -> None:
    labelled_once(tmp_path / "p")
    wal = bytearray((tmp_path / "p" / WAL).read_bytes())
    wal[32 + frame * FRAME + 2000] ^= 4
    (tmp_path / "p" / WAL).write_bytes(wal)
    with Project.open(tmp_path / "p", background=False) as project:
        assert project.labels()["row"].tolist() == list(range(40))
        assert "42 entries could be read. The damaged" in project.notices[0]


def test_a_label_that_a_flipped_bit_changed_is_not_believed(tmp_path: Path) -> None:
    _labelled(tmp_path / "p", 30)
    _swap_text(tmp_path / "p" / FILE, b'"label": "yes"', b'"label": "yds"')
    with Project.open(tmp_path / "p", background=False) as project:
        assert set(project.labels()["label"]) == {"yes"}
        assert "1 answer is not there" in project.notices[0]


def test_behind_a_page_that_cannot_be_read_the_later_answers_are_kept(tmp_path: Path) -> None:
    _labelled(tmp_path / "p", 150)
    path = tmp_path / "p" / FILE
    second = leaves_of_events(path)[1]
    data = bytearray(path.read_bytes())
    data[(second - 1) * 4096 : second * 4096] = bytes(4096)
    path.write_bytes(data)
    with Project.open(tmp_path / "p", background=False) as project:
        rows = project.labels()["row"].tolist()
        assert {0, 149} < set(rows)
        assert f"{150 - len(rows)} answers are not there" in project.notices[0]


def test_an_own_older_journal_that_was_put_back_is_told(tmp_path: Path) -> None:
    _labelled(tmp_path / "p", 5)
    older = (tmp_path / "p" / FILE).read_bytes()
    with Project.open(tmp_path / "p", background=False) as project:
        for row in range(5, 12):
            project.label(row, "no")
    (tmp_path / "p" / FILE).write_bytes(older)
    with Project.open(tmp_path / "p", background=False) as project:
        assert "ends earlier than it once did" in project.notices[0]
        assert "7 answers are not there" in project.notices[0]
        assert project.counts().spent == 5


def test_the_journal_of_another_project_of_the_same_table_is_refused(tmp_path: Path) -> None:
    for name in ("p", "q"):
        _labelled(tmp_path / name, 5)
    (tmp_path / "p" / FILE).write_bytes((tmp_path / "q" / FILE).read_bytes())
    with pytest.raises(ProjectDamaged, match="another project"):
        Project.open(tmp_path / "p", background=False)


@pytest.mark.parametrize("name", ["table", "roles.json", "answers.json"])
def test_a_table_or_roles_of_another_project_of_as_many_rows_are_refused(
    name: str, tmp_path: Path
) -> None:
    live(tmp_path / "p").close()
    Project.create(
        tmp_path / "q", points(120, seed=1, answers="part"),
        {**live(tmp_path / "r").roles}, {"classes": ["no", "yes", "maybe"]}, background=False,
    ).close()  # fmt: skip
    part = tmp_path / "p" / name
    if part.is_dir():
        shutil.rmtree(part)
        shutil.copytree(tmp_path / "q" / name, part)
    else:
        part.write_text(part.read_text().replace('"test"', '"best"').replace("[", "[ ", 1))
    with pytest.raises(ProjectDamaged, match=r"is not the file that this project began with"):
        Project.open(tmp_path / "p", background=False)


def test_a_journal_of_format_1_gets_one_event_and_loses_none(tmp_path: Path) -> None:
    _labelled(tmp_path / "p", 20)
    as_format_1(tmp_path / "p")
    for _ in range(2):
        with Project.open(tmp_path / "p", background=False) as project:
            assert project.notices == []
            assert project.counts().spent == 20
            events = project._opened.journal.read_after(0)
            assert len(events) == 22
    with Project.open(tmp_path / "p", background=False) as project:
        project.label(20, "no")
    _swap_text(tmp_path / "p" / FILE, b'"label": "yes"', b'"label": "yds"')
    with Project.open(tmp_path / "p", background=False) as project:
        assert "not as it was written" in project.notices[0]
        assert project.counts().spent == 21


@pytest.mark.parametrize(
    "change",
    [
        (b"labelled", b"lacelled"),
        (b'"yes"', b'"ye\xff"'),
        (b"+00:00", b"+99:00"),
        (b"2026", b"0001"),
    ],
    ids=["kind", "text", "zone", "year"],
)
def test_damage_in_a_journal_of_format_1_is_a_hole_and_no_cell_is_printed(
    change: tuple[bytes, bytes], tmp_path: Path
) -> None:
    _labelled(tmp_path / "p", 20)
    as_format_1(tmp_path / "p")
    old = change[0] if change[0] != b"2026" else str(_year(tmp_path / "p")).encode()
    _swap_text(tmp_path / "p" / FILE, old, change[1])
    (info,) = list_projects(tmp_path)
    assert info.problem == ""
    with Project.open(tmp_path / "p", background=False) as project:
        assert project.counts().spent == info.n_labelled == 19
        assert "1 entry is not there" in project.notices[0]
        assert "yes" not in project.notices[0]


def _year(folder: Path) -> int:
    connection = sqlite3.connect(folder / FILE)
    (at,) = connection.execute("SELECT max(at) FROM events").fetchone()
    connection.close()
    return int(at[:4])


def test_a_damaged_row_count_is_a_sentence_in_the_list_and_on_opening(tmp_path: Path) -> None:
    live(tmp_path / "p").close()
    as_format_1(tmp_path / "p")
    _swap_text(tmp_path / "p" / FILE, b'"n_rows": 120', b'"n_rows": -20')
    assert list_projects(tmp_path)[0].problem
    with pytest.raises(ProjectDamaged, match="Restore"):
        Project.open(tmp_path / "p", background=False)


def test_an_event_of_a_newer_version_is_told_from_a_damaged_one(tmp_path: Path) -> None:
    from al_core.projects.journal.chain import checksum_of, link_of
    from al_core.projects.journal.store import Journal

    live(tmp_path / "p").close()
    journal = Journal.open(tmp_path / "p" / FILE)
    last, link, at = journal._last()
    line = (last + 1, at, "", "person", "labelled_twice", 1, None, "{}")
    checksum = checksum_of(journal.project, line)
    values = (*line, checksum, link_of(link, checksum))
    journal._connection.execute(f"INSERT INTO events VALUES ({', '.join('?' * 10)})", values)
    journal.close()
    with pytest.raises(ProjectTooNew, match="newer version"):
        Project.open(tmp_path / "p", background=False)


def test_an_imported_copy_is_a_project_of_its_own(tmp_path: Path) -> None:
    with live(tmp_path / "p") as project:
        answer(project, 3)
        data, mine = project.project_file_bytes(), project._opened.journal.project
    place = import_project(data, tmp_path / "home")
    with Project.open(place, background=False) as copy:
        assert copy._opened.journal.project != mine
        assert copy.counts().spent == 3
        assert copy.notices == []
    (place / FILE).write_bytes((tmp_path / "p" / FILE).read_bytes())
    with pytest.raises(ProjectDamaged, match="another project"):
        Project.open(place, background=False)


def test_a_note_that_is_gone_is_said_once_and_written_anew(tmp_path: Path) -> None:
    _labelled(tmp_path / "p", 3)
    (tmp_path / "p" / LAST).unlink()
    with Project.open(tmp_path / "p", background=False) as project:
        assert "journal.last" in project.notices[0]
    with Project.open(tmp_path / "p", background=False) as project:
        assert project.notices == []


def test_a_note_that_lags_behind_raises_no_alarm(tmp_path: Path) -> None:
    _labelled(tmp_path / "p", 3)
    early = (tmp_path / "p" / LAST).read_bytes()
    with Project.open(tmp_path / "p", background=False) as project:
        project.label(10, "no")
    (tmp_path / "p" / LAST).write_bytes(early)
    with Project.open(tmp_path / "p", background=False) as project:
        assert project.notices == []


def test_a_rescue_that_was_cut_short_is_finished_by_the_next_opening(tmp_path: Path) -> None:
    _labelled(tmp_path / "p", 150)
    path = tmp_path / "p" / FILE
    torn = path.read_bytes()[: path.stat().st_size * 7 // 10]
    path.write_bytes(torn)
    with Project.open(tmp_path / "p", background=False) as project:
        spent = project.counts().spent
    path.rename(path.with_name("journal.mended.sqlite3"))
    assert [info.n_labelled for info in list_projects(tmp_path)] == [spent]
    with Project.open(tmp_path / "p", background=False) as project:
        assert project.counts().spent == spent
        assert project.notices == []


@pytest.mark.skipif(sys.platform == "win32", reason="rights of files are others there")
def test_the_files_of_a_journal_are_readable_by_their_owner_alone(tmp_path: Path) -> None:
    with live(tmp_path / "p") as project:
        answer(project, 2)
        files = list((tmp_path / "p").glob("journal*"))
        assert len(files) == 4
        assert {stat.S_IMODE(path.stat().st_mode) for path in files} == {0o600}
    (tmp_path / "p" / FILE).chmod(0o644)
    with Project.open(tmp_path / "p", background=False):
        assert stat.S_IMODE((tmp_path / "p" / FILE).stat().st_mode) == 0o600


def test_a_link_that_was_damaged_after_a_repair_is_mended_too(tmp_path: Path) -> None:
    _labelled(tmp_path / "p", 30)
    path = tmp_path / "p" / FILE
    _swap_text(path, b'"label": "yes"', b'"label": "yds"')
    with Project.open(tmp_path / "p", background=False) as project:  # repaired: a new beginning
        kept = len(project.labels())
    connection = sqlite3.connect(path)
    link = connection.execute("SELECT link FROM events WHERE id = 9").fetchone()[0]
    connection.close()
    _swap_text(path, link.encode(), link[:-1].encode() + (b"0" if link[-1] != "0" else b"1"))
    with Project.open(tmp_path / "p", background=False) as project:
        assert len(project.labels()) == kept
        assert "could be read" in project.notices[0]
        assert len(project.history()) > kept
    with Project.open(tmp_path / "p", background=False) as project:
        assert project.notices == []
        assert len(project.labels()) == kept
