"""What reading hands out: a table, how it was read, and the rows that could not be read."""

from __future__ import annotations

from dataclasses import dataclass, field

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


@dataclass(slots=True)
class Table:
    """A person's file as a typed table.

    ``frame`` is typed (int64, float64, datetime64 or str; missing cells are NaN or NaT) and
    ``text`` holds every cell as it stood in the file (blank cells ``""``). Both have the same
    shape, the same text column names, all different, and a RangeIndex: a row's number is its
    position. ``notices`` says in one line each what was guessed or repaired, ``header`` which lines
    of the file the names were taken from.
    """

    frame: pd.DataFrame
    text: pd.DataFrame
    notices: list[str] = field(default_factory=list)
    dialect: Dialect = field(default_factory=Dialect)
    name: str = "table"
    bad_rows: list[BadRow] = field(default_factory=list)
    header: HeaderChoice = field(default_factory=HeaderChoice)

    @property
    def n_rows(self) -> int:
        """The number of rows."""
        return len(self.frame)

    @property
    def columns(self) -> list[str]:
        """The column names in file order."""
        return [str(name) for name in self.frame.columns]
