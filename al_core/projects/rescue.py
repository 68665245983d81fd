"""Opening a journal that was damaged: what can still be read goes into a new one."""

from __future__ import annotations

import shutil
import sqlite3
from datetime import UTC, datetime
from pathlib import Path
from tempfile import TemporaryDirectory

from al_core.errors import ProjectDamaged, ProjectError
from al_core.projects.events import ProjectCreated, Recorded
from al_core.projects.journal import Journal


def open_journal(path: Path) -> tuple[Journal, list[str]]:
    """The journal at ``path``, and notices about what had to be repaired.

    A journal that breaks off is copied as far as it can be read, and the damaged file is kept
    beside it. Raises ProjectDamaged where not even the first event can be read, ProjectTooNew for
    one of a newer version.
    """
    try:
        journal = Journal.open(path)
    except ProjectDamaged:
        if not path.is_file():
            raise
        return _rescued(path)
    try:
        events = journal.read_after(0)
    except ProjectDamaged:
        journal.close()
        return _rescued(path)
    except BaseException:
        journal.close()
        raise
    if events and isinstance(events[0].event, ProjectCreated):
        return journal, []
    journal.close()
    raise ProjectDamaged(
        f"The journal {path} does not begin with the start of a project. Restore it from a copy."
    )


def _rescued(path: Path) -> tuple[Journal, list[str]]:
    events = _readable(path)
    if not events or not isinstance(events[0].event, ProjectCreated):
        raise ProjectDamaged(
            f"The journal {path} is damaged from its start and cannot be read. Restore it from a "
            "copy. Nothing was changed."
        )
    kept = path.with_name(f"journal.damaged-{datetime.now(UTC):%Y%m%d-%H%M%S}.sqlite3")
    for ending in ("", "-wal", "-shm"):
        part = path.with_name(path.name + ending)
        if part.exists():
            part.rename(kept.with_name(kept.name + ending))
    journal = Journal.create(path)
    with journal.writing():
        for recorded in events:
            journal.keep(recorded)
    return journal, [
        f"The journal was damaged. {len(events):,} entries could be read and nothing after them; "
        f"the damaged file is kept as {kept.name}."
    ]


def _readable(path: Path) -> list[Recorded]:
    """Events one by one, until the first that cannot be read; looks at a copy, not at the file."""
    events: list[Recorded] = []
    with TemporaryDirectory() as folder:
        for part in path.parent.glob(f"{path.name}*"):
            shutil.copy(part, folder)
        _read_into(events, Path(folder) / path.name)
    return events


def _read_into(events: list[Recorded], path: Path) -> None:
    try:
        connection = sqlite3.connect(path, isolation_level=None)
        # SQLite refuses a file that is shorter than it says unless told to make do with it.
        connection.execute("PRAGMA writable_schema=ON")
        journal = Journal(path, connection)
        try:
            while True:
                recorded = journal.next_after(events[-1].id if events else 0)
                if recorded is None:
                    break
                events.append(recorded)
        finally:
            journal.close()
    except (sqlite3.Error, ProjectError):
        return  # this is where it breaks off
