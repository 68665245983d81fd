"""What every reader hands to the typing: named columns of text, not yet typed."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import Any

import pyarrow as pa

from al_core.errors import TableError
from al_core.tables.sources.limits import refuse_shape
from al_core.tables.table import BadRow, Dialect, HeaderChoice, Lines

# Rows held as Python lists before they become Arrow columns; a choice: memory against overhead.
CHUNK = 20_000


@dataclass(slots=True)
class RawTable:
    """Columns of text as chunked arrays, one per raw name, and what was guessed so far.

    ``first_line`` is the line (from 1) of the first row, 0 where lines mean nothing. ``lines`` are
    those of all rows, as a spreadsheet counts; ``marks`` as in :class:`~al_core.tables.Table`.
    ``is_own``: a labelled file of this app, read as it was written.
    """

    names: list[str]
    columns: list[Any]
    dialect: Dialect
    notices: list[str] = field(default_factory=list)
    bad_rows: list[BadRow] = field(default_factory=list)
    first_line: int = 0
    lines: Lines = field(default_factory=Lines)
    marks: dict[str, str] = field(default_factory=dict)
    is_own: bool = False
    header: HeaderChoice = field(default_factory=HeaderChoice)

    @property
    def n_rows(self) -> int:
        """The number of rows."""
        return len(self.columns[0]) if self.columns else 0


def columns_of(rows: Iterable[Sequence[str]], n_fields: int) -> list[Any]:
    """Rows of equal length as chunked columns of text; built in chunks to keep memory low."""
    chunks: list[list[Any]] = [[] for _ in range(n_fields)]
    block: list[Sequence[str]] = []
    n_rows = 0
    for row in rows:
        block.append(row)
        if len(block) == CHUNK:
            n_rows += CHUNK
            refuse_shape(n_rows, n_fields)
            _flush(block, chunks)
    _flush(block, chunks)
    return [pa.chunked_array(parts, type=pa.large_string()) for parts in chunks]


def _flush(block: list[Sequence[str]], chunks: list[list[Any]]) -> None:
    if block:
        for parts, cells in zip(chunks, zip(*block, strict=True), strict=True):
            parts.append(pa.array(cells, type=pa.large_string()))
        block.clear()


def refuse_empty(raw: RawTable, what: str = "The file") -> RawTable:
    """TableError for a table without rows or columns."""
    if not raw.columns:
        raise TableError(
            f"{what} has no columns. Choose a file with a line of names and rows below."
        )
    if raw.n_rows == 0:
        names = ", ".join(raw.names[:5]) + (" ..." if len(raw.names) > 5 else "")
        raise TableError(
            f"{what} has a header ({names}) but no rows below it. Choose a file with rows in it."
        )
    return raw
