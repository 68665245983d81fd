"""Columns that a labelling tool has added, this app among them: what they are used for."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from typing import Any

import pandas as pd

from al_core.tables.columns.answer_keys import answer_key
from al_core.tables.formats.exports.marks import ANSWER, GUESS, OWN, RECORD
from al_core.tables.formats.exports.own.names import (
    ANSWERED_BY,
    LABEL,
    SOURCE,
    beside,
    own_columns,
    own_label_column,
)
from al_core.tables.table import Table

HIDDEN = frozenset({GUESS, OWN})
"""Flags of columns that nobody sees before answering: they would sway the answer."""
REASONS = {
    ANSWER: "an answer given in another tool",
    GUESS: "a guess of another model",
    RECORD: "who labelled, when or how: another tool's record",
    OWN: "added by this app at an earlier labelling",
}
_COPIED = ("file", "oracle")  # sources whose labels stood in a column of the file


def own_label(table: Table) -> str | None:
    """The column of the labels that this app had added, None where there are none."""
    return own_label_column(table.columns)


def told_apart(table: Table, column: str) -> tuple[pd.Series[Any], pd.Series[Any]] | None:
    """The labels that this app had written, and what else stands in their column; "" for none.

    The first are taken letter by letter, the second were typed since. What a rule had filled in
    is neither: it is a guess. None for every other column.
    """
    if column not in own_columns(table.columns) or not column.startswith(LABEL):
        return None
    cells = table.text[column].fillna("")
    name = beside(column, SOURCE)
    source = table.text[name].fillna("") if name in table.text else pd.Series("", cells.index)
    return cells.where(source.isin(ANSWERED_BY), ""), cells.where(source.str.strip() == "", "")


def repeated(table: Table) -> list[str]:
    """Columns that hold what the labels were copied from: they give the answer away."""
    column = own_label(table)
    name = "" if column is None else beside(column, SOURCE)
    if column is None or name not in table.text:
        return []
    rows = table.text[name].isin(_COPIED).to_numpy()
    if not rows.any():
        return []
    labels = table.text.loc[rows, column]
    ours = own_columns(table.columns)
    return [
        other
        for other in table.columns
        if other not in ours and _same(table.text.loc[rows, other], labels)
    ]


def _same(cells: pd.Series[Any], labels: pd.Series[Any]) -> bool:
    """Whether they say the same in every row, however it is spelt."""
    pairs = pd.DataFrame({"cell": cells, "label": labels}).drop_duplicates()
    # A choice: a column with so many pairs of spellings is no answer.
    if len(pairs) > 1000:
        return False
    return all(
        cell == label or answer_key(cell) == answer_key(label) != ""
        for cell, label in pairs.itertuples(index=False)
    )


def shown_columns(table: Table) -> list[str]:
    """The columns of a file that may be shown before any answer: no guesses of an earlier round."""
    label = own_label(table)
    swaying = {name for name, mark in table.marks.items() if mark in HIDDEN and name != label}
    return [name for name in table.columns if name not in swaying] or table.columns


@dataclass(frozen=True, slots=True)
class Added:
    """Why a column is left out, and its flag."""

    reason: str
    flag: str


def added_columns(table: Table) -> dict[str, Added]:
    """Every column of a table that some tool has added, or that repeats its labels."""
    found = {name: Added(REASONS[mark], mark) for name, mark in table.marks.items()}
    again = Added("the answers that came with the file, which its labels repeat", ANSWER)
    return found | dict.fromkeys(repeated(table), again)


def hidden_columns(flags: Mapping[str, Collection[str]]) -> frozenset[str]:
    """Of columns with their flags, those that nobody sees before answering."""
    return frozenset(name for name, some in flags.items() if HIDDEN & set(some))
