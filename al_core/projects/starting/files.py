"""The files of a project's folder that never change; a list of projects reads one of them."""

from __future__ import annotations

import hashlib
import json
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

TABLE_FOLDER = "table"
ROLES_FILE = "roles.json"
ANSWERS_FILE = "answers.json"
MEANING_FOLDER = "meaning"
FILLED_FOLDER = "filled"


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
