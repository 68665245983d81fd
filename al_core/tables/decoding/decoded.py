"""The text of a file as UTF-8, with the words for how it was found."""

from __future__ import annotations

import codecs
from dataclasses import dataclass, field

import numpy as np
import pyarrow as pa

from al_core.tables.sources.content import Buffer, release_pages
from al_core.tables.sources.limits import HEAD_CHARS
from al_core.wording import listed

# Bytes and lines looked at in one go; choices, which trade calls against memory.
BLOCK = 1 << 20
HEAD_LINES = 4
TITLES = {
    "utf-8": "Unicode (UTF-8)",
    "utf-8-sig": "Unicode (UTF-8)",
    "utf-16": "Unicode (UTF-16)",
    "utf-16-le": "Unicode (UTF-16)",
    "utf-16-be": "Unicode (UTF-16)",
    "utf-32": "Unicode (UTF-32)",
    "cp1252": "Windows text (Western European)",
    "latin-1": "Latin-1 (Western European)",
    "cp1250": "Windows text (Central European)",
    "cp1251": "Windows text (Cyrillic)",
    "cp1253": "Windows text (Greek)",
    "cp1254": "Windows text (Turkish)",
    "cp1255": "Windows text (Hebrew)",
    "cp1256": "Windows text (Arabic)",
    "koi8-r": "Cyrillic (KOI8)",
    "koi8_r": "Cyrillic (KOI8)",
    "koi8_u": "Cyrillic (KOI8)",
    "cp866": "DOS text (Cyrillic)",
    "iso8859_5": "Cyrillic (ISO 8859-5)",
    "mac_cyrillic": "old Macintosh text (Cyrillic)",
    "cp874": "Windows text (Thai)",
    "cp1257": "Windows text (Baltic)",
    "iso8859_2": "Latin-2 (Central European)",
    "iso8859_15": "Latin-9 (Western European)",
    "cp852": "DOS text (Central European)",
    "mac_latin2": "old Macintosh text (Central European)",
    "utf-32-le": "Unicode (UTF-32)",
    "utf-32-be": "Unicode (UTF-32)",
    "utf-7": "Unicode (UTF-7)",
    "iso2022_jp": "Japanese (JIS)",
    "iso2022_kr": "Korean (ISO 2022)",
    "hz": "Chinese (HZ)",
    "mac_roman": "old Macintosh text",
    "cp850": "DOS text (Western European)",
    "cp932": "Japanese (Shift-JIS)",
    "euc_jp": "Japanese (EUC)",
    "gb18030": "Chinese (GB18030)",
    "big5": "Chinese (Big5)",
    "cp949": "Korean",
}


@dataclass(slots=True)
class Decoded:
    """The text of a file as UTF-8 bytes from ``start`` on, and how they were found."""

    data: Buffer
    encoding: str
    start: int = 0
    notices: list[str] = field(default_factory=list)

    def head(self, n_bytes: int) -> str:
        """The first ``n_bytes`` as text; letters cut in two at the end are dropped."""
        return bytes(self.data[self.start : self.start + n_bytes]).decode("utf-8", "ignore")

    def beginning(self) -> str:
        """Where delimiter and names are looked for; longer where the first rows are."""
        size, whole = HEAD_CHARS, len(self.data) - self.start
        head = self.head(size)
        while head.count("\n") + head.count("\r") < HEAD_LINES and size < whole:
            size *= 4
            head = self.head(size)
        return head

    def text(self) -> str:
        """The whole as text."""
        return bytes(self.data[self.start :]).decode("utf-8")


def title_of(encoding: str) -> str:
    """An encoding in plain words."""
    return TITLES.get(encoding, encoding)


def valid_utf8(data: Buffer) -> bool:
    """Whether all bytes are strict UTF-8."""
    return look_through(data) is not None


def look_through(data: Buffer) -> bool | None:
    """Whether a byte-order mark stands beyond the first letter; None where this is no UTF-8."""
    marks, start = False, 0
    while start < len(data):
        block = data[start : start + BLOCK]
        if start + BLOCK < len(data):
            block = block[: _whole_letters(block)]
        if not _strict(block):
            return None
        # its first byte is rare, and looking for one byte is ten times as fast
        if not marks and block.find(codecs.BOM_UTF8[:1]) >= 0:
            marks = block.find(codecs.BOM_UTF8, 0 if start else 3) >= 0
        release_pages(data, start)
        start += len(block)
    return marks


def _whole_letters(block: bytes) -> int:
    """Where the last letter of a block begins: it may go on in the next one."""
    begins = (back for back in range(1, 5) if block[-back] & 0xC0 != 0x80)
    return len(block) - next(begins, 0)


def _strict(block: bytes) -> bool:
    """Whether bytes are strict UTF-8; Arrow sees through many of them faster than Python."""
    try:
        if len(block) < BLOCK // 2:
            block.decode()
        else:
            offsets = pa.py_buffer(np.array([0, len(block)], dtype=np.int64))
            pa.LargeStringArray.from_buffers(1, offsets, pa.py_buffer(block)).validate(full=True)
    except (UnicodeDecodeError, pa.ArrowInvalid):
        return False
    return True


def name_lines(lines: list[int], limit: int = 5) -> str:
    """Line numbers in words.

    >>> name_lines([4]), name_lines([4, 7, 9], limit=2)
    ('line 4', 'lines 4, 7 and 1 more')
    """
    if len(lines) == 1:
        return f"line {lines[0]}"
    return f"lines {listed(lines, limit)}"
