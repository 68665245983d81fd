"""What a person may choose from where a file reads wrong."""

from __future__ import annotations

from dataclasses import dataclass, replace

from al_core.errors import UserError
from al_core.tables.decoding.codepages import likely_code_pages
from al_core.tables.decoding.encodings import decode, title_of
from al_core.tables.delimited.delimiters import LONG, TITLES, UNUSUAL, USUAL
from al_core.tables.delimited.delimiters import title_of as title_of_sign
from al_core.tables.delimited.records import LINE_END
from al_core.tables.formats.workbook import sheet_names
from al_core.tables.sources.content import Buffer, Source, open_content
from al_core.tables.sources.kinds import kind_of

OFFERED = (
    "utf-8",
    "cp1252",
    "cp1250",
    "cp1251",
    "utf-16",
    "mac_roman",
    "cp850",
    "cp932",
    "gb18030",
)
# Letters and lines shown while a person overrules how a file is read; a choice.
HEAD = 400_000
LINES = 20


@dataclass(frozen=True, slots=True)
class EncodingOption:
    """An encoding, its title in plain words, and one line of the file as it would read."""

    encoding: str
    title: str
    preview: str


@dataclass(frozen=True, slots=True)
class ReadOptions:
    """What can be chosen where a table was read wrongly; empty lists where a choice makes no sense.

    ``delimiters`` pairs each delimiter with its title. ``first_lines`` are the first twenty lines.
    """

    encodings: list[EncodingOption]
    delimiters: list[tuple[str, str]]
    sheets: list[str]
    first_lines: list[str]


def read_options(source: Source) -> ReadOptions:
    """The sheets, likely encodings and delimiters of a file; never raises for odd content."""
    nothing = ReadOptions([], [], [], [])
    try:
        data = open_content(source).data
        kind = kind_of(data)
        if kind == "xlsx":
            return replace(nothing, sheets=sheet_names(data))
        return _text_options(data) if kind == "text" else nothing
    except UserError:
        return nothing


def _text_options(data: Buffer) -> ReadOptions:
    head = bytes(data[:HEAD])
    found = decode(head)
    lines = LINE_END.split(found.head(HEAD))
    tried = list(dict.fromkeys([found.encoding, *_guessed(head), *OFFERED]))
    encodings = [option for name in tried if (option := _preview(head, name)) is not None]
    delimiters = [(sign, TITLES[sign]) for sign in (*USUAL, " ")] + _others_in(lines[:LINES])
    return ReadOptions(encodings, delimiters, [], [line[:300] for line in lines[:LINES]])


def _others_in(lines: list[str]) -> list[tuple[str, str]]:
    """Delimiters that are seldom met, where they stand in most of the first lines."""
    filled = [line for line in lines if line.strip()]
    found = [s for s in (*LONG, *UNUSUAL) if 2 * sum(s in line for line in filled) > len(filled)]
    return [(sign, title_of_sign(sign)) for sign in found if sign not in (" ", ":")]


def _guessed(head: bytes) -> list[str]:
    if head.isascii():
        return []
    found = likely_code_pages(head)
    return [found.page, *found.others]


def _preview(head: bytes, encoding: str) -> EncodingOption | None:
    """The first line with a letter beyond ASCII, or the first line; None where it cannot be."""
    try:
        text = head.decode(encoding, "ignore").removeprefix("\ufeff")
    except LookupError:
        return None
    wide = encoding.startswith("utf-16")
    # A choice: even letters of three bytes leave a third.
    if wide != (b"\x00" in head[:1000]) or len(text) < 0.2 * len(head):
        return None
    lines = [line for line in LINE_END.split(text[:HEAD]) if line.strip()]
    line = next((line for line in lines if not line.isascii()), lines[0] if lines else "")
    place = next((i for i, letter in enumerate(line) if not letter.isascii()), 0)
    return EncodingOption(encoding, title_of(encoding), line[max(0, place - 40) : place + 60])
