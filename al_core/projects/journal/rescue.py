"""Opening a journal in whatever state it is: what can be read of it goes on.

Everything is looked at and decided before the first byte is written.
"""

from __future__ import annotations

import os
from contextlib import suppress
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from pathlib import Path

from al_core.errors import ProjectDamaged, ProjectError, ProjectReadOnly
from al_core.projects.journal.anchor import anchor_path
from al_core.projects.journal.database import beside, has_wal
from al_core.projects.journal.events import Asked
from al_core.projects.journal.looking import LOOKS, Reading, being_changed, look, state_of
from al_core.projects.journal.losses import is_behind, losses
from al_core.projects.journal.presence import guarded, living
from al_core.projects.journal.recorded import Recorded
from al_core.projects.journal.still import still_journal
from al_core.projects.journal.store import MENDED, Journal

ENDINGS = ("-wal", "-shm", "")
_BROKE_OFF = (
    "The journal was damaged. {n:,} entries could be read{lost} The damaged file is kept as {kept}."
)
_NOT_ITS_OWN = (
    "The changes in {wal} were not those of the journal beside it, as happens when one of "
    "the two is put back from a copy. The {n:,} entries of the journal were kept{lost} Both files "
    "are kept as {kept} and {kept}-wal."
)
_ENDS_EARLY = (
    "The journal ends earlier than it once did, as happens when it is put back from a copy or its "
    "last changes are lost. {n:,} entries are there{lost} It is kept as it was found as {kept}."
)
_NOT_NOTED = (
    "The note of the last entry (journal.last) is not there: whether entries are missing at the "
    "end of the journal cannot be told."
)


@dataclass(frozen=True)
class Found:
    """The events to go on with; ``notice``: what is said of the repair they need, or "".

    ``reading``: what they were read as, with what is missing.
    """

    path: Path
    events: list[Recorded]
    notice: str = ""
    state: tuple[object, ...] = ()  # of the files that this was found in
    reading: Reading = field(default_factory=lambda: Reading([]))

    @property
    def said(self) -> str:
        """The notice with what is missing."""
        kept, wal = "journal.damaged", beside(self.path, "-wal").name
        return self.notice.format(n=len(self.events), kept=kept, wal=wal, lost=_lost(self.reading))


def _lost(reading: Reading) -> str:
    said = losses(reading)
    return f". {said}" if said else "."


def find_journal(path: Path, tries: int = LOOKS) -> Found:
    """What of the journal at ``path`` can be gone on with; writes nothing, but for
    a rescue that was cut short, which is finished.

    Raises ProjectDamaged where not even the first event can be read or where it is another
    project's, ProjectTooNew for one of a newer version.
    """
    if (
        path.name != MENDED
        and path.with_name(MENDED).exists()
        and not living(path.parent, tidy=False)
    ):
        try:
            finish_rescue(path)
        except OSError:  # the folder cannot be written to
            return replace(find_journal(path.with_name(MENDED)), path=path)
    before = state_of(path)
    whole = look(path, thorough=True)
    alone = by_force = None
    if has_wal(path) and not living(path.parent, tidy=False):
        alone = look(path, thorough=True, alone=True)
        if whole.broken or is_behind(whole):
            by_force = look(path, by_force=True)
    best, notice = _truest(whole, alone, by_force)
    found = Found(path, best.events, notice, before, best)
    if notice and state_of(path) != before:  # the two may not be of one moment
        if tries > 1:
            return find_journal(path, tries - 1)
        raise being_changed(path)
    if not found.events:
        raise ProjectDamaged(whole.broken)
    if not _is_its_own(best):
        raise ProjectDamaged(
            f"The journal in {path.parent.name} is that of another project than the note beside it "
            "(journal.last). Restore the folder from a copy."
        )
    return found


def _is_its_own(reading: Reading) -> bool:
    noted, project = reading.noted, reading.project
    return not noted or not project or project == noted.project


def _is_older(reading: Reading) -> bool:
    """Whether it is of an earlier day: it ends too early, or is of before there was a chain."""
    return is_behind(reading) or (reading.noted is not None and not reading.project)


def _truest(whole: Reading, alone: Reading | None, by_force: Reading | None) -> tuple[Reading, str]:
    """The journal with its -wal, without it, or with all of it by force; and what is said.

    Events are only ever added, so the one goes on from the other. Where it does not, the -wal
    belongs to another day or another project, and what both together say may be true of neither.
    A journal that was torn while its -wal moved into it says little alone, and all together.
    """
    best, notice = whole, _BROKE_OFF if whole.broken else ""
    if alone is not None:
        best, notice = _with_or_without(whole, alone)
    goes_on = by_force and _is_its_own(by_force) and len(by_force.events) > len(best.events)
    if by_force and goes_on and (best.broken or is_behind(best)):
        return by_force, _BROKE_OFF
    return best, notice or (_ENDS_EARLY if _is_older(best) else "")


def _with_or_without(whole: Reading, alone: Reading) -> tuple[Reading, str]:
    only_alone = alone.events and _is_its_own(alone) and not _is_its_own(whole)
    goes_on = whole.events[: len(alone.events)] == alone.events
    if not only_alone and (goes_on or (alone.broken and not whole.broken)):
        sound = alone.events and not whole.broken
        return whole, "" if sound else _BROKE_OFF
    if alone.broken and len(whole.events) > len(alone.events) and not only_alone:
        return whole, _BROKE_OFF
    return alone, _BROKE_OFF if alone.broken else _NOT_ITS_OWN


def open_journal(found: Found, files: dict[str, str]) -> tuple[Journal, list[str]]:
    """The journal, open to write to, and notices about what had to be repaired.

    files: digests of the project's other files, for a journal whose chain begins here. What was
    found damaged is kept beside it under another name. Where nothing can be written, it is open to
    be read. Raises ProjectError while somebody has the damaged journal open.
    """
    try:
        return _to_write_to(found, files)
    except ProjectReadOnly:
        lost = losses(found.reading)
        journal = still_journal(found.path, found.reading.project, found.events)
        return journal, [lost] if lost else []


def _to_write_to(found: Found, files: dict[str, str]) -> tuple[Journal, list[str]]:
    path = found.path
    if not found.notice:
        return _as_it_is(found, files)
    if living(path.parent, tidy=False):
        raise ProjectError(
            "The journal of this project is damaged, and the project is open in another tab or "
            "program. Close it there, then open it again."
        )
    new = _rewritten(found, files)
    if state_of(path) != found.state:  # somebody else has repaired it meanwhile
        _remove(new)
        raise being_changed(path)
    try:
        kept = _put_in_place(path, new)
    except OSError as error:
        raise ProjectReadOnly(
            f"The folder of {path.parent.name} cannot be written to ({error.strerror}). Give this "
            "program the right to write there, or move the project."
        ) from None
    return Journal.open(path), [found.said.replace("journal.damaged", kept.name)]


def _as_it_is(found: Found, files: dict[str, str]) -> tuple[Journal, list[str]]:
    """The journal of a sound file; one of format 1 begins its chain."""
    old = not found.reading.project
    if old and living(found.path.parent, tidy=False):
        raise ProjectError(
            "The project is open in an earlier version of this app. Close it there, then open it "
            "again."
        )
    journal = Journal.open(found.path)
    if old:
        with journal.writing():
            journal.start_chain(files)
        return journal, []
    # That a row was asked is not waited for to be on disk, and so it is not noted either.
    last = next(one for one in reversed(found.events) if not isinstance(one.event, Asked))
    noted = found.reading.noted
    if noted is None or noted.last < last.id:
        journal.note(last)
    return journal, [] if noted else [_NOT_NOTED]


def _rewritten(found: Found, files: dict[str, str]) -> Path:
    """The events in a new journal beside the old one, which is not touched."""
    new = found.path.with_name("journal.rescued.sqlite3")
    _remove(new)  # of a rescue that was cut short
    noted = found.reading.noted
    try:
        project = found.reading.project or (noted.project if noted else None)
        journal = Journal.create(new, project)
        try:
            with journal.writing():
                for recorded in found.events:
                    journal.keep(recorded)
                given = max(noted.last if noted else 0, found.reading.last_id)
                journal.start_chain(found.reading.files or files, at_least=given)
        finally:
            journal.close()
    except BaseException:
        _remove(new)
        raise
    return new


def _remove(path: Path) -> None:
    for part in (*(beside(path, ending) for ending in ENDINGS), anchor_path(path)):
        with suppress(OSError):
            part.unlink()


def _put_in_place(path: Path, new: Path) -> Path:
    """Give the old journal another name and the new one its place; the old one's name.

    Once the new one is called ``MENDED`` it counts: whoever is killed behind that has it finished
    by the next opening.
    """
    os.replace(new, path.with_name(MENDED))
    os.replace(anchor_path(new), anchor_path(path))
    return finish_rescue(path)


def finish_rescue(path: Path) -> Path:
    """Put the old journal aside and the mended one in its place; the old one's new name."""
    with guarded(path.parent) as is_mine:
        if not is_mine or not path.with_name(MENDED).exists():
            raise being_changed(path)
        kept = _put_aside(path)
        os.replace(path.with_name(MENDED), path)
    return kept


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
