"""The note of the last event, outside the database: it may lag behind the journal, never lead.

Written after the commit, in place and not waited for. Where the journal ends before what is noted
here, events are missing that were once on disk.
"""

from __future__ import annotations

import json
import os
from contextlib import suppress
from dataclasses import asdict, dataclass
from hashlib import blake2b
from pathlib import Path

# Bytes of the file: one write within a sector of any disk (512), so that it is old or new.
_SIZE = 320


@dataclass(frozen=True)
class Anchor:
    """Project's id, last event's id and time, and how many answers the journal held by then."""

    project: str
    last: int
    answers: int
    at: str


def anchor_path(journal: Path) -> Path:
    """The note beside a journal: ``journal.last`` for ``journal.sqlite3``."""
    return journal.with_suffix(".last")


def read_anchor(journal: Path) -> Anchor | None:
    """What is noted beside a journal; None where nothing is, or nothing that can be read."""
    try:
        with anchor_path(journal).open("rb") as file:
            found = json.loads(file.read(_SIZE))
        anchor = Anchor(**{name: found[name] for name in Anchor.__dataclass_fields__})
        is_true = found["checksum"] == _checksum(anchor)
    except (OSError, ValueError, TypeError, KeyError, RecursionError):
        return None
    return anchor if is_true else None


def write_anchor(journal: Path, anchor: Anchor) -> None:
    """Note it; where that fails the note lags, and nothing is lost by it."""
    line = json.dumps({**asdict(anchor), "checksum": _checksum(anchor)})
    with suppress(OSError):
        number = os.open(anchor_path(journal), os.O_WRONLY | os.O_CREAT, 0o600)
        try:
            os.write(number, f"{line:<{_SIZE - 1}}\n".encode())
        finally:
            os.close(number)


def _checksum(anchor: Anchor) -> str:
    text = json.dumps([anchor.project, anchor.last, anchor.answers, anchor.at])
    return blake2b(text.encode(), digest_size=8).hexdigest()
