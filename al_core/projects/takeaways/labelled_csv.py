"""The labelled CSV: the original cells untouched, and what was learned beside them."""

from __future__ import annotations

import codecs
import re
from collections.abc import Mapping
from dataclasses import replace
from typing import Any

import numpy as np
import pandas as pd
import pyarrow as pa
import pyarrow.compute as pc

from al_core.progress import Step
from al_core.tables import Table
from al_core.tables.formats.exports.own.formulas import without_formulas as without_formulas
from al_core.tables.formats.exports.own.names import COLUMNS, NOTE, beside, own_columns

# Rows written at once; a choice, so that the bar moves and stopping is heard.
_CHUNK = 20_000


def labelled_csv(
    table: Table,
    labels: pd.DataFrame,
    predictions: pd.DataFrame,
    notes: Mapping[int, str],
    step: Step = float,
    *,
    label_column: str | None = None,
) -> bytes:
    """The file's rows with seven columns more, as UTF-8 with BOM, split as the file was.

    labels: as ``Project.labels()``; predictions: as ``Project.predictions()``, used for rows
    without a label; notes: text by row, a column of their own where there is one. ``step`` hears
    the share that is done. Where ``label_column`` is one that this app had added, the file goes on
    with an earlier one: the new columns take the place of all that were added before, with who
    answered, when, and the notes.
    """
    before = None if label_column not in own_columns(table.columns) else label_column
    if before is not None:
        labels, notes = _gone_on(table, before, labels), _notes_before(table, before) | {**notes}
        table = _without(table, own_columns(table.columns))
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


def _without(table: Table, columns: list[str]) -> Table:
    return replace(
        table, frame=table.frame.drop(columns=columns), text=table.text.drop(columns=columns)
    )


def _gone_on(table: Table, before: str, labels: pd.DataFrame) -> pd.DataFrame:
    """Labels of the file with who gave them and when, as it stands beside them."""
    labels = labels.astype({"at": object})
    ours = labels["source"] == "file"
    rows = labels.loc[ours, "row"]
    for name in ("source", "by", "at", "purpose"):
        column = beside(before, "al_time" if name == "at" else f"al_{name}")
        if column not in table.text:
            continue
        cells = table.text[column].iloc[rows].to_numpy(dtype=object)
        kept = labels.loc[ours, name].to_numpy(dtype=object)
        labels.loc[ours, name] = np.where(cells != "", cells, kept)
    return labels


def _notes_before(table: Table, before: str) -> dict[int, str]:
    column = beside(before, NOTE)
    cells = table.text[column] if column in table.text else pd.Series([], dtype=object)
    return {row: str(text) for row, text in enumerate(cells) if text}


def _added(
    n: int, labels: pd.DataFrame, predictions: pd.DataFrame, notes: Mapping[int, str]
) -> list[Any]:
    rows = labels["row"].to_numpy()
    added: dict[str, Any] = {name: np.full(n, "", dtype=object) for name in COLUMNS}
    for name in ("label", "source", "by", "purpose"):
        added[f"al_{name}"][rows] = labels[name].to_numpy(dtype=object)
    added["al_time"][rows] = [_moment(at) for at in labels["at"]]
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


def _moment(at: object) -> str:
    """A moment as it is written; one that stood in the file stays as it was."""
    return at if isinstance(at, str) else f"{at:%Y-%m-%dT%H:%M:%SZ}"
