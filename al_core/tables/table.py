"""What reading hands out: a table, how it was read, and the rows that could not be read."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

import pandas as pd

from al_core.errors import TableError


@dataclass(frozen=True, slots=True)
class Dialect:
    """How a file was read; every field is text, a whole number or None, so it goes into JSON.

    ``header_line`` is the 1-based line that holds the column names, None where there is none.
    """

    kind: str = "csv"
    encoding: str = "utf-8"
    delimiter: str | None = ","
    decimal: str = "."
    quote: str = '"'
    header_line: int | None = 1
    sheet: str | None = None
    container: str | None = None
    skipped_lines: int = 0


Header = str | int | tuple[int, int] | None
"""Where the names stand: ``"auto"`` (find out), None (nowhere), a 1-based line, the first and the
last of several lines."""


@dataclass(frozen=True, slots=True)
class HeaderOption:
    """Other lines that may hold the names: what to pass to ``read_table(header=...)`` for it.

    ``names`` are the first names that the columns would get.
    """

    header: Header
    names: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class HeaderChoice:
    """The 1-based lines of the file that the names were taken from; none where it has no names.

    ``certain`` is False where other lines are nearly as likely; ``others`` lists them, the
    likeliest first. Where the person said which lines hold the names, the first of them is what
    the reader would have chosen by itself (``header`` is ``"auto"``).
    """

    lines: tuple[int, ...] = ()
    certain: bool = True
    others: tuple[HeaderOption, ...] = ()


@dataclass(frozen=True, slots=True)
class BadRow:
    """One row left out, or to be left out: its line in the file (from 1), its text, the fault."""

    line: int
    text: str
    problem: str


class BadRowsError(TableError):
    """Some rows do not fit the table; reading again with ``skip_bad_rows=True`` leaves them out.

    ``bad_rows`` lists them (the first thousand), ``n_bad`` counts all, ``n_rows`` the good ones.
    """

    def __init__(self, message: str, bad_rows: list[BadRow], n_bad: int, n_rows: int) -> None:
        super().__init__(message)
        self.bad_rows = bad_rows
        self.n_bad = n_bad
        self.n_rows = n_rows


class TooLargeError(TableError):
    """The file is above a limit; ``sample`` is the number of rows to offer as a random sample."""

    def __init__(self, message: str, sample: int | None) -> None:
        super().__init__(message)
        self.sample = sample


class SheetError(TableError):
    """The workbook has no sheet of that name; ``sheets`` lists those it has."""

    def __init__(self, message: str, sheets: list[str]) -> None:
        super().__init__(message)
        self.sheets = sheets


# Gaps between rows that are remembered; a choice: with more, a row is known by its place alone.
MOST_RUNS = 10_000


@dataclass(frozen=True, slots=True)
class Lines:
    """On which line of its file each row stands, counted from 1 as a spreadsheet does.

    A line end within a cell makes no line, while titles, blank lines and rows left out count.
    ``runs`` pairs the first row of each run without a gap with its line; none: nothing is known.

    >>> lines = Lines.of_each([2, 3, 4, 7, 8])
    >>> lines.runs, lines.of(3), lines.row_at(8), lines.row_at(5)
    (((0, 2), (3, 7)), 7, 4, None)
    """

    runs: tuple[tuple[int, int], ...] = ()

    @classmethod
    def of_each(cls, lines: Iterable[int]) -> Lines:
        """From the line of each row, ascending; nothing where there are too many gaps."""
        runs: list[tuple[int, int]] = []
        for row, line in enumerate(lines):
            if not runs or line != runs[-1][1] + row - runs[-1][0]:
                runs.append((row, line))
                if len(runs) > MOST_RUNS:
                    return cls()
        return cls(tuple(runs))

    def of(self, row: int) -> int | None:
        """The line of a row, None where it is not known."""
        place = bisect_right(self.runs, row, key=lambda run: run[0]) - 1
        return None if place < 0 else self.runs[place][1] + row - self.runs[place][0]

    def row_at(self, line: int) -> int | None:
        """The row on a line, None where there is none; it may lie behind the last row."""
        place = bisect_right(self.runs, line, key=lambda run: run[1]) - 1
        if place < 0:
            return None
        row = self.runs[place][0] + line - self.runs[place][1]
        ends = [first for first, _ in self.runs[place + 1 : place + 2]]
        return row if not ends or row < ends[0] else None


@dataclass(slots=True)
class Table:
    """A person's file as a typed table.

    ``frame`` is typed (int64, float64, datetime64 or str; missing cells are NaN or NaT) and
    ``text`` holds every cell as it stood in the file (blank cells ``""``). Both have the same
    shape, the same text column names, all different, and a RangeIndex: a row's number is its
    position. ``notices`` says in one line each what was guessed or repaired. ``lines`` knows on
    which line of the file a row stands. ``marks`` says of the columns that a labelling tool has
    added what they are: ``answer``, ``guess``, ``record`` (who and when), or ``own`` (any of these,
    added by this app). ``header`` says which lines of the file the names were taken from.
    ``original``: the bytes of a delimited file that was read whole, packed, until a project keeps
    them. ``read_as``: what was said about reading it, by the names of ``read_table``.
    """

    frame: pd.DataFrame
    text: pd.DataFrame
    notices: list[str] = field(default_factory=list)
    dialect: Dialect = field(default_factory=Dialect)
    name: str = "table"
    bad_rows: list[BadRow] = field(default_factory=list)
    lines: Lines = field(default_factory=Lines)
    marks: dict[str, str] = field(default_factory=dict)
    header: HeaderChoice = field(default_factory=HeaderChoice)
    original: bytes | None = field(default=None, repr=False)
    read_as: dict[str, Any] = field(default_factory=dict)

    @property
    def n_rows(self) -> int:
        """The number of rows."""
        return len(self.frame)

    @property
    def columns(self) -> list[str]:
        """The column names in file order."""
        return [str(name) for name in self.frame.columns]
