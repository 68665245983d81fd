"""Excel workbooks (.xlsx): one sheet as columns of text."""

from __future__ import annotations

import datetime as dt
import io
import re
import zipfile
from collections.abc import Iterator, Sequence
from typing import Any

from al_core.errors import TableError
from al_core.tables.decoding.decoded import Decoded
from al_core.tables.delimited.delimiters import USUAL, find_delimiter
from al_core.tables.delimited.layout.choice import header_choice
from al_core.tables.delimited.layout.header import find_layout
from al_core.tables.delimited.layout.leftovers import drop_blank_names, drop_notes, settle_total
from al_core.tables.delimited.layout.notes_and_other_tables import other_table
from al_core.tables.delimited.reader import CsvWishes, read_csv
from al_core.tables.delimited.records import Record
from al_core.tables.formats.workbook_xml import Merge, fill_down, merged_down, sheet_notices
from al_core.tables.raw import RawTable, columns_of
from al_core.tables.sources.content import BROKEN, Buffer
from al_core.tables.sources.limits import (
    HEAD_CHARS,
    HEAD_RECORDS,
    MAX_BYTES,
    refuse_bytes,
    refuse_shape,
)
from al_core.tables.table import Dialect, Header, Lines, SheetError

DAMAGED = (
    *BROKEN,
    KeyError,
    ValueError,
    TypeError,
    AttributeError,
    IndexError,
    SyntaxError,
    NotImplementedError,
)
"""What openpyxl raises over a workbook with a part missing or spoiled."""
ZEROS = re.compile(r"0{2,20}")
ESCAPED = re.compile(r"_x([0-9A-Fa-f]{4})_")


def read_sheet(data: Buffer, sheet: str | None, header: Header) -> RawTable:
    """One sheet (the first that is not empty where none is named) as text."""
    book = _open(data)
    try:
        name, rows = _choose(book, sheet)
        raw = _lines_in_cells(rows, header) or _table(rows, header, merged_down(data, book[name]))
        told = sheet_notices(data, book[name], len(raw.names))
    finally:
        book.close()
    raw.dialect = Dialect(
        kind="xlsx",
        encoding="utf-8",
        delimiter=None,
        sheet=name,
        header_line=raw.dialect.header_line,
    )
    raw.notices.extend(told)
    if raw.columns and header == "auto":
        drop_blank_names(raw)
        drop_notes(raw)
        settle_total(raw)
    if sheet is None and len(book.sheetnames) > 1:
        hidden = ", which is hidden" if _is_hidden(book, name) else ""
        raw.notices.insert(0, f'Sheet "{name}" of {len(book.sheetnames)} sheets{hidden}.')
    return raw


def sheet_names(data: Buffer) -> list[str]:
    """The names of the sheets of a workbook."""
    book = _open(data)
    book.close()
    return list(book.sheetnames)


def _open(data: Buffer) -> Any:
    import openpyxl

    try:
        archive = zipfile.ZipFile(io.BytesIO(data))
        refuse_bytes(
            sum(m.file_size for m in archive.infolist()) // 4, "Unpacked, the workbook has"
        )
        return openpyxl.load_workbook(io.BytesIO(data), read_only=True, data_only=True)
    except DAMAGED as error:
        raise _damaged(error) from None


def _damaged(error: BaseException) -> TableError:
    return TableError(
        f"The Excel file is damaged and cannot be opened ({type(error).__name__}). "
        "Open it in Excel, save it again as .xlsx or as CSV, and try again."
    )


def _choose(book: Any, sheet: str | None) -> tuple[str, list[list[str]]]:
    names = sorted(book.sheetnames, key=lambda name: _is_hidden(book, name))
    if sheet is not None:
        if sheet not in names:
            listed = ", ".join(book.sheetnames)
            told = f'There is no sheet "{sheet}"; the workbook has: {listed}.'
            raise SheetError(told, list(book.sheetnames))
        return sheet, _rows_of(book[sheet])
    first: tuple[str, list[list[str]]] | None = None
    for name in names:
        rows = _rows_of(book[name])
        if sum(len(row) - row.count("") > 1 for row in rows) >= 2:
            return name, rows
        first = first or ((name, rows) if rows else None)
    if first:  # one column, or a few words: no other sheet holds more
        return first
    raise TableError("The workbook is empty: none of its sheets holds a cell. Choose another file.")


def _is_hidden(book: Any, name: str) -> bool:
    return getattr(book[name], "sheet_state", "visible") != "visible"


def _rows_of(sheet: Any) -> list[list[str]]:
    """All rows as text without blank ones round the edges; chart sheets have none."""
    if not hasattr(sheet, "iter_rows"):
        return []
    sheet.reset_dimensions()
    rows: list[list[str]] = []
    size = 0
    for cells in _sound(_cells_of(sheet)):
        while cells and not cells[-1]:
            cells.pop()
        rows.append(cells)
        size += sum(map(len, cells)) + len(cells)
        if size > MAX_BYTES:
            refuse_bytes(size)
        refuse_shape(len(rows), len(cells))
    while rows and not rows[-1]:
        rows.pop()
    return rows


def _sound(rows: Iterator[list[str]]) -> Iterator[list[str]]:
    """The same rows; TableError where the sheet is spoiled on the way."""
    while True:
        try:
            cells = next(rows, None)
        except DAMAGED as error:
            raise _damaged(error) from None
        if cells is None:
            return
        yield cells


def _cells_of(sheet: Any) -> Iterator[list[str]]:
    """The cells of each row as text; whole numbers with the zeros that their format shows."""
    formats = {key for key in getattr(sheet.parent, "_number_formats", []) if ZEROS.fullmatch(key)}
    if not formats:  # faster by far, and nearly always so
        yield from ([cell_text(cell) for cell in row] for row in sheet.iter_rows(values_only=True))
        return
    for row in sheet.iter_rows():
        yield [
            cell_text(cell.value).zfill(len(cell.number_format))
            if cell.number_format in formats and cell_text(cell.value).isdigit()
            else cell_text(cell.value)
            for cell in row
        ]


def cell_text(cell: object) -> str:
    """One cell as a person reads it: whole numbers without ``.0``, dates as ISO.

    >>> cell_text(5.0), cell_text(True), cell_text(None), cell_text(dt.datetime(2024, 1, 31))
    ('5', 'TRUE', '', '2024-01-31')
    """
    if cell is None:
        return ""
    if isinstance(cell, bool):
        return "TRUE" if cell else "FALSE"
    if isinstance(cell, float) and cell.is_integer() and abs(cell) < 1e15:
        return str(int(cell))
    if isinstance(cell, dt.datetime):
        return cell.date().isoformat() if cell.time() == dt.time() else cell.isoformat(" ")
    text = str(cell)
    return _as_meant(text) if "_x" in text else text


def _as_meant(text: str) -> str:
    """Signs that a workbook cannot hold as they are, from ``_xHHHH_``; NUL is left out.

    >>> _as_meant("a_x000D_\\nb"), _as_meant("_x005F_x000D_"), _as_meant("max_x12_y")
    ('a\\nb', '_x000D_', 'max_x12_y')
    """
    text = ESCAPED.sub(lambda match: chr(int(match[1], 16)), text)
    text = text.encode("utf-16", "surrogatepass").decode("utf-16", "replace")
    return text.replace("\r\n", "\n").replace("\r", "\n").replace("\x00", "")


def _table(rows: list[list[str]], header: Header, merges: list[Merge]) -> RawTable:
    left = min((next((i for i, c in enumerate(r) if c), len(r)) for r in rows if r), default=0)
    rows = [row[left:] for row in rows]
    head = _head(rows)
    width = max((len(r) for r in rows), default=0)
    counts = sorted(len(r.fields) for r in head)
    usual = counts[len(counts) // 2] if counts else 0
    n_fields = max(usual, 1)
    full = next((i for i, r in enumerate(head) if len(r.fields) >= n_fields), 0)
    width = max([n_fields, *(len(row) for row in rows[head[full].line - 1 :])]) if head else width
    padded = [Record(_pad(r.fields, width), r.line, 0, 0) for r in head]
    layout = find_layout(padded, width, header)
    first_line = padded[layout.first].line if layout.first < len(padded) else len(rows) + 1
    notices = list(layout.notices)
    end = other_table(rows, first_line - 1) if header == "auto" else None
    if end is not None:
        names_there = ", ".join(rows[end][:4])
        notices.append(
            f"Another table begins on line {end + 1} ({names_there}): only the one above was read."
        )
        rows = rows[:end]
    filled = fill_down(rows, merges, first_line - 1, left)
    if filled:
        what = "1 blank cell" if filled == 1 else f"{filled:,} blank cells"
        notices.append(f"{what} got the text of the merged cell that they belong to.")
    names = layout.names or [""] * width
    columns = columns_of(_body(rows, first_line, width), width)
    dialect = Dialect(header_line=layout.header_line)
    raw = RawTable(names, columns[: len(names)], dialect, notices)
    raw.header = header_choice(padded, width, header, layout)
    raw.lines = Lines.of_each(
        line for line, row in enumerate(rows, 1) if row and line >= first_line
    )
    return raw


def _lines_in_cells(rows: list[list[str]], header: Header) -> RawTable | None:
    """A CSV whose lines stand in one cell each, as Excel shows those of another country."""
    if len(rows) < 3 or any(len(row) > 1 for row in rows):
        return None
    text = "\n".join(row[0] if row else "" for row in rows)
    split = find_delimiter(text[:HEAD_CHARS])
    # A choice: sentences with commas agree in fewer records.
    if split.delimiter not in USUAL or split.agree < 0.9:
        return None
    raw = read_csv(Decoded(text.encode(), "utf-8"), CsvWishes(header=header), lambda share: None)
    raw.notices.insert(0, "Every row stands in one cell; its text was split into columns.")
    return raw


def _head(rows: Sequence[list[str]]) -> list[Record]:
    """The first rows with a cell, wherever in the sheet they begin."""
    at = next((i for i, row in enumerate(rows) if row), 0)
    some = enumerate(rows[at : at + HEAD_RECORDS * 2], at + 1)
    return [Record(row, line, 0, 0) for line, row in some if row][:HEAD_RECORDS]


def _pad(cells: list[str], width: int) -> list[str]:
    return cells + [""] * (width - len(cells))


def _body(rows: Sequence[list[str]], first_line: int, width: int) -> Iterator[list[str]]:
    for row in rows[first_line - 1 :]:
        if row:
            yield _pad(row, width)
