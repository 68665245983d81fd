"""The labelled file in the format that a person wants: as it came, for Excel, or typed."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import pandas as pd

from al_core.errors import SettingsError
from al_core.progress import Step
from al_core.projects.records import Download
from al_core.projects.takeaways.labelled_csv import behind_rows, in_lines
from al_core.projects.takeaways.outcome import Outcome
from al_core.tables import Table
from al_core.tables.decoding.decoded import title_of
from al_core.tables.formats.writing.sheet import as_workbook
from al_core.tables.formats.writing.splice import NewCells, spliced_or_none
from al_core.tables.formats.writing.typed import as_json_lines, as_parquet

AS_IT_CAME, EXCEL_CSV, EXCEL, PARQUET, JSON_LINES = "csv", "excel_csv", "xlsx", "parquet", "jsonl"
FORMATS = {
    AS_IT_CAME: ("Like your file", ".csv", "text/csv"),
    EXCEL_CSV: ("CSV for Excel", ".csv", "text/csv"),
    EXCEL: (
        "Excel",
        ".xlsx",
        "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    ),
    PARQUET: ("Parquet", ".parquet", "application/vnd.apache.parquet"),
    JSON_LINES: ("JSON lines", ".jsonl", "application/jsonl"),
}
"""By key: title, end of the file name, media type."""
_NOTES = {
    AS_IT_CAME: "Letters, signs, decimals and line ends as in your file: outside of the new cells "
    "every byte stays. Formulas are not defused.",
    EXCEL_CSV: "A cell that Excel would run as a formula gets an apostrophe in front; dropped in "
    "here again, it is as it was.",
    EXCEL: "Numbers and dates are typed, the header stays in sight, filters are on. Cells that "
    "look like formulas are text.",
    PARQUET: "Numbers and dates are typed.",
    JSON_LINES: "One object a row; numbers are typed.",
}


@dataclass(frozen=True, slots=True)
class Wanted:
    """What a person wants: a format (a key of :data:`FORMATS`), the record's columns (al_...)
    behind or not, the name of a new final column ("" for the proposed one)."""

    format: str = AS_IT_CAME
    with_record: bool = True
    name: str = ""


def first_format(table: Table) -> str:
    """The format that a file came in, as far as it is one of ours."""
    kinds = {"csv": AS_IT_CAME, "xlsx": EXCEL, "parquet": PARQUET, "jsonl": JSON_LINES}
    return kinds.get(table.dialect.kind, EXCEL_CSV)


def formats_for(table: Table) -> list[str]:
    """The formats to choose from, that of the file first; only a CSV can be written as it came."""
    first = first_format(table)
    others = [one for one in FORMATS if one not in (first, AS_IT_CAME)]
    return [first, *others]


def labelled_file(
    found: Outcome, wanted: Wanted, original: bytes | None, step: Step = float
) -> Download:
    """The file; ``note`` says how it was written."""
    if wanted.format not in FORMATS:
        raise SettingsError(
            f"There is no format {wanted.format!r}. Choose one of {', '.join(FORMATS)}."
        )
    behind = behind_rows(found, with_record=wanted.with_record)
    changed = {found.final.name: found.final.cells} if found.final.of_file else {}
    if wanted.format == AS_IT_CAME:
        return as_it_came(found.table, original, behind, changed, step)
    _, ending, media = FORMATS[wanted.format]
    if wanted.format == EXCEL_CSV:
        data = in_lines(found.table, behind, step, changed)
        return Download(data, ending, media, note_of(wanted.format))
    frame = _typed(found, behind, changed)
    if wanted.format == EXCEL:
        return Download(as_workbook(frame, step), ending, media, note_of(wanted.format))
    written = as_parquet(frame) if wanted.format == PARQUET else as_json_lines(frame)
    return Download(written, ending, media, note_of(wanted.format))


def as_it_came(
    table: Table,
    original: bytes | None,
    behind: Sequence[tuple[str, Sequence[str]]],
    changed: Mapping[str, Mapping[int, str]],
    step: Step = float,
) -> Download:
    """New cells in the file itself, or where it is not plain, written anew as it was written."""
    _, ending, media = FORMATS[AS_IT_CAME]
    column, cells = next(iter(changed.items()), (None, {}))
    data, why = spliced_or_none(original, table, NewCells(column, cells, behind), step)
    if data is not None:
        return Download(data, ending, media, note_of(AS_IT_CAME))
    data = in_lines(table, behind, step, changed, defused=False)
    encoding = table.dialect.encoding
    try:
        mark = "\ufeff" if encoding in ("utf-8-sig", "utf-16", "utf-32") else ""
        data = (mark + data.decode()).encode(encoding.removesuffix("-sig"))
    except (UnicodeError, LookupError):
        encoding = "utf-8"
    said = note_of(AS_IT_CAME, why)
    return Download(data, ending, media, f"{said} Its letters are {title_of(encoding)}.")


def note_of(kind: str, why_not: str = "") -> str:
    """How a file of that format is written. why_not: it cannot be as it came, and so anew."""
    if kind == AS_IT_CAME and why_not:
        return f"{why_not}, so it is written anew: same cells. Formulas are not defused."
    return _NOTES[kind]


def _typed(
    found: Outcome,
    behind: Sequence[tuple[str, Sequence[str]]],
    changed: Mapping[str, Mapping[int, str]],
) -> pd.DataFrame:
    """The table's typed columns, with the new ones as text, shares as numbers, times as moments."""
    frame = found.table.frame.copy(deep=False)
    for name, cells in changed.items():
        frame[name] = _like(frame[name], found.table.text[name], cells)
    for name, column in behind:
        frame[name] = _typed_record(name, list(column), found.table.dialect.decimal)
    return frame


def _like(typed: pd.Series[Any], text: pd.Series[Any], cells: Mapping[int, str]) -> Any:
    """A column with new cells, typed as it was where they are all numbers too."""
    changed = text.fillna("").to_numpy(dtype=object, copy=True)
    changed[list(cells)] = list(cells.values())
    plain = pd.Series(changed, index=typed.index, dtype=object)
    if typed.dtype.kind in "iuf" and not pd.Series(list(cells.values())).pipe(_not_numbers):
        numbers = typed.to_numpy(dtype="float64", copy=True)
        numbers[list(cells)] = [float(cell) for cell in cells.values()]
        return pd.Series(numbers, index=typed.index)
    return plain.where(plain != "", None).astype("str")


def _not_numbers(cells: pd.Series[Any]) -> bool:
    return bool(pd.to_numeric(cells, errors="coerce").isna().any())


def _typed_record(name: str, cells: list[str], decimal: str) -> Any:
    column = pd.Series(cells, dtype=object)
    column = column.where(column != "", None)
    if name.startswith("al_confidence"):
        return pd.to_numeric(column.str.replace(decimal, ".", regex=False), errors="coerce")
    if name.startswith("al_time"):
        return pd.to_datetime(column, errors="coerce", utc=True, format="ISO8601")
    return column.astype("str")
