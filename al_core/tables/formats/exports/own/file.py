"""A labelled file of this app read back as it was written: nothing guessed, every cell as it was.

The bulk reader and all that is guessed about other files would trim, mend and leave out: a row of
blanks at the end, a title, a note. Here the first line says how the file was written.
"""

from __future__ import annotations

import codecs
import csv
import io
import re
from collections.abc import Sequence
from typing import Any

import pyarrow as pa
import pyarrow.csv as pv

from al_core.tables.formats.exports.own.formulas import with_formulas
from al_core.tables.formats.exports.own.names import COLUMNS, LABEL, NOTE, SOURCE, beside
from al_core.tables.raw import RawTable
from al_core.tables.sources.content import Buffer
from al_core.tables.sources.limits import refuse_shape
from al_core.tables.table import Dialect, Lines

_SPLIT = re.compile(rf"{LABEL}(?:_\d+)?(.){SOURCE}(?:_\d+)?(?:\1|\s*$)")
# Bytes of the line of names, and of a block of the reader, which must hold a whole row. Choices:
# 20,000 long names; the block in which columns are typed fastest, and one for very long cells.
_LONGEST = 4_000_000
_BLOCKS = (1 << 21, 1 << 26)


def read_own(data: Buffer) -> RawTable | None:
    """The table in a file that ``labelled_csv`` wrote; None for every other file."""
    if bytes(data[:3]) != codecs.BOM_UTF8:
        return None
    end = data.find(b"\n", 0, _LONGEST)
    try:
        line = bytes(data[3:end]).decode().removesuffix("\r")
    except UnicodeDecodeError:
        return None
    found = _SPLIT.search(line)
    if end < 0 or found is None:
        return None
    names = next(csv.reader([line], delimiter=found[1]), [])
    if not _ends_with_ours(names):
        return None
    columns = _columns(memoryview(data)[end + 1 :], len(names), found[1])
    if columns is None:
        return None
    plain = with_formulas(pa.array(names, pa.large_string())).to_pylist()
    dialect = Dialect(encoding="utf-8-sig", delimiter=found[1])
    cells = [with_formulas(column) for column in columns]
    return RawTable(plain, cells, dialect, first_line=2, lines=Lines(((0, 2),)), is_own=True)


def _ends_with_ours(names: Sequence[str]) -> bool:
    """Whether the last columns are all those that a labelled file has, in order."""
    added = names[:-1] if names[-1:] and names[-1].startswith(NOTE) else names
    label = added[-len(COLUMNS)] if len(added) >= len(COLUMNS) else ""
    if not label.startswith(LABEL):
        return False
    ours = [beside(label, name) for name in COLUMNS]
    return added[-len(ours) :] == ours and names[len(added) :] in ([], [beside(label, NOTE)])


def _columns(rows: memoryview, n_fields: int, delimiter: str) -> list[Any] | None:
    """Every cell as it stands; None where a row has another number of fields, as after editing."""
    if not delimiter.isascii():
        return _one_by_one(rows, n_fields, delimiter)
    for block in _BLOCKS:
        try:
            table = _in_blocks(rows, n_fields, delimiter, block)
        except pa.ArrowInvalid:
            continue
        refuse_shape(table.num_rows, n_fields)
        return list(table.columns)
    return None


def _in_blocks(rows: memoryview, n_fields: int, delimiter: str, block: int) -> Any:
    names = [str(place) for place in range(n_fields)]
    return pv.read_csv(
        pa.BufferReader(pa.py_buffer(rows)),
        read_options=pv.ReadOptions(column_names=names, block_size=block),
        parse_options=pv.ParseOptions(
            delimiter=delimiter, newlines_in_values=True, ignore_empty_lines=False
        ),
        convert_options=pv.ConvertOptions(
            column_types=dict.fromkeys(names, pa.large_string()), strings_can_be_null=False
        ),
    )


def _one_by_one(rows: memoryview, n_fields: int, delimiter: str) -> list[Any] | None:
    """The same by Python's own reader, for a delimiter that the fast one does not take."""
    text = io.StringIO(bytes(rows).decode("utf-8", "replace"), newline="")
    cells = list(csv.reader(text, delimiter=delimiter))
    if any(len(row) != n_fields for row in cells):
        return None
    arrays = (pa.array(column, pa.large_string()) for column in zip(*cells, strict=True))
    return [pa.chunked_array([array]) for array in arrays] or None
