"""What a workbook's XML tells beyond its cells: unsaved formulas, hidden lines, merged cells."""

from __future__ import annotations

import io
import re
import zipfile
from typing import Any, NamedTuple

from al_core.tables.sources.content import BROKEN, Buffer
from al_core.tables.sources.limits import MAX_BYTES

_UNSAVED = re.compile(rb"<f[^>]*>[^<]*</f>\s*(?:<v\s*/>|<v>\s*</v>|</c>)")
_HIDDEN_ROW = re.compile(rb'<row\b[^>]*\bhidden="(?:1|true)"')
_HIDDEN_COLUMNS = re.compile(rb'<col\b(?=[^>]*\bhidden="(?:1|true)")[^>]*>')
_MIN, _MAX = re.compile(rb'\bmin="(\d{1,6})"'), re.compile(rb'\bmax="(\d{1,6})"')
_RANGE = re.compile(rb'<mergeCell[^>]*\bref="([A-Z]{1,3})(\d{1,7}):[A-Z]{1,3}(\d{1,7})"')


def sheet_notices(data: Buffer, sheet: Any, n_columns: int) -> list[str]:
    """Lines about formulas of the workbook and about what is hidden on one of its sheets."""
    n_unsaved, hidden = 0, ""
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            for member in archive.infolist():
                if "worksheets/" in member.filename and member.file_size < MAX_BYTES:
                    xml = archive.read(member)
                    n_unsaved += len(_UNSAVED.findall(xml))
                    if member.filename == getattr(sheet, "_worksheet_path", ""):
                        hidden = _hidden(xml, n_columns)
    except BROKEN:
        return []  # the sheet that was asked for could be read: no more is wanted here
    return [notice for notice in (_unsaved_formulas(n_unsaved), hidden) if notice]


def _unsaved_formulas(count: int) -> str:
    """A word about formulas that no program has computed yet: their cells are blank."""
    if not count:
        return ""
    what = "1 formula has" if count == 1 else f"{count:,} formulas have"
    return f"{what} no saved value: such cells are blank. Open the file in Excel and save it."


def _hidden(xml: bytes, n_columns: int) -> str:
    """A word about rows (a filter hides rows too) and columns that Excel does not show."""
    n_rows = len(_HIDDEN_ROW.findall(xml))
    n_hidden = sum(_columns_in(match.group(), n_columns) for match in _HIDDEN_COLUMNS.finditer(xml))
    parts = [
        f"{number:,} hidden {one if number == 1 else one + 's'}"
        for number, one in ((n_rows, "row"), (n_hidden, "column"))
        if number
    ]
    if not parts:
        return ""
    end = "was read like the others" if n_rows + n_hidden == 1 else "were read like the others"
    return f"{' and '.join(parts)} {end}. Delete what you do not want, and save the file."


def _columns_in(tag: bytes, n_columns: int) -> int:
    """How many of the table's columns a tag is about; it may go on to the edge of the sheet."""
    first, last = _MIN.search(tag), _MAX.search(tag)
    if first is None or last is None:
        return 0
    return max(0, min(int(last[1]), n_columns) - int(first[1]) + 1)


# -- Cells of a workbook that were merged over several rows: each row gets the text of the whole.


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
