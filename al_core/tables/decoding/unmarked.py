"""Encodings that no mark at the start names: seven-bit ones (UTF-7, JIS, HZ), UTF-16, UTF-32."""

from __future__ import annotations

import re

SHIFT = re.compile(rb"\+([A-Za-z0-9+/]*)")
LATIN = re.compile(rb"A[A-P][A-Za-z0-9+/]+")
ESCAPES = {b"\x1b$B": "iso2022_jp", b"\x1b$@": "iso2022_jp", b"\x1b$)C": "iso2022_kr"}
# Bytes looked at; a choice: marks of these encodings stand wherever their letters do.
LOOKED_AT = 200_000


def seven_bits(head: bytes) -> str | None:
    """The encoding of bytes that are ASCII by sight only; None for plain text."""
    head = head[:LOOKED_AT]
    for sign, encoding in ESCAPES.items():
        if sign in head:
            return encoding
    if head.count(b"~{") > 1 and head.count(b"~{") == head.count(b"~}") and _is_hz(head):
        return "hz"
    shifted = SHIFT.findall(head) if b"+A" in head else []
    if len(shifted) >= 2 and all(not part or LATIN.fullmatch(part) for part in shifted):
        return "utf-7" if _letters(head, "utf-7") else None
    return None


def _is_hz(head: bytes) -> bool:
    return _letters(head[: head.rfind(b"~}") + 2], "hz")


def _letters(head: bytes, encoding: str) -> bool:
    """Whether what is not ASCII is made of letters throughout."""
    try:
        text = head[: head.rfind(b"\n") + 1].decode(encoding)
    except UnicodeDecodeError:
        return False
    high = [letter for letter in text if ord(letter) > 127]
    # A choice: quotes and dashes are no letters either.
    return len(high) >= 2 and sum(map(str.isalpha, high)) >= 0.8 * len(high)


# -- UTF-16 that does not say so: letters of two bytes, most of them with the same first one.


def utf16_without_bom(head: bytes) -> str | None:
    """UTF-16 has NULs in every second byte: many in Latin text, those of blanks and ends in any."""
    even, odd = head[0::2].count(0), head[1::2].count(0)
    half = max(1, len(head) // 2)
    # Choices: blanks and line ends alone give 2 NULs in 100; where fewer than a fifth are NULs the
    # text must also be made of lines that can be shown.
    if len(head) < 4 or max(even, odd) < 0.02 * half or min(even, odd) > 0.02 * half:
        return None
    encoding = "utf-16-le" if odd > even else "utf-16-be"
    text = head[: len(head) // 2 * 2].decode(encoding, "replace")
    if max(even, odd) < 0.2 * half and not _lines_of_letters(text):
        return None
    return encoding if text.count("�") <= 1 else None


def utf32_without_bom(head: bytes) -> str | None:
    """UTF-32 has two NULs in every letter of four bytes, and a third in most."""
    head = head[: len(head) // 4 * 4]
    quarter = len(head) // 4
    zeros = [head[place::4].count(0) for place in range(4)]
    if quarter < 4 or zeros.count(quarter) < 2:
        return None
    # The lowest byte is seldom NUL in text; one in ten is a choice.
    if zeros[3] == zeros[2] == quarter and zeros[0] < 0.1 * quarter:
        return "utf-32-le"
    if zeros[0] == zeros[1] == quarter and zeros[3] < 0.1 * quarter:
        return "utf-32-be"
    return None


def _lines_of_letters(text: str) -> bool:
    """Whether text has line ends and not one letter that cannot be shown: no chance reading."""
    return "\n" in text and all(letter.isprintable() or letter in "\r\n\t" for letter in text)
