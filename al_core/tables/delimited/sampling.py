"""A random sample of the rows of a file of any size, read in blocks, never as a whole."""

from __future__ import annotations

import codecs
import io
import os
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO

import numpy as np
from numpy.typing import NDArray

from al_core.errors import TableError
from al_core.progress import Step
from al_core.tables.decoding.encodings import decode
from al_core.tables.sources.content import BROKEN, PACKERS, Content, Source, source_name, unpacked
from al_core.tables.sources.kinds import kind_of

# Bytes read in one go, and of the head; choices, which trade calls against memory.
BLOCK = 1 << 22
HEAD = 1 << 20


@dataclass(frozen=True, slots=True)
class Sampled:
    """The lines kept, as UTF-8, the number of data rows in the file, and what was guessed."""

    content: Content
    encoding: str
    n_rows: int
    notices: list[str]


def is_text(source: Source) -> bool:
    """Whether a file is delimited text or JSON lines, as far as its first bytes say."""
    with _opened(source) as file:
        head = _read(file, 64)
    return bool(head) and not head.startswith((b"PK", b"PAR1")) and kind_of(head) == "text"


def sample_text(
    source: Source,
    name: str | None,
    n_rows: int,
    encoding: str | None,
    header_lines: Callable[[bytes], int],
    step: Step,
    seed: int,
) -> Sampled:
    """Keep the lines of the header and ``n_rows`` random others, in file order.

    ``header_lines`` says how many lines of the head (UTF-8 bytes) stand before the first row. The
    file is gone through twice: once to count lines outside quotes, once to take those drawn.
    """
    with _opened(source) as file:
        head = _read(file, HEAD)
    found = decode(head[: len(head) // 4 * 4], encoding)
    kept = header_lines(bytes(found.data[found.start :]))
    codec = "utf-8-sig" if found.encoding == "utf-8" else found.encoding
    total = sum(len(ends) for _, ends in _lines(source, codec, step, 0.0))
    n_data = max(0, total - kept)
    chosen = np.random.default_rng(seed).choice(n_data, size=min(n_rows, n_data), replace=False)
    wanted = np.concatenate([np.arange(min(kept, total)), np.sort(chosen) + kept])
    data = _take(source, codec, wanted, step)
    title = name or source_name(source) or "table"
    told = [notice for notice in found.notices if notice.startswith("Read as ")]
    return Sampled(Content(data, title, None), found.encoding, n_data, told)


def _opened(source: Source) -> BinaryIO:
    """The file behind a source from its beginning, unpacked where it is packed."""
    if isinstance(source, str | os.PathLike):
        try:
            file: BinaryIO = Path(source).open("rb")  # noqa: SIM115 - closed by whoever reads it
        except OSError as error:
            raise TableError(f"{source} cannot be opened: {error.strerror or error}.") from None
    elif isinstance(source, bytes | bytearray | memoryview):
        file = io.BytesIO(source)
    else:
        source.seek(0)
        file = io.BytesIO(source.read())
    head = file.read(8)
    file.seek(0)
    title = next((t for magic, t in PACKERS.items() if head.startswith(magic)), None)
    return unpacked(file, title) if title else file


def _read(file: BinaryIO, size: int) -> bytes:
    try:
        return file.read(size)
    except BROKEN as error:
        raise TableError(f"The packed file is damaged ({error}). Download it again.") from None


def _lines(
    source: Source, codec: str, step: Step, done: float
) -> Iterator[tuple[bytes, NDArray[np.intp]]]:
    """Blocks of UTF-8 with the places where lines end in them, outside quotes."""
    decoder = codecs.getincrementaldecoder(codec)("replace")
    quotes = 0
    last = b"\n"
    with _opened(source) as file:
        while True:
            raw = _read(file, BLOCK)
            block = (
                decoder.decode(raw, final=not raw).replace("\x00", "").encode("utf-8", "replace")
            )
            if not raw and not block.endswith(b"\n") and (block or last) and last != b"\n":
                block += b"\n"
            if block:
                ends, quotes = _ends(block, quotes)
                last = block[-1:]
                yield block, ends
            if not raw:
                return
            step(done)


def _ends(block: bytes, quotes: int) -> tuple[NDArray[np.intp], int]:
    letters = np.frombuffer(block, dtype=np.uint8)
    marks = np.flatnonzero(letters == 34)
    ends = np.flatnonzero(letters == 10)
    outside = (quotes + np.searchsorted(marks, ends)) % 2 == 0
    return ends[outside], quotes + len(marks)


def _take(source: Source, codec: str, wanted: NDArray[np.intp], step: Step) -> bytes:
    """The wanted lines (ascending numbers, from 0), put together."""
    parts: list[bytes] = []
    rest, first = b"", 0
    for block, ends in _lines(source, codec, step, 0.5):
        here = wanted[(wanted >= first) & (wanted < first + len(ends))] - first
        starts = np.concatenate([[0], ends[:-1] + 1]) if len(ends) else ends
        for place in here:
            before = rest if place == 0 else b""
            parts.append(before + block[starts[place] : ends[place] + 1])
        rest = block[ends[-1] + 1 :] if len(ends) else rest + block
        first += len(ends)
    return b"".join(parts)
