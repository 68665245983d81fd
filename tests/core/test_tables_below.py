"""What stands below the rows: notes are left out and told, other tables never mixed in."""

from __future__ import annotations

import io

import openpyxl
import pytest

from al_core.tables import BadRowsError, Table, read_table

ROWS = "id,city,x\n" + "".join(f"{i},Oslo,{i}.5\n" for i in range(1, 7))


def says(table: Table, *words: str) -> bool:
    return any(all(word in notice for word in words) for notice in table.notices)


NOTES = {
    "a source": "Source: Office of statistics\n",
    "a source with a comma": "Source: Office of statistics, 2024\n",
    "notes below a blank line": "\nData of the survey\nTaken by hand\n",
    "a count of psql": "(6 rows)\n",
    "a count of SQL Server": "\n(6 rows affected)\n",
    "a prompt": "\n6 rows selected.\n\nSQL> exit\n",
    "a report of Salesforce": '\n\n"My Report"\n"Copyright (c) 2000-2024 s.com, inc."\n"Acme"\n',
    "German": "Quelle: Statistisches Amt, Stand 2024\n",
    "a rule and a remark": "-----\n* preliminary\n",
    "the end": "-- end of report --\n",
}


@pytest.mark.parametrize("note", NOTES, ids=list(NOTES))
def test_notes_below_the_rows_are_left_out_told_and_listed(note: str) -> None:
    table = read_table((ROWS + NOTES[note]).encode())
    assert table.n_rows == 6
    assert table.frame["id"].dtype == "int64"
    assert says(table, "note", "left out")
    assert [row.line for row in table.bad_rows] == [
        n for n, line in enumerate((ROWS + NOTES[note]).split("\n"), 1) if n > 7 and line.strip()
    ]


CUT = {"a row cut short": "7,Os", "a row cut within its first cell": "7", "a word": "Osl"}


@pytest.mark.parametrize("end", CUT, ids=list(CUT))
def test_a_last_row_that_was_cut_is_refused_with_its_line(end: str) -> None:
    with pytest.raises(BadRowsError, match="line 8"):
        read_table((ROWS + CUT[end]).encode())


def test_a_note_between_rows_is_refused_with_its_line() -> None:
    with pytest.raises(BadRowsError, match="line 8"):
        read_table((ROWS + "Source: Office\n7,Rome,7.5\n").encode())


PADDED = {
    "below a blank row": ",,\nEurostat,,\nTaken on 2024-01-01,,\n",
    "in words": "Source: Eurostat,,\n",
    "after a line of delimiters": ",,\nNote: preliminary,,\n,,\n",
}


@pytest.mark.parametrize("note", PADDED, ids=list(PADDED))
def test_notes_padded_with_delimiters_are_left_out_and_told(note: str) -> None:
    table = read_table((ROWS + PADDED[note]).encode())
    assert table.n_rows == 6
    assert table.frame["id"].dtype == "int64"
    assert says(table, "note", "left out")


def test_a_row_with_its_first_cell_alone_stays_a_row() -> None:
    assert read_table((ROWS + "7,,\n").encode()).n_rows == 7
    assert read_table(b"name,team\nAnn,a\nBob,b\nCy,a\nDee,\n").n_rows == 4


def test_whoever_says_where_the_names_are_keeps_padded_notes() -> None:
    assert read_table((ROWS + "Source: Eurostat,,\n").encode(), header=1).n_rows == 7


def test_a_sum_below_numbers_is_no_row() -> None:
    table = read_table((ROWS + "Total,,27\n").encode())
    assert table.n_rows == 6
    assert says(table, "Total", "left out")


def test_a_balance_below_dates_is_no_row() -> None:
    rows = "".join(f"{i + 12}/03/2024,card,{i}.50\n" for i in range(1, 6))
    table = read_table(("Date,What,Amount\n" + rows + "Closing balance,,12.00\n").encode())
    assert table.n_rows == 5
    assert table.frame["Date"].dtype.kind == "M"


NOTES_THAT_FIT = {
    "a note with as many commas": "a,b\n1,2\n3,4\n5,6\n\nQuery OK, 3 rows in set (0.01 sec)\n",
    "below one column": "a\n1\n3\n5\n\nSource: the office\n",
}


@pytest.mark.parametrize("case", NOTES_THAT_FIT, ids=list(NOTES_THAT_FIT))
def test_a_note_that_fits_the_table_is_no_row_below_numbers(case: str) -> None:
    table = read_table(NOTES_THAT_FIT[case].encode())
    assert table.frame["a"].tolist() == [1, 3, 5]
    assert says(table, "is a note", "left out")


def test_a_row_of_missing_values_below_a_blank_line_is_a_row() -> None:
    assert read_table(b"id,label\n1,yes\n2,no\n\nn/a,unknown\n5,yes\n").n_rows == 4


def test_another_table_of_the_same_width_is_never_mixed_in() -> None:
    data = b"id,city\n1,Oslo\n2,Rome\n3,Bern\n\nyear,amount\n2020,5\n2021,7\n"
    with pytest.raises(BadRowsError, match=r"3 rows of 6 .* line 6: another table begins here"):
        read_table(data)
    table = read_table(data, skip_bad_rows=True)
    assert table.frame["id"].tolist() == [1, 2, 3]


def test_another_table_of_another_width_is_named_with_its_line() -> None:
    data = (ROWS + "\nday,views\n1,5\n2,6\n3,7\n").encode()
    with pytest.raises(BadRowsError, match="line 9: another table begins here"):
        read_table(data)
    assert read_table(data, skip_bad_rows=True).n_rows == 6


def test_a_blank_line_between_rows_begins_no_table() -> None:
    assert read_table(b"id,city\n1,Oslo\n2,Rome\n\n3,Bern\n4,Genf\n").n_rows == 4
    assert read_table(b"a,b\nx,Oslo\ny,Rome\n\nz,Bern\nw,Genf\n").n_rows == 4


def workbook(*rows: list[object]) -> bytes:
    book = openpyxl.Workbook()
    for row in rows:
        book.active.append(row)
    file = io.BytesIO()
    book.save(file)
    return file.getvalue()


def test_notes_below_the_rows_of_a_sheet_are_left_out_and_told() -> None:
    rows = [[i, "Oslo", i * 1.5] for i in range(6)]
    table = read_table(workbook(["id", "city", "x"], *rows, [], ["Source: Office"], ["by hand"]))
    assert table.n_rows == 6
    assert says(table, "Source: Office", "left out")


@pytest.mark.parametrize("names", [["year", "amount"], ["year", "amount", "more"]])
def test_another_table_below_the_rows_of_a_sheet_is_told_and_left_out(names: list[str]) -> None:
    first = [[i, "Oslo"] for i in range(6)]
    second = [[2000 + i, *[i] * (len(names) - 1)] for i in range(4)]
    table = read_table(workbook(["id", "city"], *first, [], names, *second))
    assert table.frame["id"].tolist() == list(range(6))
    assert says(table, "Another table begins on line 9")


def test_columns_without_names_or_cells_at_the_right_end_are_left_out() -> None:
    rows = "".join(f"{i},Oslo,{i},,,\n" for i in range(5))
    table = read_table(("id,city,x,,,\n" + rows).encode())
    assert table.columns == ["id", "city", "x"]
    assert says(table, "right end")
