"""Columns of text as lines of CSV, where a file cannot be written as it came."""

from __future__ import annotations

import codecs
import re
from collections.abc import Sequence
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from al_core.tables.formats.exports.own.formulas import without_formulas
from al_core.tables.table import BadRow


def csv_lines(columns: list[Any], delimiter: str, *, defused: bool = True) -> bytes:
    """Lines of CSV (UTF-8) from columns of text (Arrow), quoted where needed.

    ``defused``: without formulas, so that a spreadsheet can open it.

    >>> csv_lines([pa.array(["a", "=1"]), pa.array(["b", "c, d"])], ",").splitlines()
    [b'a,b', b'\\'=1,"c, d"']
    """
    plain = [without_formulas(column) if defused else _as_text(column) for column in columns]
    cells = [_quoted(column, delimiter) for column in plain]
    lines = pc.binary_join_element_wise(*cells, _text(delimiter))
    ended = pc.binary_join_element_wise(lines, _text(""), _text("\n"))
    if isinstance(ended, pa.ChunkedArray):
        ended = ended.combine_chunks()
    _, offsets, letters = ended.buffers()
    begin, end = np.frombuffer(offsets, np.int64)[[0, len(ended)]]
    return bytes(letters[begin:end])


def bad_rows_csv(bad_rows: Sequence[BadRow]) -> bytes:
    r"""Lines that were left out, as CSV: number, fault, text (UTF-8 with BOM, without formulas).

    >>> bad_rows_csv([BadRow(21, "=a,b", "2 fields")]).decode("utf-8-sig").split()
    ['line,problem,text', '21,2', 'fields,"\'=a,b"']
    """
    columns = [
        ["line", *(str(bad.line) for bad in bad_rows)],
        ["problem", *(bad.problem for bad in bad_rows)],
        ["text", *(bad.text for bad in bad_rows)],
    ]
    return codecs.BOM_UTF8 + csv_lines(
        [pa.array(cells, pa.large_string()) for cells in columns], ","
    )


def _as_text(cells: Any) -> Any:
    return pc.fill_null(pc.cast(cells, pa.large_string()), "")


def _quoted(cells: Any, delimiter: str) -> Any:
    needs = pc.match_substring_regex(cells, f'["\r\n{re.escape(delimiter)}]')
    if not pc.any(needs).as_py():
        return cells
    doubled = pc.replace_substring(cells, '"', '""')
    quote = _text('"')
    return pc.if_else(needs, pc.binary_join_element_wise(quote, doubled, quote, _text("")), cells)


def _text(letters: str) -> Any:
    return pa.scalar(letters, pa.large_string())
