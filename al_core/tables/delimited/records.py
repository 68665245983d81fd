"""The careful reader: text into records, one by one, each with its line and what is wrong with it.

A field that begins with a quote is quoted if a closing quote follows that stands before a
delimiter or the end of the line. A quote anywhere else is a letter like any other, so that
``5" pipe`` stays as it is. A field that opens a quote and never closes it spoils its own line only:
the next record begins on the next line, so that one stray quote never swallows rows.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import lru_cache

from al_core.tables.sources.limits import HEAD_CHARS

LINE_END = re.compile(r"\r\n|\n|\r")
ANY_END = "any"
ENDS = {"\n": re.compile(r"\r?\n"), "\r": re.compile(r"\r\n?"), ANY_END: LINE_END}
STOPS = {"\n": r"\r?\n", "\r": r"\r", ANY_END: r"[\r\n]"}
ESCAPED = re.compile(r'\\(["\\])')
ENDS_NOTHING = "\x00"  # cannot be in a text: the delimiter of one column
LONE_RETURN = re.compile(r"\r(?!\n)")
UNCLOSED = "a quote is opened and never closed"


@dataclass(slots=True)
class Record:
    """One record: its fields, the 1-based line it starts on, its place in the text, its fault."""

    fields: list[str]
    line: int
    start: int
    end: int
    problem: str = ""


@lru_cache(maxsize=64)
def _field(delimiter: str, quote: str, end: str, escapes: bool) -> re.Pattern[str]:
    """One field: group 1 the inside of a quoted one, group 2 an unquoted one as it stands."""
    d, q = re.escape(delimiter), re.escape(quote)
    blanks = "[ ]*" if delimiter != " " else ""
    stop = STOPS[end]
    if len(delimiter) > 1:
        plain = rf"(?:(?!{d}|{stop})[\s\S])*"
    elif end == "\n":
        plain = rf"[^{d}\r\n]*+(?:\r(?!\n)[^{d}\r\n]*+)*+"
    else:
        plain = rf"[^{d}\r]*" if end == "\r" else rf"[^{d}\r\n]*"
    if escapes and len(delimiter) == 1:
        plain = rf"(?:\\[^\r\n]|[^{d}\r\n\\])*+\\?"
    inside = rf"[^{q}\\]|\\[\s\S]|{q}{q}" if escapes else rf"[^{q}]|{q}{q}"
    quoted = rf"{blanks}{q}((?:{inside})*+){q}{blanks}(?={d}|{stop}|\Z)"
    return re.compile(rf"{quoted}|({plain})")


def line_end_of(text: str, quote: str = '"') -> str:
    """How the lines of ``text`` end: ``\\r`` where the first end outside quotes is a lone one.

    The other sign is then a letter inside a cell, as csv writers of other systems leave it.
    """
    for match in LINE_END.finditer(text):
        if text.count(quote, 0, match.start()) % 2 == 0:
            return "\r" if match.group() == "\r" else "\n"
    return "\n"


def mixes_line_ends(text: str) -> bool:
    """Whether lone signs of two systems stand in a text: as line ends of both, or within cells."""
    return "\r" in text and "\n" in text and LONE_RETURN.search(text) is not None


def records(
    text: str,
    delimiter: str | None,
    quote: str = '"',
    end: str | None = None,
    escapes: bool = False,
) -> Iterator[Record]:
    """The records of ``text``; blank lines give no record but are counted as lines.

    ``escapes`` says that a quote within a quoted cell is written ``\\"``, as MySQL and JSON do,
    and a delimiter in a cell without quotes likewise.
    """
    end = end or line_end_of(text[:HEAD_CHARS], quote)
    line_end = ENDS[end]
    place, line, size = 0, 1, len(text)
    quoted_from = text.find(quote) if quote else -1
    while place < size:
        match = line_end.search(text, place)
        stop, after = match.span() if match else (size, size)
        raw = text[place:stop]
        if (quoted_from < 0 or quote not in raw) and not (escapes and "\\" in raw):
            if raw:
                yield Record(raw.split(delimiter) if delimiter else [raw], line, place, stop)
            line, place = line + 1, after
            continue
        record = _quoted_record(text, place, line, delimiter or ENDS_NOTHING, quote, end, escapes)
        yield record
        if record.end > stop:
            line += len(line_end.findall(text, place, record.end))
        line += 1
        match = line_end.match(text, record.end)
        place = match.end() if match else max(record.end, place + 1)


def _quoted_record(
    text: str, place: int, line: int, delimiter: str, quote: str, end: str, escapes: bool
) -> Record:
    match_field = _field(delimiter, quote, end, escapes).match
    fields: list[str] = []
    record = Record(fields, line, place, place)
    while match := match_field(text, place):
        inside, plain = match.groups()
        if inside is not None:
            cell = inside.replace(quote * 2, quote)
            fields.append(ESCAPED.sub(r"\1", cell) if escapes else cell)
        else:
            fields.append(plain.replace("\\" + delimiter, delimiter) if escapes else plain)
            if quote in plain and _opens(plain, quote):
                record.problem = UNCLOSED
        place = match.end()
        if not text.startswith(delimiter, place):
            break
        place += len(delimiter)
    record.end = place
    return record


def field_ends(text: str, record: Record, delimiter: str, end: str) -> list[int]:
    """Where each field of a record ends, quotes included.

    >>> one = next(records('a,"b, c",d', ","))
    >>> field_ends('a,"b, c",d', one, ",", "\\n")
    [1, 8, 10]
    """
    match_field, place, found = _field(delimiter, '"', end, False).match, record.start, list[int]()
    while match := match_field(text, place):
        place = match.end()
        found.append(place)
        if place >= record.end or not text.startswith(delimiter, place):
            break
        place += len(delimiter)
    return found


def ends_within(text: str, found: Iterable[Record], end: str) -> int:
    """How many line ends stand within cells of records: lines of the text that are no rows."""
    return sum(len(ENDS[end].findall(text, one.start, one.end)) for one in found)


def _opens(cell: str, quote: str) -> bool:
    """Whether an unquoted cell begins a quote and has no other to end it."""
    cell = cell.lstrip(" ")
    return cell.startswith(quote) and cell.count(quote) % 2 == 1
