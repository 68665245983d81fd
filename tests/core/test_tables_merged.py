"""Workbooks with merged cells: their text belongs to each row they span."""

from __future__ import annotations

import io

import openpyxl
import pytest

from al_core.tables import read_table


def workbook(rows: list[list[object]], *merges: str) -> bytes:
    book = openpyxl.Workbook()
    sheet = book.active
    for row in rows:
        sheet.append(row)
    for merge in merges:
        sheet.merge_cells(merge)
    file = io.BytesIO()
    book.save(file)
    return file.getvalue()


SALES = [
    ["region", "shop", "sold"],
    ["North", "Aarhus", 5],
    [None, "Skagen", 7],
    [None, "Viborg", 2],
    ["South", "Bonn", 4],
    [None, "Ulm", 9],
]


def test_a_cell_merged_over_rows_counts_for_each_of_them_and_this_is_said() -> None:
    table = read_table(workbook(SALES, "A2:A4", "A5:A6"), name="sales.xlsx")
    assert table.text["region"].tolist() == ["North"] * 3 + ["South"] * 2
    assert "3 blank cells got the text of the merged cell that they belong to." in table.notices


def test_blank_cells_that_were_not_merged_stay_blank() -> None:
    table = read_table(workbook(SALES, "A5:A6"), name="sales.xlsx")
    assert table.text["region"].tolist() == ["North", "", "", "South", "South"]


def test_cells_merged_in_the_header_are_no_data() -> None:
    rows: list[list[object]] = [["Sales of 2026", None, None], [None, None, None], *SALES]
    table = read_table(workbook(rows, "A1:C2", "A4:A6"), name="sales.xlsx")
    assert list(table.columns) == ["region", "shop", "sold"]
    assert table.text["region"].tolist() == ["North"] * 3 + ["South", ""]


@pytest.mark.parametrize("left", [0, 2])
def test_a_table_that_begins_further_right_is_filled_alike(left: int) -> None:
    rows = [[None] * left + row for row in SALES]
    column = "AC"[left // 2]
    table = read_table(workbook(rows, f"{column}2:{column}4"), name="sales.xlsx")
    assert table.text["region"].tolist() == ["North"] * 3 + ["South", ""]


def test_each_sheet_has_merged_cells_of_its_own() -> None:
    book = openpyxl.load_workbook(io.BytesIO(workbook(SALES, "A2:A4")))
    other = book.create_sheet("plain")
    for row in SALES:
        other.append(row)
    file = io.BytesIO()
    book.save(file)
    table = read_table(file.getvalue(), name="sales.xlsx", sheet="plain")
    assert table.text["region"].tolist() == ["North", "", "", "South", ""]
