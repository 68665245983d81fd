"""What can be read in two ways: it is read as its owner meant it, or the guess is told."""

from __future__ import annotations

import io
import zipfile

import numpy as np
import openpyxl
import pandas as pd
import pytest

from al_core.errors import TableError
from al_core.tables import check_answers, read_table


def values(table, column):
    return table.frame[column].tolist()


def said(table) -> str:
    return " ".join(table.notices)


def workbook(rows) -> bytes:
    book = openpyxl.Workbook()
    for row in rows:
        book.active.append(row)
    buffer = io.BytesIO()
    book.save(buffer)
    return buffer.getvalue()


@pytest.mark.parametrize(
    "data",
    [
        b"tweet_id,text\n1745678901234567890,a\n,b\n1745678901234567891,c\n",
        b"tweet_id,text\n1745678901234567890,a\nNA,b\n1745678901234567891,c\n",
        b'{"tweet_id":9007199254740993,"text":"a"}\n{"tweet_id":null,"text":"b"}\n',
    ],
    ids=["blank", "NA", "json"],
)
def test_long_whole_numbers_with_a_gap_keep_every_digit(data):
    table = read_table(data)
    assert isinstance(values(table, "tweet_id")[0], str)
    assert "too long to be kept exactly" in said(table)


@pytest.mark.parametrize(
    "cells",
    [["100000000000000000.25", "1.5"], ["12.345.678.901.234.567,89 €", "1,00 €"]],
    ids=["point", "euro"],
)
def test_long_numbers_with_a_fraction_keep_every_digit(cells):
    table = read_table(("x;y\n" + "".join(f"{c};a\n" for c in cells)).encode())
    assert values(table, "x") == cells
    assert "too long to be kept exactly" in said(table)


@pytest.mark.parametrize(
    "cells",
    [
        ["1.234 €", "12.345 €"],
        ["1.234", "567", "12.345"],
        ["1.234", "0", "12.345"],
        ["1.234", "-", "12.345"],
        ["12.345-", "1.000", "500-"],
        ["1,250 kg", "2,125 kg"],
    ],
    ids=str,
)
def test_thousands_or_decimals_that_nothing_decides_are_told(cells):
    table = read_table(("k;x\n" + "".join(f"a{i};{c}\n" for i, c in enumerate(cells))).encode())
    assert "could be read both ways" in said(table)


@pytest.mark.parametrize("cells", [["1.234", "2.5"], ["0.123", "0.456"], ["1.2345", "2.345"]])
def test_decimals_that_can_be_nothing_else_are_not_doubted(cells):
    table = read_table(("k;x\n" + "".join(f"a;{c}\n" for c in cells)).encode())
    assert values(table, "x") == [float(c) for c in cells]
    assert "both ways" not in said(table)


def test_points_taken_for_thousands_because_another_column_has_commas_are_told():
    table = read_table(b"name;lat;preis\na;48.856;0,50\nb;52.520;1,25\nc;50.110;2,75\n")
    assert "lat" in said(table)
    assert "thousands" in said(table)


@pytest.mark.parametrize(
    "data",
    [
        b"k;v\na;1,234\nb;1.234\nc;5\n",
        b"k;v\na;1,5\nb;2.5\nc;3,75\n",
        workbook([["k", "v"], ["a", 1234.5], ["b", "99,00"], ["c", 5.25]]),
    ],
    ids=["thousands", "decimals", "workbook"],
)
def test_numbers_written_in_two_ways_in_one_column_stay_text_and_are_told(data):
    table = read_table(data)
    assert isinstance(values(table, "v")[0], str)
    assert "v stays text" in said(table)


@pytest.mark.parametrize("sign", ["-", ".", "/"])
def test_the_year_first_in_two_digits(sign):
    cells = [
        sign.join(parts) for parts in (("24", "01", "31"), ("24", "02", "05"), ("23", "12", "24"))
    ]
    table = read_table(("datum;y\n" + "".join(f"{c};a\n" for c in cells)).encode())
    assert values(table, "datum") == list(
        pd.to_datetime(["2024-01-31", "2024-02-05", "2023-12-24"])
    )
    assert "year first" in said(table)


def test_the_day_first_with_years_of_two_digits():
    table = read_table(b"d,q\n31.01.24,1\n05.02.24,2\n24.12.23,3\n")
    assert values(table, "d") == list(pd.to_datetime(["2024-01-31", "2024-02-05", "2023-12-24"]))


def test_the_century_of_two_digits_is_told_where_it_is_a_guess():
    table = read_table(b"dob,q\n31.12.68,1\n15.06.69,2\n28.02.45,3\n")
    assert "45 was taken for 1945" in said(table)


def test_a_first_row_whose_answer_stands_below_is_a_row():
    table = read_table(
        b"ham\tGo until jurong point, crazy. Available only in bugis n great world\n"
        b"ham\tOk lar... Joking wif u oni\nspam\tFree entry in 2 a wkly comp to win tickets\n"
        b"ham\tU dun say so early hor\nspam\tFreeMsg hey there darling\n"
    )
    assert len(table.frame) == 5
    assert table.columns == ["column 1", "column 2"]


def test_names_that_might_be_a_row_are_told():
    table = read_table(
        b"text,positive\nfine,positive\nbad,negative\nnice,positive\nawful,negative\n"
    )
    assert table.columns == ["text", "positive"]
    assert '"positive"' in said(table)
    assert "names" in said(table)


@pytest.mark.parametrize(
    "names",
    [
        ["Country", "2010", "2015", "2020"],
        ["Country", "2020"],
        ["Country", "2020", "2010"],
        ["", "2020", "2010"],
        ["Product", "2024-01-01", "2024-02-01"],
        ["name", "10%", "50%", "90%"],
        ["sample", "400.5", "401.0", "401.5"],
    ],
    ids=str,
)
def test_names_that_are_numbers_or_dates_are_names(names):
    rows = [["Albania", 5.1, 6.2, 7.3], ["Belgium", 1.5, 2.5, 3.5], ["Chile", 4.5, 5.5, 6.5]]
    rows = [row[: len(names)] for row in rows]
    lines = [",".join(map(str, row)) for row in [names, *rows]]
    for data in ("\n".join(lines).encode(), workbook([names, *rows])):
        table = read_table(data)
        assert len(table.frame) == 3, table.notices
        assert table.columns[1:] == names[1:]


@pytest.mark.parametrize(
    "first", [["John", "1980", "2001"], ["Oslo", "0.5", "1.0", "1.5"]], ids=["years", "steps"]
)
def test_a_first_row_like_the_rows_below_is_a_row(first):
    others = [["Ann", "1975", "1999"], ["Bob", "1990", "2010"], ["Eve", "1984", "2004"]]
    if len(first) == 4:
        others = [["Rome", "0.1", "2.0", "1.1"], ["Bern", "0.4", "1.9", "0.7"]]
    table = read_table("\n".join(",".join(row) for row in [first, *others]).encode())
    assert len(table.frame) == 1 + len(others)


def test_texts_with_commas_are_refused_as_answers_without_a_wait():
    lines = "".join(f'{i},"comment {i}, note {i}"\n' for i in range(20_000))
    table = read_table(("id,t\n" + lines).encode())
    with pytest.raises(Exception, match="different"):
        check_answers(table, "t")


@pytest.mark.parametrize("row", [1, 2])
def test_a_cell_of_more_than_a_million_letters_opens_in_any_row(row):
    long = '"' + "word " * 210_000 + '"'
    cells = ["short"] * 3
    cells[row - 1] = long
    table = read_table(("id,t\n" + "".join(f"{i},{c}\n" for i, c in enumerate(cells))).encode())
    assert len(table.frame) == 3
    assert len(table.frame["t"][row - 1]) == 210_000 * 5


def test_json_objects_under_their_keys_are_rows():
    table = read_table(
        b'{"u1":{"text":"good","label":"pos"},"u2":{"text":"bad","label":"neg"},'
        b'"u3":{"text":"meh","label":"neu"}}'
    )
    assert values(table, "text") == ["good", "bad", "meh"]
    assert values(table, "key") == ["u1", "u2", "u3"]


def test_json_columns_with_counted_rows_stay_columns():
    table = read_table(b'{"text":{"0":"good","1":"bad"},"label":{"0":"pos","1":"neg"}}')
    assert table.columns == ["text", "label"]
    assert len(table.frame) == 2


def test_one_odd_cell_far_below_is_told():
    table = read_table(("x,y\n" + "".join(f"{i},a\n" for i in range(300)) + "abc,a\n").encode())
    assert "x stays text: some of its cells are numbers" in said(table)


def test_one_odd_cell_among_dates_is_told():
    lines = "".join(f"2024-01-{i % 28 + 1:02d},a\n" for i in range(25))
    table = read_table(("d,y\n" + lines + "pending,a\n").encode())
    assert "d stays text: some of its cells are dates" in said(table)


def test_words_for_missing_among_dates_are_told():
    table = read_table(b"d,y\n2024-01-31,a\nn/a,b\n2024-02-01,c\n-,d\n")
    assert table.frame["d"].isna().tolist() == [False, True, False, True]
    assert "count as blank" in said(table)


def test_numbers_that_all_stand_in_brackets_are_no_minus_numbers():
    table = read_table(b"film,year\nA,(1994)\nB,(1972)\nC,(2008)\n")
    assert values(table, "year") == [1994, 1972, 2008]
    assert "brackets" in said(table)


def test_some_numbers_in_brackets_are_minus_numbers_and_told():
    table = read_table(b"item;amount\nA;(1.234,50)\nB;200,00\nC;(5,00)\n")
    np.testing.assert_allclose(table.frame["amount"], [-1234.5, 200, -5])
    assert "brackets" in said(table)
    assert "minus" in said(table)


def test_plus_and_minus_are_two_answers():
    table = read_table(b"id,result,x\n1,+,5\n2,-,6\n3,+,7\n4,-,8\n")
    assert sorted(check_answers(table, "result").classes) == ["+", "-"]


def test_a_minus_alone_is_still_no_answer():
    table = read_table(b"id,result,x\n1,yes,5\n2,-,6\n3,yes,7\n4,no,8\n")
    assert check_answers(table, "result").unlabelled == 1


def test_a_first_row_of_refusals_with_an_id_like_the_others_is_a_row():
    table = read_table(b"id,age,income\nx1,refused,refused\nx2,31,5000\nx3,45,7000\nx4,28,3000\n")
    assert len(table.frame) == 4


def test_a_number_format_of_zeros_keeps_the_zeros_of_a_postcode():
    book = openpyxl.Workbook()
    book.active.append(["city", "zip"])
    for city, code in (("Dresden", 1067), ("Köln", 50667)):
        book.active.append([city, code])
        book.active.cell(book.active.max_row, 2).number_format = "00000"
    buffer = io.BytesIO()
    book.save(buffer)
    assert values(read_table(buffer.getvalue()), "zip") == ["01067", "50667"]


def test_a_hidden_sheet_is_read_only_where_no_other_holds_a_table():
    book = openpyxl.Workbook()
    book.active.title = "hid"
    for row in (["a", "b"], [1, 2], [3, 4]):
        book.active.append(row)
    book.active.sheet_state = "hidden"
    shown = book.create_sheet("shown")
    for row in (["c", "d"], [5, 6], [7, 8]):
        shown.append(row)
    book.active = 1
    buffer = io.BytesIO()
    book.save(buffer)
    assert read_table(buffer.getvalue()).columns == ["c", "d"]


@pytest.mark.parametrize(
    "data", [b"{'a': 1, 'b': 'x'}\n{'a': 2, 'b': 'y'}\n", b"[{'a': 1}, {'a': 2}]"]
)
def test_python_dictionaries_are_called_by_their_name(data):
    with pytest.raises(TableError, match="Python dictionaries"):
        read_table(data)


def test_a_zip_in_a_zip_is_said():
    inner, outer = io.BytesIO(), io.BytesIO()
    with zipfile.ZipFile(inner, "w") as archive:
        archive.writestr("a.csv", "x,y\n1,2\n")
    with zipfile.ZipFile(outer, "w") as archive:
        archive.writestr("inner.zip", inner.getvalue())
    with pytest.raises(TableError, match=r"inner\.zip .* is packed once more"):
        read_table(outer.getvalue())


def test_hidden_rows_and_columns_of_a_sheet_are_told():
    book = openpyxl.Workbook()
    for row in (["a", "b", "c"], [1, 2, 3], [4, 5, 6], [7, 8, 9]):
        book.active.append(row)
    book.active.row_dimensions[3].hidden = True
    book.active.column_dimensions["B"].hidden = True
    buffer = io.BytesIO()
    book.save(buffer)
    table = read_table(buffer.getvalue())
    assert table.frame.shape == (3, 3)
    assert "1 hidden row and 1 hidden column were read like the others" in said(table)


def test_nothing_is_said_of_a_sheet_without_hidden_lines():
    assert "hidden" not in said(read_table(workbook([["a", "b"], [1, 2], [3, 4]])))
