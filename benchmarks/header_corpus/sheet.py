"""A sheet as it is being written: its lines, which of them hold names, and the file they make."""

from __future__ import annotations

import csv
import io
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from random import Random

from benchmarks.header_corpus import cells as c
from benchmarks.header_corpus.fields import ABROAD, DOMAINS, Field

Row = Sequence[str]


@dataclass
class Sheet:
    """Records from the first line of the file to the last.

    ``records`` holds rows, and text for lines that are written as they are; ``name_records`` says
    which of them hold names, and ``names`` what a person would call each column ("" for nothing).
    """

    records: list[Row | str] = field(default_factory=list)
    name_records: list[int] = field(default_factory=list)
    names: list[str] = field(default_factory=list)
    delimiter: str | None = None
    quote_all: bool = False
    suffix: str = ".csv"
    doubtful: bool = False

    def above(self, *records: Row | str) -> Sheet:
        """Put records above everything."""
        self.records = [*records, *self.records]
        self.name_records = [i + len(records) for i in self.name_records]
        return self

    def below(self, *records: Row | str) -> Sheet:
        """Put records below everything."""
        self.records = [*self.records, *records]
        return self


def named(fields: Sequence[Field], rng: Random, n: int) -> Sheet:
    """A sheet with its names in the first line."""
    names = [name for name, _ in fields]
    return Sheet([names, *body(fields, rng, n)], [0], names)


def nameless(fields: Sequence[Field], rng: Random, n: int) -> Sheet:
    """A sheet of nothing but rows."""
    return Sheet(list(body(fields, rng, n)))


def body(fields: Sequence[Field], rng: Random, n: int) -> list[list[str]]:
    """``n`` rows below those names."""
    return [list(row) for row in zip(*(make(rng, n) for _, make in fields), strict=True)]


def file_of(sheet: Sheet, rng: Random) -> tuple[str, tuple[int, ...]]:
    """The text of the file, and the lines (from 1) that hold names."""
    delimiter = sheet.delimiter or rng.choice([",", ",", ",", ";", "\t", "|"])
    end = rng.choice(["\n", "\n", "\r\n"])
    out, lines = io.StringIO(newline=""), []
    if sheet.quote_all:
        writer = csv.writer(out, delimiter=delimiter, quoting=csv.QUOTE_ALL, lineterminator=end)
    else:
        writer = csv.writer(out, delimiter=delimiter, lineterminator=end)
    for i, record in enumerate(sheet.records):
        if i in sheet.name_records:
            lines.append(out.getvalue().count("\n") + 1)
        if isinstance(record, str):
            out.write(record + end)
        else:
            writer.writerow(record)
    return out.getvalue(), tuple(lines)


def length(rng: Random) -> int:
    """How many rows: mostly some ten, now and then three or three hundred."""
    return rng.choice([3, 5, 8, 12, 20, 20, 40, 40, 80, 300])


def drawn(rng: Random, least: int = 2, most: int = 12) -> list[Field]:
    """Some columns of one publisher, in one style of names; now and then from abroad."""
    if rng.random() < 0.15:
        return sample(rng.choice(ABROAD), rng, least, most)
    chosen = sample(rng.choice(DOMAINS), rng, least, most)
    style = rng.choice(STYLES)
    return [(style(name), make) for name, make in chosen]


def sample(fields: Sequence[Field], rng: Random, least: int, most: int) -> list[Field]:
    """Some of these columns, in an order of their own."""
    return rng.sample(list(fields), rng.randint(min(least, len(fields)), min(most, len(fields))))


def snake(name: str) -> str:
    """local_authority"""
    return "".join(sign if sign.isalnum() else "_" for sign in name.lower()).strip("_")


STYLES: list[Callable[[str], str]] = [str, str, snake, str.upper, str.title]

TITLES = [
    "Table 3: Population by region, sex and age, 2019",
    "Spending over £25,000, May 2016",
    "Monthly sales report",
    "Air quality measurements",
    "Deaths registered in England and Wales",
    "Results of the general election",
    "Special advisers' gifts and hospitality",
    "Plate 4 (repeat)",
    "Staff survey 2021 - all answers",
    "Export of orders",
]
NOTES = [
    "Source: Office for National Statistics",
    "Released: 21 June 2018",
    "Contact: data@example.org",
    "All figures are provisional, and may be revised.",
    "Downloaded 2020-03-01 10:44",
    "Crown copyright",
    "Note: numbers are rounded to the nearest five",
    "© 2019 Statistics Department",
    "Filter: Region = all; Year = 2019",
    "Version 2.1",
]


def textual(make: c.Maker) -> bool:
    """Whether a maker gives words, and no numbers, days or codes."""
    return not any(sign.isdigit() for cell in make(Random(0), 20) for sign in cell)
