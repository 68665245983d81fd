"""What a program that was killed has left behind: swept when the app starts."""

from __future__ import annotations

import shutil
import tempfile
import time
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

from al_core.projects.folder.shelf import projects_home
from al_core.projects.journal.presence import living
from al_core.projects.starting.files import may_look_into

# A choice: nothing that is still being written or read takes so long.
_SECONDS = 24 * 3600
# How temporary folders with copies of a person's file begin.
COPIES = "al-workbench-"
_ASIDE = (".import-", ".new-")
_PARTS = ("*.part", "*/*.part", "journal.rescued.*")


def sweep_leftovers(home: str | Path | None = None) -> int:
    """Take away what is older than a day: halves of projects, parts of files, temporary copies.

    Gives how many files or folders went. What cannot be taken away stays.
    """
    home = Path(home) if home is not None else projects_home()
    latest = time.time() - _SECONDS
    return sum(_swept(path) for path in list(_leftovers(home)) if _changed_at(path) < latest)


def _leftovers(home: Path) -> Iterator[Path]:
    with suppress(OSError):
        yield from Path(tempfile.gettempdir()).glob(f"{COPIES}*")
    if not home.is_dir():
        return
    for folder in home.iterdir():
        if folder.name.startswith(_ASIDE):
            yield folder
        elif folder.is_dir() and may_look_into(folder) and not living(folder, tidy=False):
            for pattern in _PARTS:
                yield from folder.glob(pattern)


def _changed_at(path: Path) -> float:
    """When anything in it was written last; now where that cannot be said."""
    try:
        inside = path.rglob("*") if path.is_dir() and not path.is_symlink() else ()
        return max(float(part.lstat().st_mtime) for part in (path, *inside))
    except OSError:
        return time.time()


def _swept(path: Path) -> bool:
    if path.is_dir() and not path.is_symlink():
        shutil.rmtree(path, ignore_errors=True)
    else:
        with suppress(OSError):
            path.unlink()
    return not path.exists()
