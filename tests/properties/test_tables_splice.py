"""New cells in a file as it came: every byte beside them stays, in messy and wild files too."""

from __future__ import annotations

import csv
import io
import re
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from al_core.errors import TableError
from al_core.tables import Table, read_table
from al_core.tables.formats.writing.splice import NewCells, NotPlain, spliced
from tests.shared_data import SHARED

MARK = "QZXJ"
FILES = sorted(
    path
    for folder in ("messy", "wild")
    for path in (SHARED / folder).glob("*")
    if path.suffix.lower() in (".csv", ".tsv", ".txt", ".tab", ".dat") and path.stat().st_size < 3e6
)
NONE = [pytest.param(Path(), marks=pytest.mark.skip("needs the shared files"), id="none")]
# Of the files in both folders, how many have to be plain at least: counted on 27 November 2026, so
# that a splicer which finds nothing plain does not pass.
PLAIN_AT_LEAST = 50


def read(data: bytes) -> Table | None:
    try:
        return read_table(data, skip_bad_rows=True)
    except TableError:
        return None


def put_in(data: bytes, table: Table) -> bytes | None:
    """The mark in every blank cell of one column, and in a new column; None: not plain."""
    column, rows = blank_cells(table)
    new = NewCells(column, dict.fromkeys(rows, MARK), [(MARK, [MARK] * table.n_rows)])
    try:
        return spliced(data, table, new)
    except NotPlain:
        return None


def blank_cells(table: Table) -> tuple[str | None, list[int]]:
    for name in table.columns:
        rows = [row for row, cell in enumerate(table.text[name].fillna("")) if cell == ""]
        if rows:
            return name, rows
    return None, []


def lines_without_marks(data: bytes, table: Table) -> list[str]:
    """The lines with everything taken out again that was put in, and no blank cell in quotes."""
    delimiter, encoding = table.dialect.delimiter, table.dialect.encoding
    assert delimiter is not None
    text = data.decode(encoding)
    behind = rf'(?:{re.escape(delimiter)})?"?{MARK}"?(?=[\r\n]|\Z)'
    return re.sub(MARK, "", re.sub(behind, "", text)).replace('""', "").split("\n")


def same(new: str, old: str, delimiter: str) -> bool:
    """Whether a line is as it was; one with as many fields that is no row has one more, empty."""
    return new == old or new.rstrip("\r") == old.rstrip("\r") + delimiter


@pytest.mark.parametrize("path", FILES or NONE, ids=lambda path: path.name)
def test_outside_of_the_new_cells_every_byte_of_a_plain_file_stays(path: Path) -> None:
    data = path.read_bytes()
    table = read(data)
    if table is None or MARK.encode() in data:
        pytest.skip("refused by the reader")
    new = put_in(data, table)
    if new is None:
        pytest.skip("not plain, and it says so")
    assert len(new) > len(data)
    lines, known = lines_without_marks(new, table), lines_without_marks(data, table)
    assert len(lines) == len(known)
    assert all(same(a, b, table.dialect.delimiter or "") for a, b in zip(lines, known, strict=True))


@pytest.mark.skipif(not FILES, reason="needs the shared files")
def test_many_files_are_plain_and_read_again_with_the_new_cells_in_place() -> None:
    plain = 0
    for path in FILES:
        data = path.read_bytes()
        table = read(data)
        if table is None or table.dialect.kind != "csv" or (new := put_in(data, table)) is None:
            continue
        plain += 1
        again = read_table(new, skip_bad_rows=True, encoding=None)
        if again.n_rows == table.n_rows and MARK in again.columns:
            assert set(again.text[MARK]) == {MARK}, path.name
    assert plain >= PLAIN_AT_LEAST


CELLS = st.text(st.sampled_from('ab,;"\n\r é=1\t '), max_size=6)


@settings(deadline=None)
@given(
    st.lists(st.tuples(CELLS, CELLS), min_size=2, max_size=8),
    st.sampled_from(",;\t|"),
    st.sampled_from(["\n", "\r\n"]),
    st.sampled_from(["utf-8", "utf-8-sig", "cp1252", "utf-16"]),
    st.sampled_from([csv.QUOTE_MINIMAL, csv.QUOTE_ALL]),
)
def test_files_of_any_writer_are_taken_apart_and_put_together_again(
    rows: list[tuple[str, str]], delimiter: str, end: str, encoding: str, quoting: int
) -> None:
    out = io.StringIO(newline="")
    writer = csv.writer(out, delimiter=delimiter, lineterminator=end, quoting=quoting)
    writer.writerow(["first", "second", "number"])
    for number, (first, second) in enumerate(rows):
        writer.writerow([first, second, number])
    data = out.getvalue().encode(encoding)
    table = read(data)
    if table is None or table.n_rows != len(rows) or table.dialect.delimiter != delimiter:
        return
    new = NewCells(None, {}, [("team", [f"t{row}" for row in range(len(rows))])])
    try:
        got = spliced(data, table, new)
    except NotPlain:
        return
    expected = io.StringIO(newline="")
    writer = csv.writer(expected, delimiter=delimiter, lineterminator=end, quoting=quoting)
    writer.writerow(["first", "second", "number", "team"])
    for number, (first, second) in enumerate(rows):
        writer.writerow([first, second, number, f"t{number}"])
    assert got == expected.getvalue().encode(encoding)
