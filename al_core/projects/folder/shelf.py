"""The place of all projects: listing, naming folders, the bin."""

from __future__ import annotations

import os
import re
import shutil
import unicodedata
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
from al_core.projects.records import ProjectInfo
from al_core.projects.replay.state import replay
from al_core.projects.starting.files import ANSWERS_FILE, TABLE_FOLDER, load_answers

if TYPE_CHECKING:
    from al_core.tables import Table

HOME = "AL_WORKBENCH_HOME"
BIN = ".bin"


def projects_home() -> Path:
    """The folder of all projects: AL_WORKBENCH_HOME, or one in the user's data directory."""
    return Path(os.environ.get(HOME) or user_data_dir("al-workbench", appauthor=False))


def list_projects(home: str | Path | None = None) -> list[ProjectInfo]:
    """All projects, the one last worked on first; one that cannot be opened says why."""
    return _list(_home(home))


def projects_of(
    table: Table, home: str | Path | None = None, *, file: str | Path | None = None
) -> list[ProjectInfo]:
    """The projects of this very table, whatever they are called; the one last worked on first.

    file: where the table was read from; one that a project has handed out is known by its digest.
    """
    from al_core.tables import holds_table  # a list of the projects needs no table

    listed = list_projects(home)
    known = {info.id: known_digests(info.folder) for info in listed}
    digest = digest_of(Path(file).read_bytes()) if file and any(known.values()) else ""
    return [
        info
        for info in listed
        if (digest and digest in known[info.id])
        or (info.n_rows == table.n_rows and holds_table(info.folder / TABLE_FOLDER, table))
    ]


def binned_projects(home: str | Path | None = None) -> list[ProjectInfo]:
    """The projects in the bin, the one last worked on first."""
    return _list(_home(home) / BIN)


def new_project_folder(name: str, home: str | Path | None = None) -> Path:
    """A folder that does not exist yet, named after the project in plain letters and digits."""
    plain = unicodedata.normalize("NFKD", name).encode("ascii", "ignore").decode().lower()
    short = re.sub(r"[^a-z0-9]+", "-", plain).strip("-")[:60] or "project"
    return _unused(_home(home), short)


def move_to_bin(folder: str | Path) -> Path:
    """Put a project into the bin beside it; ProjectError while it is open somewhere."""
    folder = Path(folder)
    if (folder / FOLDER).is_dir() and living(folder):
        raise ProjectError(
            "The project is open in another tab or program. Close it there, then put it "
            "into the bin."
        )
    return _move(folder, folder.parent / BIN)


def restore(folder: str | Path) -> Path:
    """Take a project out of the bin; its new place."""
    folder = Path(folder)
    if folder.parent.name != BIN:
        raise ProjectError(f"{folder.name} is not in the bin.")
    return _move(folder, folder.parent.parent)


def _home(home: str | Path | None) -> Path:
    return Path(home) if home is not None else projects_home()


def _unused(parent: Path, name: str) -> Path:
    place, number = parent / name, 2
    while place.exists():
        place, number = parent / f"{name}-{number}", number + 1
    return place


def _move(folder: Path, parent: Path) -> Path:
    if not (folder / FILE).is_file():
        raise ProjectError(f"There is no project in {folder.name}.")
    try:
        parent.mkdir(parents=True, exist_ok=True)
        return Path(shutil.move(folder, _unused(parent, folder.name)))
    except OSError as error:
        raise ProjectReadOnly(
            f"The project could not be moved ({error.strerror}). Give this program the right to "
            f"write in {parent.name}."
        ) from None


def _list(parent: Path) -> list[ProjectInfo]:
    if not parent.is_dir():
        return []
    folders = [p for p in parent.iterdir() if not p.name.startswith(".") and _journal_in(p)]
    infos = [_info(folder) for folder in folders]
    oldest = datetime.fromtimestamp(0, UTC)
    return sorted(infos, key=lambda info: (info.saved_at or oldest, info.id), reverse=True)


def _journal_in(folder: Path) -> Path | None:
    """The journal of a project; the mended one where its rescue was cut short."""
    return next((folder / name for name in (FILE, MENDED) if (folder / name).is_file()), None)


def _broken(folder: Path, problem: str) -> ProjectInfo:
    """One project that cannot be opened must not keep the others from the list."""
    return ProjectInfo(folder.name, folder.name, folder, "live", 0, 0, None, problem)


def _info(folder: Path) -> ProjectInfo:
    """What the journal says, as far as it can be read: opening brings back just that."""
    try:
        reading = look(_journal_in(folder) or folder / FILE)
    except UserError as error:
        return _broken(folder, str(error))
    if not reading.events:
        return _broken(folder, reading.broken)
    try:
        state = replay(reading.events, *_file_answers(folder, reading.events[0].event))
        saved = datetime.fromisoformat(state.saved_at)
    except (OSError, ValueError, LookupError, TypeError, AttributeError):
        return _broken(folder, "The journal holds entries that do not fit together.")
    n_labelled = state.n_labelled()
    question = str(state.settings.get("question", ""))
    return ProjectInfo(
        folder.name, state.name, folder, state.kind, n_labelled, state.n_rows, saved, "", question
    )


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
