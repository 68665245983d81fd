"""The place of all projects: listing, naming folders, the bin."""

from __future__ import annotations

import os
import re
import secrets
import shutil
import unicodedata
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray
from platformdirs import user_data_dir

from al_core.errors import ProjectError, ProjectReadOnly, UserError
from al_core.projects.folder.digests import digest_of, known_digests
from al_core.projects.journal.events import Event, ProjectCreated
from al_core.projects.journal.looking import look
from al_core.projects.journal.presence import FOLDER, living
from al_core.projects.journal.store import FILE, MENDED
from al_core.projects.replay.access import Access, Right, Share, no_project
from al_core.projects.replay.state import replay
from al_core.projects.starting.files import (
    ANSWERS_FILE,
    TABLE_FOLDER,
    check_readable,
    load_answers,
    make_folder,
)

if TYPE_CHECKING:
    from al_core.tables import Table

HOME = "AL_WORKBENCH_HOME"
BIN = ".bin"
_DISKS_OWN = "lost+found"  # on a disk of its own; nobody but root reads it


@dataclass(frozen=True, slots=True)
class ProjectInfo:
    """A line of the list of projects; ``problem`` says why it cannot be opened, if so.

    ``right``: what the person who asked for the list may do with it; ``owner``: whose it is, "" for
    nobody's; ``shares``: whom it is shared with.
    """

    id: str
    name: str
    folder: Path
    kind: str
    n_labelled: int
    n_rows: int
    saved_at: datetime | None
    problem: str = ""
    question: str = ""
    right: Right = "own"
    owner: str = ""
    shares: tuple[Share, ...] = ()


def projects_home() -> Path:
    """The folder of all projects: AL_WORKBENCH_HOME, or one in the user's data directory."""
    return Path(os.environ.get(HOME) or user_data_dir("al-workbench", appauthor=False))


def list_projects(home: str | Path | None = None, *, person: str = "") -> list[ProjectInfo]:
    """All projects, the one last worked on first; one that cannot be opened says why.

    person: whose login this is; then those that are theirs or shared with them, and no other.
    """
    return _list(_home(home), person)


def projects_of(
    table: Table,
    home: str | Path | None = None,
    *,
    file: str | Path | None = None,
    person: str = "",
) -> list[ProjectInfo]:
    """The projects of this very table, whatever they are called; the one last worked on first.

    file: where the table was read from; one that a project has handed out is known by its digest.
    person: as for ``list_projects``.
    """
    from al_core.tables import holds_table  # a list of the projects needs no table

    listed = list_projects(home, person=person)
    known = {info.id: known_digests(info.folder) for info in listed}
    digest = digest_of(Path(file).read_bytes()) if file and any(known.values()) else ""
    return [
        info
        for info in listed
        if (digest and digest in known[info.id])
        or (info.n_rows == table.n_rows and holds_table(info.folder / TABLE_FOLDER, table))
    ]


def binned_projects(home: str | Path | None = None, *, person: str = "") -> list[ProjectInfo]:
    """The projects in the bin, the one last worked on first; under a login the person's own."""
    return [info for info in _list(_home(home) / BIN, person) if info.right == "own"]


def right_in(folder: str | Path, person: str) -> Right:
    """What a person may do with the project in a folder; "" as well where there is none.

    Looks at the journal and writes nothing. Without a login ("") "own" wherever a project is.
    """
    try:
        journal = _journal_in(Path(folder))
        if journal is None or not person.strip():
            return "" if journal is None else "own"
        return Access.of(look(journal).events).right_of(person)
    except UserError:
        return Access().right_of(person)  # whose it is cannot be told


def new_project_folder(name: str, home: str | Path | None = None, *, person: str = "") -> Path:
    """A folder that does not exist yet, named after the project in plain letters and digits.

    person: whose login this is; then a few signs more, so that no number says what others have.
    """
    plain = unicodedata.normalize("NFKD", name).encode("ascii", "ignore").decode().lower()
    short = re.sub(r"[^a-z0-9]+", "-", plain).strip("-")[:60] or "project"
    if person.strip():
        short = f"{short}-{secrets.token_hex(3)}"
    return _unused(_home(home), short)


def move_to_bin(folder: str | Path, *, person: str = "") -> Path:
    """Put a project into the bin beside it; ProjectError while it is open somewhere.

    person: whose login this is; ProjectError for whoever is not the owner.
    """
    folder = Path(folder)
    _check_owner(folder, person)
    check_readable(folder)
    if (folder / FOLDER).is_dir() and living(folder):
        raise ProjectError(
            "The project is open in another tab or program. Close it there, then put it "
            "into the bin."
        )
    return _move(folder, folder.parent / BIN)


def restore(folder: str | Path, *, person: str = "") -> Path:
    """Take a project out of the bin; its new place. person: as for ``move_to_bin``."""
    folder = Path(folder)
    _check_owner(folder, person)
    if folder.parent.name != BIN:
        raise ProjectError(f"{folder.name} is not in the bin.")
    return _move(folder, folder.parent.parent)


def _check_owner(folder: Path, person: str) -> None:
    if not person.strip():
        return
    right = right_in(folder, person)
    if not right:
        raise no_project(folder.name)
    if right != "own":
        raise ProjectError("Only its owner may put a project into the bin, or take it out.")


def _home(home: str | Path | None) -> Path:
    return Path(home) if home is not None else projects_home()


def _unused(parent: Path, name: str) -> Path:
    place, number = parent / name, 2
    while place.exists():
        place, number = parent / f"{name}-{number}", number + 1
    return place


def _move(folder: Path, parent: Path) -> Path:
    if not (folder / FILE).is_file():
        raise no_project(folder.name)
    try:
        make_folder(parent)
        return Path(shutil.move(folder, _unused(parent, folder.name)))
    except OSError as error:
        raise ProjectReadOnly(
            f"The project could not be moved ({error.strerror}). Give this program the right to "
            f"write in {parent.name}."
        ) from None


def _list(parent: Path, person: str) -> list[ProjectInfo]:
    if not parent.is_dir():
        return []
    folders = [p for p in parent.iterdir() if not p.name.startswith(".") and p.name != _DISKS_OWN]
    infos = [info for folder in folders if (info := _info(folder, person)) and info.right]
    oldest = datetime.fromtimestamp(0, UTC)
    return sorted(infos, key=lambda info: (info.saved_at or oldest, info.id), reverse=True)


def _journal_in(folder: Path) -> Path | None:
    """The journal of a project; the mended one where its rescue was cut short."""
    check_readable(folder)
    return next((folder / name for name in (FILE, MENDED) if (folder / name).is_file()), None)


def _broken(folder: Path, problem: str, right: Right) -> ProjectInfo:
    """One project that cannot be opened must not keep the others from the list."""
    return ProjectInfo(folder.name, folder.name, folder, "live", 0, 0, None, problem, "", right)


def _info(folder: Path, person: str) -> ProjectInfo | None:
    """What the journal says, as far as it can be read: opening brings back just that.

    None for a folder that is no project.
    """
    nobodys = Access().right_of(person)
    try:
        journal = _journal_in(folder)
        if journal is None:
            return None
        reading = look(journal)
    except UserError as error:
        return _broken(folder, str(error), nobodys)
    if not reading.events:
        return _broken(folder, reading.broken, nobodys)
    access = Access.of(reading.events)
    right = access.right_of(person)
    if not right:
        return _broken(folder, "", right)
    try:
        state = replay(reading.events, *_file_answers(folder, reading.events[0].event))
        saved = datetime.fromisoformat(state.saved_at)
    except (OSError, ValueError, LookupError, TypeError, AttributeError):
        return _broken(folder, "The journal holds entries that do not fit together.", right)
    n_labelled = state.n_labelled()
    question = str(state.settings.get("question", ""))
    return ProjectInfo(
        folder.name, state.name, folder, state.kind, n_labelled, state.n_rows, saved, "", question,
        right, access.owner, access.shares(),
    )  # fmt: skip


def _file_answers(folder: Path, created: Event) -> tuple[NDArray[np.int32], list[str]]:
    """The file's own answers where they count as labels: one that a person overruled counts once.

    Read again only when the file changed: it never does while a project lives.
    """
    if not isinstance(created, ProjectCreated) or not created.n_file_labels:
        return np.empty(0, dtype=np.int32), []
    path = folder / ANSWERS_FILE
    return _read_answers(path, path.stat().st_mtime_ns)


@lru_cache(maxsize=64)
def _read_answers(path: Path, _changed_at: int) -> tuple[NDArray[np.int32], list[str]]:
    return load_answers(path)
