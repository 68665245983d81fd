"""What a file is, by its first bytes: a table in some form, or something else with a name."""

from __future__ import annotations

from al_core.errors import TableError
from al_core.tables.content import Buffer

FOREIGN: tuple[tuple[bytes, str], ...] = (
    (b"\x89PNG", "a PNG image"),
    (b"\xff\xd8\xff", "a JPEG image"),
    (b"GIF8", "a GIF image"),
    (b"II*\x00", "a TIFF image"),
    (b"MM\x00*", "a TIFF image"),
    (b"%PDF", "a PDF document"),
    (b"{\\rtf", "a rich text (RTF) document"),
    (b"Rar!", "a RAR archive"),
    (b"7z\xbc\xaf", "a 7-Zip archive"),
    (b"\x28\xb5\x2f\xfd", "a Zstandard archive"),
    (b"SQLite format 3", "an SQLite database"),
    (b"ARROW1", "an Arrow (Feather) file"),
    (b"\x89HDF", "an HDF5 file"),
    (b"Obj\x01", "an Avro file"),
    (b"ORC", "an ORC file"),
    (b"\x7fELF", "a program"),
    (b"OggS", "an Ogg sound file"),
    (b"ID3", "an MP3 sound file"),
    (b"fLaC", "a FLAC sound file"),
    (b"\x93NUMPY", "a NumPy file"),
    (b"\x80\x04\x95", "a Python pickle"),
    (b"\x80\x05\x95", "a Python pickle"),
)
OLD_EXCEL = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
BINARY_FOREIGN = {b"ORC", b"ID3", b"GIF8", b"OggS", b"fLaC", b"ARROW1"}
HTML_HEADS = ("<!doctype html", "<html", "<head", "<body", "<table", "<!-- ")


def kind_of(data: Buffer) -> str:
    """``xlsx``, ``parquet`` or ``text``; TableError names anything else that is recognised."""
    head = bytes(data[:64])
    if head.startswith(b"PAR1"):
        return "parquet"
    if head.startswith(b"PK\x03\x04"):
        return "xlsx"
    if head.startswith(OLD_EXCEL):
        raise TableError(
            "This is an old Excel file (.xls) or one with a password. "
            "Open it in Excel and save it as .xlsx or CSV, without a password."
        )
    name = _foreign(head)
    if name:
        raise TableError(f"This is {name}, not a table. Choose a CSV, Excel or Parquet file.")
    return "text"


def _foreign(head: bytes) -> str:
    if head[4:8] == b"ftyp":
        return "a video or picture (MP4, HEIC)"
    if head.startswith(b"RIFF") and head[8:12] in {b"WEBP", b"WAVE", b"AVI "}:
        return f"a {head[8:12].decode().strip()} file"
    if head.startswith(b"BM") and head[6:10] == b"\x00\x00\x00\x00":
        return "a BMP image"
    if head.startswith(b"MZ") and b"\x00" in head:
        return "a program"
    for magic, name in FOREIGN:
        if head.startswith(magic) and (magic not in BINARY_FOREIGN or _looks_binary(head)):
            return name
    return ""


def _looks_binary(head: bytes) -> bool:
    return any(byte < 9 or 13 < byte < 32 for byte in head)


def refuse_markup(text: str) -> None:
    """TableError where decoded text is a web page or XML rather than a table."""
    head = text[:2000].lstrip("\ufeff \t\r\n").lower()
    if head.startswith(HTML_HEADS):
        raise TableError(
            "This is an HTML page, not a table: often a log-in or error page that was saved "
            "instead of the file. Download the file again, or save the page's table as CSV."
        )
    if head.startswith("@relation") or ("@attribute " in head and "@data" in head):
        raise TableError("This is an ARFF file of Weka, not a table. Save it as CSV in Weka.")
    if head.startswith(("<?xml", "<svg", "<rss")):
        raise TableError("This is an XML file, not a table. Export it as CSV or Excel.")


def json_kind(text: str) -> str | None:
    """``jsonl`` or ``json`` where decoded text is JSON, None where it is not."""
    head = text[:2000].lstrip("\ufeff \t\r\n")
    if head.startswith("{"):
        first = head.split("\n", 1)[0].rstrip(" \r,")
        inside = head[1:].lstrip()
        if not inside.startswith(('"', "}")):
            return None
        return "jsonl" if first.endswith("}") else "json"
    if head.startswith("[") and head[1:].lstrip().startswith(("{", "[", "]")):
        return "json"
    if head.startswith('["') and text.rstrip().endswith("]"):
        return "json"
    return None
