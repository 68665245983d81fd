"""Encodings whose bytes are all ASCII and mean other letters: UTF-7, JIS, HZ."""

from __future__ import annotations

import re

SHIFT = re.compile(rb"\+([A-Za-z0-9+/]*)")
LATIN = re.compile(rb"A[A-P][A-Za-z0-9+/]+")
ESCAPES = {b"\x1b$B": "iso2022_jp", b"\x1b$@": "iso2022_jp", b"\x1b$)C": "iso2022_kr"}
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
    return len(high) >= 2 and sum(map(str.isalpha, high)) >= 0.8 * len(high)
