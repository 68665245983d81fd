"""Values without a name, names without cells, and two tables in one file."""

from __future__ import annotations

import io

import openpyxl
import pytest

from al_core.errors import TableError
from al_core.tables import Table, read_table
from al_core.tables.table import BadRowsError

TRAILING = "\n".join(f"{i},{i + 20}," for i in range(250))


def read(text: str, **settings: object) -> Table:
    return read_table(io.BytesIO(text.encode()), name="given.csv", **settings)  # type: ignore[arg-type]


@pytest.mark.parametrize("names", ["id,age,\n", "id,age\n", ""])
def test_a_value_below_no_name_is_kept_in_a_column_of_its_own(names: str) -> None:
    table = read(f"{names}{TRAILING}\n250,30,moved\n251,31,\n")
    assert (table.n_rows, len(table.columns)) == (252, 3)
    assert table.text[table.columns[2]][250] == "moved"
    assert any('the first is "moved"' in notice for notice in table.notices)
    assert not any("means nothing" in notice for notice in table.notices)


ROWS = [f"{i},row {i}" for i in range(40)]
SHORT = {
    "all rows end early": ROWS,
    "some rows are filled": [
        row + (",x" if i % 9 == 0 else ",,bad" if i % 13 == 0 else "") for i, row in enumerate(ROWS)
    ],
    "blank cells are written in the first rows alone": [
        row + (",," if i < 16 else "") for i, row in enumerate(ROWS)
    ],
    "and in most rows": [row + (",," if i < 30 else "") for i, row in enumerate(ROWS)],
}


@pytest.mark.parametrize("title", ["", "My batch\n"])
@pytest.mark.parametrize("rows", SHORT.values(), ids=SHORT)
def test_rows_that_end_before_the_last_names_end_in_blank_cells(
    rows: list[str], title: str
) -> None:
    table = read(title + "id,text,approve,reject\n" + "\n".join(rows))
    assert table.columns == ["id", "text", "approve", "reject"]
    assert table.text.to_numpy().tolist() == [(row + ",,").split(",")[:4] for row in rows]
    said = [notice for notice in table.notices if "before the last names" in notice]
    assert len(said) == 1
    assert "(approve, reject)" in said[0]


def test_a_row_that_lost_a_cell_which_all_others_fill_is_still_told() -> None:
    rows = [f"{i},row {i},yes" for i in range(20)]
    with pytest.raises(BadRowsError, match="line 12: 2 fields, 3 expected"):
        read("id,text,label\n" + "\n".join([*rows[:10], "10,row 10", *rows[11:]]))


def test_a_name_cut_in_two_at_its_comma_does_not_shift_the_others() -> None:
    rows = "\n".join(f"{i},{i}.5,a" for i in range(20))
    with pytest.raises(TableError, match="names 4 columns, but the lines below have 3 fields"):
        read("id,amount (EUR, net),kind\n" + rows)


def test_a_title_with_commas_is_not_taken_for_names() -> None:
    rows = "\n".join(f"r{i},{i}" for i in range(20))
    assert read("Population, by age, sex, 2019\nregion,n\n" + rows).columns == ["region", "n"]


FIRST = "Region,Men,Women\n" + "".join(f"r{i},{i},{2 * i}\n" for i in range(6)) + "Total,15,30\n"
AGAIN = "Region,Men,Women\n" + "".join(f"s{i},{i},{3 * i}\n" for i in range(8)) + "Total,28,84\n"
OTHER = "Party,Votes,Seats\n" + "".join(f"p{i},{i},{3 * i}\n" for i in range(8)) + "Total,28,84\n"
BETWEEN = {
    "nothing": "",
    "a blank line": "\n",
    "delimiters": ",,\n",
    "a title": "\nTable 2: Wales\n",
    "a padded title": ",,\nTable 2: Wales,,\n",
}


@pytest.mark.parametrize("between", BETWEEN.values(), ids=BETWEEN)
@pytest.mark.parametrize("second", [AGAIN, OTHER], ids=["same names", "other names"])
def test_a_second_table_below_a_total_is_not_joined_to_the_first(second: str, between: str) -> None:
    with pytest.raises(BadRowsError, match="another table begins here") as told:
        read(FIRST + between + second)
    assert "Keep each table in a file of its own" in str(told.value)
    table = read(FIRST + between + second, skip_bad_rows=True)
    assert table.text["Region"].tolist() == [f"r{i}" for i in range(6)] + ["Total"]


@pytest.mark.parametrize("between", ["", "\n", "\nPage 2\n"], ids=["", "a blank line", "a page"])
def test_files_put_together_and_pages_of_one_report_are_still_one_table(between: str) -> None:
    first, again = FIRST.replace("Total,15,30\n", ""), AGAIN.replace("Total,28,84\n", "")
    table = read(first + between + again, skip_bad_rows=True)
    assert table.n_rows == 14


def test_a_second_table_below_a_total_in_a_sheet_is_not_joined_either() -> None:
    book = openpyxl.Workbook()
    for line in (FIRST + AGAIN).splitlines():
        book.active.append([int(c) if c.isdigit() else c for c in line.split(",")])
    file = io.BytesIO()
    book.save(file)
    table = read_table(io.BytesIO(file.getvalue()), name="two.xlsx")
    assert table.text["Region"].tolist() == [f"r{i}" for i in range(6)] + ["Total"]
    assert any("Another table begins on line 9" in notice for notice in table.notices)


@pytest.mark.parametrize("n", [1, 2, 5])
def test_blank_rows_at_the_end_are_no_rows_however_few_stand_above(n: int) -> None:
    table = read("id,name,age\n" + "".join(f"{i},Ann,3{i}\n" for i in range(n)) + ",,\n,,\n")
    assert table.n_rows == n
    assert any("blank rows are left out" in notice for notice in table.notices)


def test_a_row_with_a_cell_too_many_is_no_line_of_names() -> None:
    rows = [f"row {i} of the file,{i % 7}" for i in range(20)]
    data = "\n".join(["a,b", *rows[:5], "x,y,z", *rows[5:]]).encode()
    table = read_table(data, skip_bad_rows=True)
    assert (table.columns, table.n_rows) == (["a", "b"], 20)
    assert [bad.line for bad in table.bad_rows] == [7]
