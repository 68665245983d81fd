"""The labelled CSV: the original cells untouched, and what was learned beside them."""

from __future__ import annotations

import io
from typing import Any

import numpy as np
import pandas as pd
import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.csv

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
_BOM = b"\xef\xbb\xbf"
_STARTS = "^[=+\\-@\t\r]"
# A sign alone, or a number with any grouping, is no formula; everything else might be one.
_HARMLESS = r"^[+-]?([0-9][0-9.,' ]*)?([eE][+-]?[0-9]+)?\s?%?$"


def labelled_csv(table: Table, labels: pd.DataFrame, predictions: pd.DataFrame) -> bytes:
    """The file's rows with seven columns more, as UTF-8 with BOM, split as the file was.

    labels: as ``Project.labels()``; predictions: as ``Project.predictions()``, used for rows
    without a label.
    """
    columns: dict[str, Any] = {n: pa.array(table.text[n].array) for n in table.columns}
    added = _added(table.n_rows, labels, predictions)
    names = free_names(table.columns)
    columns.update({name: pa.array(added[key]) for key, name in zip(COLUMNS, names, strict=True)})
    safe = pa.table({name: without_formulas(cells) for name, cells in columns.items()})
    delimiter = table.dialect.delimiter or ","
    options = pa.csv.WriteOptions(
        include_header=False,
        delimiter=delimiter if len(delimiter) == 1 else ",",
        quoting_style="needed",
    )
    out = io.BytesIO()
    out.write(_BOM)
    out.write(_header(list(columns), options.delimiter))
    pa.csv.write_csv(safe, out, options)
    return out.getvalue()


def free_names(taken: list[str]) -> list[str]:
    """The names of the added columns, all with the same suffix where one is taken.

    >>> free_names(["id", "al_label"])[:2]
    ['al_label_2', 'al_source_2']
    """
    names, number = list(COLUMNS), 2
    while set(names) & set(taken):
        names, number = [f"{name}_{number}" for name in COLUMNS], number + 1
    return names


def without_formulas(cells: Any) -> Any:
    """Cells (Arrow text) with an apostrophe before those that a spreadsheet would run.

    That is a cell which begins with = + - @ tab or return, unless it is a plain number or a sign
    alone.

    >>> without_formulas(pa.array(["=1+1", "-12,5", "-", "@SUM(A1)", "a"])).to_pylist()
    ["'=1+1", '-12,5', '-', "'@SUM(A1)", 'a']
    """
    text = pc.fill_null(cells, "")
    risky = pc.and_not(
        pc.match_substring_regex(text, _STARTS), pc.match_substring_regex(text, _HARMLESS)
    )
    escaped = pc.binary_join_element_wise("'", text, "")
    return pc.if_else(risky, escaped, text)


def _added(n: int, labels: pd.DataFrame, predictions: pd.DataFrame) -> dict[str, list[str]]:
    rows = labels["row"].to_numpy()
    added: dict[str, Any] = {name: np.full(n, "", dtype=object) for name in COLUMNS}
    for name in ("label", "source", "by", "purpose"):
        added[f"al_{name}"][rows] = labels[name].to_numpy(dtype=object)
    added["al_time"][rows] = labels["at"].dt.strftime("%Y-%m-%dT%H:%M:%SZ").to_numpy(dtype=object)
    open_rows = predictions["prediction"].notna().to_numpy()
    open_rows[rows] = False
    best = predictions["prediction"].to_numpy(dtype=object)
    sure = predictions["confidence"].to_numpy()
    added["al_prediction"][open_rows] = best[open_rows]
    added["al_confidence"][open_rows] = [f"{value:.4f}" for value in sure[open_rows]]
    return {name: cells.tolist() for name, cells in added.items()}


def _header(names: list[str], delimiter: str) -> bytes:
    cells = without_formulas(pa.array(names)).to_pylist()
    special = (delimiter, '"', "\n", "\r")
    quoted = [
        '"' + cell.replace('"', '""') + '"' if any(c in cell for c in special) else cell
        for cell in cells
    ]
    return (delimiter.join(quoted) + "\n").encode("utf-8")
