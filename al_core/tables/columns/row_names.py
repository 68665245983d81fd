"""What a person calls a row: by its id, and by the line on which their spreadsheet shows it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from al_core.tables.columns.roles import Role, named_like_id
from al_core.tables.table import Table
from al_core.wording import short

# Letters of an id, and of its column's name, in the name of a row; choices: two fit on a line.
LONGEST_ID, LONGEST_COLUMN = 40, 30
# Rows in which an id is looked at to know its length; a choice.
SOME = 200


class RowNames:
    """Names of the rows of a table, for people; the library itself counts rows from 0.

    ``word`` is "line" where the lines of the file are known, and numbers are those lines; else
    "row", and they count from 1. ``id_column`` names each row too, None where there is no such.
    """

    def __init__(self, table: Table, roles: Mapping[str, Role]) -> None:
        self._table = table
        self.word = "line" if table.lines.runs else "row"
        self.id_column = _id_column(table, roles)

    def number(self, row: int) -> int:
        """The number of a row: its line, or its place from 1."""
        line = self._table.lines.of(row)
        return row + 1 if line is None else line

    def numbers(self, rows: Iterable[int]) -> list[int]:
        """The numbers of several rows."""
        return [self.number(row) for row in rows]

    def all_numbers(self) -> pd.RangeIndex | NDArray[np.int64]:
        """The numbers of all rows in order; nothing is counted where they are a plain range."""
        n_rows, runs = self._table.n_rows, self._table.lines.runs or ((0, 1),)
        if len(runs) == 1:
            return pd.RangeIndex(runs[0][1], runs[0][1] + n_rows)
        firsts, lines = np.asarray(runs, dtype=np.int64).T
        place = np.searchsorted(firsts, np.arange(n_rows), side="right") - 1
        return np.asarray(lines[place] + np.arange(n_rows) - firsts[place], dtype=np.int64)

    def row_of(self, number: int) -> int | None:
        """The row with a number, None where no row has it."""
        row = self._table.lines.row_at(number) if self._table.lines.runs else number - 1
        return row if row is not None and 0 <= row < self._table.n_rows else None

    def short(self, row: int) -> str:
        """A row by its number alone: "line 1013"."""
        return f"{self.word} {self.number(row)}"

    def name(self, row: int) -> str:
        """A row by its id and its number: "Ticket 0001012, line 1013"."""
        value = "" if self.id_column is None else str(self._table.text[self.id_column].iloc[row])
        if not value.strip():
            return self.short(row)
        column = short(self.id_column, LONGEST_COLUMN)
        return f"{column} {short(value, LONGEST_ID)}, {self.short(row)}"


def _id_column(table: Table, roles: Mapping[str, Role]) -> str | None:
    """The column that tells rows apart: one named like an id before any other."""
    ids = [
        name
        for name, role in roles.items()
        if {"id", "all_different"} <= set(role.flags) and name in table.text
    ]
    some = table.text.iloc[:SOME]
    fitting = [name for name in ids if some[name].str.len().max() <= LONGEST_ID]
    return next(iter(sorted(fitting, key=lambda name: not named_like_id(name))), None)
