"""The journal: an append-only list of events in one SQLite file. Format: docs/journal.md."""

from __future__ import annotations

import secrets
import sqlite3
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager, suppress
from datetime import UTC, datetime
from pathlib import Path
from threading import RLock

from al_core.errors import ProjectDamaged, ProjectError, ProjectReadOnly
from al_core.projects.journal.anchor import Anchor, write_anchor
from al_core.projects.journal.chain import (
    LINK,
    STARTED,
    Line,
    checksum_of,
    digest_of,
    is_next,
    link_of,
    named_in,
)
from al_core.projects.journal.database import for_writing, in_words, make_private
from al_core.projects.journal.entries import SELECT, read_lines, recorded_of, rising
from al_core.projects.journal.events import ChainStarted, Event
from al_core.projects.journal.recorded import PERSON, Recorded, body_of, kind_of

# One more when the journal is written in another way (docs/journal.md).
SCHEMA = 2
FILE = "journal.sqlite3"
MENDED = "journal.mended.sqlite3"  # a repaired one that counts, for the moment before it is FILE
TABLES = """
CREATE TABLE events (
    id INTEGER PRIMARY KEY AUTOINCREMENT, at TEXT NOT NULL, opener TEXT NOT NULL,
    "by" TEXT NOT NULL, kind TEXT NOT NULL, "row" INTEGER, token TEXT, body TEXT NOT NULL,
    checksum TEXT, link TEXT);
CREATE UNIQUE INDEX one_press ON events ("row", token)
    WHERE token IS NOT NULL AND kind <> 'asked';
CREATE TRIGGER events_are_never_changed BEFORE UPDATE ON events
    BEGIN SELECT RAISE(ABORT, 'the journal is append-only'); END;
CREATE TRIGGER events_are_never_deleted BEFORE DELETE ON events
    BEGIN SELECT RAISE(ABORT, 'the journal is append-only'); END;
CREATE TABLE claims ("row" INTEGER PRIMARY KEY, opener TEXT NOT NULL, asked INTEGER NOT NULL);
"""
ONLY_READ = (
    "This project is open for reading only: its folder cannot be written to. Everything can be "
    "looked at and downloaded, and nothing can be answered or changed. Give this program the right "
    "to write there, or move the project, and open it again."
)
_INSERT = f"INSERT OR IGNORE INTO events VALUES ({', '.join('?' * 10)})"
ANSWERS = ("labelled", "many_labelled", "skipped", "not_known")


class Journal:
    """Events of one project. Every method may be called from any thread.

    A write that returns is on disk (WAL, synchronous=FULL), except with ``durable=False``: such a
    write survives the death of the process but perhaps not a power cut. Events are never changed.
    ``project`` names whose events these are, "" while the journal has no chain. ``person``: the
    name that is written for whoever gives an event as a person.
    """

    def __init__(self, path: Path, connection: sqlite3.Connection, project: str) -> None:
        self.path = path
        self.project, self.person = project, PERSON
        self.is_still, self.why_still = False, ONLY_READ  # every write is refused
        self.before_writing: Callable[[], None] = lambda: None  # inside; refuses a write by raising
        self._connection = connection
        self._lock = RLock()
        self._tip: tuple[int, str, str] | None = None  # last line's id, link, time; in a write
        self._answers = (0, 0)  # how many, up to which id
        self._read = (0, "")  # the last line that was read: id, link

    @classmethod
    def create(cls, path: Path, project: str | None = None) -> Journal:
        """A new, empty journal of ``project`` (None: a new id); ProjectError where there is one.

        The file may be read by its owner alone.
        """
        if path.exists():
            raise ProjectError(
                f"There is a project in {path.parent.name} already. Choose another folder."
            )
        with in_words(path):
            make_private(path)
            connection = for_writing(path, "rwc")
            connection.executescript(f"BEGIN;{TABLES}PRAGMA user_version={SCHEMA};COMMIT;")
        return cls(path, connection, new_project_id() if project is None else project)

    @classmethod
    def open(cls, path: Path) -> Journal:
        """The journal at ``path``, to write to; look at it first, for this takes in its -wal.

        ProjectDamaged, ProjectReadOnly or ProjectError say why not.
        """
        if not path.is_file() or not path.stat().st_size:  # SQLite would delete its -wal
            raise ProjectDamaged(
                f"There is no journal in {path.parent.name}. Restore it from a copy."
            )
        make_private(path)
        with in_words(path):
            connection = for_writing(path, "rw")
            try:
                connection.execute("BEGIN IMMEDIATE")
                connection.execute("ROLLBACK")
                project = _project_of(connection)
            except BaseException:
                connection.close()
                raise
        return cls(path, connection, project)

    def start_chain(self, files: dict[str, str], project: str = "", at_least: int = 0) -> None:
        """Append ``ChainStarted``: all events so far are under one digest, further ones follow it.

        Inside ``writing()``. files: digests of the project's other files. project: a new id, where
        the journal has none. at_least: an id that was once given, so that none is given twice.
        """
        if not self.project:
            with suppress(sqlite3.OperationalError):  # they are there, but for journals of format 1
                for column in ("checksum", "link"):
                    self._connection.execute(f"ALTER TABLE events ADD COLUMN {column} TEXT")
            self._connection.execute(f"PRAGMA user_version={SCHEMA}")
            self.project = project or new_project_id()
        lines, _ = read_lines(self._connection)
        event = ChainStarted(self.project, len(lines), digest_of(lines), dict(files))
        last = lines[-1][0] if lines else 0
        self._tip = max(last, at_least), "", ""
        self.append(event, opener="", by="app")

    @contextmanager
    def writing(self, *, durable: bool = True) -> Iterator[Journal]:
        """One transaction; what is appended inside is kept together or not at all."""
        if self.is_still:
            raise ProjectReadOnly(self.why_still)
        with self._lock, in_words(self.path):
            self._connection.execute(f"PRAGMA synchronous={'FULL' if durable else 'NORMAL'}")
            self._connection.execute("BEGIN IMMEDIATE")
            self._tip = None
            try:
                self.before_writing()
                yield self
                noted = self._to_note() if durable else None
            except BaseException:
                self._connection.execute("ROLLBACK")
                raise
            self._connection.execute("COMMIT")
            if noted:
                write_anchor(self.path, noted)

    def append(self, event: Event, *, opener: str, by: str) -> int | None:
        """Add an event inside ``writing()``; its id, or None if its row and token are known."""
        at = datetime.now(UTC).isoformat(timespec="microseconds")
        last, _, _ = self._last()
        by = self.person if by == PERSON else by
        return self._insert(Recorded(last + 1, at, opener, by, event))

    def keep(self, recorded: Recorded) -> None:
        """Copy an event with its id and time from another journal; inside ``writing()``."""
        self._insert(recorded)

    def _last(self) -> tuple[int, str, str]:
        """Id, link and time of the last line; asked once a transaction, others may have written."""
        if self._tip is None:
            columns = "id, link, at" if self.project else "id, NULL, at"
            query = f"SELECT {columns} FROM events ORDER BY id DESC LIMIT 1"
            last, link, at = self._connection.execute(query).fetchone() or (0, "", "")
            self._tip = last, link or "", at
        return self._tip

    def _insert(self, recorded: Recorded) -> int | None:
        event = recorded.event
        row, token = getattr(event, "row", None), getattr(event, "token", None)
        told = recorded.at, recorded.opener, recorded.by
        line = (recorded.id, *told, kind_of(event), row, token, body_of(event))
        _refuse_half_letters(line)
        checksum = checksum_of(self.project, line)
        link = link_of(self._last()[1], checksum)
        cursor = self._connection.execute(_INSERT, (*line, checksum, link))
        if not cursor.rowcount:
            return None
        self._tip = recorded.id, link, recorded.at
        return recorded.id

    def _to_note(self) -> Anchor | None:
        """What the note beside the journal shall say once this transaction is on disk."""
        if self._tip is None:
            return None
        last, _, at = self._tip
        n, upto = self._answers
        query = f"SELECT count(*) FROM events WHERE id > ? AND kind IN {ANSWERS}"
        self._answers = n + self._connection.execute(query, (upto,)).fetchone()[0], last
        return Anchor(self.project, last, self._answers[0], at)

    def note(self, last: Recorded) -> None:
        """Write the note beside the journal anew, where it was lost or lags behind ``last``."""
        query = f"SELECT count(*) FROM events WHERE id <= ? AND kind IN {ANSWERS}"
        with self._lock, in_words(self.path):
            n = self._connection.execute(query, (last.id,)).fetchone()[0]
        write_anchor(self.path, Anchor(self.project, last.id, n, last.at))

    def read_after(self, last_id: int) -> list[Recorded]:
        """All events with a higher id, in order; ProjectDamaged where one does not follow."""
        with self._lock, in_words(self.path):
            if last_id < self._read[0]:  # from further back than it was read before
                self._read = last_id, ""
            query = f"{SELECT} WHERE id > ? ORDER BY id"
            found = self._connection.execute(query, (last_id,))
            return list(rising((self._followed(line) for line in found), last_id))

    def found_after(self, last_id: int, kinds: Sequence[str]) -> list[Recorded]:
        """The events of these kinds with a higher id, as they stand: nothing else is read."""
        marks = ", ".join("?" * len(kinds))
        with self._lock, in_words(self.path):
            found = self._connection.execute(
                f"{SELECT} WHERE id > ? AND kind IN ({marks}) ORDER BY id", (last_id, *kinds)
            )
            return [recorded_of(line) for line in found]

    def _followed(self, line: Line) -> Recorded:
        """The event of a line that is as it was written and goes on from the one read before it."""
        if not is_next(self.project, self._read, line):
            raise ProjectDamaged(
                f"Entry {line[0]} of the journal is not as it was written. Close the project and "
                "open it again: what can be read of it is kept."
            )
        self._read = line[0], line[LINK] or ""
        return recorded_of(line)

    def event(self, event_id: int) -> Recorded | None:
        """One event by its id."""
        with self._lock, in_words(self.path):
            line = self._connection.execute(f"{SELECT} WHERE id = ?", (event_id,)).fetchone()
            return recorded_of(line) if line else None

    def claims(self) -> dict[int, tuple[str, int]]:
        """Rows on a screen now: row -> (opener, id of the event that asked), oldest first."""
        with self._lock, in_words(self.path):
            rows = self._connection.execute(
                'SELECT "row", opener, asked FROM claims ORDER BY asked'
            )
            return {
                row: (opener, asked)
                for row, opener, asked in rows  # no part of the record: a damaged one is nobody's
                if isinstance(row, int) and isinstance(opener, str) and isinstance(asked, int)
            }

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


def new_project_id() -> str:
    """A name that no other project has."""
    return secrets.token_hex(8)


def _project_of(connection: sqlite3.Connection) -> str:
    """Whose chain the journal is, "" for one without."""
    query = f"SELECT body FROM events WHERE kind = '{STARTED}' ORDER BY id DESC LIMIT 1"
    found = connection.execute(query).fetchone()
    return named_in(found[0]) if found else ""
