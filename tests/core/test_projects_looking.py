"""Looking at a project, and failing to open one, leave every byte of its folder as it was."""

from __future__ import annotations

import sqlite3
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest

from al_core.errors import ProjectDamaged, ProjectError, ProjectTooNew
from al_core.projects import Project, binned_projects, list_projects
from al_core.projects.journal.store import FILE
from tests.projects_cases import answer, live
from tests.projects_journals import (
    N_ROWS,
    PAGE,
    SHM,
    WAL,
    in_folder,
    labelled_once,
    leaves_of_events,
    moments,
    with_pages,
)

ROOT = Path(__file__).parents[2]


def _closed(folder: Path) -> None:
    with live(folder) as project:
        answer(project, 3)


def _without_shm(folder: Path) -> None:
    labelled_once(folder)
    (folder / SHM).unlink()


def _emptied(folder: Path) -> None:
    """The database has no bytes and its -wal holds all: a copy or a power cut can leave it so."""
    _without_shm(folder)
    (folder / FILE).write_bytes(b"")


def _emptied_beside_shm(folder: Path) -> None:
    labelled_once(folder)
    (folder / FILE).write_bytes(b"")


def _empty_without_wal(folder: Path) -> None:
    _closed(folder)
    (folder / FILE).write_bytes(b"")


def _no_database_beside_a_wal(folder: Path) -> None:
    labelled_once(folder)
    (folder / FILE).write_bytes(b"no database at all" * 1000)


def _no_database(folder: Path) -> None:
    _closed(folder)
    (folder / FILE).write_bytes(b"no database at all" * 1000)


def _another_database(path: Path, *commands: str) -> None:
    path.unlink()
    connection = sqlite3.connect(path)
    for command in commands:
        connection.execute(command)
    connection.commit()
    connection.close()


def _foreign(folder: Path) -> None:
    _closed(folder)
    _another_database(folder / FILE, "CREATE TABLE recipes (name TEXT)")


def _foreign_events(folder: Path) -> None:
    _closed(folder)
    concert = "INSERT INTO events VALUES ('a concert')"
    _another_database(folder / FILE, "CREATE TABLE events (what TEXT)", concert)


def _foreign_beside_a_wal(folder: Path) -> None:
    labelled_once(folder)
    wal = (folder / WAL).read_bytes()
    (folder / WAL).unlink()
    _another_database(folder / FILE, "CREATE TABLE recipes (name TEXT)")
    (folder / WAL).write_bytes(wal)


def _newer(folder: Path) -> None:
    _closed(folder)
    connection = sqlite3.connect(folder / FILE)
    connection.execute("PRAGMA user_version = 99")
    connection.close()


def _torn(folder: Path) -> None:
    moments(folder, 1, [200])
    data = (folder / FILE).read_bytes()
    (folder / FILE).write_bytes(data[: len(data) * 6 // 10])


def _first_page_of_events_lost(folder: Path) -> None:
    moments(folder, 1, [200])
    first, *_ = leaves_of_events(folder / FILE)
    with_pages(folder / FILE, lambda pages: {first: bytes(PAGE)})


def _table_lost(folder: Path) -> None:
    labelled_once(folder)
    (folder / "roles.json").write_text("[]")


def _table_of_another(folder: Path) -> None:
    """The journal is about more rows than the table has."""
    labelled_once(folder)
    live(folder.parent / "other", n=N_ROWS).close()
    (folder / FILE).write_bytes((folder.parent / "other" / FILE).read_bytes())
    (folder / WAL).unlink()


READABLE = [
    _closed, labelled_once, _without_shm, _emptied, _emptied_beside_shm, _torn,
    _no_database_beside_a_wal, _foreign_beside_a_wal,
]  # fmt: skip
LOST = [
    _empty_without_wal, _no_database, _foreign, _foreign_events, _newer,
    _first_page_of_events_lost, _table_lost, _table_of_another,
]  # fmt: skip
MAKERS = [*READABLE, *LOST]
Maker = Callable[[Path], None]


def named(maker: Maker) -> str:
    return maker.__name__.strip("_")


@pytest.mark.parametrize("maker", MAKERS, ids=named)
def test_listing_projects_leaves_every_byte_as_it_was(maker: Maker, tmp_path: Path) -> None:
    for place in ("p", ".bin/p"):
        maker(tmp_path / place)
    before = in_folder(tmp_path)
    for _ in range(2):
        list_projects(tmp_path)
        binned_projects(tmp_path)
    assert in_folder(tmp_path) == before


@pytest.mark.parametrize("maker", LOST, ids=named)
def test_an_opening_that_fails_says_why_and_leaves_every_byte_as_it_was(
    maker: Maker, tmp_path: Path
) -> None:
    maker(tmp_path / "p")
    before = in_folder(tmp_path)
    with pytest.raises((ProjectDamaged, ProjectTooNew), match=r"Restore|newer version"):
        Project.open(tmp_path / "p", background=False)
    assert in_folder(tmp_path) == before


@pytest.mark.parametrize("maker", READABLE, ids=named)
def test_the_list_counts_what_opening_will_bring_back(maker: Maker, tmp_path: Path) -> None:
    maker(tmp_path / "p")
    (info,) = list_projects(tmp_path)
    assert not info.problem
    assert info.n_labelled > 0
    with Project.open(tmp_path / "p", background=False) as project:
        assert project.counts().spent == info.n_labelled


def test_a_database_without_a_byte_brings_back_the_40_labels_of_its_wal(tmp_path: Path) -> None:
    _emptied(tmp_path / "p")
    assert list_projects(tmp_path)[0].n_labelled == 40
    with Project.open(tmp_path / "p", background=False) as project:
        assert project.labels()["row"].tolist() == list(range(40))
        assert "42 entries" in project.notices[0]
        answer(project, 1)
    with Project.open(tmp_path / "p", background=False) as project:
        assert project.counts().spent == 41
        assert project.notices == []


def test_a_file_of_another_program_is_kept_where_the_wal_brings_the_labels_back(
    tmp_path: Path,
) -> None:
    _foreign_beside_a_wal(tmp_path / "p")
    recipes = (tmp_path / "p" / FILE).read_bytes()
    with Project.open(tmp_path / "p", background=False) as project:
        assert project.counts().spent == 40
    (kept,) = (tmp_path / "p").glob("journal.damaged-*.sqlite3")
    assert kept.read_bytes() == recipes


def test_looking_at_an_open_project_changes_no_record_and_keeps_its_locks(tmp_path: Path) -> None:
    with live(tmp_path / "p") as project:
        for row in range(40):
            project.label(row, "yes")
        before, locks = in_folder(tmp_path), _locks(tmp_path / "p")
        assert list_projects(tmp_path)[0].n_labelled == 40
        after = in_folder(tmp_path)
        # Where somebody has it open, -shm is SQLite's table of who reads, and no record.
        shm = f"p/{SHM}"
        assert {**after, shm: None} == {**before, shm: None}
        assert _locks(tmp_path / "p") == locks
        project.label(40, "no")
        assert list_projects(tmp_path)[0].n_labelled == 41


def _locks(folder: Path) -> list[str]:
    """The locks of the system on the journal's files; a file closed anywhere drops its own."""
    table = Path("/proc/locks")
    if not table.exists():
        return []
    inodes = {f":{(folder / name).stat().st_ino}" for name in (FILE, SHM)}
    lines = [line.split() for line in table.read_text().split("\n")]
    return sorted(" ".join(f[1:]) for f in lines if any(i in x for x in f for i in inodes))


_READER = """
from al_core.projects import list_projects
print([(info.n_labelled, info.problem) for info in list_projects({home!r})])
"""


def test_another_process_counts_the_labels_of_an_open_project(tmp_path: Path) -> None:
    with live(tmp_path / "p") as project:
        for row in range(40):
            project.label(row, "yes")
        before = in_folder(tmp_path)
        assert _printed_by(_READER.format(home=str(tmp_path))) == "[(40, '')]"
        assert in_folder(tmp_path) == before


_BUSY = """
from pathlib import Path
from al_core.projects import Project, load_data
data = load_data({folder!r})
for turn in range(6):
    with Project.open({folder!r}, background=False, data=data) as project:
        assert project.notices == [], project.notices
        for row in range(turn * 10, turn * 10 + 10):
            project.label(row, "yes", note="n" * 3000)
"""


def test_a_project_that_others_open_and_close_is_never_taken_for_damaged(tmp_path: Path) -> None:
    live(tmp_path / "p").close()
    script = _BUSY.format(folder=str(tmp_path / "p"))
    others = [subprocess.Popen([sys.executable, "-c", script], cwd=ROOT) for _ in range(2)]
    known = 0
    while any(other.poll() is None for other in others):
        (info,) = list_projects(tmp_path)
        assert not info.problem
        assert info.n_labelled >= known
        known = info.n_labelled
    assert [other.returncode for other in others] == [0, 0]
    assert list_projects(tmp_path)[0].n_labelled == 60


needs_another_user = pytest.mark.skipif(
    sys.platform == "win32" or __import__("os").geteuid() != 0, reason="becomes another user"
)


@needs_another_user
@pytest.mark.parametrize("maker", [_closed, labelled_once, _without_shm, _emptied], ids=named)
def test_projects_in_a_folder_that_cannot_be_written_to_are_listed(maker: Maker) -> None:
    with TemporaryDirectory() as home:  # pytest's own folders are shut to others, again and again
        maker(Path(home) / "p")
        for path in (Path(home), Path(home) / "p", *Path(home).rglob("journal*")):
            path.chmod(0o755)
        (here,) = list_projects(home)
        script = _READER.replace("print", "import os; os.setuid(65534)\nprint")
        told = _printed_by(script.format(home=home))
    assert told == f"[({here.n_labelled}, '')]"


def _printed_by(script: str) -> str:
    run = [sys.executable, "-c", script]
    return subprocess.check_output(run, text=True).strip()


_SHUT_OUT = """
import os
from pathlib import Path
from al_core import ProjectMissing, UserError
from al_core.projects import Project, list_projects, load_data, move_to_bin, sweep_leftovers
folder = Path({home!r}) / "p"
Project.open(folder, background=False).close()  # imports all it needs: nobody may not read it
os.setuid(65534)
said = [info.problem for info in list_projects({home!r})]
for act in (Project.open, load_data, move_to_bin):
    try:
        act(folder)
    except UserError as problem:
        said.append(str(problem))
assert len(said) == 4 and len(set(said)) == 1, said
assert list_projects({home!r}, person="anna") == []
try:
    Project.open(folder, person="anna")
except ProjectMissing:
    sweep_leftovers({home!r})
    print(said[0])
"""


@needs_another_user
def test_a_project_that_may_not_be_read_is_named_so_to_whoever_has_no_login() -> None:
    with TemporaryDirectory() as home:
        live(Path(home) / "p").close()
        (Path(home) / "lost+found").mkdir(mode=0o700)
        Path(home).chmod(0o755)
        said = _printed_by(_SHUT_OUT.format(home=home))
    assert said.startswith("The folder p may not be read: this program lacks the permission.")


def test_a_journal_that_may_not_be_read_is_a_problem_of_its_own(tmp_path: Path) -> None:
    live(tmp_path / "p").close()
    live(tmp_path / "q").close()
    (tmp_path / "p" / "openers").rmdir()
    (tmp_path / "p" / FILE).unlink()
    (tmp_path / "p" / FILE).mkdir()
    assert [info.id for info in list_projects(tmp_path)] == ["q"]
    with pytest.raises(ProjectError, match="no journal"):
        Project.open(tmp_path / "p")


def _killed_as_the_log_began_anew(folder: Path) -> None:
    """A -wal of nothing but its head beside a -shm, as a kill can leave them."""
    labelled_once(folder)
    shm = (folder / SHM).read_bytes()
    head = (folder / WAL).read_bytes()[:32]
    Project.open(folder, background=False).close()
    (folder / WAL).write_bytes(head)
    (folder / SHM).write_bytes(bytes(len(shm)))


def test_a_project_killed_as_its_log_began_anew_is_listed_and_opens(tmp_path: Path) -> None:
    _killed_as_the_log_began_anew(tmp_path / "p")
    before = in_folder(tmp_path)
    (info,) = list_projects(tmp_path)
    assert in_folder(tmp_path) == before
    assert (info.problem, info.n_labelled) == ("", 40)
    with Project.open(tmp_path / "p", background=False) as project:
        assert project.notices == []
        assert project.counts().spent == 40
