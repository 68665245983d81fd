"""Opening a project's folder; whoever may not have it hears what is said where there is none."""

from __future__ import annotations

from pathlib import Path

from al_core.errors import ProjectDamaged, UserError
from al_core.projects.journal.events import ChainStarted, OwnerNamed, SettingsChanged
from al_core.projects.journal.recorded import Recorded
from al_core.projects.journal.rescue import Found, find_journal, open_journal
from al_core.projects.journal.store import FILE
from al_core.projects.opened import Opened
from al_core.projects.replay.access import Access, no_project
from al_core.projects.replay.state import State, replay
from al_core.projects.starting.data import ProjectData, check_files, load_data
from al_core.projects.starting.files import check_readable, digests_of
from al_core.projects.starting.settings import read_settings

RESET = (
    "This project came with pictures from web addresses switched on. That is switched off here: "
    "loading them tells their owner that you look. It can be switched on beside the columns on the "
    "card."
)
NOT_SHARED = (
    "The project file came from a project that was shared. This one is shared with nobody: "
    "whoever is to have it is let in anew."
)


def open_folder(
    folder: Path, background: bool, data: ProjectData | None = None, person: str = ""
) -> tuple[Opened, list[str]]:
    """The project in ``folder`` as it was, and what had to be mended.

    data: what ``load_data`` gave, to share it. person: whose login this is. Raises ProjectError,
    ProjectTooNew or ProjectDamaged, and then leaves nothing open.
    """
    if not folder.is_dir():
        raise no_project(folder.name)
    found = _found_for(folder, person)
    data = data or load_data(folder)
    check_files(data, found.reading.files, folder)
    state = _replayed(found.events, data, folder)  # before anything is written
    journal, notices = open_journal(found, data.files or digests_of(folder))
    try:
        for recorded in journal.read_after(state.last_id):  # by others, meanwhile
            state.apply(recorded)
        opened = Opened(folder, journal, state, data, background, person)
        return opened, [*notices, *_reset(found.events)]
    except BaseException:
        journal.close()
        raise


def _found_for(folder: Path, person: str) -> Found:
    """The journal of a project that this person may open; ProjectMissing else, whatever it is."""
    try:
        check_readable(folder)
        found = find_journal(folder / FILE)
    except UserError:
        if person.strip():  # whose it is cannot be told
            raise no_project(folder.name) from None
        raise
    if not Access.of(found.events).right_of(person):
        raise no_project(folder.name)
    return found


def _reset(events: list[Recorded]) -> list[str]:
    """What is said where a project was just imported and something of it reset."""
    began = max((n for n, e in enumerate(events) if isinstance(e.event, ChainStarted)), default=0)
    before, since = events[: began + 1], events[began + 1 :]
    by_import = SettingsChanged, OwnerNamed
    if any(e.by != "app" or not isinstance(e.event, by_import) for e in since):
        return []
    said = [RESET] if any(isinstance(e.event, SettingsChanged) for e in since) else []
    named = any(isinstance(e.event, OwnerNamed) for e in since)
    return [*said, NOT_SHARED] if named and Access.of(before).shares() else said


def _replayed(events: list[Recorded], data: ProjectData, folder: Path) -> State:
    """What the events add up to; ProjectDamaged where they are about another table."""
    n_rows = getattr(events[0].event, "n_rows", None)
    if n_rows != data.n_rows:
        raise ProjectDamaged(
            f"The journal in {folder.name} is about {n_rows} rows and the table has "
            f"{data.n_rows}. Restore the folder from a copy."
        )
    try:
        state = replay(events, data.file_codes, data.file_classes, data.twins_of)
        read_settings(state.settings)
    except UserError:
        raise
    except (LookupError, AttributeError, TypeError, ValueError):
        raise ProjectDamaged(
            f"The journal in {folder.name} holds entries that do not fit together. Restore the "
            "folder from a copy."
        ) from None
    return state
