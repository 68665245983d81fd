"""What a labelled file holds beside the person's own columns: one final column, and its record."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import Any

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from al_core.errors import SettingsError
from al_core.projects.takeaways.filled import SOURCE, FilledRows
from al_core.tables import Table
from al_core.tables.formats.exports.own.names import (
    CANNOT_TELL,
    COLUMNS,
    NOTE,
    beside,
    own_columns,
)
from al_core.wording import short

Cells = NDArray[np.object_]
DEFAULT_NAME = "answer"
"""Of the column for a new question, where nobody says another."""


@dataclass(frozen=True)
class Given:
    """What is known of a project's rows.

    labels: as ``Project.labels()``; predictions: as ``Project.predictions()``, used for rows
    without a label; notes: text by row; cannot_tell: rows for which a person gave up; filled:
    guesses that stand for answers; label_column: the file's column that was chosen, if any;
    renamed: answers of the file that have another name by now; taken_away: rows whose answer in the
    file a person took away.
    """

    table: Table
    labels: pd.DataFrame
    predictions: pd.DataFrame
    notes: Mapping[int, str] = field(default_factory=dict)
    cannot_tell: tuple[int, ...] = ()
    filled: FilledRows = field(default_factory=FilledRows)
    label_column: str | None = None
    renamed: frozenset[str] = frozenset()
    taken_away: tuple[int, ...] = ()


@dataclass(frozen=True)
class FinalColumn:
    """The one column that holds the result: ``cells`` by row are those that are not as they came.

    ``of_file``: a column of the file whose blanks are filled; else it is a new one.
    """

    name: str
    of_file: bool
    cells: dict[int, str]


@dataclass(frozen=True)
class Outcome:
    """A table without what an earlier labelling added, its final column, and the record: (n,)
    cells by the names of the columns that this app adds."""

    table: Table
    final: FinalColumn
    record: dict[str, Cells]


def outcome_of(given: Given, name: str | None = None) -> Outcome:
    """Everything that is written, before it has a format. ``name``: of a new final column.

    Where the chosen column is one that this app had added, the file goes on with an earlier one:
    new columns take the place of all that were added before, with who answered, when, and the
    notes. Raises SettingsError for a name that is taken.
    """
    table, column = given.table, given.label_column
    labels, notes = given.labels, given.notes
    if column is not None and column in own_columns(table.columns):
        labels = _gone_on(table, column, labels)
        notes = _notes_before(table, column) | {**notes}
        table, column = _without(table, own_columns(table.columns)), None
    given = replace(given, table=table, labels=labels, notes=notes, label_column=column)
    record = dict(zip(free_names(table.columns), _record(given), strict=False))
    return Outcome(table, _final(given, name), record)


def final_name(columns: list[str], label_column: str | None, name: str | None) -> tuple[str, bool]:
    """(the name of the final column, whether it is one of the file), of a table's columns.

    Raises SettingsError for a name that is taken.
    """
    ours = own_columns(columns)
    if label_column is not None and label_column not in ours:
        return label_column, True
    theirs = [column for column in columns if column not in ours]
    return new_name(name, [*theirs, *free_names(theirs)]), False


def _final(given: Given, name: str | None) -> FinalColumn:
    column, labels = given.label_column, given.labels
    as_it_came = (labels["source"] == "file") & ~labels["label"].isin(given.renamed)
    theirs = labels if column is None else labels[~as_it_came]
    cells = dict.fromkeys(given.taken_away, "") | dict.fromkeys(given.cannot_tell, CANNOT_TELL)
    cells |= {int(row): answer for row, answer in given.filled.answers.items()}
    cells |= dict(zip(theirs["row"].tolist(), theirs["label"].tolist(), strict=True))
    if column is not None:
        from_file = set(labels.loc[as_it_came, "row"].tolist())
        changed = {row: cell for row, cell in cells.items() if row not in from_file}
        same = given.table.text[column]
        return FinalColumn(column, True, {r: c for r, c in changed.items() if same.iloc[r] != c})
    return FinalColumn(final_name(given.table.columns, None, name)[0], False, cells)


def new_name(name: str | None, taken: list[str]) -> str:
    """The name of a new column; the default gets a number where it is taken.

    >>> new_name(None, ["id", "answer"]), new_name(" Team ", ["id"])
    ('answer 2', 'Team')
    """
    wanted = " ".join((name or "").split())
    if not wanted:
        numbered = (f"{DEFAULT_NAME} {number}" for number in range(2, len(taken) + 3))
        return next(one for one in (DEFAULT_NAME, *numbered) if one not in taken)
    if wanted in taken or own_columns([wanted]):
        raise SettingsError(
            f"The file has a column {short(wanted)!r} already. Type another name for the answers."
        )
    return wanted


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


def as_the_file_writes(number: float, decimal: str) -> str:
    """A share with four digits and the file's decimal sign.

    >>> as_the_file_writes(0.5, ",")
    '0,5000'
    """
    return f"{number:.4f}".replace(".", decimal)


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


def _record(given: Given) -> list[Cells]:
    n, labels = given.table.n_rows, given.labels
    rows = labels["row"].to_numpy()
    added: dict[str, Any] = {name: np.full(n, "", dtype=object) for name in COLUMNS}
    for row, answer in given.filled.answers.items():
        added["al_label"][row], added["al_source"][row] = answer, SOURCE
    for name in ("label", "source", "by", "purpose"):
        added[f"al_{name}"][rows] = labels[name].to_numpy(dtype=object)
    added["al_time"][rows] = [_moment(at) for at in labels["at"]]
    open_rows = given.predictions["prediction"].notna().to_numpy(copy=True)
    open_rows[rows] = False
    best = given.predictions["prediction"].to_numpy(dtype=object)
    sure = given.predictions["confidence"].to_numpy()
    decimal = given.table.dialect.decimal
    added["al_prediction"][open_rows] = best[open_rows]
    added["al_confidence"][open_rows] = [as_the_file_writes(v, decimal) for v in sure[open_rows]]
    if given.notes:
        added[NOTE] = np.full(n, "", dtype=object)
        added[NOTE][list(given.notes)] = list(given.notes.values())
    return list(added.values())


def _moment(at: object) -> str:
    """A moment as it is written; one that stood in the file stays as it was."""
    return at if isinstance(at, str) else f"{at:%Y-%m-%dT%H:%M:%SZ}"
