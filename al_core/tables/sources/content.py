"""From a path, bytes or an open file to the bytes of one plain file, unpacked where needed."""

from __future__ import annotations

import bz2
import gzip
import io
import lzma
import mmap
import os
import tarfile
import zipfile
import zlib
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO, cast

from al_core.errors import TableError
from al_core.tables.sources.limits import MAX_BYTES, refuse_bytes
from al_core.wording import listed

Source = str | os.PathLike[str] | bytes | bytearray | memoryview | BinaryIO
Buffer = bytes | mmap.mmap

PACKERS = {b"\x1f\x8b": "gzip", b"BZh": "bzip2", b"\xfd7zXZ\x00": "xz"}
CLUTTER = {".DS_Store", "Thumbs.db", "desktop.ini"}
PACKAGES = {
    "word/": "a Word document",
    "ppt/": "a PowerPoint file",
    "mimetype": "an OpenDocument or e-book file",
    "Index/": "an Apple Numbers or Pages file",
    "Index.zip": "an Apple Numbers or Pages file",
    "META-INF/MANIFEST.MF": "a Java program",
    "doc.kml": "a map (KMZ)",
}
CONTENT_TYPES = "[Content_Types].xml"  # the first part of every document of Office
WORKBOOKS = {"workbook.xml", "workbook.bin"}
# A choice: the first parts of a document lie within these bytes.
HEAD = 4096
DATA_ENDS = (".csv", ".tsv", ".txt.gz", ".csv.gz", ".jsonl", ".ndjson", ".parquet", ".tab")
BROKEN = (OSError, EOFError, zlib.error, lzma.LZMAError, zipfile.BadZipFile, RuntimeError)


def release_pages(data: Buffer, end: int) -> None:
    """Give the memory of a mapped file's first ``end`` bytes back; a later look reads again."""
    if isinstance(data, mmap.mmap) and hasattr(mmap, "MADV_DONTNEED"):
        length = min(end, len(data)) // mmap.PAGESIZE * mmap.PAGESIZE
        if length > 0:
            data.madvise(mmap.MADV_DONTNEED, 0, length)


@dataclass(frozen=True, slots=True)
class Content:
    """The plain bytes of one file; ``container`` names what it was packed in, if anything.

    ``note`` says which file was taken where there were others.
    """

    data: Buffer
    name: str
    container: str | None = None
    note: str = ""


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
        raise TableError(f"There is no file {path.name}. Check the name and the folder.") from None
    except OSError as error:
        why = error.strerror or type(error).__name__
        raise TableError(f"{path.name} cannot be opened: {why}.") from None


def _unpack(content: Content, depth: int = 0) -> Content:
    head = content.data[:8]
    for magic, title in PACKERS.items():
        if head.startswith(magic):
            data = _read_packed(unpacked(io.BytesIO(content.data), title), title)
            name = content.name.removesuffix(".gz").removesuffix(".bz2").removesuffix(".xz")
            return (
                _unpack(Content(data, name, title)) if _is_tar(data) else Content(data, name, title)
            )
    if head.startswith(b"PK\x03\x04") and depth == 0:
        return _unpack_zip(content)
    if head.startswith(b"PK\x03\x04") and not _is_workbook(content.data):
        raise TableError(
            f"{content.name} in the zip is packed once more. Unpack it and choose the file itself."
        )
    if _is_tar(content.data) and depth == 0:
        return _unpack_tar(content)
    if head.startswith(b"PK\x05\x06"):
        raise TableError("The zip file is empty. Put one CSV file into it.")
    return content


def _is_workbook(data: Buffer) -> bool:
    try:
        names = zipfile.ZipFile(io.BytesIO(data)).namelist()
    except BROKEN:
        return True  # damaged: whoever reads it says so
    return _holds_workbook(names)


def _holds_workbook(names: list[str]) -> bool:
    """Whether these are the parts of a workbook: some programs put them at the root of the zip."""
    if any(name.startswith("xl/") or Path(name).name in WORKBOOKS for name in names):
        return True
    document = any(name == CONTENT_TYPES or name.startswith("docProps/") for name in names)
    return document and not _package_of(names)


def _is_tar(data: Buffer) -> bool:
    return data[257:262] == b"ustar"


def _unpack_tar(content: Content) -> Content:
    """The only file of a tar archive."""
    try:
        with tarfile.open(fileobj=io.BytesIO(content.data)) as archive:
            members = [m for m in archive.getmembers() if m.isfile() and not _is_clutter(m.name)]
            if len(members) != 1:
                listed = ", ".join(m.name for m in members[:5]) or "none"
                raise TableError(
                    f"The tar file holds {len(members)} files ({listed}). "
                    "Unpack it and choose one of them."
                )
            file = archive.extractfile(members[0])
            data = _read_packed(cast(BinaryIO, file), "tar")
    except (tarfile.TarError, *BROKEN) as error:
        raise TableError(f"The tar file is damaged ({error}). Make or download it again.") from None
    return Content(data, Path(members[0].name).name, "tar")


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
        if _begins_as_workbook(content):
            return content  # whoever reads it says that it is damaged
        raise TableError(f"The zip file is damaged ({error}). Make or download it again.") from None
    if _holds_workbook(names):
        if any(Path(name).name == "workbook.bin" for name in names):
            raise TableError(
                "This is a binary Excel workbook (.xlsb). Save it as .xlsx or CSV in Excel."
            )
        return content
    _refuse_packages(names)
    member = _only_member(archive)
    if member.flag_bits & 1:
        raise TableError(
            f"{member.filename} in the zip has a password. Unpack it and choose the file itself."
        )
    try:
        inner = _read_packed(cast(BinaryIO, archive.open(member)), "zip")
    except (*BROKEN, NotImplementedError) as error:
        raise TableError(f"{member.filename} in the zip cannot be unpacked: {error}.") from None
    found = _unpack(Content(inner, Path(member.filename).name, "zip"), depth=1)
    others = [
        n for n in names if n != member.filename and not n.endswith("/") and not _is_clutter(n)
    ]
    if not others:
        return found
    note = f"Read {member.filename}, the only table among {len(others) + 1} files in the zip."
    return Content(found.data, found.name, found.container, note)


def _refuse_packages(names: list[str]) -> None:
    """TableError that names documents which are zip files inside."""
    what = _package_of(names)
    if what:
        raise TableError(f"This is {what}, not a CSV. Save its table as CSV or Excel (.xlsx).")


def _package_of(names: list[str]) -> str:
    """What document these are the parts of; "" where they are none's."""
    signs = (sign for sign in PACKAGES if any(name.startswith(sign) for name in names))
    return PACKAGES.get(next(signs, ""), "")


def _begins_as_workbook(content: Content) -> bool:
    """Whether a zip that cannot be opened was a workbook, by its name or its first parts."""
    head = bytes(content.data[:HEAD])
    named = content.name.lower().endswith((".xlsx", ".xlsm", ".xltx"))
    return (named or CONTENT_TYPES.encode() in head or b"xl/" in head) and not any(
        sign.encode() in head for sign in PACKAGES
    )


def _only_member(archive: zipfile.ZipFile) -> zipfile.ZipInfo:
    members = [m for m in archive.infolist() if not m.is_dir() and not _is_clutter(m.filename)]
    if not members:
        raise TableError("The zip file holds no file. Put one CSV file into it.")
    tables = [m for m in members if m.filename.lower().endswith(DATA_ENDS)]
    if len(tables) == 1:
        return tables[0]
    if len(members) > 1:
        names = listed([member.filename for member in members], 5)
        raise TableError(
            f"The zip file holds {len(members)} files ({names}). Unpack it and choose one of them."
        )
    return members[0]


def _is_clutter(name: str) -> bool:
    base = Path(name).name
    return name.startswith("__MACOSX/") or base.startswith("._") or base in CLUTTER
