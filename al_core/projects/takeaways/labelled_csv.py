"""The labelled CSV: the original cells untouched, and what was learned beside them."""

from __future__ import annotations

import codecs
import re
from collections.abc import Mapping
from typing import Any

import numpy as np
import pandas as pd
import pyarrow as pa
import pyarrow.compute as pc

from al_core.progress import Step
from al_core.tables import Table

COLUMNS = (
    "al_label",
    "al_source",
    "al_by",
    "al_time",
    "al_purpose",
    "al_prediction",
    "al_confidence",
)
NOTE = "al_note"
# Rows written at once; a choice, so that the bar moves and stopping is heard.
_CHUNK = 20_000
_STARTS = pa.array([*"=+-@\t\r"], pa.large_string())
# A sign alone, or a number with any grouping, is no formula; everything else might be one.
_HARMLESS = r"^[+-]?([0-9][0-9.,' ]*)?([eE][+-]?[0-9]+)?\s?%?$"


def labelled_csv(
    table: Table,
    labels: pd.DataFrame,
    predictions: pd.DataFrame,
    notes: Mapping[int, str],
    step: Step = float,
) -> bytes:
    """The file's rows with seven columns more, as UTF-8 with BOM, split as the file was.

    labels: as ``Project.labels()``; predictions: as ``Project.predictions()``, used for rows
    without a label; notes: text by row, a column of their own where there is one. ``step`` hears
    the share that is done.
    """
    delimiter = table.dialect.delimiter or ","
    delimiter = delimiter if len(delimiter) == 1 else ","
    added = _added(table.n_rows, labels, predictions, notes)
    names = [*table.columns, *free_names(table.columns)[: len(added)]]
    parts = [codecs.BOM_UTF8, csv_lines([pa.array([name]) for name in names], delimiter)]
    for start in range(0, table.n_rows, _CHUNK):
        rows = table.text.iloc[start : start + _CHUNK]
        cells = [pa.array(rows[name].array) for name in table.columns]
        cells += [pa.array(column[start : start + _CHUNK]) for column in added]
        parts.append(csv_lines(cells, delimiter))
        step(min(1.0, (start + _CHUNK) / table.n_rows))
    return b"".join(parts)


def csv_lines(columns: list[Any], delimiter: str) -> bytes:
    """Lines of CSV (UTF-8) from columns of text (Arrow), without formulas, quoted where needed.

    >>> csv_lines([pa.array(["a", "=1"]), pa.array(["b", "c, d"])], ",").splitlines()
    [b'a,b', b'\\'=1,"c, d"']
    """
    cells = [_quoted(without_formulas(column), delimiter) for column in columns]
    lines = pc.binary_join_element_wise(*cells, _text(delimiter))
    ended = pc.binary_join_element_wise(lines, _text(""), _text("\n"))
    if isinstance(ended, pa.ChunkedArray):
        ended = ended.combine_chunks()
    _, offsets, letters = ended.buffers()
    begin, end = np.frombuffer(offsets, np.int64)[[0, len(ended)]]
    return bytes(letters[begin:end])


def _quoted(cells: Any, delimiter: str) -> Any:
    needs = pc.match_substring_regex(cells, f'["\r\n{re.escape(delimiter)}]')
    if not pc.any(needs).as_py():
        return cells
    doubled = pc.replace_substring(cells, '"', '""')
    quote = _text('"')
    return pc.if_else(needs, pc.binary_join_element_wise(quote, doubled, quote, _text("")), cells)


def _text(letters: str) -> Any:
    return pa.scalar(letters, pa.large_string())


def free_names(taken: list[str]) -> list[str]:
    """The names of the added columns, the note's last, all with a suffix where one is taken.

    >>> free_names(["id", "al_label"])[:2]
    ['al_label_2', 'al_source_2']
    """
    plain = [*COLUMNS, NOTE]
    names, number = plain, 2
    while set(names) & set(taken):
        names, number = [f"{name}_{number}" for name in plain], number + 1
    return names


def without_formulas(cells: Any) -> Any:
    """Cells (Arrow text) with an apostrophe before those that a spreadsheet would run.

    That is a cell which begins with = + - @ tab or return, unless it is a plain number or a sign
    alone.

    >>> without_formulas(pa.array(["=1+1", "-12,5", "-", "@SUM(A1)", "a"])).to_pylist()
    ["'=1+1", '-12,5', '-', "'@SUM(A1)", 'a']
    """
    text = pc.fill_null(pc.cast(cells, pa.large_string()), "")
    risky = pc.is_in(pc.utf8_slice_codeunits(text, 0, 1), _STARTS)
    if not pc.any(risky).as_py():
        return text
    risky = pc.and_not(risky, pc.match_substring_regex(text, _HARMLESS))
    return pc.if_else(risky, pc.binary_join_element_wise(_text("'"), text, _text("")), text)


def _added(
    n: int, labels: pd.DataFrame, predictions: pd.DataFrame, notes: Mapping[int, str]
) -> list[Any]:
    rows = labels["row"].to_numpy()
    added: dict[str, Any] = {name: np.full(n, "", dtype=object) for name in COLUMNS}
    for name in ("label", "source", "by", "purpose"):
        added[f"al_{name}"][rows] = labels[name].to_numpy(dtype=object)
    added["al_time"][rows] = labels["at"].dt.strftime("%Y-%m-%dT%H:%M:%SZ").to_numpy(dtype=object)
    open_rows = predictions["prediction"].notna().to_numpy(copy=True)
    open_rows[rows] = False
    best = predictions["prediction"].to_numpy(dtype=object)
    sure = predictions["confidence"].to_numpy()
    added["al_prediction"][open_rows] = best[open_rows]
    added["al_confidence"][open_rows] = [f"{value:.4f}" for value in sure[open_rows]]
    if notes:
        added[NOTE] = np.full(n, "", dtype=object)
        added[NOTE][list(notes)] = list(notes.values())
    return list(added.values())
