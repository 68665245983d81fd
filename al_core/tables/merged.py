"""Cells of a workbook that were merged over several rows: each row gets the text of the whole."""

from __future__ import annotations

import io
import re
import zipfile
from typing import Any, NamedTuple

from al_core.tables.content import BROKEN, Buffer
from al_core.tables.limits import MAX_BYTES

_RANGE = re.compile(rb'<mergeCell[^>]*\bref="([A-Z]{1,3})(\d{1,7}):[A-Z]{1,3}(\d{1,7})"')


class Merge(NamedTuple):
    """A cell that spans the rows first to last; all count from 0."""

    column: int
    first: int
    last: int


def merged_down(data: Buffer, sheet: Any) -> list[Merge]:
    """The cells of a sheet that span several rows. The quick way of openpyxl does not tell them."""
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            member = archive.getinfo(sheet._worksheet_path)
            xml = archive.read(member) if member.file_size < MAX_BYTES else b""
    except (*BROKEN, KeyError, AttributeError):
        return []  # the sheet itself could be read: no more is wanted here
    found = _RANGE.finditer(xml, max(0, xml.rfind(b"<mergeCells")))
    merges = [Merge(_number(m[1]), int(m[2]) - 1, int(m[3]) - 1) for m in found]
    return [merge for merge in merges if merge.last > merge.first]


def fill_down(rows: list[list[str]], merges: list[Merge], start: int, left: int) -> int:
    """Write the text of merged cells into each row they span, from the row ``start`` on.

    ``left``: columns that were taken off before the first. Returns how many cells were filled.
    """
    filled = 0
    for column, first, last in merges:
        place = column - left
        if first < start or place < 0 or first >= len(rows) or place >= len(rows[first]):
            continue
        for row in rows[first + 1 : last + 1]:
            if not any(row):
                break  # the table ends here
            row.extend([""] * (place + 1 - len(row)))
            if rows[first][place] and not row[place]:
                row[place] = rows[first][place]
                filled += 1
    return filled


def _number(letters: bytes) -> int:
    """Number of a column from 0.

    >>> _number(b"A"), _number(b"AA")
    (0, 26)
    """
    number = 0
    for letter in letters:
        number = 26 * number + letter - 64
    return number - 1
