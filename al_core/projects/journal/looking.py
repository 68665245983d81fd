"""Looking at a journal without writing a byte, in whatever state its files are."""

from __future__ import annotations

import shutil
import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass, replace
from pathlib import Path
from tempfile import TemporaryDirectory

from al_core.errors import ProjectDamaged, ProjectError, ProjectReadOnly, ProjectTooNew
from al_core.projects.journal.anchor import Anchor, read_anchor
from al_core.projects.journal.chain import Followed, Hole, follow
from al_core.projects.journal.database import (
    beside,
    connect,
    has_wal,
    in_words,
    merged,
    size_of,
)
from al_core.projects.journal.entries import read_lines, recorded_of
from al_core.projects.journal.events import ChainStarted, ProjectCreated
from al_core.projects.journal.presence import living
from al_core.projects.journal.recorded import Recorded
from al_core.projects.journal.shapes import check_rows
from al_core.projects.journal.store import SCHEMA

LOOKS = 10  # at files that change meanwhile: somebody opens or closes the project just now
_PAGE = 4096  # any size that SQLite knows will do: the -wal brings the first page


@dataclass(frozen=True)
class Reading:
    """What a journal holds: every event that can be read and is as it was written.

    ``broken``: why it is not all of them, or "". ``project``: whose chain it is, "" for none.
    ``holes``, ``other``, ``changed``: see ``Followed``. ``noted``: what the note beside it said
    before the journal was read, so that only a journal with events missing is behind it.
    """

    events: list[Recorded]
    broken: str = ""
    project: str = ""
    holes: tuple[Hole, ...] = ()
    other: int = 0
    changed: bool = False
    noted: Anchor | None = None

    @property
    def last_id(self) -> int:
        """The id of the last event, 0 for none."""
        return self.events[-1].id if self.events else 0

    @property
    def files(self) -> dict[str, str]:
        """The digests of the project's other files, as the journal has them; {} for none."""
        mine = (e.event for e in reversed(self.events) if isinstance(e.event, ChainStarted))
        return next((event.files for event in mine if event.project == self.project), {})


def look(
    path: Path,
    *,
    thorough: bool = False,
    alone: bool = False,
    by_force: bool = False,
    tries: int = LOOKS,
) -> Reading:
    """What the journal at ``path`` holds. Its folder stays as it is, to the byte.

    thorough: let SQLite check every page and index too. alone: without the changes that wait in
    the -wal beside it. by_force: with all of them, those too that SQLite leaves out because one
    before them is damaged. Raises ProjectTooNew, ProjectReadOnly where it may not be read, and
    ProjectError where another program holds it.
    """
    before = state_of(path)
    noted = read_anchor(path)
    try:
        reading = replace(_read(path, thorough, alone, by_force, noted), noted=noted)
    except ProjectReadOnly:
        reading = None
    changed = state_of(path) != before
    if changed and tries > 1:
        again = tries - 1
        return look(path, thorough=thorough, alone=alone, by_force=by_force, tries=again)
    if changed and (reading is None or reading.broken):
        raise being_changed(path)
    if reading is None:
        raise ProjectReadOnly(
            f"The journal of {path.parent.name} may not be read. Give this program the right to "
            "read it."
        )
    return reading


def being_changed(path: Path) -> ProjectError:
    """What is said where the files never stood still long enough to be judged."""
    return ProjectError(
        f"The project {path.parent.name} is being opened and closed elsewhere. Try again."
    )


def state_of(path: Path) -> tuple[object, ...]:
    """Differs once somebody has opened or closed the journal, or moved its -wal into it."""
    try:
        main = path.stat()
    except OSError:
        return ()
    return main.st_size, main.st_mtime_ns, has_wal(path), beside(path, "-shm").exists()


def _read(path: Path, thorough: bool, alone: bool, by_force: bool, noted: Anchor | None) -> Reading:
    hint, highest = (noted.project, noted.last) if noted else ("", 0)
    problem = ""
    try:
        with in_words(path), _looking_at(path, alone, by_force) as connection:
            # SQLite refuses a file that is shorter than it says unless told to make do with it.
            connection.execute("PRAGMA writable_schema=ON")
            _check_version(connection, path)
            lines, said = read_lines(connection, highest)
            try:
                if thorough and not said:
                    _check_pages(connection)
            except sqlite3.Error as error:
                said = str(error)
            problem = _damaged(path) if said else ""
    except ProjectDamaged as error:
        return Reading([], str(error))
    return _as_events(path, follow(lines, hint), problem)


def _damaged(path: Path) -> str:
    return f"The journal of {path.parent.name} is damaged. Restore it from a copy."


def _as_events(path: Path, followed: Followed, problem: str) -> Reading:
    """The lines as events; those that are none are holes, whatever their checksum says."""
    events: list[Recorded] = []
    holes = list(followed.holes)
    for place, line in enumerate(followed.lines):
        try:
            recorded = recorded_of(line)
            if not events and not isinstance(recorded.event, ProjectCreated):
                break
            created = events[0].event if events else recorded.event
            check_rows(recorded.event, created.n_rows)  # type: ignore[attr-defined]
        except (ProjectDamaged, ValueError):
            after, rest = events[-1].at if events else "", followed.lines[place + 1 :]
            holes.append(Hole(line[0], line[0], after, str(rest[0][1]) if rest else ""))
        else:
            events.append(recorded)
    if not events:
        return Reading(
            [],
            f"The journal of {path.parent.name} does not begin with the start of a project. "
            "Restore it from a copy.",
        )
    is_sound = followed.is_sound and len(holes) == len(followed.holes)
    return Reading(
        events,
        problem or ("" if is_sound else _damaged(path)),
        followed.project,
        tuple(sorted(holes, key=lambda hole: hole.first)),
        followed.other,
        followed.changed,
    )


@contextmanager
def _looking_at(path: Path, alone: bool, by_force: bool) -> Iterator[sqlite3.Connection]:
    """A connection for which SQLite writes nothing beside the journal.

    ``mode=ro`` alone would: SQLite then still makes -wal and -shm, and deletes the -wal of a
    database that has no byte. So: with nothing waiting, the file is read as one that nobody
    changes; a -wal is read through the -shm beside it, as it stands, together with whoever has
    the project open; and where nobody has, a copy is looked at: a -shm that was left by a kill can
    be of a moment at which SQLite waits for whoever was at it.
    """
    waiting = has_wal(path) and not alone
    if not path.is_file():
        raise ProjectDamaged(
            f"There is no journal in {path.parent.name}. Restore the file {path.name}, or remove "
            "the folder."
        )
    if not waiting and not size_of(path):
        raise ProjectDamaged(f"The journal of {path.parent.name} is empty. Restore it from a copy.")
    is_open = size_of(path) and beside(path, "-shm").exists() and living(path.parent, tidy=False)
    if waiting and (by_force or not is_open):
        with TemporaryDirectory(prefix="al-workbench-") as folder:
            copied = merged if by_force else _copied
            with closing(connect(copied(path, Path(folder)), "rw")) as connection:
                yield connection
    else:
        how = "ro&readonly_shm=1" if waiting else "ro&immutable=1"
        with closing(connect(path, how)) as connection:
            yield connection


def _copied(path: Path, folder: Path) -> Path:
    """The journal and its -wal in another folder; a page of zeros stands for a file of no byte."""
    copy = folder / path.name
    try:
        if size_of(path):
            shutil.copyfile(path, copy)
        else:
            copy.write_bytes(bytes(_PAGE))
        shutil.copyfile(beside(path, "-wal"), beside(copy, "-wal"))
    except OSError as error:
        raise ProjectReadOnly(f"{path.name} cannot be copied ({error.strerror}).") from None
    return copy


def _check_version(connection: sqlite3.Connection, path: Path) -> None:
    version = connection.execute("PRAGMA user_version").fetchone()[0]
    if version > SCHEMA:
        raise ProjectTooNew(
            f"The project {path.parent.name} was written by a newer version (format {version}; "
            f"this version reads up to {SCHEMA}). Open it with the newer version."
        )


def _check_pages(connection: sqlite3.Connection) -> None:
    """Events that read well are not enough: the next press writes into the other pages."""
    (found,) = connection.execute("PRAGMA integrity_check(1)").fetchone()
    if found != "ok":
        raise sqlite3.DatabaseError(found)
