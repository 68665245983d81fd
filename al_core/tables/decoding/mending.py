"""Bytes that are no strict UTF-8, read as their owner most likely meant them."""

from __future__ import annotations

import mmap
import re

from al_core.errors import TableError
from al_core.tables.decoding.codepages import likely_code_pages
from al_core.tables.decoding.decoded import Decoded, name_lines, title_of, valid_utf8
from al_core.tables.decoding.mojibake import with_bad_bytes_read
from al_core.tables.sources.content import Buffer
from al_core.wording import listed

# Choices: three letters of several bytes, and fewer than half of the bytes lost on the way.
LEAST_LETTERS, MOST_LOST = 3, 0.45


def transcode(data: Buffer, encoding: str, notices: list[str]) -> Decoded:
    raw = bytes(data)
    if encoding.startswith("utf-16") and len(raw) % 2:
        raw = raw[:-1]  # a byte too many at the end is half of no letter
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


def mend(raw: bytes) -> Decoded:
    """Bytes that are not quite UTF-8: a few bad ones, lines of two encodings, or a code page."""
    paired = _by_pairs(raw)
    if paired is not None:
        return paired
    text = raw.decode("utf-8", "replace")
    n_bad = text.count("�") - raw.count("�".encode())
    n_good = sum(map(len, re.findall(r"[^\x00-\x7f]+", text))) - text.count("�")
    # Choices: three bad bytes, or 2 in 100, are damage; a tenth of good ones and a whole line of
    # them are a second encoding; anything else is a code page.
    if n_good >= 1 and n_bad <= max(3, 0.02 * n_good) and n_good >= n_bad:
        return replace_bad(raw, "utf-8")
    if n_good >= 0.1 * n_bad and n_good >= 3 and _whole_line_is_utf8(raw):
        return _line_by_line(raw)
    if _mostly_in_sequences(raw):
        return replace_bad(raw, "utf-8")
    encoding, others = likely_code_pages(raw)
    mended = transcode(raw, encoding, [])
    told = f"Read as {title_of(encoding)}, a guess: {_preview(mended.data)}".rstrip(" :")
    mended.notices.insert(0, told + _otherwise(raw, others))
    return mended


def _mostly_in_sequences(raw: bytes) -> bool:
    """Whether most bytes above 127 make letters of UTF-8, as no code page does by chance."""
    n_high = len(re.findall(rb"[\x80-\xff]", raw))
    text = raw.decode("utf-8", "surrogateescape")
    n_bad = sum("\udc80" <= letter <= "\udcff" for letter in text)
    n_good = sum(letter > "\x7f" for letter in text) - n_bad
    # Choices: letters of words in a code page seldom stand in twos, and then seldom the right ones.
    return n_good >= LEAST_LETTERS and n_bad <= MOST_LOST * n_high


def _otherwise(raw: bytes, others: list[str]) -> str:
    """The same word as the next pages read it, for a person to see which is right."""
    words = [f'"{_word(raw, page)}" as {title_of(page)}' for page in others]
    return f" If not, choose the encoding that reads right: {listed(words, 3)}." if words else ""


def _word(raw: bytes, page: str) -> str:
    """The first cell with a letter beyond ASCII."""
    match = re.search(rb"[\x80-\xff]", raw)
    place = match.start() if match else 0
    before = re.split(rb"[\r\n,;\t]", raw[max(0, place - 40) : place])[-1]
    text = (before + raw[place : place + 60]).decode(page, "ignore")
    return re.split(r"[\r\n,;\t]", text)[0].strip(' "')


def _by_pairs(raw: bytes) -> Decoded | None:
    """UTF-8 as some databases and Java write it: rare letters and emoji as two halves."""
    if not re.search(rb"\xed[\xa0-\xaf][\x80-\xbf]\xed[\xb0-\xbf][\x80-\xbf]", raw):
        return None
    try:
        halves = raw.decode("utf-8", "surrogatepass")
        text = halves.encode("utf-16", "surrogatepass").decode("utf-16")
    except UnicodeDecodeError:
        return None
    notice = "Letters written as two halves (CESU-8) were put together."
    return Decoded(text.encode(), "utf-8", 0, [notice])


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


def replace_bad(raw: bytes, encoding: str) -> Decoded:
    """A few bad bytes: read as Windows letters where these make a word, else shown as �."""
    lines = [n for n, line in enumerate(raw.split(b"\n"), 1) if not valid_utf8(line)]
    text = with_bad_bytes_read(raw, any_letter=False)
    lost = [n for n, line in enumerate(text.split("\n"), 1) if n in set(lines) and "�" in line]
    read = [n for n in lines if n not in set(lost)]
    notices = []
    if read:
        letters = preview_of_line(raw, text, read[0])
        notices.append(
            f"Some letters are not {title_of(encoding)} and were read as Windows text "
            f'({name_lines(read)}): "{letters}" should read right.'
        )
    if lost:
        notices.append(
            f"Some bytes are not {title_of(encoding)} and show as � ({name_lines(lost)})."
        )
    return Decoded(text.encode(), encoding, 0, notices)


def preview_of_line(raw: bytes, text: str, line: int) -> str:
    """The cell around the first bad byte of one line, as it reads now."""
    was = raw.split(b"\n")[line - 1].decode("utf-8", "surrogateescape")
    place = next((i for i, c in enumerate(was) if 0xDC80 <= ord(c) <= 0xDCFF), 0)
    now = text.split("\n")[line - 1]
    before = re.split(r"[\r,;\t|]", now[max(0, place - 30) : place])[-1]
    return (before + re.split(r"[\r,;\t|]", now[place : place + 30])[0]).strip(' "')


def _line_by_line(raw: bytes) -> Decoded:
    odd = [n for n, line in enumerate(raw.split(b"\n"), 1) if not valid_utf8(line)]
    text = with_bad_bytes_read(raw, any_letter=True)
    notice = (
        "The file mixes two encodings: most of it is Unicode (UTF-8), and "
        f"{name_lines(odd)} read as Windows text (Western European)."
    )
    return Decoded(text.encode(), "utf-8", 0, [notice])
