"""Looking at a journal without writing a byte, in whatever state its files are."""

from __future__ import annotations

import shutil
import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory

from al_core.errors import ProjectDamaged, ProjectError, ProjectReadOnly, ProjectTooNew
from al_core.projects.journal.entries import entries_after
from al_core.projects.journal.events import ProjectCreated
from al_core.projects.journal.recorded import Recorded
from al_core.projects.journal.store import SCHEMA, connect, in_words

LOOKS = 10  # at files that change meanwhile: somebody opens or closes the project just now
_PAGE = 4096  # any size that SQLite knows will do: the -wal brings the first page


@dataclass(frozen=True)
class Reading:
    """The events of a journal, as far as they can be read; ``broken``: why no further, or ""."""

    events: list[Recorded]
    broken: str = ""


def look(path: Path, *, thorough: bool = False, alone: bool = False, tries: int = LOOKS) -> Reading:
    """What the journal at ``path`` holds. Its folder stays as it is, to the byte.

    thorough: let SQLite check every page and index too. alone: without the changes that wait in
    the -wal beside it. Raises ProjectTooNew, ProjectReadOnly where it may not be read, and
    ProjectError where another program holds it.
    """
    before = state_of(path)
    try:
        reading = _read(path, thorough, alone)
    except ProjectReadOnly:
        reading = None
    changed = state_of(path) != before
    if changed and tries > 1:
        return look(path, thorough=thorough, alone=alone, tries=tries - 1)
    if changed and (reading is None or reading.broken):
        raise being_changed(path)
    if reading is None:
        raise ProjectReadOnly(
            f"The journal {path} may not be read. Give this program the right to read it."
        )
    return reading


def being_changed(path: Path) -> ProjectError:
    """What is said where the files never stood still long enough to be judged."""
    return ProjectError(
        f"The project in {path.parent} is being opened and closed elsewhere. Try again."
    )


def has_wal(path: Path) -> bool:
    """Whether changes wait beside the journal: it was not closed, or is open now."""
    return _size(beside(path, "-wal")) > 0


def beside(path: Path, ending: str) -> Path:
    """SQLite's file of that ending for the database ``path``."""
    return path.with_name(path.name + ending)


def state_of(path: Path) -> tuple[object, ...]:
    """Differs once somebody has opened or closed the journal, or moved its -wal into it."""
    try:
        main = path.stat()
    except OSError:
        return ()
    return main.st_size, main.st_mtime_ns, has_wal(path), beside(path, "-shm").exists()


def _size(path: Path) -> int:
    try:
        return path.stat().st_size
    except OSError:
        return 0


def _read(path: Path, thorough: bool, alone: bool) -> Reading:
    events: list[Recorded] = []
    try:
        with in_words(path), _looking_at(path, alone) as connection:
            # SQLite refuses a file that is shorter than it says unless told to make do with it.
            connection.execute("PRAGMA writable_schema=ON")
            _check_version(connection, path)
            for recorded in entries_after(connection, 0):
                if not events and not isinstance(recorded.event, ProjectCreated):
                    break
                events.append(recorded)
            if thorough:
                _check_pages(connection, path)
    except ProjectDamaged as problem:
        return Reading(events, str(problem))
    if events:
        return Reading(events)
    return Reading(
        [],
        f"The journal {path} does not begin with the start of a project. Restore it from a copy.",
    )


@contextmanager
def _looking_at(path: Path, alone: bool) -> Iterator[sqlite3.Connection]:
    """A connection for which SQLite writes nothing beside the journal.

    ``mode=ro`` alone would: SQLite then still makes -wal and -shm, and deletes the -wal of a
    database that has no byte. So: with nothing waiting, the file is read as one that nobody
    changes; a -wal is read through the -shm beside it, as it stands, together with whoever has
    the project open; and where no -shm is, nobody has it open, and a copy is looked at.
    """
    waiting = has_wal(path) and not alone
    if not path.is_file():
        raise ProjectDamaged(
            f"There is no journal in {path.parent}. Restore the file {path.name}, or remove "
            "the folder."
        )
    if not waiting and not _size(path):
        raise ProjectDamaged(f"The journal {path} is empty. Restore it from a copy.")
    if waiting and not (_size(path) and beside(path, "-shm").exists()):
        with (
            TemporaryDirectory() as folder,
            closing(connect(_copied(path, Path(folder)), "rw")) as connection,
        ):
            yield connection
    else:
        how = "ro&readonly_shm=1" if waiting else "ro&immutable=1"
        with closing(connect(path, how)) as connection:
            yield connection


def _copied(path: Path, folder: Path) -> Path:
    """The journal and its -wal in another folder; a page of zeros stands for a file of no byte."""
    copy = folder / path.name
    try:
        if _size(path):
            shutil.copyfile(path, copy)
        else:
            copy.write_bytes(bytes(_PAGE))
        shutil.copyfile(beside(path, "-wal"), beside(copy, "-wal"))
    except OSError as error:
        raise ProjectReadOnly(f"{path} cannot be copied ({error.strerror}).") from None
    return copy


def _check_version(connection: sqlite3.Connection, path: Path) -> None:
    version = connection.execute("PRAGMA user_version").fetchone()[0]
    if version > SCHEMA:
        raise ProjectTooNew(
            f"The project in {path.parent} was written by a newer version (format {version}; this "
            f"version reads up to {SCHEMA}). Open it with the newer version."
        )


def _check_pages(connection: sqlite3.Connection, path: Path) -> None:
    """Events that read well are not enough: the next press writes into the other pages."""
    (found,) = connection.execute("PRAGMA integrity_check(1)").fetchone()
    if found != "ok":
        raise ProjectDamaged(f"The journal {path} is damaged ({found}). Restore it from a copy.")
