"""From cells of text to typed columns: numbers and dates where every cell is one, else text.

Nothing is lost: the text is kept beside the typed column, and what a number could not hold exactly
(leading zeros, long account numbers) stays text.
"""

from __future__ import annotations

import os
import re
from collections.abc import Iterator, Mapping
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from typing import Any

import numpy as np
import pandas as pd
import pyarrow as pa
import pyarrow.compute as pc

from al_core.progress import Step
from al_core.tables.cells.arrow_bytes import plain_and_worded, with_blanks_null
from al_core.tables.cells.currencies_and_units import unlike_signs
from al_core.tables.cells.date_order import File, order_of
from al_core.tables.cells.dates import Order, days_from_numbers, maybe_date, read_dates
from al_core.tables.cells.invisible_signs import as_meant
from al_core.tables.cells.likeness import maybe_number, numberlike
from al_core.tables.cells.numbers import (
    is_missing,
    keep_as_text,
    missing_mask,
    plain_numbers,
    shortened,
    written_as_number,
    written_numbers,
)
from al_core.wording import listed

# Cells looked at first, and rows from which columns are typed side by side; choices, which trade a
# needless pass or a start of threads against time.
PEEK = 200
MANY_ROWS = 100_000
DATABASE_NULL = pa.scalar(r"\N", pa.large_string())
VERSION_NAME = re.compile(r"(?<![^\W_])(version|release|firmware|build|revision)s?(?![^\W_])", re.I)
CLOCK = re.compile(r"([01]?\d|2[0-3])\.[0-5]\d\.[0-5]\d")
# Columns from which, and cells up to which, all are looked at in one go; choices: fewer columns are
# as quick one by one, and more cells would make a large copy.
MANY_COLUMNS, MANY_CELLS = 64, 5_000_000
STR = pd.StringDtype(na_value=np.nan)


@dataclass(slots=True)
class Typed:
    """One typed column: its pandas values, and what was decided about it."""

    values: Any
    kind: str
    notice: str = ""
    decimal: str = ""
    ambiguous: bool = False
    order: str = ""


@dataclass(slots=True)
class TypedColumns:
    """All columns of a table, typed, with the decimal sign of the file."""

    columns: dict[str, Typed]
    decimal: str

    @property
    def notices(self) -> list[str]:
        """One line for each thing guessed about the columns."""
        return gather_notices({name: c.notice for name, c in self.columns.items() if c.notice})


def type_columns(
    cells: Mapping[str, Any],
    decimal: str | None = None,
    step: Step | None = None,
    delimiter: str | None = None,
) -> TypedColumns:
    """Type each column (chunked arrays of text); columns that could go both ways are typed last."""
    typed: dict[str, Typed] = {}
    for name, column in _each(cells, decimal):
        typed[name] = column
        if step is not None:
            step(len(typed) / len(cells))
    proved = decimal or ("," if any(t.decimal == "," for t in typed.values()) else ".")
    if decimal is None and proved == ",":
        for name, column in cells.items():
            if typed[name].kind == "number" and typed[name].decimal != ",":
                typed[name] = type_column(column, proved)
    file = File(cells, typed, proved, delimiter)
    either = [name for name, column in typed.items() if column.order == "either"]
    for name, order in [(name, order_of(name, file)) for name in either]:
        typed[name] = type_column(cells[name], decimal, order)
    for name, column in typed.items():
        typed[name] = _by_name(name, column, cells[name])
    return TypedColumns(typed, proved)


def _by_name(name: str, column: Typed, cells: Any) -> Typed:
    """What the name adds: versions are text, whole numbers such as 20140131 may be days."""
    if VERSION_NAME.search(name) and column.kind in {"number", "date"} and _has_points(cells):
        return Typed(text_values(cells), "text", "versions")
    if column.kind != "number":
        return column
    days = days_from_numbers(name, column.values)
    if days is None:
        return column
    return Typed(days.array, "date", "whole numbers such as 20140131 were read as days.")


def _has_points(cells: Any) -> bool:
    """Whether a cell has two points or more, as no plain number has."""
    return bool(pc.any(pc.match_substring_regex(cells, r"\..*\."), min_count=0).as_py())


def _each(cells: Mapping[str, Any], decimal: str | None) -> Iterator[tuple[str, Typed]]:
    """The columns typed in order; long ones side by side, for Arrow works without Python's lock."""
    if not cells or len(next(iter(cells.values()))) <= MANY_ROWS:
        easy = _at_once(cells) if decimal != "," else {}
        for name, column in cells.items():
            yield name, easy[name] if name in easy else type_column(column, decimal)
        return
    with ThreadPoolExecutor(max_workers=min(4, os.cpu_count() or 1)) as workers:
        try:
            jobs = {n: workers.submit(type_column, c, decimal) for n, c in cells.items()}
            for name, job in jobs.items():
                yield name, job.result()
                pa.default_memory_pool().release_unused()
        finally:
            workers.shutdown(wait=True, cancel_futures=True)


def _at_once(cells: Mapping[str, Any]) -> dict[str, Typed]:
    """Those of many columns that hold plain numbers, or words alone: what they are is plain."""
    columns = list(cells.values())
    size = len(columns) * len(columns[0])
    if len(columns) < MANY_COLUMNS or not 0 < size <= MANY_CELLS:
        return {}
    numbers, worded = plain_and_worded(columns)
    found: dict[str, Typed] = {}
    for place, (name, column) in enumerate(cells.items()):
        if place in numbers and not maybe_date(_first(column)):
            found[name] = Typed(numbers[place], "number")
        elif place in worded and not _is_missing(_first(column)):
            found[name] = Typed(text_values(column), "text")
    return found


def _first(cells: Any) -> str:
    """The first cell with a letter in it."""
    return next((str(cell) for cell in cells[:PEEK].to_pylist() if cell), "-")


def type_column(cells: Any, decimal: str | None = None, order: Order | None = None) -> Typed:
    """One column of text, "" where blank, as numbers, dates or text."""
    odd_dates = False
    peek = [cell for cell in cells[:PEEK].to_pylist() if cell.strip()]
    if not peek:
        peek = _first_filled(cells)
    cells, peek = as_meant(cells, peek)
    if peek and all(maybe_date(cell) or _is_missing(cell) for cell in peek):
        dates = _dates(cells, order)
        if dates is not None:
            return dates
        odd_dates = all(map(maybe_date, peek))
    n_numbers = sum(map(numberlike, peek))
    if n_numbers or (peek and all(maybe_number(cell) or _is_missing(cell) for cell in peek)):
        found = _numbers(cells, decimal)
        if found is not None:
            return found
    unlike = "unlike signs" if unlike_signs(peek) else ""
    odd = "times of day" if all(map(CLOCK.fullmatch, peek)) else "odd dates"
    notice = odd if odd_dates else unlike or _mixed(peek)
    if not notice and any_database_null(cells):
        notice = "null of a database"
    return Typed(text_values(cells), "text", notice)


def _first_filled(cells: Any) -> list[str]:
    filled = cells.filter(pc.not_equal(cells, ""))[:PEEK].to_pylist()
    return [cell for cell in filled if cell.strip()]


def _is_missing(cell: str) -> bool:
    return is_missing(cell)


def _mixed(peek: list[str]) -> str:
    """Why a column stays text though a fair share of its cells are numbers, or most are dates."""
    n_dates = sum(map(maybe_date, peek))
    n_numbers = sum(written_as_number(cell) and not maybe_date(cell) for cell in peek)
    # Choices: a few numbers among words are words; a tenth are numbers with something among them.
    if n_numbers >= max(1, 0.1 * len(peek)):
        return "mixed"
    return "mixed dates" if n_dates > 0.5 * len(peek) else ""


def text_values(cells: Any) -> Any:
    """Text cells as pandas strings, blank ones missing; the letters are shared, not copied.

    So are those that databases write for "no value" in any column: no word of any language.
    """
    if any_database_null(cells):
        cells = pc.if_else(pc.equal(cells, DATABASE_NULL), "", cells)
    return _as_str(with_blanks_null(cells))


def any_database_null(cells: Any) -> bool:
    """Whether a cell is what MySQL, Hive and PostgreSQL write where there is no value."""
    return bool(pc.any(pc.equal(cells, DATABASE_NULL), min_count=0).as_py())


def _as_str(cells: Any) -> Any:
    if isinstance(cells, pa.ChunkedArray) and cells.type == pa.large_string():
        return pd.arrays.ArrowStringArray(cells, dtype=STR)  # type: ignore[call-arg]
    return pd.array(cells, dtype=STR)


def as_text_column(cells: Any) -> Any:
    """Cells as they stood, as pandas strings."""
    return _as_str(cells)


def _numbers(cells: Any, decimal: str | None) -> Typed | None:
    filled = with_blanks_null(cells)
    if decimal != ",":
        plain = plain_numbers(filled)
        if plain is not None:
            reason = keep_as_text(filled, plain)
            if reason:
                return Typed(text_values(cells), "text", reason)
            return Typed(plain.values, "number", shortened(filled, plain))
    trimmed = pc.utf8_trim_whitespace(filled)
    missing = pc.fill_null(missing_mask(trimmed), False)
    n_missing = pc.sum(missing).as_py() or 0
    trimmed = pc.if_else(pc.or_(missing, pc.equal(trimmed, "")), None, trimmed)
    if trimmed.null_count == len(trimmed):
        return None
    return _trimmed_numbers(cells, trimmed, n_missing, decimal)


def _trimmed_numbers(cells: Any, trimmed: Any, n_missing: int, decimal: str | None) -> Typed | None:
    plain = plain_numbers(trimmed) if decimal != "," else None
    words = _missing_words(cells, n_missing)
    if plain is not None:
        reason = keep_as_text(trimmed, plain)
        if reason:
            return Typed(text_values(cells), "text", reason)
        return Typed(plain.values, "number", words)
    written = written_numbers(trimmed, decimal)
    if written is None:
        return None
    if written.reason:
        return Typed(text_values(cells), "text", written.reason)
    told = f"; {BLANKS}" if n_missing else ""
    notice = written.notice + told if written.notice else words
    return Typed(written.values, "number", notice, written.decimal, written.ambiguous)


def _missing_words(cells: Any, n_missing: int) -> str:
    return "words for a missing value" if n_missing else ""


def _dates(cells: Any, order: Order | None = None) -> Typed | None:
    encoded = cells.dictionary_encode()
    texts = encoded.chunk(0).dictionary.to_pylist()
    real = [i for i, text in enumerate(texts) if text.strip() and not _is_missing(text)]
    found = read_dates([texts[i] for i in real], order) if real else None
    if found is None:
        return None
    values = found.values.reindex(range(len(real)))
    place = np.full(len(texts) + 1, -1, dtype=np.int32)
    place[real] = np.arange(len(real), dtype=np.int32)
    codes = np.concatenate([place[chunk.indices.to_numpy()] for chunk in encoded.chunks])
    notice = found.notice
    if any(text.strip() and _is_missing(text) for text in texts):
        notice = f"{notice.rstrip('.')}; {BLANKS}" if notice else "words for a missing value"
    return Typed(values.array.take(codes, allow_fill=True), "date", notice, order=found.order)


BLANKS = "cells such as n/a, ? or - count as blank."


REASONS = {
    "leading zeros": "{} {stay} text, because {its} numbers have leading zeros.",
    "long numbers": "{} {stay} text: {it_has} numbers too long to be kept exactly.",
    "too large": "{} {stay} text: {it_has} numbers too large to be kept, such as 1e999.",
    "lot numbers": "{} {stay} text: codes such as 1E5 are no numbers, and would lose their letter.",
    "phone numbers": "{} {stay} text: {its} numbers begin with + as telephone numbers do.",
    "unlike signs": "{} {stay} text: {its} numbers have different currencies or units.",
    "times of day": "{} {stay} text: {its} cells are times of day or versions, no dates.",
    "versions": "{} {stay} text: {its} name says that {its} cells are versions.",
    "odd dates": "{} {stay} text: {its} dates are not all written in one way.",
    "shortened": "{}: numbers such as 1.2E+17 were shortened by a spreadsheet; digits are lost.",
    "mixed": "{} {stay} text: some of {its} cells are numbers, others are not.",
    "mixed dates": "{} {stay} text: some of {its} cells are dates, others are not.",
    "two ways": "{} {stay} text: {its} numbers are written in two ways, with point and with comma.",
    "words for a missing value": "{}: " + BLANKS,
    "null of a database": "{}: cells \\N, no value as databases write it, count as blank.",
}
_ONE = {"stay": "stays", "its": "its", "it_has": "it has"}
_SEVERAL = {"stay": "stay", "its": "their", "it_has": "they have"}


def gather_notices(by_column: Mapping[str, str]) -> list[str]:
    """One line for each kind of notice, naming the first columns it is about."""
    grouped: dict[str, list[str]] = {}
    for name, notice in by_column.items():
        grouped.setdefault(notice, []).append(name)
    lines = []
    for notice, names in grouped.items():
        shown = listed(names, 4)
        line = REASONS.get(notice, "{}: " + notice.replace("{", "").replace("}", ""))
        lines.append(line.format(shown, **(_ONE if len(names) == 1 else _SEVERAL)))
    return lines
