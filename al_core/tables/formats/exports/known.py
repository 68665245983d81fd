"""Columns that a labelling tool has added to a table, known by their names."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

import pyarrow as pa
import pyarrow.compute as pc

from al_core.tables.formats.exports.by_name import PEOPLE, marks_by_name
from al_core.tables.formats.exports.lists import without_lists
from al_core.tables.formats.exports.marks import ANSWER, OWN
from al_core.tables.formats.exports.own.formulas import with_formulas
from al_core.tables.formats.exports.own.names import CANNOT_TELL, own_columns, own_label_column
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
        names, columns = _unescaped(names, raw)
        final = final_column(names, dict(zip(names, columns, strict=True)))
        return Known(names, columns, dict.fromkeys([*final, *own], OWN), told)
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


def final_column(names: Sequence[str], cells: Mapping[str, Any]) -> list[str]:
    """The column before those that this app had added, where it says the same as the labels.

    So does the final column for a new question: elsewhere it is blank, or says that a person
    could not tell. Left in, it would give every answer away.
    """
    own, label = own_columns(names), own_label_column(names)
    place = names.index(own[0]) if own else 0
    if label is None or place == 0 or names[place - 1] in own:
        return []
    before = pc.utf8_trim_whitespace(cells[names[place - 1]])
    labels = pc.utf8_trim_whitespace(cells[label])
    blank = pc.equal(labels, "")
    silent = pc.is_in(before, pa.array(["", CANNOT_TELL], before.type))
    same = pc.if_else(blank, silent, pc.equal(before, labels))
    all_blank = pc.all(blank, min_count=0).as_py()
    return [] if all_blank or not pc.all(same, min_count=0).as_py() else [names[place - 1]]


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
