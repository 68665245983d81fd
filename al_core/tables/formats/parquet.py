"""Parquet files as columns of text."""

from __future__ import annotations

import json
from typing import Any

import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq

from al_core.errors import TableError
from al_core.tables.raw import RawTable
from al_core.tables.sources.content import Buffer
from al_core.tables.sources.limits import refuse_shape
from al_core.tables.table import Dialect

UNSAYABLE = (OverflowError, ValueError, LookupError, pa.ArrowTypeError, pa.ArrowNotImplementedError)
"""What Arrow raises for values that Python has not: later days, longer spans, unknown zones."""


def read_parquet(data: Buffer) -> RawTable:
    """Every column as text; nested ones as JSON."""
    try:
        file = pq.ParquetFile(pa.BufferReader(pa.py_buffer(data)))
        refuse_shape(file.metadata.num_rows, file.metadata.num_columns)
        table = file.read()
        names = [str(name) for name in table.column_names]
    except MemoryError:  # Arrow's own is an ArrowException too, and no damage
        raise
    except (pa.ArrowException, OSError, ValueError) as error:
        raise TableError(
            f"The Parquet file is damaged and cannot be read ({_first_line(error)}). "
            "Write or download it again."
        ) from None
    columns = [_as_text(column) for column in table.columns]
    return RawTable(names, columns, Dialect(kind="parquet", delimiter=None, header_line=None))


def _first_line(error: BaseException) -> str:
    return str(error).split("\n", 1)[0][:200]


def _as_text(column: Any) -> Any:
    if pa.types.is_dictionary(column.type):
        column = column.cast(column.type.value_type)
    try:
        if pa.types.is_floating(column.type):
            column = _floats(column)
        text = column.cast(pa.large_string())
        text.validate(full=True)  # bytes that are no UTF-8 are called a string by some writers
    except (pa.ArrowInvalid, pa.ArrowNotImplementedError):
        cells = [_one(cell) for cell in _values(column)]
        return pa.chunked_array([pa.array(cells, type=pa.large_string())])
    return _without_nul(pc.fill_null(text, ""))


def _values(column: Any) -> list[object]:
    """The cells as Python has them; those it has no value for, as text."""
    if pa.types.is_string(column.type) or pa.types.is_large_string(column.type):
        column = column.cast(pa.large_binary())
    try:
        return list(column.to_pylist())
    except UNSAYABLE:
        return [_value(cell) for cell in column]


def _value(cell: Any) -> object:
    """One cell and all inside it: a day beyond the year 9999 is one that Python cannot say."""
    if not cell.is_valid:
        return None
    if isinstance(cell, pa.StructScalar):
        return {name: _value(cell[i]) for i, name in enumerate(f.name for f in cell.type)}
    if isinstance(cell, pa.MapScalar):
        return [[_value(pair[0]), _value(pair[1])] for pair in cell.values]
    if isinstance(cell, pa.ListScalar):  # of any kind: large and fixed ones too
        return [_value(inner) for inner in cell.values]
    try:
        return cell.as_py()
    except UNSAYABLE:
        return _in_words(cell)


def _in_words(cell: Any) -> str:
    """A cell as Arrow writes it; a time of a zone that nobody knows, in that of Greenwich."""
    if pa.types.is_timestamp(cell.type) and cell.type.tz:
        cell = cell.cast(pa.timestamp(cell.type.unit, "UTC"))
    return str(cell.cast(pa.string()).as_py())


def _floats(column: Any) -> Any:
    """Whole numbers without the ``.0`` that a missing cell forced on them."""
    whole = pc.all(pc.equal(pc.floor(column), column), min_count=0).as_py()
    small = (pc.max(pc.abs(column)).as_py() or 0) < 2**53
    return column.cast(pa.int64()) if whole and small else column


def _without_nul(text: Any) -> Any:
    return pc.replace_substring(text, "\x00", "")


def _one(cell: object) -> str:
    if cell is None:
        return ""
    if isinstance(cell, bytes):
        return cell.decode("utf-8", "replace").replace("\x00", "")
    if isinstance(cell, dict | list):
        return json.dumps(cell, ensure_ascii=False, default=str).replace("\x00", "")
    return str(cell).replace("\x00", "")
