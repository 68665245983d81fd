"""Where another table begins below the first one, and the rows of the first one alone."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from al_core.tables.delimited.layout.notes_and_other_tables import other_names, sums_up

PAGE = re.compile(r"\W*(page|seite|pagina|página)\b.*", re.IGNORECASE)
# Rows above, and places, that are looked at; a choice: enough to know a table by.
SHOWN = 50
# A choice: less above is no table.
FEWEST = 2


@dataclass(frozen=True, slots=True)
class Beginning:
    """Another table may begin here, with its title or names on ``line``.

    ``kept`` rows stand above it; ``names_at`` is the place among the rows of what may be its names,
    None where these are the names of the first table once more, which are no row.
    """

    kept: int
    line: int
    names_at: int | None


class Beginnings:
    """Watches records go by: another table stands below a blank line, a title or a total."""

    def __init__(self, n_fields: int) -> None:
        self.n_fields = n_fields
        self.found: list[Beginning] = []
        self._since: tuple[int, int] | None = None
        """The rows above, and the line; 0 for that of the next record."""
        self._told = False  # by a title or a total, not by a blank line alone

    def gap(self, n_rows: int, line: int) -> None:
        """A blank line stands above this one."""
        self._since = self._since or (n_rows, line)

    def row(self, n_rows: int, line: int) -> None:
        """A row, number ``n_rows``, which may hold names."""
        if self._since and len(self.found) < SHOWN:
            self.found.append(Beginning(self._since[0], self._since[1] or line, n_rows))

    def names_again(self, line: int) -> None:
        """The names once more: below a title or a total these are another table's."""
        if self._since and self._told and len(self.found) < SHOWN:
            self.found.append(Beginning(self._since[0], self._since[1] or line, None))

    def passed(self, fields: Sequence[str], n_rows: int, line: int) -> None:
        """A record has gone by, and with it there are ``n_rows`` rows."""
        filled = [cell for cell in fields if cell.strip()]
        if self._is_title(fields, filled):
            fits = len(fields) == self.n_fields
            if not self._since or not self._since[1]:
                self._since = (self._since[0] if self._since else n_rows - fits, line)
            self._told |= bool(filled) and not PAGE.fullmatch(filled[0])
        else:
            self._told = sums_up(filled)
            self._since = (n_rows, 0) if self._told else None

    def _is_title(self, fields: Sequence[str], filled: Sequence[str]) -> bool:
        """Whether a record is blank, or holds nothing but its first cell."""
        if len(filled) > 1:
            return False
        alone = len(fields) == 1 or self.n_fields > 2
        return not filled or (alone and bool(fields[0].strip()))

    def first_table(self, columns: Sequence[Any]) -> Beginning | None:
        """Where the first table ends, if another one stands below it."""
        for beginning in self.found:
            if beginning.kept >= FEWEST and _begins(columns, beginning):
                return beginning
        return None


def _begins(columns: Sequence[Any], beginning: Beginning) -> bool:
    if beginning.names_at is None:
        return True
    start, end = max(0, beginning.kept - SHOWN), beginning.names_at + 4
    rows = list(zip(*(column[start:end].to_pylist() for column in columns), strict=True))
    kept, at = beginning.kept - start, beginning.names_at - start
    return other_names(rows[at], rows[:kept], rows[at + 1 :])
