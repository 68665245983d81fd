"""What stands above the rows: titles, groups of years, units and comments."""

from __future__ import annotations

import io
from pathlib import Path

import openpyxl
import pytest

from al_core.tables import Table, read_table

ROWS = [[str(i), "Oslo", f"{i}.5"] for i in range(1, 7)]
BODY = "".join(",".join(row) + "\n" for row in ROWS)


def says(table: Table, *words: str) -> bool:
    return any(all(word in notice for word in words) for notice in table.notices)


TITLES = {
    "a title padded to the full width": ("Report 2024,,\n", 2),
    "a title and a blank line": ("Report 2024,,\n,,\n", 3),
    "a title, who made it, and a blank line": ("Report,,\nmade by,Ann,\n,,\n", 4),
    "who made it, without a blank line": ("Report,,\nmade by,Ann,\n", 3),
    "names and values apart": ("Name: export\nDay: 2024-01-01\nUser: a,b\n\n", 5),
    "a title in the middle": (",Report 2024,\n,,\n", 3),
    "a type of PowerShell": ("#TYPE System.Diagnostics.Process\n", 2),
}


@pytest.mark.parametrize("title", TITLES, ids=list(TITLES))
def test_titles_above_the_names_are_left_out_and_told(title: str) -> None:
    above, line = TITLES[title]
    table = read_table((above + "id,city,x\n" + BODY).encode())
    assert table.columns == ["id", "city", "x"]
    assert table.text.to_numpy().tolist() == ROWS
    assert table.dialect.header_line == line
    assert says(table, f"names stand on line {line}")


def test_titles_above_names_of_words_alone_are_left_out() -> None:
    rows = "".join(f"A{i},{city},T{i % 2}\n" for i, city in enumerate(["Oslo", "Rome", "Bern"]))
    table = read_table(("Report,,\nmade by,Ann,\n,,\nname,city,team\n" + rows).encode())
    assert table.columns == ["name", "city", "team"]


def test_names_with_gaps_are_no_title() -> None:
    table = read_table(("id,,\n" + BODY).encode())
    assert table.columns == ["id", "column 2", "column 3"]
    assert table.n_rows == 6


YEARS = ["Country", "People: 2019", "People: 2020", "Money: 2019", "Money: 2020"]


@pytest.mark.parametrize("sign", [",", ";", "\t"])
@pytest.mark.parametrize("units", ["", ",mio,mio,bn,bn\n"], ids=["two lines", "with units"])
@pytest.mark.parametrize("title", ["", "Table 7,,,,\n,,,,\n"], ids=["at the top", "below a title"])
def test_groups_of_years_are_put_together_to_names(sign: str, units: str, title: str) -> None:
    head = "Country,People,,Money,\n,2019,2020,2019,2020\n"
    rows = "".join(f"{c},{i},{i + 1},{i * 9},{i * 8}\n" for i, c in enumerate(["N", "S", "F", "D"]))
    table = read_table((title + head + units + rows).replace(",", sign).encode())
    assert table.columns == YEARS
    assert table.n_rows == 4
    assert all(table.frame[name].dtype == "int64" for name in YEARS[1:])
    assert says(table, "put together")


def test_merged_groups_of_years_in_a_sheet_are_put_together() -> None:
    book = openpyxl.Workbook()
    sheet = book.active
    sheet.append(["Country", "People", None, "Money", None])
    sheet.append([None, 2019, 2020, 2019, 2020])
    for i, country in enumerate(["N", "S", "F", "D"]):
        sheet.append([country, i, i + 1, i * 9, i * 8])
    sheet.merge_cells("B1:C1")
    sheet.merge_cells("A1:A2")
    file = io.BytesIO()
    book.save(file)
    table = read_table(file.getvalue())
    assert table.columns == YEARS
    assert table.n_rows == 4


def test_a_first_row_with_years_and_a_blank_stays_a_row_below_full_names() -> None:
    table = read_table(b"land,a,b\n,2019,2020\nN,1,2\nS,3,4\n")
    assert table.n_rows == 3


def test_two_lines_of_units_of_a_logger_are_left_out() -> None:
    head = '"TOA5","CR1000","1234","x"\n"TIMESTAMP","RECORD","Batt","Temp"\n'
    units = '"TS","RN","Volts","Deg C"\n"","","Avg","Avg"\n'
    rows = "".join(f'"2024-01-01 {i:02d}:00:00",{i},12.{i},{i}.5\n' for i in range(6))
    table = read_table((head + units + rows).encode())
    assert table.columns == ["TIMESTAMP", "RECORD", "Batt", "Temp"]
    assert table.frame["Batt"].dtype == "float64"
    assert table.n_rows == 6
    assert says(table, "Lines 3, 4", "units")


def test_a_line_of_dashes_below_the_names_is_left_out() -> None:
    table = read_table(("id,city,x\n--,----,---\n" + BODY).encode())
    assert table.frame["id"].dtype == "int64"
    assert table.n_rows == 6


COMMENTS = {
    "names in the last comment": ("# Station: X\n# id, city, x\n", 2),
    "names in the only comment": ("#id,city,x\n", 1),
    "names below comments of another width": ("% made by Octave\n% name: A, B\nid,city,x\n", 3),
}


@pytest.mark.parametrize("comment", COMMENTS, ids=list(COMMENTS))
def test_names_are_found_in_or_below_comments(comment: str) -> None:
    above, line = COMMENTS[comment]
    table = read_table((above + BODY).encode())
    assert table.columns == ["id", "city", "x"]
    assert table.n_rows == 6
    assert table.dialect.header_line == line


def test_the_header_of_labview_is_left_out() -> None:
    head = "LabVIEW Measurement\t\nSeparator\tTab\n***End_of_Header***\t\n\nChannels\t2\t\t\n"
    rows = "".join(f"0,{i:02d}\t{i},5\t{i},75\t\n" for i in range(8))
    names = "X_Value\tVoltage\tVoltage 1\tComment\n"
    table = read_table((head + "***End_of_Header***\t\t\n" + names + rows).encode())
    assert table.columns == ["X_Value", "Voltage", "Voltage 1", "Comment"]
    assert table.frame["Voltage"].tolist()[:2] == [0.5, 1.5]


def test_pages_with_their_names_again_are_one_table() -> None:
    pages = "".join("id,city,x\n" + BODY + "\x0c" for _ in range(3))
    table = read_table(pages.encode())
    assert table.n_rows == 18
    assert table.frame["id"].dtype == "int64"


def test_the_sheet_with_a_table_is_taken_and_not_its_cover() -> None:
    book = openpyxl.Workbook()
    book.active.title = "Cover"
    book.active["A1"] = "This workbook holds the survey"
    data = book.create_sheet("Data")
    for row in [["id", "city"], [1, "Oslo"], [2, "Rome"]]:
        data.append(row)
    file = io.BytesIO()
    book.save(file)
    table = read_table(file.getvalue())
    assert table.columns == ["id", "city"]
    assert says(table, 'Sheet "Data" of 2')


def test_a_sheet_with_lines_of_csv_in_its_cells_is_split() -> None:
    book = openpyxl.Workbook()
    for line in ["id,city,x", *(",".join(row) for row in ROWS)]:
        book.active.append([line])
    file = io.BytesIO()
    book.save(file)
    table = read_table(file.getvalue())
    assert table.columns == ["id", "city", "x"]
    assert table.frame["x"].dtype == "float64"
    assert says(table, "one cell")


def test_a_sample_keeps_every_line_of_the_names(tmp_path: Path) -> None:
    path = tmp_path / "large.csv"
    rows = "".join(f"c{i},{i},{i + 1},{i * 9},{i * 8}\n" for i in range(900))
    path.write_text("Country,People,,Money,\n,2019,2020,2019,2020\n,mio,mio,bn,bn\n" + rows)
    table = read_table(path, sample=50)
    assert table.columns == YEARS
    assert table.n_rows == 50
    assert table.frame[YEARS[1]].dtype == "int64"
