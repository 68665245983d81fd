"""Cells that look like something else: escapes, apostrophes, lots, days, versions, notes."""

from __future__ import annotations

import io

import openpyxl
import pandas as pd
import pytest

from al_core.tables import Table, column_summary, guess_roles, read_table


def column(name: str, cells: list[str], times: int = 1) -> Table:
    lines = [f'"{cell}",{"ab"[i % 2]}' for i, cell in enumerate(cells * times)]
    return read_table("\n".join([f"{name},x", *lines]).encode())


def said(table: Table) -> str:
    return " ".join(table.notices)


def workbook(*rows: list[str]) -> bytes:
    book, file = openpyxl.Workbook(), io.BytesIO()
    for row in rows:
        book.active.append(row)
    book.save(file)
    return file.getvalue()


@pytest.mark.parametrize(
    ("stands", "meant"),
    [
        ("two_x000D_\nlines", "two\nlines"),
        ("two_x000D_lines", "two\nlines"),
        ("a_x0009_b", "a\tb"),
        ("_x005F_x000D_", "_x000D_"),
        ("_xD83D__xDE42_", "🙂"),
        ("max_x12_y", "max_x12_y"),
        ("_x00_", "_x00_"),
    ],
)
def test_the_escapes_of_a_workbook_are_the_letters_they_stand_for(stands: str, meant: str) -> None:
    table = read_table(workbook(["id", "text"], *([str(i), f"{stands} end"] for i in range(5))))
    assert table.text["text"].tolist() == [f"{meant} end"] * 5


@pytest.mark.parametrize("cells", [["'01000", "'02134", "'94103"], ["'0171 123", "0172 456", ""]])
def test_the_apostrophe_before_codes_is_left_out_and_told(cells: list[str]) -> None:
    table = column("zip", cells, 5)
    assert table.text["zip"].tolist() == [cell.removeprefix("'") for cell in cells * 5]
    assert "zip: the apostrophe" in said(table)


@pytest.mark.parametrize(
    "cells",
    [
        ["'98", "'99", "'07"],
        ["'90s", "'80s", "'70s"],
        ["'tis so", "'90s music", "plain"],
        ["'12 monkeys' is a film", "'5' is a number", "7"],
    ],
)
def test_an_apostrophe_that_is_meant_stays(cells: list[str]) -> None:
    assert column("t", cells, 5).text["t"].tolist() == cells * 5


@pytest.mark.parametrize("cells", [["1E5", "2E4", "3E1"], ["1234", "12E4", "9981"]])
def test_the_numbers_of_lots_keep_their_letter(cells: list[str]) -> None:
    table = column("lot", cells, 5)
    assert table.frame["lot"].tolist() == cells * 5
    assert "lot stays text: codes such as 1E5" in said(table)


@pytest.mark.parametrize("cells", [["1E+05", "2E+04"], ["1.5E5", "2E4"], ["1e5", "2e4"]])
def test_numbers_with_an_exponent_stay_numbers(cells: list[str]) -> None:
    assert column("x1", cells, 5).frame["x1"].tolist() == [float(cell) for cell in cells * 5]


@pytest.mark.parametrize("gap", [[], [""], ["NA"]])
def test_days_in_eight_digits_are_dates(gap: list[str]) -> None:
    table = column("period", ["20140131", "20131224", "20140301", *gap], 3)
    assert table.frame["period"][1] == pd.Timestamp("2013-12-24")
    assert "such as 20140131 were read as days" in said(table)
    assert guess_roles(table)["period"].kind == "date"


@pytest.mark.parametrize(
    ("name", "cells"),
    [
        ("sum", ["20140131", "20140132", "20140133"]),
        ("sum", ["20149999", "20140131", "20140201"]),
        ("order_id", ["20140131", "20131224", "20140301"]),
        ("ticket", ["20140101", "20140102", "20140103", "20140104"]),
        ("sum", ["20140131.5", "20131224.25", "20140301"]),
    ],
)
def test_eight_digits_that_are_ids_or_no_days_stay_numbers(name: str, cells: list[str]) -> None:
    assert column(name, cells).frame[name].dtype.kind in "if"


def test_ids_that_are_named_as_dates_are_dates() -> None:
    cells = ["20140101", "20140102", "20140103", "20140104"]
    assert column("date_id", cells).frame["date_id"][3] == pd.Timestamp("2014-01-04")


@pytest.mark.parametrize(
    ("name", "cells", "reason"),
    [
        ("start", ["10.39.15", "11.20.59", "09.05.10"], "times of day or versions"),
        ("version", ["1.2.10", "1.2.11", "1.3.10"], "versions"),
        ("firmware", ["10.139.115", "10.139.116", "10.120.110"], "versions"),
        ("host", ["192.168.001.001", "192.168.001.002", "010.000.000.001"], ""),
    ],
)
def test_what_has_points_and_is_no_number_stays_as_it_stands(
    name: str, cells: list[str], reason: str
) -> None:
    table = column(name, cells, 4)
    assert table.frame[name].tolist() == cells * 4
    assert reason in said(table)


@pytest.mark.parametrize("cells", [["1.2.3", "1.10.2"], ["1,2,3", "4,5,6,7"], ["1-2-3", "4-5-6"]])
def test_a_column_without_one_number_is_not_said_to_hold_some(cells: list[str]) -> None:
    assert "are numbers" not in said(column("v", cells, 4))


def test_a_column_of_numbers_and_words_is_still_said_to_hold_both() -> None:
    assert "some of its cells are numbers" in said(column("v", ["1", "2.5", "see note"], 4))


@pytest.mark.parametrize("note", ["Figures are rounded to the next hundred", "* as of the 1st May"])
def test_a_sentence_in_the_first_cell_of_the_last_row_is_a_note(note: str) -> None:
    rows = [f"Ulm,{i},{i * 3}" for i in range(12)]
    table = read_table("\n".join(["town,a,b", *rows, f"{note},,"]).encode())
    assert table.n_rows == 12
    assert note[:30] in said(table)


def test_a_last_name_as_long_as_the_others_is_a_row() -> None:
    rows = [f"The old town of Ulm on the Danube,{i},{i * 3}" for i in range(12)]
    table = read_table(
        "\n".join(["town,a,b", *rows, "The new town of Ulm on the Iller,,"]).encode()
    )
    assert table.n_rows == 13


def test_whole_numbers_beside_gaps_are_counted_without_a_point() -> None:
    table = column("size", ["196.0", "", "12.0"], 3)
    assert {value for value, _ in column_summary(table, "size").top} == {"196", "12"}


def test_many_values_are_not_said_to_be_one_of_a_few() -> None:
    roles = guess_roles(column("customer", [f"c{i % 400}" for i in range(1600)]))
    assert roles["customer"].reason == "400 different values"
