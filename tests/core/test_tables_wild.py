"""Every file of the shared wild set holds to its manifest: names, letters, dates, exports."""

from __future__ import annotations

import json
from typing import Any

import pandas as pd
import pytest

from al_core.errors import TableError
from al_core.tables import Table, guess_roles, label_candidates, read_table
from tests.shared_data import SHARED, shared_data

MANIFEST = SHARED / "wild" / "manifest.json"
ENTRIES: list[dict[str, Any]] = json.loads(MANIFEST.read_text()) if MANIFEST.exists() else []
NONE = [pytest.param({}, marks=pytest.mark.skip("needs the shared wild files"), id="none")]
FEATURES = ("number", "category", "text", "date", "pixels")  # the roles that a model learns from
FIRST_CELLS = 40  # rows that are looked through for the words that must stand in some cell


@pytest.mark.parametrize("entry", [pytest.param(e, id=e["file"]) for e in ENTRIES] or NONE)
def test_a_file_in_the_wild_reads_as_its_owner_meant_it(entry: dict[str, Any]) -> None:
    path = shared_data(f"wild/{entry['file']}")
    try:
        read: Table | TableError = read_table(path)
    except TableError as error:
        read = error
    wishes = entry.get("either", [entry])
    faults = [fault(read, wish) for wish in wishes]
    assert "" in faults, faults


def fault(read: Table | TableError, wish: dict[str, Any]) -> str:
    """What does not hold of the wish; empty where all of it does."""
    if isinstance(read, TableError) or "refused" in wish:
        refused = isinstance(read, TableError) and wish.get("refused", "\0") in str(read)
        return "" if refused else f"refused or not: {read!r}"
    checks = (names_fault, cells_fault, text_fault, roles_fault)
    return "; ".join(filter(None, (check(read, wish) for check in checks)))


def names_fault(table: Table, wish: dict[str, Any]) -> str:
    names, start = table.columns, wish.get("columns_start", [])
    held = wish.get("columns_hold", [])
    right = (
        table.n_rows == wish.get("rows", table.n_rows)
        and names == wish.get("columns", names)
        and len(names) == wish.get("n_columns", len(names))
        and names[: len(start)] == start
        and any(all(part in name for part in held) for name in names)
    )
    return "" if right else f"{table.n_rows} rows, columns {names}"


def cells_fault(table: Table, wish: dict[str, Any]) -> str:
    for row, column, text in wish.get("cells", []):
        if table.text[column][row] != text:
            return f"{column} {row}: {table.text[column][row]!r} for {text!r}"
    for row, column in wish.get("blank", []):
        if not pd.isna(table.frame[column][row]):
            return f"{column} {row} is not blank: {table.frame[column][row]!r}"
    for column, days in wish.get("dates", {}).items():
        if list(table.frame[column][: len(days)]) != list(map(pd.Timestamp, days)):
            return f"{column}: {list(table.frame[column][: len(days)])}"
    return ""


def text_fault(table: Table, wish: dict[str, Any]) -> str:
    cells = [str(cell) for cell in table.text.to_numpy().ravel()]
    for unwanted in wish.get("no_text", []):
        if any(unwanted in cell for cell in cells):
            return f"{unwanted} stands in a cell"
    if not any(wish.get("says", "") in notice for notice in ["", *table.notices]):
        return f"no notice says {wish['says']!r}: {table.notices}"
    first = {str(cell) for cell in table.text.head(FIRST_CELLS).to_numpy().ravel()}
    wanted = [wish["has_text"]] if "has_text" in wish else []
    missing = [word for word in wanted + wish.get("has_label", []) if word not in first]
    return f"no cell is {missing}: {table.text.head(2).to_dict()}" if missing else ""


def roles_fault(table: Table, wish: dict[str, Any]) -> str:
    roles = guess_roles(table)
    used = [name for name in wish.get("roles_out", []) if roles[name].kind in FEATURES]
    if used:
        return f"features that are none: {used}"
    if wish.get("no_candidate") and label_candidates(table):
        return f"proposed as the answer: {label_candidates(table)[0]}"
    return ""
