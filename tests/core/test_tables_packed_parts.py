"""Workbooks whose parts lie elsewhere or are spoiled, and Parquet values that Python has not."""

from __future__ import annotations

import io
import zipfile
from typing import Any

import openpyxl
import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from al_core.errors import TableError
from al_core.tables import read_table


def workbook() -> bytes:
    book = openpyxl.Workbook()
    book.active.append(["id", "label"])
    for i in range(20):
        book.active.append([i, "yes" if i % 2 else "no"])
    file = io.BytesIO()
    book.save(file)
    return file.getvalue()


def at_the_root(data: bytes, without: str = "") -> bytes:
    """The same workbook with its parts at the root of the zip, as some programs write them."""
    file = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(file, "w") as new:
        for name in old.namelist():
            part = old.read(name)
            if name.endswith((".rels", "].xml")):
                part = part.replace(b"/xl/", b"/").replace(b'"xl/', b'"')
            if name.removeprefix("xl/") != without:
                new.writestr(name.removeprefix("xl/"), part)
    return file.getvalue()


@pytest.mark.parametrize("name", ["book.xlsx", "book.zip", "book"])
def test_a_workbook_with_its_parts_at_the_root_opens(name: str) -> None:
    table = read_table(io.BytesIO(at_the_root(workbook())), name=name)
    assert (table.n_rows, table.columns, table.dialect.kind) == (20, ["id", "label"], "xlsx")


def spoiled(data: bytes) -> bytes:
    return data[:300] + bytes(byte ^ 0x55 for byte in data[300:900]) + data[900:]


DAMAGED = {
    "cut off": workbook()[:2000],
    "spoiled within": spoiled(workbook()),
    "at the root, spoiled within": spoiled(at_the_root(workbook())),
    "at the root, without its main part": at_the_root(workbook(), "workbook.xml"),
}


@pytest.mark.parametrize("data", DAMAGED.values(), ids=DAMAGED)
def test_a_damaged_workbook_is_called_one(data: bytes) -> None:
    with pytest.raises(TableError, match="The Excel file is damaged"):
        read_table(io.BytesIO(data), name="book.xlsx")


def test_a_zip_of_a_table_and_a_word_document_keep_their_names() -> None:
    for parts, word in (
        ({"a.txt": "x", "b.txt": "y"}, "The zip file holds 2 files"),
        ({"[Content_Types].xml": "<Types/>", "word/document.xml": "<x/>"}, "a Word document"),
    ):
        file = io.BytesIO()
        with zipfile.ZipFile(file, "w") as archive:
            for name, text in parts.items():
                archive.writestr(name, text)
        with pytest.raises(TableError, match=word):
            read_table(io.BytesIO(file.getvalue()), name="given.zip")


LATE = 253_402_300_800_000  # the first millisecond of the year 10000
DAYS = pa.array([LATE, 0, None, LATE], pa.timestamp("ms"))
LISTS = pa.ListArray.from_arrays([0, 1, 2, 2, 4], DAYS)
NESTED = {
    "struct": (pa.StructArray.from_arrays([DAYS], ["t"]), '{"t": "10000-01-01 00:00:00.000"}'),
    "list": (LISTS, '["10000-01-01 00:00:00.000"]'),
    "list in a struct": (
        pa.StructArray.from_arrays([LISTS], ["t"]),
        '{"t": ["10000-01-01 00:00:00.000"]}',
    ),
    "map": (
        pa.MapArray.from_arrays([0, 1, 2, 2, 4], pa.array(list("abcd")), DAYS),
        '[["a", "10000-01-01 00:00:00.000"]]',
    ),
    "day": (
        pa.StructArray.from_arrays([pa.array([3_000_000, 1, 2, 3], pa.date32())], ["t"]),
        '{"t": "10183-09-21"}',
    ),
    "unknown zone": (
        pa.array([0, 1, 2, 3], pa.timestamp("ms", "Mars/Base")),
        "1970-01-01 00:00:00.000Z",
    ),
    "unknown zone in a struct": (
        pa.StructArray.from_arrays([pa.array([0, 1, 2, 3], pa.timestamp("s", "Mars/Base"))], ["t"]),
        '{"t": "1970-01-01 00:00:00.000Z"}',
    ),
}


@pytest.mark.parametrize(("column", "first"), NESTED.values(), ids=NESTED)
def test_parquet_values_beyond_those_of_python_are_read_as_text(column: Any, first: str) -> None:
    file = io.BytesIO()
    pq.write_table(pa.table({"id": [1, 2, 3, 4], "when": column}), file)
    table = read_table(io.BytesIO(file.getvalue()), name="given.parquet")
    assert table.text["when"][0] == first
    assert table.n_rows == 4
