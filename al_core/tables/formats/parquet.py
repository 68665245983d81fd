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


def read_parquet(data: Buffer) -> RawTable:
    """Every column as text; nested ones as JSON."""
    try:
        file = pq.ParquetFile(pa.BufferReader(pa.py_buffer(data)))
        refuse_shape(file.metadata.num_rows, file.metadata.num_columns)
        table = file.read()
    except (pa.ArrowException, OSError, ValueError) as error:
        raise TableError(
            f"The Parquet file is damaged and cannot be read ({_first_line(error)}). "
            "Write or download it again."
        ) from None
    names = [str(name) for name in table.column_names]
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
    except (pa.ArrowInvalid, pa.ArrowNotImplementedError):
        cells = [_one(cell) for cell in column.to_pylist()]
        return pa.chunked_array([pa.array(cells, type=pa.large_string())])
    return _without_nul(pc.fill_null(text, ""))


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
