"""From a path, bytes or an open file to the bytes of one plain file, unpacked where needed."""

from __future__ import annotations

import bz2
import gzip
import io
import lzma
import mmap
import os
import zipfile
import zlib
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO, cast

from al_core.errors import TableError
from al_core.tables.limits import MAX_BYTES, refuse_bytes

Source = str | os.PathLike[str] | bytes | bytearray | memoryview | BinaryIO
Buffer = bytes | mmap.mmap

PACKERS = {b"\x1f\x8b": "gzip", b"BZh": "bzip2", b"\xfd7zXZ\x00": "xz"}
BROKEN = (OSError, EOFError, zlib.error, lzma.LZMAError, zipfile.BadZipFile, RuntimeError)


def let_go(data: Buffer, end: int) -> None:
    """Give the memory of a mapped file's first ``end`` bytes back; a later look reads again."""
    if isinstance(data, mmap.mmap) and hasattr(mmap, "MADV_DONTNEED"):
        length = min(end, len(data)) // mmap.PAGESIZE * mmap.PAGESIZE
        if length > 0:
            data.madvise(mmap.MADV_DONTNEED, 0, length)


@dataclass(frozen=True, slots=True)
class Content:
    """The plain bytes of one file; ``container`` names what it was packed in, if anything."""

    data: Buffer
    name: str
    container: str | None = None


def open_content(source: Source, name: str | None = None) -> Content:
    """The bytes behind ``source``, unpacked; TableError for what is empty, missing or broken."""
    data, found_name = _bytes_of(source)
    content = Content(data, name or found_name or "table")
    if len(data) == 0:
        raise TableError("The file is empty (0 bytes). Choose a file with rows in it.")
    return _unpack(content)


def source_name(source: Source) -> str | None:
    """The file name that a path or an open file carries."""
    if isinstance(source, str | os.PathLike):
        return Path(source).name
    found = getattr(source, "name", None)
    return Path(found).name if isinstance(found, str) else None


def _bytes_of(source: Source) -> tuple[Buffer, str | None]:
    if isinstance(source, str | os.PathLike):
        return _map_file(Path(source)), Path(source).name
    if isinstance(source, bytes | bytearray | memoryview):
        refuse_bytes(memoryview(source).nbytes)
        return bytes(source), None
    if hasattr(source, "getbuffer"):
        refuse_bytes(source.getbuffer().nbytes)
        return bytes(source.getvalue()), source_name(source)  # type: ignore[attr-defined]
    if not hasattr(source, "read"):
        raise TableError(
            f"Got {type(source).__name__}; give a path, bytes, or a file opened for reading bytes."
        )
    data: object = source.read(MAX_BYTES + 1)
    if not isinstance(data, bytes):
        raise TableError('The file was opened as text; open it with "rb", as bytes.')
    refuse_bytes(len(data))
    return data, source_name(source)


def _map_file(path: Path) -> Buffer:
    try:
        with path.open("rb") as file:
            size = os.fstat(file.fileno()).st_size
            refuse_bytes(size)
            if size == 0:
                return b""
            return mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ)
    except FileNotFoundError:
        raise TableError(f"There is no file {path}. Check the name and the folder.") from None
    except OSError as error:
        raise TableError(f"{path} cannot be opened: {error.strerror or error}.") from None


def _unpack(content: Content, depth: int = 0) -> Content:
    head = content.data[:8]
    for magic, title in PACKERS.items():
        if head.startswith(magic):
            data = _read_packed(unpacked(io.BytesIO(content.data), title), title)
            name = content.name.removesuffix(".gz").removesuffix(".bz2").removesuffix(".xz")
            return Content(data, name, title)
    if head.startswith(b"PK\x03\x04") and depth == 0:
        return _unpack_zip(content)
    if head.startswith(b"PK\x05\x06"):
        raise TableError("The zip file is empty. Put one CSV file into it.")
    return content


def unpacked(file: BinaryIO, title: str) -> BinaryIO:
    """A packed file opened for reading what is in it."""
    if title == "gzip":
        return cast(BinaryIO, gzip.GzipFile(fileobj=file))
    return cast(BinaryIO, bz2.BZ2File(file) if title == "bzip2" else lzma.LZMAFile(file))


def _read_packed(file: BinaryIO, title: str) -> bytes:
    try:
        data = file.read(MAX_BYTES + 1)
    except BROKEN as error:
        raise TableError(
            f"The {title} file is damaged and cannot be unpacked ({error}). "
            "Pack or download it again."
        ) from None
    refuse_bytes(len(data), "Unpacked, the file has more than")
    if not data:
        raise TableError(f"The {title} file holds an empty file (0 bytes).")
    return data


def _unpack_zip(content: Content) -> Content:
    try:
        archive = zipfile.ZipFile(io.BytesIO(content.data))
        names = archive.namelist()
    except BROKEN as error:
        raise TableError(f"The zip file is damaged ({error}). Make or download it again.") from None
    if any(name.startswith("xl/") for name in names):
        return content
    member = _only_member(archive)
    try:
        inner = _read_packed(cast(BinaryIO, archive.open(member)), "zip")
    except (*BROKEN, NotImplementedError) as error:
        raise TableError(f"{member.filename} in the zip cannot be unpacked: {error}.") from None
    return _unpack(Content(inner, Path(member.filename).name, "zip"), depth=1)


def _only_member(archive: zipfile.ZipFile) -> zipfile.ZipInfo:
    members = [m for m in archive.infolist() if not m.is_dir() and not _is_clutter(m.filename)]
    if not members:
        raise TableError("The zip file holds no file. Put one CSV file into it.")
    if len(members) > 1:
        listed = ", ".join(m.filename for m in members[:5])
        more = f" and {len(members) - 5} more" if len(members) > 5 else ""
        raise TableError(
            f"The zip file holds {len(members)} files ({listed}{more}). "
            "Unpack it and choose one of them."
        )
    return members[0]


def _is_clutter(name: str) -> bool:
    return name.startswith("__MACOSX/") or Path(name).name in {".DS_Store", "Thumbs.db"}
