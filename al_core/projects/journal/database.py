"""The database file of a journal: connections, errors in words, and what waits beside it."""

from __future__ import annotations

import os
import sqlite3
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from al_core.errors import ProjectDamaged, ProjectError, ProjectReadOnly

# A choice: others hold the journal for one short transaction; a disk that sleeps needs seconds.
BUSY_SECONDS = 10.0

# From SQLite's description of its file format: bytes of the header of a -wal and of each frame.
_HEADER, _FRAME = 32, 24
_PAGES = [2**n for n in range(9, 17)]  # sizes of a page that SQLite knows
_PAGE = 4096  # its usual size, where the header cannot be believed
_MOST_BYTES = 2**31  # a choice: a page number that leads beyond is a damaged one


def has_wal(path: Path) -> bool:
    """Whether changes wait beside the journal: it was not closed, or is open now."""
    return size_of(beside(path, "-wal")) > 0


def beside(path: Path, ending: str) -> Path:
    """SQLite's file of that ending for the database ``path``."""
    return path.with_name(path.name + ending)


def size_of(path: Path) -> int:
    """Bytes of a file, 0 where there is none."""
    try:
        return path.stat().st_size
    except OSError:
        return 0


def merged(path: Path, folder: Path) -> Path:
    """A copy of the journal in ``folder`` into which all that waits was moved, by force.

    SQLite stops at the first frame whose checksum is wrong. Here every frame of the latest round is
    taken up to the last that ends a transaction; which lines to believe, their chain says.
    """
    try:
        main, wal = bytearray(path.read_bytes()), beside(path, "-wal").read_bytes()
        for offset, page in _pages(wal):
            if len(main) < offset:
                main.extend(bytes(offset - len(main)))
            main[offset : offset + len(page)] = page
        copy = folder / path.name
        copy.write_bytes(main)
    except OSError as error:
        raise ProjectReadOnly(f"{path.name} cannot be copied ({error.strerror}).") from None
    return copy


def _pages(wal: bytes) -> Iterator[tuple[int, bytes]]:
    """(Where in the database, the page) of all whole transactions, in order."""
    page = int.from_bytes(wal[8:12])
    page = page if page in _PAGES else _PAGE
    starts = range(_HEADER, len(wal) - _FRAME - page + 1, _FRAME + page)
    salt = _salt(wal, starts)
    waiting: list[tuple[int, bytes]] = []
    for start in starts:
        head = wal[start : start + _FRAME]
        number, ends = int.from_bytes(head[:4]), int.from_bytes(head[4:8])
        if head[8:16] != salt or not 0 < number * page < _MOST_BYTES:
            continue
        waiting.append(((number - 1) * page, wal[start + _FRAME : start + _FRAME + page]))
        if ends:
            yield from waiting
            waiting = []


def _salt(wal: bytes, starts: range) -> bytes:
    """What marks the frames of the latest round: it stands in the header and in the first ones."""
    first = [wal[start + 8 : start + 16] for start in starts[:2]]
    return Counter([wal[16:24], *first]).most_common(1)[0][0]


def make_private(path: Path) -> None:
    """Let nobody but its owner read a journal; SQLite gives its -wal and -shm the same rights."""
    with suppress(OSError):  # of a folder that cannot be written to
        os.close(os.open(path, os.O_RDWR | os.O_CREAT, 0o600))
        path.chmod(path.stat().st_mode & 0o700)


def connect(path: Path, mode: str) -> sqlite3.Connection:
    """A connection in a mode of SQLite's file addresses: ro, rw (never makes a file) or rwc."""
    return sqlite3.connect(
        f"{path.absolute().as_uri()}?mode={mode}",
        uri=True,
        timeout=BUSY_SECONDS,
        isolation_level=None,
        check_same_thread=False,
    )


def for_writing(path: Path, mode: str) -> sqlite3.Connection:
    """A connection whose commits are on disk when they return."""
    connection = connect(path, mode)
    try:
        connection.execute("PRAGMA journal_mode=WAL")
        connection.execute("PRAGMA synchronous=FULL")
    except sqlite3.Error:
        connection.close()
        raise
    return connection


@contextmanager
def in_words(path: Path) -> Iterator[None]:
    """Turn SQLite's errors into ours, with what to do."""
    try:
        yield
    except sqlite3.OperationalError as error:
        raise _operational(error, path) from None
    except sqlite3.DatabaseError:
        raise ProjectDamaged(
            f"The journal of {path.parent.name} cannot be read any further. Restore it from a copy."
        ) from None


def _operational(error: sqlite3.OperationalError, path: Path) -> ProjectError:
    text = str(error)
    if "no such" in text:
        return ProjectDamaged(
            f"The journal of {path.parent.name} holds no events. Restore it from a copy."
        )
    if "decode" in text:  # the bytes of a text are none
        return ProjectDamaged(
            f"An entry of the journal of {path.parent.name} cannot be read. Restore it from a copy."
        )
    if "readonly" in text or "unable to open" in text:
        return ProjectReadOnly(
            f"The folder of {path.parent.name} cannot be written to. Nothing was recorded. Give "
            "this program the right to write there, or move the project."
        )
    if "locked" in text:
        return ProjectError(
            "Another program has held the project for a long time. Nothing was recorded. Try again."
        )
    if "full" in text:
        return ProjectError(
            "The disk is full. Nothing was recorded. Free some space and try again."
        )
    return ProjectError(
        f"The journal of {path.parent.name} could not be used. Nothing was recorded. Try again."
    )
