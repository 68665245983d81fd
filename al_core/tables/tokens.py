"""The careful reader: text into records, one by one, each with its line and what is wrong with it.

A field that begins with a quote is quoted if a closing quote follows that stands before a
delimiter or the end of the line. A quote anywhere else is a letter like any other, so that
``5" pipe`` stays as it is. A field that opens a quote and never closes it spoils its own line only:
the next record begins on the next line, so that one stray quote never swallows rows.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

LINE_END = re.compile(r"\r\n|\n|\r")
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
def _field(delimiter: str, quote: str) -> re.Pattern[str]:
    """One field: group 1 the inside of a quoted one, group 2 an unquoted one as it stands."""
    d, q = re.escape(delimiter), re.escape(quote)
    blanks = "[ ]*" if delimiter != " " else ""
    plain = rf"(?:(?!{d})[^\r\n])*" if len(delimiter) > 1 else rf"[^{d}\r\n]*"
    quoted = rf"{blanks}{q}((?:[^{q}]|{q}{q})*+){q}{blanks}(?={d}|[\r\n]|\Z)"
    return re.compile(rf"{quoted}|({plain})")


def records(text: str, delimiter: str | None, quote: str = '"') -> Iterator[Record]:
    """The records of ``text``; blank lines give no record but are counted as lines."""
    place, line, size = 0, 1, len(text)
    quoted_from = text.find(quote) if quote else -1
    while place < size:
        match = LINE_END.search(text, place)
        end = match.start() if match else size
        after = match.end() if match else size
        raw = text[place:end]
        if quoted_from < 0 or quote not in raw:
            if raw:
                yield Record(raw.split(delimiter) if delimiter else [raw], line, place, end)
            line, place = line + 1, after
            continue
        record = _quoted_record(text, place, line, delimiter or "\n", quote)
        yield record
        inside = text[place : record.end]
        line += 1 + (len(LINE_END.findall(inside)) if record.end > end else 0)
        place = _after_line_end(text, record.end)


def _after_line_end(text: str, place: int) -> int:
    match = LINE_END.match(text, place)
    return match.end() if match else place


def _quoted_record(text: str, place: int, line: int, delimiter: str, quote: str) -> Record:
    match_field = _field(delimiter, quote).match
    fields: list[str] = []
    record = Record(fields, line, place, place)
    while match := match_field(text, place):
        inside, plain = match.groups()
        if inside is not None:
            fields.append(inside.replace(quote * 2, quote))
        else:
            fields.append(plain)
            if quote in plain and _opens(plain, quote):
                record.problem = UNCLOSED
        place = match.end()
        if not text.startswith(delimiter, place):
            break
        place += len(delimiter)
    record.end = place
    return record


def _opens(cell: str, quote: str) -> bool:
    """Whether an unquoted cell begins a quote and has no other to end it."""
    cell = cell.lstrip(" ")
    return cell.startswith(quote) and cell.count(quote) % 2 == 1
