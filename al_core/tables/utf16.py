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


def utf32_without_bom(head: bytes) -> str | None:
    """UTF-32 has two NULs in every letter of four bytes, and a third in most."""
    head = head[: len(head) // 4 * 4]
    quarter = len(head) // 4
    zeros = [head[place::4].count(0) for place in range(4)]
    if quarter < 4 or zeros.count(quarter) < 2:
        return None
    if zeros[3] == zeros[2] == quarter and zeros[0] < 0.1 * quarter:
        return "utf-32-le"
    if zeros[0] == zeros[1] == quarter and zeros[3] < 0.1 * quarter:
        return "utf-32-be"
    return None


def _lines_of_letters(text: str) -> bool:
    """Whether text has line ends and not one letter that cannot be shown: no chance reading."""
    return "\n" in text and all(letter.isprintable() or letter in "\r\n\t" for letter in text)
