"""The labelled CSV: the original cells untouched, and what was learned beside them."""

from __future__ import annotations

import csv
import io
from typing import Any

import numpy as np
import pandas as pd
import pyarrow as pa
import pyarrow.compute as pc

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
_CHUNK = 20_000
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
    safe = [without_formulas(cells) for cells in columns.values()]
    delimiter = table.dialect.delimiter or ","
    out = io.StringIO(newline="")
    writer = csv.writer(
        out, delimiter=delimiter if len(delimiter) == 1 else ",", lineterminator="\n"
    )
    writer.writerow(without_formulas(pa.array(list(columns))).to_pylist())
    for start in range(0, table.n_rows, _CHUNK):
        writer.writerows(zip(*(c.slice(start, _CHUNK).to_pylist() for c in safe), strict=True))
    return out.getvalue().encode("utf-8-sig")


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
    text = pc.fill_null(pc.cast(cells, pa.large_string()), "")
    risky = pc.and_not(
        pc.match_substring_regex(text, _STARTS), pc.match_substring_regex(text, _HARMLESS)
    )
    mark, nothing = (pa.scalar(part, pa.large_string()) for part in ("'", ""))
    escaped = pc.binary_join_element_wise(mark, text, nothing)
    return pc.if_else(risky, escaped, text)


def _added(n: int, labels: pd.DataFrame, predictions: pd.DataFrame) -> dict[str, list[str]]:
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
    return {name: cells.tolist() for name, cells in added.items()}
