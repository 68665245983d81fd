"""UTF-16 that does not say so: letters of two bytes, most of them with the same first one."""

from __future__ import annotations


def utf16_without_bom(head: bytes) -> str | None:
    """UTF-16 has NULs in every second byte: many in Latin text, those of blanks and ends in any."""
    even, odd = head[0::2].count(0), head[1::2].count(0)
    half = max(1, len(head) // 2)
    if len(head) < 4 or max(even, odd) < 0.02 * half or min(even, odd) > 0.02 * half:
        return None
    encoding = "utf-16-le" if odd > even else "utf-16-be"
    text = head[: len(head) // 2 * 2].decode(encoding, "replace")
    if max(even, odd) < 0.2 * half and not _lines_of_letters(text):
        return None
    return encoding if text.count("�") <= 1 else None


def _lines_of_letters(text: str) -> bool:
    """Whether text has line ends and not one letter that cannot be shown: no chance reading."""
    return "\n" in text and all(letter.isprintable() or letter in "\r\n\t" for letter in text)
