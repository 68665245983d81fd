"""Another file of the same columns, taken as the first one was: its roles, its decimal sign.

A file is read by what stands in it, so that a column of another file may come out otherwise
(``1.234`` is a number with thousands in the one and with decimals in the other). What a model has
learned from holds for the new file as well; where that does not work out, it is said.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np
import pandas as pd
import pyarrow as pa
import pyarrow.compute as pc

from al_core.errors import TableError
from al_core.tables.cells.numbers import written_as_number
from al_core.tables.cells.typed import type_column
from al_core.tables.columns.roles import Role
from al_core.tables.features.transformers import as_texts
from al_core.tables.table import Table
from al_core.wording import count, listed, of_100, short

READ = ("number", "category", "text", "date", "pixels")
"""Kinds of columns that a model learns from."""
# Different values that are remembered of a column; a choice: more are no categories.
MOST_VALUES = 1_000
# Shares of a column from which on it is said to be unlike; choices: fewer are usual.
_NEW, _OUTSIDE, _BLANKER = 0.05, 0.10, 0.20


@dataclass(frozen=True)
class ColumnAsLearned:
    """What a model knows of one column: its kind, what its cells were read as ("number", "date" or
    "text"), and of its cells the least and the largest number, the different values (none where
    there are too many), and the share that was blank."""

    kind: str
    read_as: str
    low: float | None = None
    high: float | None = None
    values: tuple[str, ...] = ()
    blank: float = 0.0


def columns_as_learned(table: Table, roles: Mapping[str, Role]) -> dict[str, ColumnAsLearned]:
    """Every column that a model reads, in order."""
    return {
        name: _as_learned(table.frame[name], role.kind)
        for name, role in roles.items()
        if role.kind in READ
    }


def _as_learned(column: pd.Series[Any], kind: str) -> ColumnAsLearned:
    blank = float(column.isna().mean()) if len(column) else 0.0
    read_as = {"M": "date"}.get(column.dtype.kind, "number" if _is_numeric(column) else "text")
    if kind in ("number", "pixels") and read_as == "number":
        filled = column.dropna().astype(float)
        low, high = (float(filled.min()), float(filled.max())) if len(filled) else (None, None)
        return ColumnAsLearned(kind, read_as, low, high, blank=blank)
    if kind == "category":
        values = sorted({text for text in as_texts(column) if text})
        known = tuple(values) if len(values) <= MOST_VALUES else ()
        return ColumnAsLearned(kind, read_as, values=known, blank=blank)
    return ColumnAsLearned(kind, read_as, blank=blank)


def _is_numeric(column: pd.Series[Any]) -> bool:
    return column.dtype.kind in "iufb"


def as_learned(
    table: Table, columns: Mapping[str, ColumnAsLearned], decimal: str = "."
) -> tuple[pd.DataFrame, list[str]]:
    """The columns of another file as a model takes them, and plain warnings where they look unlike.

    decimal: the sign before the decimals in the file that was learned from. Columns are matched by
    name, then whatever their case and blanks; others are left out. Raises TableError for columns
    that are not there.
    """
    names = _matched(table, columns)
    frame, warnings = {}, list[str]()
    for name, column in columns.items():
        cells, problem = _forced(table, names[name], column, decimal)
        frame[name] = cells
        warnings += filter(None, [problem, _unlike(name, cells, column)])
    return pd.DataFrame(frame), warnings


def _matched(table: Table, columns: Mapping[str, ColumnAsLearned]) -> dict[str, str]:
    here = table.columns
    alike = {" ".join(name.split()).casefold(): name for name in reversed(here)}
    found = {
        name: name if name in here else alike.get(" ".join(name.split()).casefold(), "")
        for name in columns
    }
    missing = [name for name, other in found.items() if not other]
    if missing:
        raise TableError(
            f"The file lacks {count(len(missing), 'column')} that the app has learned from: "
            f"{listed([short(name) for name in missing], 5)}. Its columns: "
            f"{listed([short(name) for name in here], 8)}. Choose a file with the same columns."
        )
    return found


def _forced(
    table: Table, name: str, column: ColumnAsLearned, decimal: str
) -> tuple[pd.Series[Any], str]:
    """One column read as it was learned, and what could not be read so."""
    typed = table.frame[name]
    if column.read_as == "date":
        return (typed, "") if typed.dtype.kind == "M" else _dates(name, table.text[name])
    if column.read_as == "number":
        if table.dialect.kind != "csv" and _is_numeric(typed):
            return typed, ""
        return _numbers(name, table.text[name], decimal)
    text = table.text[name].fillna("")
    return text.where(text.str.strip() != "", None).astype("str"), ""


def _numbers(name: str, text: pd.Series[Any], decimal: str) -> tuple[pd.Series[Any], str]:
    """Cells as numbers by the sign that was learned, or by the other one where none fits it."""
    cells = text.fillna("").tolist()
    kept = [cell if written_as_number(cell) else "" for cell in cells]
    lost = [cell for cell, there in zip(cells, kept, strict=True) if cell.strip() and not there]
    values = None
    for sign in (decimal, "." if decimal == "," else ","):
        found = type_column(pa.chunked_array([pa.array(kept, pa.large_string())]), sign)
        if found.kind == "number":
            values = np.asarray(found.values, dtype=np.float64)
            break
    if values is None:
        values = np.asarray([_one(cell, decimal) for cell in kept], dtype=np.float64)
    return pd.Series(values, index=text.index), _not_read(name, lost, "number")


def _one(cell: str, decimal: str) -> float:
    """A single number by the learned sign; NaN where it is none."""
    other = "," if decimal == "." else "."
    bare = cell.strip().replace(other, "").replace(decimal, ".")
    try:
        return float(bare) if bare else np.nan
    except ValueError:
        return np.nan


def _dates(name: str, text: pd.Series[Any]) -> tuple[pd.Series[Any], str]:
    filled = text.fillna("")
    values = pd.to_datetime(filled.where(filled.str.strip() != "", None), errors="coerce",
                            format="mixed", utc=True).dt.tz_localize(None)  # fmt: skip
    lost = filled[values.isna() & (filled.str.strip() != "")].tolist()
    return values, _not_read(name, lost, "date")


def _not_read(name: str, lost: list[str], what: str) -> str:
    real = [cell for cell in lost if not _stands_for_nothing(cell)]
    if not real:
        return ""
    cells = count(len(real), "cell is", "cells are")
    return f'{short(name)}: {cells} no {what} (such as "{short(real[0], 30)}") and count as blank.'


def _stands_for_nothing(cell: str) -> bool:
    return (
        type_column(pa.chunked_array([pa.array([cell, "1"], pa.large_string())])).kind == "number"
    )


def _unlike(name: str, cells: pd.Series[Any], column: ColumnAsLearned) -> str:
    """A plain sentence where a column looks unlike what was learned from; "" where it does not."""
    if not len(cells):
        return ""
    title, blank = short(name), float(cells.isna().mean())
    if blank == 1.0 and column.blank < 1.0:
        return f"{title}: all cells are blank."
    if blank > column.blank + _BLANKER:
        return (
            f"{title}: {of_100(blank)} in 100 cells are blank, {of_100(column.blank)} where the "
            "app has learned."
        )
    if column.values:
        texts = pa.array(as_texts(cells), pa.string())
        filled = texts.filter(pc.not_equal(texts, ""))
        new = 1.0 - (pc.mean(pc.is_in(filled, pa.array(column.values, pa.string()))).as_py() or 0)
        return f"{title}: {of_100(new)} in 100 values were never seen." if new >= _NEW else ""
    if column.low is not None and column.high is not None:
        numbers = cells.dropna().astype(float)
        outside = float(((numbers < column.low) | (numbers > column.high)).mean())
        if outside >= _OUTSIDE:
            return (
                f"{title}: {of_100(outside)} in 100 numbers lie outside of {column.low:,.6g} to "
                f"{column.high:,.6g}, where the app has learned."
            )
    return ""
