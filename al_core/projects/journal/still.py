"""A journal that can be read and not written to: what it held when it was opened."""

from __future__ import annotations

import sqlite3
from collections.abc import Sequence
from pathlib import Path

from al_core.projects.journal.recorded import Recorded
from al_core.projects.journal.store import TABLES, Journal


def still_journal(path: Path, project: str, events: Sequence[Recorded]) -> Journal:
    """A journal in memory that refuses every write in words. project: whose chain it is, or ""."""
    connection = sqlite3.connect(":memory:", isolation_level=None, check_same_thread=False)
    connection.executescript(TABLES)
    journal = Journal(path, connection, project)
    with journal.writing(durable=False):
        for recorded in events:
            journal.keep(recorded)
    journal.is_still = True
    return journal
