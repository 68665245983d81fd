"""Which letters the bytes stand for; everything leaves here as UTF-8 without a BOM."""

from __future__ import annotations

import codecs
import re
from dataclasses import replace

from al_core.errors import TableError
from al_core.tables.decoding.decoded import Decoded, look_through, name_lines, title_of, valid_utf8
from al_core.tables.decoding.mending import mend, replace_bad, transcode
from al_core.tables.decoding.mojibake import decode_again, encoded_twice, without_inner_marks
from al_core.tables.decoding.unmarked import seven_bits, utf16_without_bom, utf32_without_bom
from al_core.tables.sources.content import Buffer

__all__ = [
    "Decoded",
    "decode",
    "encoded_once",
    "name_lines",
    "refuse_binary",
    "title_of",
    "valid_utf8",
]

BOMS = (
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
# Bytes in which an encoding is looked for; a choice: what shows only later is found by the strict
# pass over the whole.
LOOKED_AT = 1 << 20
CONTROLS = {*range(9), *range(14, 27), 28, 29, 30, 31}
SIGNS = {1, 2, 3, 4, 5, 6, 7, 8, 0x14, 28, 29, 30, 31}
"""Control bytes that databases put between fields and rows."""


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
    wide = utf32_without_bom(bytes(data[:4096])) or utf16_without_bom(bytes(data[:4096]))
    if wide:
        return transcode(
            data, wide, [f"Read as {title_of(wide)}, though the file does not say so."]
        )
    return without_nul(_without_bom(data))


def _without_bom(data: Buffer) -> Decoded:
    refuse_binary(bytes(data[:65536]))
    found = seven_bits(bytes(data[:LOOKED_AT]))
    if found:
        return transcode(
            data, found, [f"Read as {title_of(found)}, though the file does not say so."]
        )
    marks = look_through(data)
    if marks is None:
        return encoded_once(mend(bytes(data)))
    return _tidy(Decoded(data, "utf-8"), marks)


def _tidy(decoded: Decoded, marks: bool) -> Decoded:
    return encoded_once(_without_inner_marks(decoded) if marks else decoded)


def _without_inner_marks(decoded: Decoded) -> Decoded:
    """Marks at the start of lines left out; one within a cell is part of it."""
    cleaned, lines = without_inner_marks(bytes(decoded.data))
    if not lines:
        return decoded
    notice = f"Byte-order marks in the middle of the file were left out ({name_lines(lines)})."
    return replace(decoded, data=cleaned, notices=[*decoded.notices, notice])


def encoded_once(decoded: Decoded) -> Decoded:
    """Letters that were encoded twice read as they were meant, and said so."""
    found = encoded_twice(decoded.head(LOOKED_AT))
    if found is None:
        return decoded
    stands, meant = found
    notice = (
        f'Letters were encoded twice: "{stands}" is read as "{meant}". If that is wrong, choose '
        "the encoding Unicode (UTF-8)."
    )
    text = decode_again(decoded.text())
    return Decoded(text.encode(), decoded.encoding, 0, [*decoded.notices, notice])


def _by_bom(data: Buffer, encoding: str) -> Decoded:
    if encoding == "utf-8-sig":
        marks = look_through(data)
        if marks is None:
            return replace_bad(bytes(data)[3:], encoding)
        return _tidy(Decoded(data, encoding, 6 if data[3:6] == codecs.BOM_UTF8 else 3), marks)
    return transcode(data, encoding, [f"Read as {title_of(encoding)}."])


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
    return transcode(data, encoding, [])


def refuse_binary(head: bytes) -> None:
    """TableError where bytes are so full of control bytes that they cannot be text."""
    head = head.rstrip(b"\x00") or head  # a disk that failed leaves such ends
    controls = sum(head.count(bytes([b])) for b in (*range(1, 9), *range(14, 27), 28, 29, 30))
    nuls = head.count(0)
    if _parts_fields(head) or (not controls and _padded_with_nuls(head)):
        return
    # Choices: text may be damaged in places; files of other programs are far beyond.
    if nuls > 0.3 * len(head) or controls > 0.1 * len(head):
        raise TableError(
            f"This is not text: {nuls + controls:,} of its first {len(head):,} bytes are control "
            "bytes. Choose a CSV, Excel or Parquet file."
        )


def _parts_fields(head: bytes) -> bool:
    """Whether the control bytes are one or two signs that part fields, and the rest is text."""
    found = set(head) & CONTROLS
    return 0 < len(found) <= 2 and found <= SIGNS and (_is_text(head) or b"\xfe\x14\xfe" in head)


def _padded_with_nuls(head: bytes) -> bool:
    """Whether NULs stand at the ends of cells alone, as programs in C fill them up."""
    ends = len(re.findall(rb"\x00+(?=[,;|\t\r\n]|\Z)", head))
    return ends == len(re.findall(rb"\x00+", head)) and head.count(b"\n") > 1 and _is_text(head)


def _is_text(head: bytes) -> bool:
    return head.decode("utf-8", "ignore").encode() == head[: len(head)] or head.isascii()


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
