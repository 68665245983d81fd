"""A typed frame as a workbook: header frozen, filters on, and no text that is run as a formula."""

from __future__ import annotations

import io
import re
from collections.abc import Iterator
from typing import Any

import numpy as np
import pandas as pd
from openpyxl import Workbook
from openpyxl.cell import WriteOnlyCell
from openpyxl.styles import Font
from openpyxl.utils import get_column_letter

from al_core.errors import TableError
from al_core.progress import Step

# Limits of Excel: rows of a sheet (one is the header), columns, letters of a cell. Its calendar
# begins in 1900, and it keeps 15 digits of a number.
MOST_ROWS, MOST_COLUMNS, MOST_LETTERS = 1_048_575, 16_384, 32_767
_FIRST_YEAR, _EXACT = 1900, 10**15
_ILLEGAL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]|[\ud800-\udfff]")
# Signs of a column's width on the screen: its narrowest and widest; choices.
_NARROW, _WIDE = 8, 60
# Rows written between two looks at whether to stop; a choice.
_CHUNK = 5_000


def as_workbook(frame: pd.DataFrame, step: Step = float) -> bytes:
    """The frame as an xlsx file. Raises TableError where a sheet cannot hold it."""
    if len(frame) > MOST_ROWS or frame.shape[1] > MOST_COLUMNS:
        raise TableError(
            f"A sheet of Excel holds {MOST_ROWS:,} rows and {MOST_COLUMNS:,} columns; this table "
            f"has {len(frame):,} and {frame.shape[1]:,}. Choose CSV or Parquet."
        )
    book = Workbook(write_only=True)
    sheet = book.create_sheet("Rows")
    sheet.freeze_panes = "A2"
    last = f"{get_column_letter(frame.shape[1])}{len(frame) + 1}"
    sheet.auto_filter.ref = f"A1:{last}"
    for place, width in enumerate(_widths(frame), start=1):
        sheet.column_dimensions[get_column_letter(place)].width = width
    bold = Font(bold=True)
    names = [_text(sheet, str(name)) for name in frame.columns]
    for cell in names:
        cell.font = bold
    sheet.append(names)
    for number, row in enumerate(_rows(frame, sheet)):
        sheet.append(row)
        if number % _CHUNK == 0:
            step(number / max(1, len(frame)))
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def _rows(frame: pd.DataFrame, sheet: Any) -> Iterator[list[Any]]:
    columns = [_column(frame[name], sheet) for name in frame.columns]
    return (list(row) for row in zip(*columns, strict=True))


def _column(column: pd.Series[Any], sheet: Any) -> Iterator[Any]:
    kind = column.dtype.kind
    if kind == "M":
        return _moments(column, sheet)
    if kind in "iufb":
        return (_number(sheet, value) for value in column.tolist())
    return (None if pd.isna(value) else _text(sheet, str(value)) for value in column.tolist())


def _number(sheet: Any, value: Any) -> Any:
    """A number; text where Excel would lose digits, nothing where it is none."""
    if isinstance(value, float):
        if not np.isfinite(value):
            return None
        return int(value) if value.is_integer() and abs(value) < _EXACT else value
    return value if abs(value) < _EXACT else _text(sheet, str(value))


def _text(sheet: Any, text: str) -> Any:
    """A cell that stays text whatever it begins with."""
    cell = WriteOnlyCell(sheet)
    cell.value = _ILLEGAL.sub("\ufffd", text)[:MOST_LETTERS]
    cell.data_type = "s"
    return cell


def _moments(column: pd.Series[Any], sheet: Any) -> Iterator[Any]:
    if column.dt.tz is not None:
        column = column.dt.tz_convert("UTC").dt.tz_localize(None)
    whole_days = bool((column.dropna().dt.normalize() == column.dropna()).all())
    written = "yyyy-mm-dd" if whole_days else "yyyy-mm-dd hh:mm:ss"
    for value in column.tolist():
        if pd.isna(value):
            yield None
        elif value.year < _FIRST_YEAR:
            yield _text(sheet, str(value))
        else:
            cell = WriteOnlyCell(sheet, value.to_pydatetime(warn=False))
            cell.number_format = written
            yield cell


def _widths(frame: pd.DataFrame) -> list[int]:
    """Room for the name and for most of the first cells."""
    head = frame.head(200)
    found = []
    for name in frame.columns:
        lengths = head[name].astype(str).str.len()
        usual = float(lengths.quantile(0.9)) if len(lengths) else 0.0
        found.append(int(min(_WIDE, max(_NARROW, usual + 2, len(str(name)) + 4))))
    return found
