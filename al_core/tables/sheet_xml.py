"""What the XML of a workbook tells beyond its cells: formulas without a value, hidden lines."""

from __future__ import annotations

import io
import re
import zipfile
from typing import Any

from al_core.tables.content import BROKEN, Buffer
from al_core.tables.limits import MAX_BYTES

_UNSAVED = re.compile(rb"<f[^>]*>[^<]*</f>\s*(?:<v\s*/>|<v>\s*</v>|</c>)")
_HIDDEN_ROW = re.compile(rb'<row\b[^>]*\bhidden="(?:1|true)"')
_HIDDEN_COLUMNS = re.compile(rb'<col\b(?=[^>]*\bhidden="(?:1|true)")[^>]*>')
_MIN, _MAX = re.compile(rb'\bmin="(\d{1,6})"'), re.compile(rb'\bmax="(\d{1,6})"')


def sheet_notices(data: Buffer, sheet: Any, n_columns: int) -> list[str]:
    """Lines about formulas of the workbook and about what is hidden on one of its sheets."""
    n_unsaved, hidden = 0, ""
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            for member in archive.infolist():
                if member.filename.startswith("xl/worksheets/") and member.file_size < MAX_BYTES:
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
