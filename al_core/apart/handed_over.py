"""What the reading process hands over: Arrow files and JSON in a folder, never a pickle."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pandas as pd
import pyarrow as pa

from al_core.errors import (
    ProjectDamaged,
    ProjectError,
    ProjectReadOnly,
    ProjectTooNew,
    TableError,
    UserError,
)
from al_core.tables.store import rest_of, table_of
from al_core.tables.table import BadRow, BadRowsError, SheetError, Table, TooLargeError

_FRAME, _TEXT, _REST, _ORIGINAL = "frame.arrow", "text.arrow", "rest.json", "original.zst"
_PROBLEM, _NAME = "problem.json", "name.txt"
# What an error carries beside its sentence, by the name of its class.
_CARRIED: dict[str, tuple[type[UserError], tuple[str, ...]]] = {
    "ProjectError": (ProjectError, ()),
    "ProjectTooNew": (ProjectTooNew, ()),
    "ProjectDamaged": (ProjectDamaged, ()),
    "ProjectReadOnly": (ProjectReadOnly, ()),
    "TableError": (TableError, ()),
    "BadRowsError": (BadRowsError, ("bad_rows", "n_bad", "n_rows")),
    "TooLargeError": (TooLargeError, ("sample",)),
    "SheetError": (SheetError, ("sheets",)),
}


def hand_over(table: Table, folder: Path) -> None:
    """Write a table that was read."""
    _write(table.frame, folder / _FRAME)
    _write(table.text, folder / _TEXT)
    if table.original is not None:
        (folder / _ORIGINAL).write_bytes(table.original)
    (folder / _REST).write_text(json.dumps(rest_of(table)), encoding="utf-8")


def hand_over_name(name: str, folder: Path) -> None:
    """Write the name of a project that was unpacked."""
    (folder / _NAME).write_text(name, encoding="utf-8")


def hand_over_problem(problem: UserError, folder: Path) -> None:
    """Write what was wrong with a file, and what the error carries."""
    name = type(problem).__name__ if type(problem).__name__ in _CARRIED else "TableError"
    carried = [getattr(problem, field) for field in _CARRIED[name][1]]
    said = json.dumps([name, str(problem), carried], default=_fields_of)
    (folder / _PROBLEM).write_text(said, encoding="utf-8")


def _fields_of(bad: BadRow) -> list[Any]:
    return [bad.line, bad.text, bad.problem]


def taken_over(folder: Path) -> Table:
    """The table that was written there; raises the error where there is one."""
    _raise_problem(folder)
    rest = json.loads((folder / _REST).read_text(encoding="utf-8"))
    table = table_of(_read(folder / _FRAME), _read(folder / _TEXT), rest)
    if (folder / _ORIGINAL).exists():
        table.original = (folder / _ORIGINAL).read_bytes()
    return table


def name_taken_over(folder: Path) -> str:
    """The name that was written there; raises the error where there is one."""
    _raise_problem(folder)
    return (folder / _NAME).read_text(encoding="utf-8")


def _raise_problem(folder: Path) -> None:
    if (folder / _PROBLEM).exists():
        raise _problem(json.loads((folder / _PROBLEM).read_text(encoding="utf-8")))


def _problem(said: list[Any]) -> UserError:
    name, sentence, carried = said
    if name == "BadRowsError":
        carried[0] = [BadRow(*fields) for fields in carried[0]]
    return _CARRIED[name][0](sentence, *carried)


def _write(frame: pd.DataFrame, path: Path) -> None:
    table = pa.Table.from_pandas(frame, preserve_index=False)
    with pa.OSFile(str(path), "wb") as file, pa.ipc.new_file(file, table.schema) as writer:
        writer.write_table(table)


def _read(path: Path) -> pd.DataFrame:
    with pa.OSFile(str(path), "rb") as file:
        frame: pd.DataFrame = pa.ipc.open_file(file).read_all().to_pandas()
        return frame
