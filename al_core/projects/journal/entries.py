"""Lines of the journal's table read as events: each checked, and their ids must rise."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Iterator
from datetime import datetime
from typing import Any

from al_core.errors import ProjectDamaged
from al_core.projects.journal.recorded import Recorded, read_event

SELECT = 'SELECT id, at, opener, "by", kind, "row", token, body FROM events'
HIGHEST_ID = 2**53  # no number of presses comes near; above it other programs round it


def entries_after(connection: sqlite3.Connection, last_id: int) -> Iterator[Recorded]:
    """All events with a higher id, in order, one by one; ProjectDamaged where it breaks off."""
    found = connection.execute(f"{SELECT} WHERE id > ? ORDER BY id", (last_id,))
    return rising((recorded_of(line) for line in found), last_id)


def rising(entries: Iterable[Recorded], last_id: int = 0) -> Iterator[Recorded]:
    """The same entries; ProjectDamaged at the first whose id is not above the one before.

    The pages of a damaged database can lead back to where they came from: read on trust, such a
    journal has no end.
    """
    for recorded in entries:
        if not last_id < recorded.id <= HIGHEST_ID:
            raise ProjectDamaged(
                f"The journal holds entry {recorded.id} after entry {last_id}: what follows there "
                "belongs to another state of it. Restore it from a copy."
            )
        last_id = recorded.id
        yield recorded


def recorded_of(line: tuple[Any, ...]) -> Recorded:
    """The event of one line of the table; ProjectDamaged where it is none."""
    event_id, at, opener, by, kind, number, token, body = line
    try:
        for text in (at, opener, by, kind, body):
            if not isinstance(text, str):
                raise TypeError(f"{text!r:.80} is no text")
        if datetime.fromisoformat(at).tzinfo is None:
            raise ValueError(f"{at!r:.80} has no time zone")
        event = read_event(kind, number, token, body)
    except (ValueError, TypeError, AttributeError, RecursionError):
        raise ProjectDamaged(
            f"Entry {event_id} of the journal cannot be read. Restore it from a copy."
        ) from None
    return Recorded(event_id, at, opener, by, event)
