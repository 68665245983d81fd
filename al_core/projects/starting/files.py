"""The files of a project's folder that never change; a list of projects reads one of them."""

from __future__ import annotations

import hashlib
import json
import logging
import os
import secrets
from functools import lru_cache
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from al_core.errors import ProjectReadOnly

_log = logging.getLogger(__name__)

TABLE_FOLDER = "table"
ROLES_FILE = "roles.json"
ANSWERS_FILE = "answers.json"
MEANING_FOLDER = "meaning"
FILLED_FOLDER = "filled"


def make_folder(folder: Path) -> None:
    """Make a folder that nobody but its owner can enter, where there is none; raises OSError.

    One that is there keeps the rights it was given.
    """
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)


def may_look_into(folder: Path) -> bool:
    """Whether this program has the right to read a folder and what is in it."""
    return os.access(folder, os.R_OK | os.X_OK)


def check_readable(folder: Path) -> None:
    """Raise ProjectReadOnly, in words, where this program lacks the right to look into a folder.

    It is noted in the log, once a folder: whoever has a login is not told of it.
    """
    if folder.is_dir() and not may_look_into(folder):
        raise ProjectReadOnly(_noted(folder))


@lru_cache(maxsize=64)
def _noted(folder: Path) -> str:
    said = (
        f"The folder {folder.name} may not be read: this program lacks the permission. Make the "
        "user that runs it the owner of the folder, or let that user read it."
    )
    _log.warning("%s", said)
    return said


def write_whole(path: Path, data: bytes) -> None:
    """Write a file aside and give it its name once it is on disk: it is whole, or as it was before.

    Raises OSError, and leaves nothing behind then.
    """
    aside = path.with_name(f".{path.name}.{secrets.token_hex(4)}.part")
    try:
        aside.write_bytes(data)
        write_through(aside)
        os.replace(aside, path)
    except BaseException:
        aside.unlink(missing_ok=True)
        raise


def write_through(path: Path) -> None:
    """Wait until a file is on disk: what is written later may rely on it."""
    with path.open("rb+") as file:
        os.fsync(file.fileno())


def digests_of(folder: Path) -> dict[str, str]:
    """The SHA-256 of each file that never changes, by its name in the folder; raises OSError."""
    paths = [folder / ROLES_FILE, folder / ANSWERS_FILE, *sorted((folder / TABLE_FOLDER).iterdir())]
    found = {}
    for path in paths:
        with path.open("rb") as file:
            digest = hashlib.file_digest(file, "sha256").hexdigest()
        found[path.relative_to(folder).as_posix()] = digest
    return found


def load_answers(path: Path) -> tuple[NDArray[np.int32], list[str]]:
    """The file's own answers as they were saved: a code a row (none: no column held any), names.

    Raises OSError, and ValueError, KeyError or TypeError where the file is not what it should be.
    """
    answers = json.loads(path.read_text(encoding="utf-8"))
    codes = np.asarray(answers["codes"] or [], dtype=np.int32)
    return codes, [str(name) for name in answers["classes"]]
