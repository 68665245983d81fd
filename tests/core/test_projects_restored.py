"""A journal put back from a copy beside the -wal of another day or another project."""

from __future__ import annotations

import shutil
import sqlite3
from dataclasses import dataclass
from pathlib import Path

import pytest

from al_core.errors import ProjectDamaged, ProjectError
from al_core.projects import Project, ProjectData, import_project, list_projects, load_data
from al_core.projects.journal.recorded import Recorded
from al_core.projects.journal.store import FILE, Journal
from tests.core.test_projects_attacks import repacked
from tests.projects_cases import answer, live
from tests.projects_journals import (
    LAST,
    PAGE,
    WAL,
    Moment,
    in_folder,
    leaves_of_events,
    moments,
    with_pages,
)

AT = (3, 250, 500, 800)
SEEDS = (1, 2, 3)


@dataclass(frozen=True)
class Parts:
    """A project's folder, and moments of six journals about its table."""

    folder: Path
    data: ProjectData
    of: dict[str, dict[str, Moment]]

    def beside(self, main: bytes, wal: bytes, home: Path) -> Path:
        """The project with this journal and that -wal."""
        folder = home / "p"
        shutil.copytree(self.folder, folder)
        (folder / FILE).write_bytes(main)
        (folder / WAL).write_bytes(wal)
        return folder


@pytest.fixture(scope="module")
def parts(tmp_path_factory: pytest.TempPathFactory) -> Parts:
    home = tmp_path_factory.mktemp("parts")
    names = [f"{who}{seed}" for seed in SEEDS for who in "ab"]
    of = {name: moments(home / name, seed, AT) for seed, name in enumerate(names)}
    return Parts(home / "a1", load_data(home / "a1"), of)


@pytest.mark.parametrize("seed", SEEDS)
@pytest.mark.parametrize("other", ["a", "b"], ids=["own wal", "foreign wal"])
def test_a_journal_beside_another_wal_opens_with_one_history_or_is_refused(
    other: str, seed: int, parts: Parts, tmp_path: Path
) -> None:
    mine, theirs = parts.of[f"a{seed}"], parts.of[f"{other}{seed}"]
    for at in mine:
        for of in map(str, AT):
            folder = parts.beside(mine[at].main, theirs[of].wal, tmp_path / f"{at} {of}")
            before = in_folder(folder)
            list_projects(folder.parent)
            assert in_folder(folder) == before
            _check_opening(folder, parts.data, [mine["closed"].events, theirs["closed"].events])


def _check_opening(folder: Path, data: ProjectData, true: list[list[Recorded]]) -> None:
    """Opened with the start of one true history, or refused; no file is lost either way."""
    before = in_folder(folder)
    try:
        project = Project.open(folder, background=False, data=data)
    except ProjectDamaged:
        assert in_folder(folder) == before
        return
    events = project._opened.journal.read_after(0)
    found = events[:-1] if project.notices else events  # the last says that it was mended
    assert any(all(event in history for event in found) for history in true)
    assert project.notices or found == true[0]  # the note beside the journal knows of all of it
    if project.notices:
        kept = {path.read_bytes() for path in folder.glob("journal.damaged-*")}
        assert {before[FILE][0], before[WAL][0]} <= kept
    answer(project, 1)
    project.close()
    with Project.open(folder, background=False, data=data) as project:
        assert project.notices == []
        assert len(project._opened.journal.read_after(0)) > len(events)


@pytest.mark.parametrize("of", [str(n) for n in AT])
@pytest.mark.parametrize("other", ["a1", "b1"])
def test_an_old_wal_takes_no_label_from_a_journal_that_is_whole(
    other: str, of: str, parts: Parts, tmp_path: Path
) -> None:
    whole = parts.of["a1"]["closed"]
    folder = parts.beside(whole.main, parts.of[other][of].wal, tmp_path)
    with Project.open(folder, background=False) as project:
        assert project._opened.journal.read_after(0)[: len(whole.events)] == whole.events
        if (other, of) != ("a1", "800"):
            assert "802 entries" in project.notices[0]
            assert WAL in project.notices[0]


@pytest.mark.parametrize("at", ["3", "500"])
def test_a_wal_that_goes_on_from_its_journal_is_taken_without_a_word(
    at: str, parts: Parts, tmp_path: Path
) -> None:
    moment = parts.of["a1"][at]
    folder = parts.beside(moment.main, moment.wal, tmp_path)
    (folder / LAST).write_bytes(moment.last)
    with Project.open(folder, background=False) as project:
        assert project._opened.journal.read_after(0) == moment.events
        assert project.notices == []


def _ring(folder: Path, *, torn: bool) -> int:
    """The first page of events again in place of all but the last; how many events it holds."""
    history = moments(folder, 1, [400])
    path = folder / FILE
    first, *others = leaves_of_events(path)
    path.write_bytes(history["closed"].main)
    with_pages(path, lambda pages: dict.fromkeys(others[:-1], pages[first]))
    if torn:
        with_pages(path, lambda pages: {others[-1]: bytes(PAGE)})
    return 400


@pytest.mark.parametrize("torn", [True, False])
def test_a_journal_whose_ids_begin_anew_is_read_to_there_and_behind_it(
    torn: bool, tmp_path: Path
) -> None:
    n = _ring(tmp_path / "p", torn=torn)
    (info,) = list_projects(tmp_path)
    assert 0 < info.n_labelled < n
    with Project.open(tmp_path / "p", background=False) as project:
        events = project._opened.journal.read_after(0)
        ids = [recorded.id for recorded in events]
        assert ids == sorted(set(ids))
        assert f"{len(events) - 1} entries could be read" in project.notices[0]
        answer(project, 1)


def test_an_open_journal_whose_ids_begin_anew_ends_in_words(tmp_path: Path) -> None:
    _ring(tmp_path / "p", torn=False)
    journal = Journal.open(tmp_path / "p" / FILE)
    with pytest.raises(ProjectDamaged, match="Restore it from a copy"):
        journal.read_after(0)
    journal.close()


def test_a_damaged_journal_that_somebody_has_open_is_left_to_them(tmp_path: Path) -> None:
    with live(tmp_path / "p", n=1000) as project:
        for row in range(300):
            project.label(row, "yes", note="n" * 100)
    data = (tmp_path / "p" / FILE).read_bytes()
    with Project.open(tmp_path / "p", background=False):
        (tmp_path / "p" / FILE).write_bytes(data[: len(data) * 7 // 10])
        before = in_folder(tmp_path)
        with pytest.raises(ProjectError, match="open in another tab or program"):
            Project.open(tmp_path / "p", background=False)
        assert in_folder(tmp_path) == before
    with Project.open(tmp_path / "p", background=False) as project:
        assert "entries could be read" in project.notices[0]


def test_two_damaged_journals_of_one_moment_are_both_kept(tmp_path: Path) -> None:
    kept: set[bytes] = set()
    live(tmp_path / "p").close()
    for share in (8, 6):
        with Project.open(tmp_path / "p", background=False) as project:
            for row in range(100):
                project.label(row, "yes", note="n" * 100)
        data = (tmp_path / "p" / FILE).read_bytes()
        kept.add(data[: len(data) * share // 10])
        (tmp_path / "p" / FILE).write_bytes(data[: len(data) * share // 10])
        Project.open(tmp_path / "p", background=False).close()
    found = {path.read_bytes() for path in (tmp_path / "p").glob("journal.damaged-*.sqlite3")}
    assert found == kept


IDS = [[1, 1], [2, 1], [0, 1], [-1, 1], [1, 2**70], [1, 2**63 - 1]]


@pytest.mark.parametrize("ids", IDS, ids=str)
def test_a_project_file_whose_ids_do_not_rise_is_refused(ids: list[int], tmp_path: Path) -> None:
    project = live(tmp_path / "p")
    project.label(1, "yes")
    data = project.project_file_bytes()
    project.close()

    def numbered(name: str, part: bytes) -> bytes:
        if name != "journal.jsonl":
            return part
        lines = part.split(b"\n")
        rest = [line.split(b",", 1)[1] for line in lines]
        return b"\n".join(b"[%d,%s" % pair for pair in zip(ids, rest, strict=False))

    with pytest.raises(ProjectError, match=r"damaged|no project file"):
        import_project(repacked(data, numbered), tmp_path / "home")
    assert list((tmp_path / "home").iterdir()) == []


VALUES = ["[]", "3", "null", "{", "[" * 100_000, '{"row": 1}', "", b"\xff\xfe", None, 7]


@pytest.mark.parametrize("column", ["body", "at", "opener", "by", "kind", "token"])
@pytest.mark.parametrize("value", VALUES, ids=lambda value: repr(value)[:9])
def test_an_entry_that_is_not_as_it_was_written_is_left_out_and_told(
    column: str, value: object, tmp_path: Path
) -> None:
    _with_last_entry(tmp_path / "p", column, value)
    (info,) = list_projects(tmp_path)
    project = Project.open(tmp_path / "p", background=False)
    if (column, value) == ("token", None):  # it is what stands there
        assert project.counts().spent == 3
    else:
        assert project.counts().spent == info.n_labelled == 2
        assert "1 answer is not there" in project.notices[0]
    project.history()
    project.close()


def _with_last_entry(folder: Path, column: str, value: object) -> None:
    with live(folder) as project:
        for row in range(3):
            project.label(row, "yes")
    connection = sqlite3.connect(folder / FILE)
    connection.execute("DROP TRIGGER events_are_never_changed")
    connection.execute("PRAGMA writable_schema=ON")
    connection.execute(
        "UPDATE sqlite_master SET sql = replace(sql, 'TEXT NOT NULL', 'TEXT') WHERE name = 'events'"
    )
    connection.commit()
    connection.close()
    connection = sqlite3.connect(folder / FILE)
    text = "CAST(? AS TEXT)" if isinstance(value, bytes) else "?"
    last = "(SELECT max(id) FROM events)"
    connection.execute(f'UPDATE events SET "{column}" = {text} WHERE id = {last}', (value,))
    connection.commit()
    connection.close()
