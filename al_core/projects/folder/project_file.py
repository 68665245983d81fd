"""A project as one file, and safely back: only known names, within limits, events read as text."""

from __future__ import annotations

import io
import json
import shutil
import tempfile
import zipfile
import zlib
from collections.abc import Sequence
from dataclasses import asdict
from pathlib import Path

from al_core.errors import ProjectDamaged, ProjectError, ProjectTooNew
from al_core.learning.comparison.store import json_lines
from al_core.projects.folder.shelf import new_project_folder, projects_home
from al_core.projects.journal.entries import rising
from al_core.projects.journal.events import ProjectCreated
from al_core.projects.journal.recorded import Recorded, body_of, kind_of, read_event
from al_core.projects.journal.shapes import check_rows
from al_core.projects.journal.store import FILE, SCHEMA, Journal
from al_core.projects.replay.state import replay
from al_core.projects.starting.data import load_data
from al_core.projects.starting.files import (
    ANSWERS_FILE,
    FILLED_FOLDER,
    ROLES_FILE,
    TABLE_FOLDER,
    write_through,
)
from al_core.projects.starting.settings import read_settings

EVENTS_FILE = "journal.jsonl"
ABOUT_FILE = "project.json"
# Choices: a file that unpacks to more is refused before it fills the disk or the memory.
MOST_BYTES = 2 * 1024**3
MOST_EVENT_BYTES = 512 * 1024**2
MOST_FILES = 20
_DAMAGED = "The project file is damaged: its parts do not fit together. Download it again."
_NO_PROJECT = "This is no project file of this app. Choose one that was downloaded here."


def project_zip(folder: Path, events: list[Recorded], filled: Sequence[str] = ()) -> bytes:
    """Table, roles and journal (as JSON lines) in a zip; and the lists of filled rows that the
    journal names, ``filled`` by their digests, as far as they are there."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr(ABOUT_FILE, json.dumps({"format": SCHEMA}))
        archive.writestr(EVENTS_FILE, "\n".join(line_of(recorded) for recorded in events))
        for path in (folder / ROLES_FILE, folder / ANSWERS_FILE):
            archive.write(path, path.name)
        for path in sorted((folder / TABLE_FOLDER).iterdir()):
            archive.write(path, f"{TABLE_FOLDER}/{path.name}")
        for digest in filled:
            path = folder / FILLED_FOLDER / f"{Path(digest).name}.parquet"
            if path.is_file():
                archive.write(path, f"{FILLED_FOLDER}/{path.name}")
    return out.getvalue()


def import_project(data: bytes, home: str | Path | None = None) -> Path:
    """Unpack a project file into a new folder; its path.

    Names are checked against a list, sizes against a limit before and while unpacking; nothing is
    written outside the new folder, and nothing is left behind by a file that is refused. Raises
    ProjectError or ProjectTooNew.
    """
    home = Path(home) if home is not None else projects_home()
    try:
        archive = zipfile.ZipFile(io.BytesIO(data))
    except (zipfile.BadZipFile, OSError):
        raise ProjectError(_NO_PROJECT) from None
    try:
        home.mkdir(parents=True, exist_ok=True)
        with archive, tempfile.TemporaryDirectory(dir=home, prefix=".import-") as temporary:
            name = _unpack(archive, Path(temporary) / "project")
            return _put_in_place(Path(temporary) / "project", name, home)
    except (KeyError, ValueError, TypeError, zipfile.BadZipFile, RuntimeError, zlib.error):
        raise ProjectError(_NO_PROJECT) from None  # RuntimeError: packed or nested in a strange way
    except ProjectDamaged:
        raise ProjectError(_DAMAGED) from None
    except OSError as error:
        raise ProjectError(f"The project could not be unpacked ({error.strerror}).") from None


def _put_in_place(aside: Path, name: str, home: Path) -> Path:
    """Give a whole project its name in one step; once it is on disk."""
    for path in aside.rglob("*"):
        if path.is_file():
            write_through(path)
    while True:
        place = new_project_folder(name, home)
        try:
            return aside.rename(place)
        except OSError:
            if not place.exists():  # else somebody else took that name just now
                raise


def line_of(recorded: Recorded) -> str:
    """An event as a line of JSON."""
    event = recorded.event
    fields = (recorded.id, recorded.at, recorded.opener, recorded.by, kind_of(event))
    where = (getattr(event, "row", None), getattr(event, "token", None))
    return json.dumps([*fields, *where, body_of(event)], ensure_ascii=False)


def _unpack(archive: zipfile.ZipFile, folder: Path) -> str:
    """Everything into ``folder``; returns the project's name."""
    _check_version(archive)
    members = [m for m in archive.infolist() if m.filename not in (ABOUT_FILE, EVENTS_FILE)]
    whole = sum(m.file_size for m in archive.infolist())
    events_size = archive.getinfo(EVENTS_FILE).file_size
    if len(members) > MOST_FILES or whole > MOST_BYTES or events_size > MOST_EVENT_BYTES:
        raise ProjectError("The project file is too large to be unpacked.")
    (folder / TABLE_FOLDER).mkdir(parents=True)
    for member in members:
        _extract(archive, member, folder)
    lines = json_lines(archive.read(EVENTS_FILE).decode())
    events = list(rising(read_line(line) for line in lines))
    if not events or not isinstance(events[0].event, ProjectCreated):
        raise ProjectError(_NO_PROJECT)
    files = _try_out(folder, events)
    journal = Journal.create(folder / FILE)  # a copy is a project of its own
    try:
        with journal.writing():
            for recorded in events:
                journal.keep(recorded)
            journal.start_chain(files)
    finally:
        journal.close()
    return events[0].event.name


def _try_out(folder: Path, events: list[Recorded]) -> dict[str, str]:
    """Refuse a table that cannot be read, and events about rows or answers that do not exist.

    Gives the digests of the files.
    """
    data = load_data(folder)
    try:
        for recorded in events:
            check_rows(recorded.event, data.n_rows)
        state = replay(events, data.file_codes, data.file_classes)
        read_settings({**asdict(read_settings(state.settings)), "kind": state.kind})
    except (IndexError, AttributeError, KeyError, TypeError, ValueError):
        raise ProjectError(_NO_PROJECT) from None
    if state.n_rows != data.n_rows or not events[0].event.classes:  # type: ignore[attr-defined]
        raise ProjectError(_NO_PROJECT)
    return data.files


def _check_version(archive: zipfile.ZipFile) -> None:
    if json.loads(archive.read(ABOUT_FILE))["format"] > SCHEMA:
        raise ProjectTooNew(
            "The project file was written by a newer version. Open it with the newer version."
        )


def _extract(archive: zipfile.ZipFile, member: zipfile.ZipInfo, folder: Path) -> None:
    """Write one file whose name is known to be harmless; never more bytes than it announced."""
    parent, _, name = member.filename.rpartition("/")
    plain = name.replace(".", "").replace("_", "").replace("-", "").isalnum()
    in_folder = parent in (TABLE_FOLDER, FILLED_FOLDER) and plain
    known = in_folder or member.filename in (ROLES_FILE, ANSWERS_FILE)
    if not known or name.startswith("."):
        raise ProjectError(f"The project file holds an unknown part {member.filename!r}.")
    target = folder / parent / name
    target.parent.mkdir(exist_ok=True)
    with archive.open(member) as source, target.open("wb") as out:
        shutil.copyfileobj(source, out)


def read_line(line: str) -> Recorded:
    """The event of such a line."""
    event_id, at, opener, by, kind, row, token, body = json.loads(line)
    return Recorded(
        int(event_id), str(at), str(opener), str(by), read_event(kind, row, token, body)
    )
