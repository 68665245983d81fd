"""What a file is, by its first bytes: a table in some form, or something else with a name."""

from __future__ import annotations

import re

from al_core.errors import TableError
from al_core.tables.sources.content import Buffer

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
    (b"FEA1", "a Feather file"),
    (b"<stata_dta>", "a Stata file"),
    (b"$FL2@(#)", "an SPSS file"),
    (b"$FL3@(#)", "an SPSS file"),
    (b"\x00" * 12 + b"\xc2\xea\x81\x60", "a SAS file"),
    (b"HEADER RECORD*******", "a SAS transport file"),
    (b"MATLAB 5.0 MAT-file", "a MATLAB file"),
    (b"RDX2", "an R data file"),
    (b"RDX3", "an R data file"),
    (b"RDA3", "an R data file"),
    (b"X\n\x00\x00\x00", "an R data file"),
    (b"\x00\x01\x00\x00Standard ", "an Access database"),
    (b"\xca\xfe\xba\xbe", "a program"),
    (b"DUCK", "a DuckDB database"),
    (b"bplist00", "a property list"),
    (b"(dp0\n", "a Python pickle"),
    (b"(lp0\n", "a Python pickle"),
    (b"ccopy_reg\n", "a Python pickle"),
    (b"\x80\x02", "a Python pickle"),
    (b"\x80\x03", "a Python pickle"),
    (b"\x80\x04\x95", "a Python pickle"),
    (b"\x80\x05\x95", "a Python pickle"),
)
OLD_EXCEL = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
BINARY_FOREIGN = {b"ORC", b"ID3", b"GIF8", b"OggS", b"fLaC", b"ARROW1", b"FEA1", b"DUCK"}
BINARY_FOREIGN |= {b"RDX2", b"RDX3", b"RDA3"}
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
    if head[8:16] == b"DUCK" or head[8:12] == b"DUCK":
        return "a DuckDB database"
    if (
        len(head) > 32
        and head[0] in b"\x03\x30\x83\xf5"
        and 0 < head[2] < 13
        and not head[12:28].strip(b"\0")
    ):
        return "a dBase (DBF) file"
    if head[:1] in {b"\x71", b"\x72", b"\x73"} and head[1:4] in {b"\x01\x01\x00", b"\x02\x01\x00"}:
        return "a Stata file"
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
    if head.startswith("version https://git-lfs"):
        raise TableError(
            "This is a pointer of Git LFS, not the data itself. Fetch the file (git lfs pull) and "
            "choose it then."
        )
    if head.startswith(("[internetshortcut]", "[desktop entry]")):
        raise TableError("This is a link to a page, not a file of data. Download what it leads to.")
    if re.match(
        r"(--[^\n]*\n|/\*.*?\*/;?|\s)*(create table|insert into|drop table|set names)", head
    ):
        raise TableError(
            "These are SQL statements (a dump of a database), not a table. Export the table as CSV."
        )
    if re.match(r'\{\s*"(cells|nbformat|metadata)":', head) and '"cell_type"' in text:
        raise TableError("This is a Jupyter notebook, not a table. Choose the data that it reads.")
    if re.match(r"\[?\s*\{\s*'[^'\n]{1,80}'\s*:", head):
        raise TableError(
            "These are Python dictionaries (names in single quotes), which is no JSON. Save them "
            "with json.dumps, one a line, or as CSV."
        )
    if head.startswith(("begin:vcard", "begin:vcalendar")):
        raise TableError("These are contacts or dates (vCard, iCalendar). Export them as CSV.")
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
