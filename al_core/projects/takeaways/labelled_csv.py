"""The labelled CSV for spreadsheets: cells as they came, formulas defused, the record behind."""

from __future__ import annotations

import codecs
from collections.abc import Mapping, Sequence

import pandas as pd
import pyarrow as pa

from al_core.progress import Step
from al_core.projects.takeaways.outcome import Given, Outcome, outcome_of
from al_core.tables import Table
from al_core.tables.formats.exports.own.formulas import without_formulas as without_formulas
from al_core.tables.formats.exports.own.names import COLUMNS as COLUMNS
from al_core.tables.formats.writing.lines import csv_lines as csv_lines

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

    Of :class:`~al_core.projects.takeaways.outcome.Given` what stands behind the rows; the person's
    own columns stay as they came.
    """
    found = outcome_of(Given(table, labels, predictions, notes, label_column=label_column))
    return in_lines(found.table, [(k, v.tolist()) for k, v in found.record.items()], step)


def in_lines(
    table: Table,
    behind: Sequence[tuple[str, Sequence[str]]],
    step: Step = float,
    changed: Mapping[str, Mapping[int, str]] | None = None,
    defused: bool = True,
) -> bytes:
    """A table's cells as CSV, split as the file was, with columns behind it.

    changed: new cells by column and row. defused: without formulas and with a BOM, as a
    spreadsheet wants it.
    """
    delimiter = table.dialect.delimiter or ","
    delimiter = delimiter if len(delimiter) == 1 else ","
    names = [*table.columns, *(name for name, _ in behind)]
    mark = codecs.BOM_UTF8 if defused else b""
    parts = [mark, csv_lines([pa.array([name]) for name in names], delimiter, defused=defused)]
    text = table.text
    for name, cells in (changed or {}).items():
        text = text.copy(deep=False)
        text[name] = _with_cells(text[name], cells)
    for start in range(0, table.n_rows, _CHUNK):
        rows = text.iloc[start : start + _CHUNK]
        columns = [pa.array(rows[name].array) for name in table.columns]
        columns += [pa.array(cells[start : start + _CHUNK]) for _, cells in behind]
        parts.append(csv_lines(columns, delimiter, defused=defused))
        step(min(1.0, (start + _CHUNK) / table.n_rows))
    return b"".join(parts)


def _with_cells(column: pd.Series[str], cells: Mapping[int, str]) -> pd.Series[str]:
    changed = column.to_numpy(dtype=object, copy=True)
    changed[list(cells)] = list(cells.values())
    return pd.Series(changed, index=column.index)


def behind_rows(found: Outcome, *, with_record: bool) -> list[tuple[str, Sequence[str]]]:
    """The columns behind the person's own: a new final column, then the record."""
    columns: list[tuple[str, Sequence[str]]] = []
    if not found.final.of_file:
        cells = [""] * found.table.n_rows
        for row, cell in found.final.cells.items():
            cells[row] = cell
        columns.append((found.final.name, cells))
    if with_record:
        columns += [(name, cells.tolist()) for name, cells in found.record.items()]
    return columns
