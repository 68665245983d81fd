"""Digests of files that a project has handed out, so that they are known when they come back."""

from __future__ import annotations

import hashlib
from pathlib import Path

FILE = "downloads.txt"
# The last so many files are known; a choice.
MOST = 200


def digest_of(data: bytes) -> str:
    """The SHA-256 of a file."""
    return hashlib.sha256(data).hexdigest()


def keep_digest(folder: Path, data: bytes) -> None:
    """Remember a file that is handed out; where the folder cannot be written to, it is not."""
    digest = digest_of(data)
    known = known_digests(folder)
    if known[-1:] == [digest]:
        return
    kept = [one for one in known if one != digest][-(MOST - 1) :]
    try:
        part = folder / f"{FILE}.part"
        part.write_text("\n".join([*kept, digest]) + "\n", encoding="ascii")
        part.replace(folder / FILE)
    except OSError:
        return


def known_digests(folder: Path) -> list[str]:
    """The digests of the files that were handed out, oldest first."""
    try:
        return (folder / FILE).read_text(encoding="ascii").split()
    except (OSError, UnicodeError):
        return []
