"""A new project's folder: the table as it was read, and a journal that begins."""

from __future__ import annotations

import os
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import replace
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from al_core.errors import ProjectError, ProjectReadOnly
from al_core.projects.journal.events import Event, FileRowsHeldOut, OwnerNamed
from al_core.projects.journal.store import FILE, Journal
from al_core.projects.starting.alike import check_alike, check_seen_apart
from al_core.projects.starting.data import ProjectData, new_data, save_data
from al_core.projects.starting.files import digests_of, make_folder
from al_core.projects.starting.first_event import first_event, rows_held_out
from al_core.projects.starting.settings import Settings, read_settings
from al_core.tables import Role, Table


def create_folder(
    folder: Path,
    table: Table,
    roles: Mapping[str, Role],
    settings: Settings | Mapping[str, Any] | None,
    name: str | None,
    apart: bool = False,
    person: str = "",
) -> ProjectData:
    """Make ``folder`` hold a new project of that person; raises what ``Project.create`` says."""
    if (folder / FILE).exists():
        raise ProjectError(f"There is a project in {folder.name} already. Choose another folder.")
    data = new_data(table, roles)
    wanted = read_settings(settings)
    if not apart:
        check_alike(wanted.classes or (), data.file_classes)
    check_seen_apart(wanted.classes or ())
    created = first_event(data, wanted, name or table.name or folder.name)
    held = rows_held_out(data, created)
    events: list[Event] = [created, FileRowsHeldOut(held)] if held else [created]
    if person.strip():
        events.append(OwnerNamed(person.strip()))
    try:
        make_folder(folder.parent)
        with TemporaryDirectory(dir=folder.parent, prefix=".new-") as temporary:
            _write_first(Path(temporary) / folder.name, data, events)
            _put_in_place(Path(temporary) / folder.name, folder)
    except OSError as error:
        raise ProjectReadOnly(
            f"The folder {folder.name} cannot be written to ({error.strerror}). Choose another "
            "place, or give this program the right to write there."
        ) from None
    data.table = replace(data.table, original=None)  # it lies on disk; memory is for rows
    return data


def _put_in_place(aside: Path, folder: Path) -> None:
    """Give a whole project its name: at once, or into a folder that is there, the journal last."""
    if folder.exists() and any(folder.iterdir()):
        parts = sorted(aside.iterdir(), key=lambda part: part.name == FILE)
        for part in parts:
            os.replace(part, folder / part.name)
    else:
        with suppress(FileNotFoundError):
            folder.rmdir()  # an empty one
        os.rename(aside, folder)


def _write_first(folder: Path, data: ProjectData, events: list[Event]) -> None:
    """The table, and a journal that begins with these."""
    make_folder(folder)
    save_data(data, folder)
    journal = Journal.create(folder / FILE)
    try:
        with journal.writing():
            for event in events:
                journal.append(event, opener="", by="app")
            journal.start_chain(digests_of(folder))
    finally:
        journal.close()
