"""The changes that wait beside a journal in SQLite's -wal, damaged or not."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from pathlib import Path

from al_core.errors import ProjectReadOnly

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
