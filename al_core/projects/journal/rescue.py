"""Opening a journal in whatever state it is: what can be read of it goes on.

Everything is looked at and decided before the first byte is written.
"""

from __future__ import annotations

from contextlib import suppress
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from pathlib import Path

from al_core.errors import ProjectDamaged, ProjectError, ProjectReadOnly
from al_core.projects.journal.looking import (
    LOOKS,
    Reading,
    being_changed,
    beside,
    has_wal,
    look,
    state_of,
)
from al_core.projects.journal.presence import living
from al_core.projects.journal.recorded import Recorded
from al_core.projects.journal.store import Journal

ENDINGS = ("-wal", "-shm", "")
_BROKE_OFF = (
    "The journal was damaged. {n:,} entries could be read and nothing after them; the damaged "
    "file is kept as {kept}."
)
_NOT_ITS_OWN = (
    "The changes in {wal} were not those of the journal beside it, as happens when one of "
    "the two is put back from a copy. The {n:,} entries of the journal were kept; both files are "
    "kept as {kept} and {kept}-wal."
)


@dataclass(frozen=True)
class Found:
    """The events to go on with; ``notice``: what is said of the repair they need, or ""."""

    path: Path
    events: list[Recorded]
    notice: str = ""
    state: tuple[object, ...] = ()  # of the files that this was found in


def find_journal(path: Path, tries: int = LOOKS) -> Found:
    """What of the journal at ``path`` can be gone on with; writes nothing.

    Raises ProjectDamaged where not even the first event can be read, ProjectTooNew for one of a
    newer version.
    """
    before = state_of(path)
    whole = look(path, thorough=True)
    alone = None
    if has_wal(path) and not living(path.parent, tidy=False):
        alone = look(path, thorough=True, alone=True)
    found = replace(_truer(path, whole, alone), state=before)
    if found.notice and state_of(path) != before:  # the two may not be of one moment
        if tries > 1:
            return find_journal(path, tries - 1)
        raise being_changed(path)
    if not found.events:
        raise ProjectDamaged(whole.broken)
    return found


def _truer(path: Path, whole: Reading, alone: Reading | None) -> Found:
    """The journal with its -wal or without it.

    Events are only ever added, so the one goes on from the other. Where it does not, the -wal
    belongs to another day or another project, and what both together say may be true of neither.
    A journal that was torn while its -wal moved into it says little alone, and all together.
    """
    if alone is None:
        return Found(path, whole.events, _BROKE_OFF if whole.broken else "")
    goes_on = whole.events[: len(alone.events)] == alone.events
    if goes_on or (alone.broken and not whole.broken):
        sound = alone.events and not whole.broken
        return Found(path, whole.events, "" if sound else _BROKE_OFF)
    return Found(path, alone.events, _BROKE_OFF if alone.broken else _NOT_ITS_OWN)


def open_journal(found: Found) -> tuple[Journal, list[str]]:
    """The journal, open to write to, and notices about what had to be repaired.

    What was found damaged is kept beside it under another name. Raises ProjectReadOnly, or
    ProjectError while somebody has the damaged journal open.
    """
    path = found.path
    if not found.notice:
        return Journal.open(path), []
    if living(path.parent, tidy=False):
        raise ProjectError(
            "The journal of this project is damaged, and the project is open in another tab or "
            "program. Close it there, then open it again."
        )
    new = _rewritten(found)
    if state_of(path) != found.state:  # somebody else has repaired it meanwhile
        _remove(new)
        raise being_changed(path)
    try:
        kept = _put_aside(path)
        new.rename(path)
    except OSError as error:
        raise ProjectReadOnly(
            f"The folder {path.parent} cannot be written to ({error.strerror}). Give this program "
            "the right to write there, or move the project."
        ) from None
    wal = beside(path, "-wal").name
    notice = found.notice.format(n=len(found.events), kept=kept.name, wal=wal)
    return Journal.open(path), [notice]


def _rewritten(found: Found) -> Path:
    """The events in a new journal beside the old one, which is not touched."""
    new = found.path.with_name("journal.rescued.sqlite3")
    _remove(new)  # of a rescue that was cut short
    try:
        journal = Journal.create(new)
        try:
            with journal.writing():
                for recorded in found.events:
                    journal.keep(recorded)
        finally:
            journal.close()
    except BaseException:
        _remove(new)
        raise
    return new


def _remove(path: Path) -> None:
    for ending in ENDINGS:
        with suppress(OSError):
            beside(path, ending).unlink()


def _put_aside(path: Path) -> Path:
    """Give the journal and what belongs to it another name, one that nothing has yet."""
    stem = f"journal.damaged-{datetime.now(UTC):%Y%m%d-%H%M%S}"
    kept, number = path.with_name(f"{stem}.sqlite3"), 2
    while any(beside(kept, ending).exists() for ending in ENDINGS):
        kept, number = path.with_name(f"{stem}-{number}.sqlite3"), number + 1
    for ending in ENDINGS:
        part = beside(path, ending)
        if part.exists():
            part.rename(beside(kept, ending))
    return kept
