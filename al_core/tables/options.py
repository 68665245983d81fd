"""What a person may choose from where a file reads wrong."""

from __future__ import annotations

from dataclasses import dataclass

from al_core.tables.content import Source


@dataclass(frozen=True, slots=True)
class EncodingOption:
    """An encoding, its title in plain words, and one line of the file as it would read."""

    encoding: str
    title: str
    preview: str


@dataclass(frozen=True, slots=True)
class ReadOptions:
    """The choices for the "Reads wrong?" panel; empty lists where a choice makes no sense.

    ``delimiters`` pairs each delimiter with its title. ``first_lines`` are the first twenty lines.
    """

    encodings: list[EncodingOption]
    delimiters: list[tuple[str, str]]
    sheets: list[str]
    first_lines: list[str]


def read_options(source: Source) -> ReadOptions:
    """The sheets, likely encodings and delimiters of a file; never raises for odd content."""
    raise NotImplementedError
