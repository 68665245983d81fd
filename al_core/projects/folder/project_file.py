"""A project as one file, and safely back: only known names, within limits, events read as text."""

from __future__ import annotations

import io
import json
import re
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
from al_core.projects.journal.entries import recorded_of, rising
from al_core.projects.journal.events import (
    ClassAdded,
    ClassRenamed,
    ProjectCreated,
    SettingsChanged,
)
from al_core.projects.journal.recorded import Recorded, body_of, kind_of
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
from al_core.tables.store import FRAME, ORIGINAL, REST, TEXT
from al_core.wording import short

EVENTS_FILE = "journal.jsonl"
ABOUT_FILE = "project.json"
# Choices: a file that unpacks to more is refused before it fills the disk or the memory.
MOST_BYTES = 2 * 1024**3
MOST_EVENT_BYTES = 512 * 1024**2
MOST_FILES = 20
MOST_ANSWERS = 1000  # a choice: with their changes of name; each is looked at for each label
OUTWARD = ("allow_images",)
"""Settings by which a project reaches out of this computer: a foreign one does not, until asked."""
_TABLE = (FRAME, TEXT, REST, ORIGINAL)
_PARTS = {ROLES_FILE, ANSWERS_FILE, *(f"{TABLE_FOLDER}/{name}" for name in _TABLE)}
_LIST_OF_ROWS = re.compile(r"[0-9a-f]{1,128}\.parquet")
_FIELDS = ("at", "opener", "by", "kind", "row", "token", "body")
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
    files, outward = _try_out(folder, events)
    journal = Journal.create(folder / FILE)  # a copy is a project of its own
    try:
        with journal.writing():
            for recorded in events:
                journal.keep(recorded)
            journal.start_chain(files)
            if outward:
                journal.append(SettingsChanged(outward), opener="", by="app")
    finally:
        journal.close()
    return events[0].event.name


def _try_out(folder: Path, events: list[Recorded]) -> tuple[dict[str, str], dict[str, bool]]:
    """Refuse a table that cannot be read, and events about rows or answers that do not exist.

    Gives the digests of the files, and the settings to reset since they reach outside.
    """
    data = load_data(folder)
    created = events[0].event
    if not isinstance(created, ProjectCreated) or not created.classes:
        raise ProjectError(_NO_PROJECT)
    if created.n_rows != data.n_rows:
        raise ProjectError(
            f"The project file is about {short(created.n_rows, 30)} rows, and its table has "
            f"{data.n_rows:,}. Download it again."
        )
    if created.kind == "oracle" and (data.file_codes < 0).any():
        raise ProjectError(
            "The project file is a rehearsal, and its table does not hold the answer of every row. "
            "Download it again."
        )
    _check_answers(events)
    try:
        for recorded in events:
            check_rows(recorded.event, data.n_rows)
        state = replay(events, data.file_codes, data.file_classes)
        read_settings({**asdict(read_settings(state.settings)), "kind": state.kind})
    except (IndexError, AttributeError, KeyError, TypeError, ValueError, OverflowError):
        raise ProjectError(_NO_PROJECT) from None
    return data.files, {name: False for name in OUTWARD if state.settings.get(name)}


def _check_answers(events: list[Recorded]) -> None:
    named = sum(isinstance(e.event, ClassAdded | ClassRenamed) for e in events)
    named += len(getattr(events[0].event, "classes", ()))
    if named > MOST_ANSWERS:
        raise ProjectError(
            f"The project file has {named:,} answers or changes of their names; at most "
            f"{MOST_ANSWERS:,} can be taken in. Choose another file."
        )


def _check_version(archive: zipfile.ZipFile) -> None:
    if json.loads(archive.read(ABOUT_FILE))["format"] > SCHEMA:
        raise ProjectTooNew(
            "The project file was written by a newer version. Open it with the newer version."
        )


def _extract(archive: zipfile.ZipFile, member: zipfile.ZipInfo, folder: Path) -> None:
    """Write one file whose name is known to be harmless; never more bytes than it announced."""
    parent, _, name = member.filename.rpartition("/")
    filled = parent == FILLED_FOLDER and _LIST_OF_ROWS.fullmatch(name)
    if not filled and member.filename not in _PARTS:
        raise ProjectError(
            f"The project file holds an unknown part {member.filename!r:.80}. Choose one that was "
            "downloaded here."
        )
    target = folder / parent / name
    target.parent.mkdir(exist_ok=True)
    with archive.open(member) as source, target.open("wb") as out:
        shutil.copyfileobj(source, out)


def read_line(line: str) -> Recorded:
    """The event of such a line."""
    event_id, *fields = json.loads(line)
    if len(fields) != len(_FIELDS):
        raise ValueError("not the fields of an event")
    # No checksum travels along; "" has a kind that is not known taken for a newer version's.
    return recorded_of((int(event_id), *fields, "", ""))
