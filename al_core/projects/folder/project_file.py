"""A project as one file, and safely back: only known names, within limits, events read as text."""

from __future__ import annotations

import io
import json
import re
import shutil
import tempfile
import zipfile
import zlib
from collections.abc import Callable, Sequence
from dataclasses import asdict
from itertools import chain
from pathlib import Path

import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq

from al_core.errors import ProjectDamaged, ProjectError, ProjectTooNew
from al_core.learning.comparison.store import json_lines
from al_core.projects.folder.shelf import new_project_folder, projects_home
from al_core.projects.journal.entries import recorded_of, rising
from al_core.projects.journal.events import (
    ClassAdded,
    ClassRenamed,
    OwnerNamed,
    ProjectCreated,
    SettingsChanged,
)
from al_core.projects.journal.recorded import Recorded, body_of, kind_of
from al_core.projects.journal.shapes import check_rows
from al_core.projects.journal.store import FILE, SCHEMA, Journal
from al_core.projects.replay.access import Access
from al_core.projects.replay.state import replay
from al_core.projects.starting.data import ProjectData, load_data
from al_core.projects.starting.files import (
    ANSWERS_FILE,
    FILLED_FOLDER,
    ROLES_FILE,
    TABLE_FOLDER,
    make_folder,
    write_through,
)
from al_core.projects.starting.settings import read_settings
from al_core.tables.columns.answers import LONGEST_ANSWER
from al_core.tables.store import FRAME, ORIGINAL, REST, TEXT
from al_core.wording import short

EVENTS_FILE = "journal.jsonl"
ABOUT_FILE = "project.json"
# Choices: a file that unpacks to more is refused before it fills the disk or the memory.
MOST_BYTES = 2 * 1024**3
MOST_EVENT_BYTES = 512 * 1024**2
MOST_FILES = 20
MOST_ANSWERS = 1000  # a choice: with their changes of name; each is looked at for each label
# Choices: bytes of the parts that are read whole, with room for 20,000 columns and 20 million rows.
MOST_OF_PART = {ABOUT_FILE: 1_000_000, ROLES_FILE: 20_000_000, ANSWERS_FILE: 100_000_000}
MOST_OF_REST = 100_000_000  # a choice, like them
# Choices: letters of an event, and besides for each row, which it may list.
MOST_OF_EVENT, MOST_OF_ROW = 2_000_000, 20
_PACKED = (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED)  # others unpack a whole block at a time
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


def import_project(data: bytes, home: str | Path | None = None, *, person: str = "") -> Path:
    """Unpack a project file into a new folder; its path.

    person: whose login this is, and so the owner from then on, whoever owned what the file was made
    of; whom that was shared with does not have this one.

    Names are checked against a list, sizes against a limit before and while unpacking; nothing is
    written outside the new folder, and nothing is left behind by a file that is refused. Raises
    ProjectError or ProjectTooNew.
    """
    return taken_in(lambda folder: unpack_project(data, folder, person), home, person)


def taken_in(
    unpack: Callable[[Path], str], home: str | Path | None = None, person: str = ""
) -> Path:
    """The new folder of a project that ``unpack`` writes into one aside, giving its name."""
    home = Path(home) if home is not None else projects_home()
    try:
        make_folder(home)
        with tempfile.TemporaryDirectory(dir=home, prefix=".import-") as temporary:
            name = unpack(Path(temporary) / "project")
            return _put_in_place(Path(temporary) / "project", name, home, person)
    except OSError as error:
        raise _not_unpacked(error) from None


def _not_unpacked(error: OSError) -> ProjectError:
    return ProjectError(
        f"The project could not be unpacked ({error.strerror or 'it cannot be written'}). Free "
        "some space, or give this program the right to write there, and try again."
    )


def unpack_project(data: bytes, folder: Path, person: str = "") -> str:
    """Write a project file's project into ``folder``, which is made; the project's name.

    person: who owns it then.

    Raises ProjectError or ProjectTooNew, and leaves what is written so far behind then.
    """
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            return _unpack(archive, folder, person.strip())
    except (KeyError, ValueError, TypeError, zipfile.BadZipFile, RuntimeError, zlib.error):
        raise ProjectError(_NO_PROJECT) from None  # RuntimeError: packed or nested in a strange way
    except ProjectDamaged:
        raise ProjectError(_DAMAGED) from None
    except OSError as error:
        raise _not_unpacked(error) from None


def _put_in_place(aside: Path, name: str, home: Path, person: str) -> Path:
    """Give a whole project its name in one step; once it is on disk."""
    for path in aside.rglob("*"):
        if path.is_file():
            write_through(path)
    while True:
        place = new_project_folder(name, home, person=person)
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


def _unpack(archive: zipfile.ZipFile, folder: Path, person: str) -> str:
    """Everything into ``folder`` of its new owner; returns the project's name."""
    _check_sizes(archive)
    _check_version(archive)
    members = [m for m in archive.infolist() if m.filename not in (ABOUT_FILE, EVENTS_FILE)]
    make_folder(folder)
    (folder / TABLE_FOLDER).mkdir()
    for member in members:
        _extract(archive, member, folder)
    data = load_data(folder)
    _check_filled(folder / FILLED_FOLDER, data.n_rows)
    events = _events_in(archive, data.n_rows)
    files, outward = _try_out(data, events)
    journal = Journal.create(folder / FILE)  # a copy is a project of its own
    try:
        with journal.writing():
            for recorded in events:
                journal.keep(recorded)
            journal.start_chain(files)
            if outward:
                journal.append(SettingsChanged(outward), opener="", by="app")
            if person or Access.of(events).owner:
                journal.append(OwnerNamed(person), opener="", by="app")
    finally:
        journal.close()
    return str(getattr(events[0].event, "name", ""))


def _check_sizes(archive: zipfile.ZipFile) -> None:
    """Refuse what says that it unpacks to much; no part is ever unpacked to more than it says."""
    members = archive.infolist()
    most = {**MOST_OF_PART, f"{TABLE_FOLDER}/{REST}": MOST_OF_REST, EVENTS_FILE: MOST_EVENT_BYTES}
    large = [m for m in members if m.file_size > most.get(m.filename, MOST_BYTES)]
    whole = sum(m.file_size for m in members)
    if large or whole > MOST_BYTES or len(members) > MOST_FILES + 2:
        which = f": {large[0].filename} unpacks to {large[0].file_size:,} bytes" if large else ""
        raise ProjectError(
            f"The project file is too large to be unpacked{which}. Choose one that was downloaded "
            "here."
        )
    if any(m.compress_type not in _PACKED for m in members):
        raise ProjectError(
            "The project file was packed anew in a way that is not read here. Choose the file as "
            "it was downloaded, or pack its parts as a plain zip."
        )


def _events_in(archive: zipfile.ZipFile, n_rows: int) -> list[Recorded]:
    """The events of the file, of which none is longer than one about every row can be."""
    lines = json_lines(archive.read(EVENTS_FILE).decode())
    if any(len(line) > MOST_OF_EVENT + MOST_OF_ROW * n_rows for line in lines):
        raise ProjectError(
            "The project file holds an entry that is longer than any that this app writes. Choose "
            "one that was downloaded here."
        )
    events = list(rising(read_line(line) for line in lines))
    if not events or not isinstance(events[0].event, ProjectCreated):
        raise ProjectError(_NO_PROJECT)
    return events


def _check_filled(folder: Path, n_rows: int) -> None:
    """Refuse a list of filled rows that is none, or too long: it is read when it is asked for."""
    for path in folder.glob("*"):
        try:
            with pq.ParquetFile(path) as file:
                if file.metadata.num_rows > n_rows:
                    raise ProjectError(_DAMAGED)
                labels = file.read(["label"]).column(0).cast(pa.large_string())
        except MemoryError:
            raise
        except (pa.ArrowException, OSError, ValueError, LookupError):
            raise ProjectError(_DAMAGED) from None
        _check_length(pc.max(pc.utf8_length(labels)).as_py() or 0)


def _try_out(data: ProjectData, events: list[Recorded]) -> tuple[dict[str, str], dict[str, bool]]:
    """Refuse events about rows or answers that do not exist.

    Gives the digests of the files, and the settings to reset since they reach outside.
    """
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
    _check_answers(events, data.file_classes)
    try:
        for recorded in events:
            check_rows(recorded.event, data.n_rows)
        state = replay(events, data.file_codes, data.file_classes)
        read_settings({**asdict(read_settings(state.settings)), "kind": state.kind})
    except (IndexError, AttributeError, KeyError, TypeError, ValueError, OverflowError):
        raise ProjectError(_NO_PROJECT) from None
    return data.files, {name: False for name in OUTWARD if state.settings.get(name)}


def _check_answers(events: list[Recorded], file_classes: list[str]) -> None:
    given = (getattr(e.event, field, "") for e in events for field in ("label", "old", "new"))
    added = (e.event.name for e in events if isinstance(e.event, ClassAdded))
    first = getattr(events[0].event, "classes", ())
    _check_length(max(map(len, chain(given, added, first, file_classes)), default=0))
    named = sum(isinstance(e.event, ClassAdded | ClassRenamed) for e in events)
    named += len(getattr(events[0].event, "classes", ()))
    if named > MOST_ANSWERS:
        raise ProjectError(
            f"The project file has {named:,} answers or changes of their names; at most "
            f"{MOST_ANSWERS:,} can be taken in. Choose another file."
        )


def _check_length(longest: int) -> None:
    if longest > LONGEST_ANSWER:
        raise ProjectError(
            f"The project file has an answer of {longest:,} characters; at most {LONGEST_ANSWER} "
            "are allowed. Choose another file."
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
