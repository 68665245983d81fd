"""Columns that a labelling tool has added to a table, known by their names."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

import pyarrow as pa
import pyarrow.compute as pc

from al_core.tables.formats.exports.by_name import PEOPLE, marks_by_name
from al_core.tables.formats.exports.lists import without_lists
from al_core.tables.formats.exports.marks import ANSWER, OWN
from al_core.tables.formats.exports.own.formulas import with_formulas
from al_core.tables.formats.exports.own.names import own_columns, own_label_column
from al_core.tables.raw import RawTable


@dataclass(frozen=True, slots=True)
class Known:
    """The names and columns of a table as they are meant, and what is known of them."""

    names: list[str]
    columns: list[Any]
    marks: dict[str, str]
    notices: list[str] = field(default_factory=list)


def mark_columns(names: list[str], raw: RawTable) -> Known:
    """The columns of ``raw`` under their tidy names; what its reader has marked stays as it is."""
    marks = {new: raw.marks[old] for old, new in zip(raw.names, names, strict=True)
             if old in raw.marks}  # fmt: skip
    if own := own_columns(names):
        told = [_labelled_here(names, raw)]
        return Known(*_unescaped(names, raw), dict.fromkeys(own, OWN), told)
    if raw.marks:
        return Known(names, raw.columns, marks)
    marks, notices = marks_by_name(names)
    columns = [
        without_lists(column, of_people=name.endswith(PEOPLE))
        if marks.get(name) == ANSWER
        else column
        for name, column in zip(names, raw.columns, strict=True)
    ]
    return Known(names, columns, marks, notices)


def _unescaped(names: list[str], raw: RawTable) -> tuple[list[str], list[Any]]:
    """As they were before the download; a file read as it was written is so already."""
    if raw.is_own:
        return names, raw.columns
    plain = with_formulas(pa.array(names, pa.large_string())).to_pylist()
    all_different = len(set(plain)) == len(plain)
    return plain if all_different else names, [with_formulas(column) for column in raw.columns]


def _labelled_here(names: list[str], raw: RawTable) -> str:
    label = own_label_column(names)
    if label is None:
        return "Columns that this app had added to a labelled file are left out."
    filled = pc.sum(pc.not_equal(raw.columns[names.index(label)], pa.scalar(""))).as_py() or 0
    return f"A file labelled with this app: {filled:,} of {raw.n_rows:,} rows have a label."
