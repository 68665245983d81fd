"""Journals in every state that a disk, a copy or a power cut can leave them in."""

from __future__ import annotations

import random
import sqlite3
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from pathlib import Path

from al_core.projects.journal.events import Labelled
from al_core.projects.journal.recorded import Recorded
from al_core.projects.journal.store import FILE, Journal
from tests.projects_cases import live

WAL, SHM, LAST = f"{FILE}-wal", f"{FILE}-shm", "journal.last"
N_ROWS = 300
PAGE = 4096


@dataclass(frozen=True)
class Moment:
    """The two files of a journal, and the events that they hold together and the first alone."""

    main: bytes
    wal: bytes
    last: bytes
    events: list[Recorded]


def in_folder(folder: Path) -> dict[str, tuple[bytes, int]]:
    """Every file below a folder: its bytes and when it was written."""
    files = [path for path in sorted(folder.rglob("*")) if path.is_file()]
    return {str(p.relative_to(folder)): (p.read_bytes(), p.stat().st_mtime_ns) for p in files}


def labelled_once(folder: Path, n: int = 40) -> None:
    """A project with ``n`` labels, still in the -wal, as a server that was killed leaves it."""
    project = live(folder)
    for row in range(n):
        project.label(row, "yes")
    files = {name: (folder / name).read_bytes() for name in (FILE, WAL, SHM)}
    project.close()
    for name, data in files.items():
        (folder / name).write_bytes(data)


def moments(folder: Path, seed: int, at: Iterable[int]) -> dict[str, Moment]:
    """A project's journal after so many labels each, and once more when it was closed."""
    rng = random.Random(seed)
    live(folder, n=N_ROWS).close()
    path = folder / FILE
    journal = Journal.open(path)
    found: dict[str, Moment] = {}
    done = 0
    for goal in sorted(at):
        while done < goal:
            done += 1
            note = "n" * rng.randrange(300)
            press = Labelled(rng.randrange(N_ROWS), "yes", "person", "chosen", None, note)
            with journal.writing(durable=done == goal):
                journal.append(press, opener=f"opener {seed}", by="person")
        parts = path.read_bytes(), path.with_name(WAL).read_bytes()
        found[str(goal)] = Moment(*parts, (folder / LAST).read_bytes(), journal.read_after(0))
    whole = journal.read_after(0)
    journal.close()
    found["closed"] = Moment(path.read_bytes(), b"", (folder / LAST).read_bytes(), whole)
    return found


def as_format_1(folder: Path) -> None:
    """Write the journal as the first version of this app did: no chain, no note beside it."""
    path = folder / FILE
    connection = sqlite3.connect(path)
    lines = connection.execute(
        'SELECT id, at, opener, "by", kind, "row", token, body FROM events '
        "WHERE kind <> 'chain_started' ORDER BY id"
    ).fetchall()
    connection.close()
    path.unlink()
    (folder / LAST).unlink()
    connection = sqlite3.connect(path)
    connection.executescript(
        "PRAGMA journal_mode=WAL;"
        "CREATE TABLE events (id INTEGER PRIMARY KEY AUTOINCREMENT, at TEXT NOT NULL, "
        'opener TEXT NOT NULL, "by" TEXT NOT NULL, kind TEXT NOT NULL, "row" INTEGER, token TEXT, '
        "body TEXT NOT NULL);"
        'CREATE UNIQUE INDEX one_press ON events ("row", token) '
        "WHERE token IS NOT NULL AND kind <> 'asked';"
        "CREATE TRIGGER events_are_never_changed BEFORE UPDATE ON events "
        "BEGIN SELECT RAISE(ABORT, 'the journal is append-only'); END;"
        "CREATE TRIGGER events_are_never_deleted BEFORE DELETE ON events "
        "BEGIN SELECT RAISE(ABORT, 'the journal is append-only'); END;"
        'CREATE TABLE claims ("row" INTEGER PRIMARY KEY, opener TEXT NOT NULL, '
        "asked INTEGER NOT NULL);PRAGMA user_version=1;"
    )
    connection.executemany("INSERT INTO events VALUES (?, ?, ?, ?, ?, ?, ?, ?)", lines)
    connection.commit()
    connection.close()


def leaves_of_events(path: Path) -> list[int]:
    """The numbers of the pages, from 1, that hold the events, in order; the root has two levels."""
    connection = sqlite3.connect(path)
    root = connection.execute("SELECT rootpage FROM sqlite_master WHERE name='events'").fetchone()
    connection.close()
    data = path.read_bytes()
    page = data[(root[0] - 1) * PAGE : root[0] * PAGE]
    assert page[0] == 5, "the events fill one page only"
    n_cells = int.from_bytes(page[3:5], "big")
    cells = [int.from_bytes(page[12 + 2 * i : 14 + 2 * i], "big") for i in range(n_cells)]
    return [int.from_bytes(page[i : i + 4], "big") for i in (*cells, 8)]


def with_pages(path: Path, change: Callable[[dict[int, bytes]], dict[int, bytes]]) -> None:
    """Write other bytes over some pages of a database."""
    data = bytearray(path.read_bytes())
    pages = {n + 1: bytes(data[n * PAGE : (n + 1) * PAGE]) for n in range(len(data) // PAGE)}
    for number, page in change(pages).items():
        data[(number - 1) * PAGE : number * PAGE] = page
    path.write_bytes(data)
