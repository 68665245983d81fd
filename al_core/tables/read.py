"""The door: a person's file in, a typed table out, or a sentence that says why not."""

from __future__ import annotations

import os
from typing import BinaryIO

from al_core.tables.records import Progress, Table

Source = str | os.PathLike[str] | bytes | bytearray | memoryview | BinaryIO


def read_table(
    source: Source,
    *,
    name: str | None = None,
    encoding: str | None = None,
    delimiter: str | None = None,
    decimal: str | None = None,
    header: str | int | None = "auto",
    skip_bad_rows: bool = False,
    sheet: str | None = None,
    sample: int | None = None,
    on_progress: Progress | None = None,
    seed: int = 0,
) -> Table:
    """Read a file by its content: CSV of any kind, gzip or zip of one, xlsx, Parquet, JSON lines.

    ``source`` is a path, bytes or an open binary file. ``header`` is ``"auto"``, None (no names in
    the file) or the 1-based line of the names. ``sample`` reads that many random rows, kept in
    file order. Raises :class:`TableError` with what was found, the line, and what to do:
    :class:`BadRowsError` (rows with the wrong number of fields or an unclosed quote) is cured by
    ``skip_bad_rows=True``, :class:`TooLargeError` by ``sample``, :class:`SheetError` by ``sheet``.
    """
    raise NotImplementedError
