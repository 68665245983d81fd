"""An event as the journal keeps it: its kind, JSON text, id, time and who gave it."""

from __future__ import annotations

import json
from dataclasses import dataclass, fields
from datetime import datetime

from al_core.errors import ProjectTooNew
from al_core.projects.journal.events import KINDS, Event
from al_core.projects.journal.shapes import check_shape

_NAMES = {kind: name for name, kind in KINDS.items()}
PERSON = "person"
"""Who gave it where nobody's name is known."""
_COLUMNS = ("row", "token")  # kept in columns of their own, not in the JSON


@dataclass(frozen=True, slots=True)
class Recorded:
    """An event with its id, its time (UTC, ISO text), who gave it and through which opener."""

    id: int
    at: str
    opener: str
    by: str
    event: Event

    @property
    def time(self) -> datetime:
        """When it was recorded, with time zone."""
        return datetime.fromisoformat(self.at)


def kind_of(event: Event) -> str:
    """The name under which the journal keeps this event.

    >>> from al_core.projects.journal.events import Undone
    >>> kind_of(Undone(event=3))
    'undone'
    """
    return _NAMES[type(event)]


def body_of(event: Event) -> str:
    """The event's own fields as JSON text, without those that have a column.

    >>> from al_core.projects.journal.events import Skipped
    >>> body_of(Skipped(row=3, purpose="learn", token="t"))
    '{"purpose": "learn", "in_turn": false}'
    """
    values = {f.name: getattr(event, f.name) for f in fields(event) if f.name not in _COLUMNS}
    return json.dumps(values, ensure_ascii=False)


def read_event(kind: str, row: int | None, token: str | None, body: str) -> Event:
    """The event that was kept; ProjectTooNew for a kind that this version does not know."""
    if kind not in KINDS:
        raise ProjectTooNew(
            f"The project holds an event of kind {kind!r}, which this version does not know. "
            "Open it with the newer version that wrote it."
        )
    values = json.loads(body)
    names = {f.name for f in fields(KINDS[kind])}
    values.update({k: v for k, v in (("row", row), ("token", token)) if k in names})
    check_shape(KINDS[kind], values)
    return KINDS[kind](**values)
