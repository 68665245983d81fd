"""The journal: an append-only list of events in one SQLite file. Format: docs/journal.md."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from threading import RLock

from al_core.errors import ProjectDamaged, ProjectError, ProjectReadOnly
from al_core.projects.journal.entries import SELECT, entries_after, recorded_of
from al_core.projects.journal.events import Event
from al_core.projects.journal.recorded import Recorded, body_of, kind_of

# One more when the journal is written in another way (docs/journal.md).
SCHEMA = 1
FILE = "journal.sqlite3"
# A choice: others hold the journal for one short transaction; a disk that sleeps needs seconds.
BUSY_SECONDS = 10.0
_TABLES = """
CREATE TABLE events (
    id INTEGER PRIMARY KEY AUTOINCREMENT, at TEXT NOT NULL, opener TEXT NOT NULL,
    "by" TEXT NOT NULL, kind TEXT NOT NULL, "row" INTEGER, token TEXT, body TEXT NOT NULL);
CREATE UNIQUE INDEX one_press ON events ("row", token)
    WHERE token IS NOT NULL AND kind <> 'asked';
CREATE TRIGGER events_are_never_changed BEFORE UPDATE ON events
    BEGIN SELECT RAISE(ABORT, 'the journal is append-only'); END;
CREATE TRIGGER events_are_never_deleted BEFORE DELETE ON events
    BEGIN SELECT RAISE(ABORT, 'the journal is append-only'); END;
CREATE TABLE claims ("row" INTEGER PRIMARY KEY, opener TEXT NOT NULL, asked INTEGER NOT NULL);
"""
_INSERT = (
    'INSERT OR IGNORE INTO events (at, opener, "by", kind, "row", token, body) '
    "VALUES (?, ?, ?, ?, ?, ?, ?)"
)


class Journal:
    """Events of one project. Every method may be called from any thread.

    A write that returns is on disk (WAL, synchronous=FULL), except with ``durable=False``: such a
    write survives the death of the process but perhaps not a power cut. Events are never changed.
    """

    def __init__(self, path: Path, connection: sqlite3.Connection) -> None:
        self.path = path
        self._connection = connection
        self._lock = RLock()

    @classmethod
    def create(cls, path: Path) -> Journal:
        """A new, empty journal; ProjectError where there is one already."""
        if path.exists():
            raise ProjectError(
                f"There is a project in {path.parent} already. Choose another folder."
            )
        with in_words(path):
            connection = _for_writing(path, "rwc")
            connection.executescript(f"BEGIN;{_TABLES}PRAGMA user_version={SCHEMA};COMMIT;")
        return cls(path, connection)

    @classmethod
    def open(cls, path: Path) -> Journal:
        """The journal at ``path``, to write to; look at it first, for this takes in its -wal.

        ProjectDamaged, ProjectReadOnly or ProjectError say why not.
        """
        if not path.is_file() or not path.stat().st_size:  # SQLite would delete its -wal
            raise ProjectDamaged(f"There is no journal in {path}. Restore it from a copy.")
        with in_words(path):
            connection = _for_writing(path, "rw")
            try:
                connection.execute("BEGIN IMMEDIATE")
                connection.execute("ROLLBACK")
            except sqlite3.Error:
                connection.close()
                raise
        return cls(path, connection)

    @contextmanager
    def writing(self, *, durable: bool = True) -> Iterator[Journal]:
        """One transaction; what is appended inside is kept together or not at all."""
        with self._lock, in_words(self.path):
            self._connection.execute(f"PRAGMA synchronous={'FULL' if durable else 'NORMAL'}")
            self._connection.execute("BEGIN IMMEDIATE")
            try:
                yield self
            except BaseException:
                self._connection.execute("ROLLBACK")
                raise
            self._connection.execute("COMMIT")

    def append(self, event: Event, *, opener: str, by: str) -> int | None:
        """Add an event inside ``writing()``; its id, or None if its row and token are known."""
        row = getattr(event, "row", None)
        token = getattr(event, "token", None)
        at = datetime.now(UTC).isoformat(timespec="microseconds")
        values = (at, opener, by, kind_of(event), row, token, body_of(event))
        _refuse_half_letters(values)
        cursor = self._connection.execute(_INSERT, values)
        return cursor.lastrowid if cursor.rowcount else None

    def read_after(self, last_id: int) -> list[Recorded]:
        """All events with a higher id, in order; ProjectDamaged where their ids do not rise."""
        with self._lock, in_words(self.path):
            return list(entries_after(self._connection, last_id))

    def event(self, event_id: int) -> Recorded | None:
        """One event by its id."""
        with self._lock, in_words(self.path):
            line = self._connection.execute(f"{SELECT} WHERE id = ?", (event_id,)).fetchone()
            return recorded_of(line) if line else None

    def keep(self, recorded: Recorded) -> None:
        """Copy an event with its id and time from another journal; inside ``writing()``."""
        event = recorded.event
        row, token = getattr(event, "row", None), getattr(event, "token", None)
        values = (recorded.id, recorded.at, recorded.opener, recorded.by, kind_of(event), row)
        self._connection.execute(
            f"INSERT INTO events VALUES ({', '.join('?' * 8)})", (*values, token, body_of(event))
        )

    def claims(self) -> dict[int, tuple[str, int]]:
        """Rows on a screen now: row -> (opener, id of the event that asked), oldest first."""
        with self._lock, in_words(self.path):
            rows = self._connection.execute(
                'SELECT "row", opener, asked FROM claims ORDER BY asked'
            )
            return {int(row): (str(opener), int(asked)) for row, opener, asked in rows}

    def claim(self, row: int, opener: str, asked: int) -> None:
        """Keep a row for one opener; inside ``writing()``."""
        self._connection.execute(
            "INSERT OR REPLACE INTO claims VALUES (?, ?, ?)", (row, opener, asked)
        )

    def release(self, rows: list[int]) -> None:
        """Rows are on no screen any more; inside ``writing()``."""
        self._connection.executemany('DELETE FROM claims WHERE "row" = ?', [(r,) for r in rows])

    def release_all(self, opener: str) -> None:
        """Everything that this opener had on screen is free; inside ``writing()``."""
        self._connection.execute("DELETE FROM claims WHERE opener = ?", (opener,))

    def take_over(self, old: str, new: str) -> None:
        """The questions of one opener become those of another; inside ``writing()``."""
        self._connection.execute("UPDATE claims SET opener = ? WHERE opener = ?", (new, old))

    def close(self) -> None:
        """Close the file; further use is an error."""
        with self._lock:
            self._connection.close()


def _refuse_half_letters(values: tuple[object, ...]) -> None:
    """Half of a surrogate pair, as a cut paste can leave it, has no bytes to be stored as."""
    for value in values:
        try:
            str(value).encode()
        except UnicodeEncodeError:
            raise ProjectError(
                "The text holds half a letter, which cannot be stored. Nothing was recorded. "
                "Type the text again."
            ) from None


def connect(path: Path, mode: str) -> sqlite3.Connection:
    """A connection in a mode of SQLite's file addresses: ro, rw (never makes a file) or rwc."""
    return sqlite3.connect(
        f"{path.absolute().as_uri()}?mode={mode}",
        uri=True,
        timeout=BUSY_SECONDS,
        isolation_level=None,
        check_same_thread=False,
    )


def _for_writing(path: Path, mode: str) -> sqlite3.Connection:
    connection = connect(path, mode)
    try:
        connection.execute("PRAGMA journal_mode=WAL")
        connection.execute("PRAGMA synchronous=FULL")
    except sqlite3.Error:
        connection.close()
        raise
    return connection


@contextmanager
def in_words(path: Path) -> Iterator[None]:
    """Turn SQLite's errors into ours, with what to do."""
    try:
        yield
    except sqlite3.OperationalError as error:
        raise _operational(error, path) from None
    except sqlite3.DatabaseError as error:
        raise ProjectDamaged(
            f"The journal {path} cannot be read any further ({error}). Restore it from a copy."
        ) from None


def _operational(error: sqlite3.OperationalError, path: Path) -> ProjectError:
    text = str(error)
    if "no such" in text:
        return ProjectDamaged(f"{path} holds no events. Restore it from a copy.")
    if "decode" in text:  # the bytes of a text are none
        return ProjectDamaged(
            f"An entry of the journal {path} cannot be read. Restore it from a copy."
        )
    if "readonly" in text or "unable to open" in text:
        return ProjectReadOnly(
            f"The folder {path.parent} cannot be written to. Nothing was recorded. Give this "
            "program the right to write there, or move the project."
        )
    if "locked" in text:
        return ProjectError(
            "Another program has held the project for a long time. Nothing was recorded. Try again."
        )
    if "full" in text:
        return ProjectError(
            "The disk is full. Nothing was recorded. Free some space and try again."
        )
    return ProjectError(f"The journal {path} could not be used ({text}). Nothing was recorded.")
