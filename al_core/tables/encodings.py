"""Which letters the bytes stand for; everything leaves here as UTF-8 without a BOM."""

from __future__ import annotations

import codecs
import mmap
import re
from dataclasses import dataclass, field

from al_core.errors import TableError
from al_core.tables.codepages import guess_code_page
from al_core.tables.content import Buffer, let_go
from al_core.tables.utf16 import utf16_without_bom

BOMS = (
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
BLOCK = 1 << 20
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
    "koi8-r": "Cyrillic (KOI8-R)",
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

    def text(self) -> str:
        """The whole as text."""
        return bytes(self.data[self.start :]).decode("utf-8")


def title_of(encoding: str) -> str:
    """An encoding in plain words."""
    return TITLES.get(encoding, encoding)


def decode(data: Buffer, encoding: str | None = None) -> Decoded:
    """Find the encoding (or take the one given) and turn the bytes into UTF-8."""
    found = _decode(data, encoding)
    if found.data[-1:] == b"\x1a":  # the end-of-file sign of DOS
        found.data = found.data[:-1]
    return found


def _decode(data: Buffer, encoding: str | None) -> Decoded:
    if encoding is not None:
        return without_nul(_as_given(data, encoding))
    for bom, found in BOMS:
        if data[: len(bom)] == bom:
            return without_nul(_by_bom(data, found))
    wide = utf16_without_bom(bytes(data[:4096]))
    if wide:
        return _transcode(
            data, wide, [f"Read as {title_of(wide)}, though the file does not say so."]
        )
    return without_nul(_without_bom(data))


def _without_bom(data: Buffer) -> Decoded:
    refuse_binary(bytes(data[:65536]))
    if valid_utf8(data):
        return Decoded(data, "utf-8")
    return _mend(bytes(data))


def _by_bom(data: Buffer, encoding: str) -> Decoded:
    if encoding == "utf-8-sig":
        return (
            Decoded(data, encoding, 3) if valid_utf8(data) else _replace(bytes(data)[3:], encoding)
        )
    return _transcode(data, encoding, [f"Read as {title_of(encoding)}."])


def _as_given(data: Buffer, encoding: str) -> Decoded:
    try:
        name = codecs.lookup(encoding).name
    except (LookupError, ValueError):
        raise TableError(
            f'There is no encoding "{encoding}". Try utf-8, cp1252 or utf-16.'
        ) from None
    if name in {"utf-8", "utf-8-sig"} and valid_utf8(data):
        has_bom = data[:3] == codecs.BOM_UTF8
        return Decoded(data, "utf-8-sig" if has_bom else "utf-8", 3 if has_bom else 0)
    return _transcode(data, encoding, [])


def _transcode(data: Buffer, encoding: str, notices: list[str]) -> Decoded:
    raw = bytes(data)
    try:
        text = raw.decode(encoding)
    except UnicodeError as error:
        text = raw.decode(encoding, "replace")
        start = getattr(error, "start", 0)
        line = raw[:start].decode(encoding, "replace").count("\n") + 1
        notices = [
            *notices,
            f"Some bytes are not {title_of(encoding)} (first on line {line}); they show as �.",
        ]
    except LookupError:
        raise TableError(f'"{encoding}" is not an encoding of text.') from None
    text = text.removeprefix("\ufeff")
    return Decoded(text.encode("utf-8", "replace"), encoding, 0, notices)


def valid_utf8(data: Buffer) -> bool:
    """Whether all bytes are strict UTF-8, looked at in blocks."""
    decoder = codecs.getincrementaldecoder("utf-8")()
    try:
        for start in range(0, len(data), BLOCK):
            decoder.decode(data[start : start + BLOCK])
            let_go(data, start)
        decoder.decode(b"", final=True)
    except UnicodeDecodeError:
        return False
    return True


def refuse_binary(head: bytes) -> None:
    """TableError where bytes are so full of control bytes that they cannot be text."""
    controls = sum(head.count(bytes([b])) for b in (*range(1, 9), *range(14, 27), 28, 29, 30))
    nuls = head.count(0)
    if nuls > 0.3 * len(head) or controls > 0.1 * len(head):
        raise TableError(
            f"This is not text: {nuls + controls:,} of its first {len(head):,} bytes are control "
            "bytes. Choose a CSV, Excel or Parquet file."
        )


def _mend(raw: bytes) -> Decoded:
    """Bytes that are not quite UTF-8: a few bad ones, lines of two encodings, or a code page."""
    text = raw.decode("utf-8", "replace")
    n_bad = text.count("�") - raw.count("�".encode())
    n_good = sum(map(len, re.findall(r"[^\x00-\x7f]+", text))) - text.count("�")
    if n_good >= 1 and n_bad <= max(3, 0.02 * n_good) and n_good >= n_bad:
        return _replace(raw, "utf-8")
    if n_good >= 0.1 * n_bad and n_good >= 3 and _whole_line_is_utf8(raw):
        return _line_by_line(raw)
    encoding = guess_code_page(raw)
    mended = _transcode(raw, encoding, [])
    mended.notices.insert(
        0, f"Read as {title_of(encoding)}, a guess: {_preview(mended.data)}".rstrip(" :")
    )
    return mended


def _whole_line_is_utf8(raw: bytes) -> bool:
    """Whether some line with letters beyond ASCII is UTF-8 throughout, not by chance in places."""
    return any(not line.isascii() and valid_utf8(line) for line in raw.split(b"\n"))


def _preview(data: bytes | mmap.mmap) -> str:
    match = re.search(rb"[\x80-\xff]", data)
    if match is None:
        return ""
    before = re.split(
        r"[\r\n,;\t]", data[max(0, match.start() - 40) : match.start()].decode("ascii")
    )
    after = data[match.start() : match.start() + 60].decode("utf-8", "ignore")
    found = (before[-1] + re.split(r"[\r\n,;\t]", after)[0]).strip(' "')
    return f'"{found}" should read right.'


def _replace(raw: bytes, encoding: str) -> Decoded:
    lines = [n for n, line in enumerate(raw.split(b"\n"), 1) if not valid_utf8(line)]
    text = raw.decode("utf-8", "replace")
    notice = f"Some bytes are not {title_of(encoding)} and show as � ({name_lines(lines)})."
    return Decoded(text.encode(), encoding, 0, [notice])


def _line_by_line(raw: bytes) -> Decoded:
    lines = raw.split(b"\n")
    odd = [n for n, line in enumerate(lines, 1) if not valid_utf8(line)]
    for n in odd:
        lines[n - 1] = lines[n - 1].decode("cp1252", "replace").encode()
    notice = (
        "The file mixes two encodings: most of it is Unicode (UTF-8), and "
        f"{name_lines(odd)} read as Windows text (Western European)."
    )
    return Decoded(b"\n".join(lines), "utf-8", 0, [notice])


def name_lines(lines: list[int], limit: int = 5) -> str:
    """Line numbers in words.

    >>> name_lines([4]), name_lines([4, 7, 9], limit=2)
    ('line 4', 'lines 4, 7 and 1 more')
    """
    if len(lines) == 1:
        return f"line {lines[0]}"
    shown = ", ".join(f"{n}" for n in lines[:limit])
    return f"lines {shown}" + (f" and {len(lines) - limit} more" if len(lines) > limit else "")


def without_nul(decoded: Decoded) -> Decoded:
    """NUL bytes left out, with a notice that names the first lines they stood on."""
    if decoded.data.find(b"\x00") < 0:
        return decoded
    raw = bytes(decoded.data[decoded.start :])
    lines = [n for n, line in enumerate(raw.split(b"\n"), 1) if b"\x00" in line]
    cleaned = raw.replace(b"\x00", b"")
    if not cleaned.strip():
        raise TableError(
            "The file holds nothing but NUL bytes; it was probably damaged in copying."
        )
    notice = f"NUL bytes were left out ({name_lines(lines)})."
    return Decoded(cleaned, decoded.encoding, 0, [*decoded.notices, notice])
