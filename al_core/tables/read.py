"""The door: a person's file in, a typed table out, or a sentence that says why not."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pandas as pd

from al_core.errors import TableError
from al_core.progress import Progress, Step
from al_core.tables.cells.apostrophes import without_apostrophes
from al_core.tables.cells.column_names import tidy_names
from al_core.tables.cells.doubts import doubts
from al_core.tables.cells.typed import (
    MANY_ROWS,
    Typed,
    as_text_column,
    text_values,
    type_columns,
)
from al_core.tables.decoding.encodings import Decoded, decode, encoded_once
from al_core.tables.delimited.reader import CsvWishes, read_csv
from al_core.tables.delimited.sampling import is_text, sample_text
from al_core.tables.formats.exports.fasttext import is_fasttext, read_fasttext
from al_core.tables.formats.exports.known import mark_columns
from al_core.tables.formats.exports.own.file import read_own
from al_core.tables.formats.exports.own.names import own_columns
from al_core.tables.formats.json_records import read_json, read_json_lines
from al_core.tables.formats.parquet import read_parquet
from al_core.tables.formats.workbook import read_sheet
from al_core.tables.raw import RawTable, refuse_empty
from al_core.tables.sources.content import Content, Source, open_content
from al_core.tables.sources.kinds import json_kind, kind_of, refuse_markup
from al_core.tables.sources.limits import HEAD_CHARS, refuse_shape
from al_core.tables.sources.original import packed
from al_core.tables.sources.references import refuse_references
from al_core.tables.table import Header, Lines, Table


def read_table(
    source: Source,
    *,
    name: str | None = None,
    encoding: str | None = None,
    delimiter: str | None = None,
    decimal: str | None = None,
    header: Header = "auto",
    skip_bad_rows: bool = False,
    sheet: str | None = None,
    sample: int | None = None,
    on_progress: Progress | None = None,
    seed: int = 0,
) -> Table:
    """Read a file by its content: CSV of any kind, gzip or zip of one, xlsx, Parquet, JSON lines.

    ``source`` is a path, bytes or an open binary file. ``header`` is ``"auto"``, None (no names in
    the file), the 1-based line of the names, or the first and the last of several such lines.
    ``sample`` reads that many random rows, kept in file order. Raises :class:`TableError` with what
    was found, the line, and what to do: :class:`BadRowsError` (rows with the wrong number of fields
    or an unclosed quote) is cured by ``skip_bad_rows=True``, :class:`TooLargeError` by ``sample``,
    :class:`SheetError` by ``sheet``.
    """
    report = on_progress or _silent
    report(0.0, "Opening the file")
    wishes = CsvWishes(delimiter, header, skip_bad_rows)
    said: dict[str, Any] = {
        "encoding": encoding,
        "decimal": decimal,
        "sheet": sheet,
        "sample": sample,
    }
    said |= {"delimiter": delimiter, "skip_bad_rows": skip_bad_rows or None}
    read_as = {key: wish for key, wish in said.items() if wish is not None}
    read_as |= {} if header == "auto" else {"header": header}
    if sample is not None:
        read_as |= {"seed": seed} if seed else {}
        step = _part(report, 0.0, 0.5, "Drawing a sample")
        drawn = _sampled(source, name, encoding, wishes, sample, seed, step)
        if drawn is not None:
            return _finished(*drawn, read_as, report)
    content = open_content(source, name)
    raw = _read_raw(content, encoding, sheet, wishes, _part(report, 0.1, 0.6, "Reading rows"))
    table = _finished(raw, content, read_as, report)
    if table.dialect.kind == "csv":
        table.original = packed(content.data)
    return table


def _finished(raw: RawTable, content: Content, read_as: dict[str, Any], report: Progress) -> Table:
    refuse_empty(raw)
    refuse_shape(raw.n_rows, len(raw.columns))
    step = _part(report, 0.6, 1.0, "Looking at columns")
    table = _typed(raw, read_as.get("decimal"), content, step)
    table.read_as = read_as
    report(1.0, "Done")
    return table


def _sampled(
    source: Source,
    name: str | None,
    encoding: str | None,
    wishes: CsvWishes,
    n_rows: int,
    seed: int,
    step: Step,
) -> tuple[RawTable, Content] | None:
    """A random sample of a text file; None for workbooks and Parquet, which are read whole."""
    if n_rows < 1:
        raise TableError(f"A sample of {n_rows} rows was asked for; ask for at least 1.")
    if not is_text(source):
        return None
    lines: list[int] = []

    def header_lines(head: bytes) -> int:
        lines.append(_lines_before_rows(head, wishes))
        return lines[0]

    found = sample_text(source, name, n_rows, encoding, header_lines, step, seed)
    decoded = Decoded(found.content.data, found.encoding, 0, found.notices)
    raw = _read_text(decoded if encoding else encoded_once(decoded), wishes, step)
    raw.lines = Lines()  # those of the sample are not those of the file
    if found.n_rows > raw.n_rows:
        notice = f"A random sample of {raw.n_rows:,} of {found.n_rows:,} rows."
        raw.notices.insert(0, notice)
    return raw, found.content


def _lines_before_rows(head: bytes, wishes: CsvWishes) -> int:
    """How many lines of the head stand before the first row, the line of names among them."""
    whole = head[: head.rfind(b"\n") + 1] or head
    raw = _read_text(
        Decoded(whole, "utf-8"), replace(wishes, skip_bad_rows=True), lambda share: None
    )
    if raw.dialect.kind != "csv":
        return 0
    return max(raw.first_line - 1, raw.dialect.header_line or raw.dialect.skipped_lines)


def _silent(fraction: float, what: str) -> None:
    """Nobody asked."""


def _part(report: Progress, low: float, high: float, what: str) -> Step:
    """A reporter for one part of the work, from ``low`` to ``high``."""
    return lambda fraction: report(low + (high - low) * fraction, what)


def _read_raw(
    content: Content,
    encoding: str | None,
    sheet: str | None,
    wishes: CsvWishes,
    step: Step,
) -> RawTable:
    kind = kind_of(content.data)
    if kind == "parquet":
        return read_parquet(content.data)
    if kind == "xlsx":
        return read_sheet(content.data, sheet, wishes.header)
    own = read_own(content.data) if encoding is None and wishes == CsvWishes() else None
    if own is not None:
        return own
    return _read_text(decode(content.data, encoding), wishes, step)


def _read_text(decoded: Decoded, wishes: CsvWishes, step: Step) -> RawTable:
    head = decoded.head(HEAD_CHARS)
    refuse_markup(head)
    refuse_references(head)
    kind = json_kind(head) if wishes.delimiter is None else None
    if kind is None and wishes.delimiter is None and is_fasttext(head):
        return read_fasttext(decoded.text())
    if kind is None:
        return read_csv(decoded, wishes, step)
    text = decoded.text()
    raw = read_json_lines(text, wishes.skip_bad_rows) if kind == "jsonl" else read_json(text)
    raw.dialect = replace(raw.dialect, encoding=decoded.encoding)
    return raw


def _typed(raw: RawTable, decimal: str | None, content: Content, step: Step) -> Table:
    names, notices = tidy_names(raw.names)
    known = mark_columns(names, raw)
    names = known.names
    cells, told = dict(zip(names, known.columns, strict=True)), list[str]()
    ours = set(own_columns(names))  # nobody counts with them: they stay text, and cost no time
    if not ours:  # our own file is read letter by letter
        cells, told = without_apostrophes(cells)
    delimiter = raw.dialect.delimiter
    theirs = {name: column for name, column in cells.items() if name not in ours}
    typed = type_columns(theirs, decimal, step, delimiter)
    typed.columns |= {name: Typed(text_values(cells[name]), "text") for name in ours}
    index = pd.RangeIndex(raw.n_rows)
    copy = raw.n_rows <= MANY_ROWS  # large columns stay where they are; small ones in one block
    values = {name: typed.columns[name].values for name in names}
    frame = pd.DataFrame(values, index=index, copy=copy)
    text = pd.DataFrame({n: as_text_column(c) for n, c in cells.items()}, index=index, copy=copy)
    dialect = replace(raw.dialect, decimal=typed.decimal, container=content.container)
    doubted = doubts(cells, typed.columns, typed.decimal, delimiter)
    all_notices = [
        *filter(None, [content.note]),
        *raw.notices,
        *known.notices,
        *notices,
        *told,
        *typed.notices,
        *(doubted if decimal is None else []),
    ]
    return Table(
        frame,
        text,
        all_notices,
        dialect,
        content.name,
        raw.bad_rows,
        raw.lines,
        known.marks,
        raw.header,
    )
