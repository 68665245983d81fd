"""Letters that took the wrong way through a code page: bad bytes, and letters encoded twice."""

from __future__ import annotations

import re

RUN = re.compile(r"[^\x00-\x7f]+")
BOM_ON_A_LINE = re.compile(rb"(?<=[\r\n])(?:\xef\xbb\xbf)+")
BAD = re.compile("[\udc80-\udcff]")
WINDOWS_LETTERS = "äöüÄÖÜßéèêëàâçñãõáíóúôîïåøæÅØÆÉÁÓÚÍŒœþÞð¿¡€£’‘“”–—…°§«»®©²³µ"
# A choice: a few runs may be damaged otherwise, but rightly written text must not be decoded again.
SURE = 0.9
# A choice: more rounds than anybody has seen.
MOST_ROUNDS = 5
LOST = b"\x9d"
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
    """Text with each run of letters that was encoded twice, or more often, decoded to its end.

    >>> decode_again("\xe2\u20ac\u0153yes"), decode_again("\u201a\xc4\xf9yes")
    ('\u201cyes', '\u201dyes')
    """
    return RUN.sub(lambda match: _to_the_end(match.group()), text)


def _to_the_end(run: str) -> str:
    for _ in range(MOST_ROUNDS):
        again = _decoded_again(run)
        if again is None:
            return run
        run = again
    return run


def _decoded_again(run: str) -> str | None:
    """What a run was before it was read as Windows or Macintosh text; None where that is nothing.

    A last byte that has no sign in Windows text, and was lost, is a closing quote's.
    """
    for raw in (_as_windows(run), _as_macintosh(run)):
        again = None if raw is None else _strictly(raw, "�" in run)
        if again is not None:
            return again
    return None


def _strictly(raw: bytes, torn: bool) -> str | None:
    """Bytes as UTF-8; None where they are not. A letter torn at the end stays a �."""
    if raw.endswith(b"\xe2\x80"):
        raw, torn = raw + LOST, False
    try:
        return raw.decode("utf-8") + "�" * torn
    except UnicodeDecodeError as error:
        if torn and error.start and error.end == len(raw):
            return raw[: error.start].decode("utf-8") + "�"
        return None


def _as_windows(run: str) -> bytes | None:
    raw = b""
    for letter in run.rstrip("�"):
        try:
            raw += letter.encode("cp1252")
        except UnicodeEncodeError:
            if ord(letter) > 0xFF:
                return None
            raw += bytes([ord(letter)])
    return raw


def _as_macintosh(run: str) -> bytes | None:
    try:
        return run.encode("mac_roman")
    except UnicodeEncodeError:
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
    return letter if letter in WINDOWS_LETTERS and not in_word and place + 1 < len(text) else "�"


def without_inner_marks(data: bytes) -> tuple[bytes, list[int]]:
    """UTF-8 without byte-order marks at the start of lines, and the lines (from 1) they stood on.

    They come from files that were put one below the other.
    """
    lines = [data.count(b"\n", 0, m.start()) + 1 for m in BOM_ON_A_LINE.finditer(data)]
    return (BOM_ON_A_LINE.sub(b"", data) if lines else data), lines
