"""Lines of the journal's table, read as far as they can be, and each as an event."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Iterator
from datetime import UTC, datetime

from al_core.errors import ProjectDamaged, ProjectTooNew
from al_core.projects.journal.chain import CHECKSUM, Line
from al_core.projects.journal.recorded import Recorded, read_event

SELECT = 'SELECT id, at, opener, "by", kind, "row", token, body, checksum, link FROM events'
_UNCHAINED = SELECT.replace("checksum, link", "NULL, NULL")  # as format 1 wrote it
HIGHEST_ID = 2**53  # no number of presses comes near; above it other programs round it
# A choice: ids tried one by one behind pages that cannot be read; some 2 s.
_MOST_TRIED = 100_000
# Years that an event can be of: before computers had clocks there is none, and behind the last one
# a time zone leads out of what can be told.
_YEARS = range(1971, 9999)


def read_lines(connection: sqlite3.Connection, highest: int = 0) -> tuple[list[Line], str]:
    """(All lines that can be read, their ids rising; what SQLite said where some cannot, or "").

    Behind a page that cannot be read it is tried id by id where the lines go on, up to the highest
    that was ever given, of which ``highest`` is known. Text that is no text comes back as such.
    """
    usual, connection.text_factory = connection.text_factory, _lenient
    try:
        return _all_lines(connection, _select_of(connection), highest)
    finally:
        connection.text_factory = usual


def _all_lines(connection: sqlite3.Connection, select: str, highest: int) -> tuple[list[Line], str]:
    lines: list[Line] = []
    said = _read_on(connection, select, lines)
    left = _MOST_TRIED
    while said and left > 0:
        until = max(highest, _highest_given(connection))
        last = lines[-1][0] if lines else 0
        tries = range(last + 1, min(until, last + left) + 1)
        found = next(filter(None, (_line(connection, select, n) for n in tries)), None)
        if found is None:
            break
        left -= found[0] - last
        lines.append(found)
        _read_on(connection, select, lines, found[0] + 1)
    return lines, said


def _lenient(data: bytes) -> str:
    return data.decode("utf-8", "surrogateescape")


def _select_of(connection: sqlite3.Connection) -> str:
    try:
        connection.execute(f"{SELECT} LIMIT 0")
    except sqlite3.OperationalError as error:
        if "no such column" not in str(error):
            raise
        return _UNCHAINED
    return SELECT


def _read_on(
    connection: sqlite3.Connection, select: str, lines: list[Line], start: int = -HIGHEST_ID
) -> str:
    """Add lines from an id on; what SQLite said where they break off, "" at their end."""
    try:
        for line in connection.execute(f"{select} WHERE id >= ? ORDER BY id", (start,)):
            last = lines[-1][0] if lines else 0
            if not last < line[0] <= HIGHEST_ID:
                # The pages of a damaged database can lead back to where they came from.
                return "the entries are out of order"
            lines.append(line)
    except sqlite3.Error as error:
        if "locked" in str(error) or "no such" in str(error):
            raise
        return str(error)
    return ""


def _line(connection: sqlite3.Connection, select: str, number: int) -> Line | None:
    """The line of that id, if it can be read."""
    try:
        found: Line | None = connection.execute(f"{select} WHERE id = ?", (number,)).fetchone()
    except sqlite3.Error:
        return None
    return found if found is not None and found[0] == number else None


def _highest_given(connection: sqlite3.Connection) -> int:
    """The highest id that the database knows of, 0 where it cannot say."""
    found = 0
    for query in (
        "SELECT seq FROM sqlite_sequence WHERE name = 'events'",
        "SELECT id FROM events ORDER BY id DESC LIMIT 1",
    ):
        try:
            (number,) = connection.execute(query).fetchone() or (0,)
        except sqlite3.Error:
            continue
        if isinstance(number, int) and found < number <= HIGHEST_ID:
            found = number
    return found


def rising(entries: Iterable[Recorded], last_id: int = 0) -> Iterator[Recorded]:
    """The same entries; ProjectDamaged at the first whose id is not above the one before."""
    for recorded in entries:
        if not last_id < recorded.id <= HIGHEST_ID:
            raise ProjectDamaged(
                f"The journal holds entry {recorded.id} after entry {last_id}: what follows there "
                "belongs to another state of it. Restore it from a copy."
            )
        last_id = recorded.id
        yield recorded


def recorded_of(line: Line) -> Recorded:
    """The event of one line of the table; ProjectDamaged where it is none.

    A kind that this version does not know is that of a newer one only where the line's checksum
    has been found right; without one, the line is damaged. Raises ProjectTooNew for the first.
    """
    event_id, at, opener, by, kind, number, token, body = line[:CHECKSUM]
    try:
        for text in (at, opener, by, kind, body):
            if not isinstance(text, str):
                raise TypeError("no text")
            text.encode()
        time = datetime.fromisoformat(at)
        if time.tzinfo is None or time.astimezone(UTC).year not in _YEARS:
            raise ValueError("no time")
        event = read_event(kind, number, token, body)
    except ProjectTooNew:
        if line[CHECKSUM] is not None:
            raise
    except (ValueError, TypeError, AttributeError, RecursionError, OverflowError):
        pass
    else:
        return Recorded(event_id, at, opener, by, event)
    raise ProjectDamaged(f"Entry {event_id} of the journal cannot be read. Restore it from a copy.")
