"""Letters that took the wrong way through a code page: bad bytes, and letters encoded twice."""

from __future__ import annotations

import re

from al_core.tables.decoding.codepages import COMMON

RUN = re.compile(r"[^\x00-\x7f]+")
BOM_ON_A_LINE = re.compile(rb"(?<=[\r\n])(?:\xef\xbb\xbf)+")
BAD = re.compile("[\udc80-\udcff]")
# A choice: a few runs may be damaged otherwise, but rightly written text must not be decoded again.
SURE = 0.9
"""The share of all runs of letters beyond ASCII that must make sense when decoded once more."""


def encoded_twice(text: str) -> tuple[str, str] | None:
    """One word as it stands and as it was meant, where the text was encoded twice; None where not.

    >>> encoded_twice("MÃ¼ller;KÃ¶ln"), encoded_twice("Müller;Köln")
    (('MÃ¼ller', 'Müller'), None)
    """
    runs = RUN.findall(text)
    again = {run: _decoded_again(run) is not None for run in set(runs)}
    once = [run for run in runs if again[run]]
    if not once or len(once) < SURE * len(runs):
        return None
    word = next(w for w in re.split(r"[ \t\r\n,;|\"]+", text) if once[0] in w)
    return word, decode_again(word)


def decode_again(text: str) -> str:
    """Text with each run of letters that was encoded twice decoded once more."""
    return RUN.sub(lambda match: _decoded_again(match.group()) or match.group(), text)


def _decoded_again(run: str) -> str | None:
    """What a run of letters was before it was read as Windows text; None where that is nothing."""
    raw = b""
    for letter in run:
        try:
            raw += letter.encode("cp1252")
        except UnicodeEncodeError:
            if ord(letter) > 0xFF:
                return None
            raw += bytes([ord(letter)])
    try:
        return raw.decode("utf-8")
    except UnicodeDecodeError:
        return None


def with_bad_bytes_read(raw: bytes, *, any_letter: bool) -> str:
    """UTF-8 whose bad bytes are read as Windows letters where these make sense, else as �.

    ``any_letter`` takes every letter; otherwise only common ones that stand in a word as letters
    do: a capital after a small letter is no such word.
    """
    text = raw.decode("utf-8", "surrogateescape")
    return BAD.sub(lambda match: _windows_letter(match, any_letter), text)


def _windows_letter(match: re.Match[str], any_letter: bool) -> str:
    text, place = match.string, match.start()
    letter = bytes([ord(match.group()) - 0xDC00]).decode("cp1252", "replace")
    before = text[place - 1] if place else " "
    if any_letter and letter.isprintable():
        return letter
    in_word = letter.isupper() and before.islower()
    return letter if letter in COMMON["cp1252"] and not in_word and place + 1 < len(text) else "�"


def without_inner_marks(data: bytes) -> tuple[bytes, list[int]]:
    """UTF-8 without byte-order marks at the start of lines, and the lines (from 1) they stood on.

    They come from files that were put one below the other.
    """
    lines = [data.count(b"\n", 0, m.start()) + 1 for m in BOM_ON_A_LINE.finditer(data)]
    return (BOM_ON_A_LINE.sub(b"", data) if lines else data), lines
