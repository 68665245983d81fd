"""Exports of the tools that analysts use: each opens as its owner meant it, or says why not."""

from __future__ import annotations

import gzip
import io
import json
import zipfile
from typing import Any

import openpyxl
import pandas as pd
import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from al_core.errors import TableError
from al_core.tables import Table, read_table

Cells = list[list[str]]
OPENS: dict[str, tuple[str, list[str], Cells]] = {
    "two bars between fields": (
        "id||name||x\n1||a|b||2\n2||c||3\n",
        ["id", "name", "x"],
        [["1", "a|b", "2"], ["2", "c", "3"]],
    ),
    "a column that is blank between bars": (
        "a|b||c\n1|x||2\n3|y||4\n5|z||6\n",
        ["a", "b", "column 3", "c"],
        [["1", "x", "", "2"], ["3", "y", "", "4"], ["5", "z", "", "6"]],
    ),
    "dashes for blanks between bars": (
        "a|b\n-|-\n1|x\n2|y\n",
        ["a", "b"],
        [["-", "-"], ["1", "x"], ["2", "y"]],
    ),
    "two colons between fields": (
        "1::1193::5\n1::661::3\n2::914::3\n2::3408::4\n",
        ["column 1", "column 2", "column 3"],
        [["1", "1193", "5"], ["1", "661", "3"], ["2", "914", "3"], ["2", "3408", "4"]],
    ),
    "a Markdown table": (
        "| city | people |\n|:-----|-------:|\n| Oslo | 7 |\n| Rome | 28 |\n",
        ["city", "people"],
        [["Oslo", "7"], ["Rome", "28"]],
    ),
    "a table that psql shows": (
        " id | name \n----+------\n  1 | a\n  2 | b\n(2 rows)\n",
        ["id", "name"],
        [["1", "a"], ["2", "b"]],
    ),
    "a table that MySQL shows": (
        "+----+------+\n| id | name |\n+----+------+\n|  1 | a    |\n|  2 | b    |\n"
        "+----+------+\n",
        ["id", "name"],
        [["1", "a"], ["2", "b"]],
    ),
    "the names once more": (
        "id,city\n1,Oslo\n2,Rome\nid,city\n3,Bern\n",
        ["id", "city"],
        [["1", "Oslo"], ["2", "Rome"], ["3", "Bern"]],
    ),
    "lines of delimiters at the end": (
        "id,city,x\n1,Oslo,a\n2,Rome,b\n3,Bern,c\n,,\n,,\n",
        ["id", "city", "x"],
        [["1", "Oslo", "a"], ["2", "Rome", "b"], ["3", "Bern", "c"]],
    ),
    "lines of too many delimiters": (
        "id,city\n1,Oslo\n,,,\n2,Rome\n,,,\n",
        ["id", "city"],
        [["1", "Oslo"], ["2", "Rome"]],
    ),
    "comments between rows": (
        "id,city\n1,Oslo\n# checked by hand\n2,Rome\n",
        ["id", "city"],
        [["1", "Oslo"], ["2", "Rome"]],
    ),
    "line ends of two systems": (
        "id,city\r\n1,Oslo\r2,Rome\n3,Bern\r\n4,Genf\n",
        ["id", "city"],
        [["1", "Oslo"], ["2", "Rome"], ["3", "Bern"], ["4", "Genf"]],
    ),
    "quotes behind backslashes": (
        'id,said,x\n1,"He said \\"hi, you\\"",a\n2,"no",b\n3,"c:\\\\d",a\n',
        ["id", "said", "x"],
        [["1", 'He said "hi, you"', "a"], ["2", "no", "b"], ["3", "c:\\d", "a"]],
    ),
    "a path before a closing quote": (
        'id,path\n1,"C:\\"\n2,"D:\\"\n3,"E:\\"\n',
        ["id", "path"],
        [["1", "C:\\"], ["2", "D:\\"], ["3", "E:\\"]],
    ),
    "Qualtrics": (
        'StartDate,Q1,Q2\nStart Date,"How old,\nin years?",Why?\n'
        '"{""ImportId"":""startDate""}","{""ImportId"":""QID1""}","{""ImportId"":""QID2""}"\n'
        "2024-01-01 10:00:00,31,good\n2024-01-02 11:00:00,45,bad\n",
        ["StartDate", "Q1", "Q2"],
        [["2024-01-01 10:00:00", "31", "good"], ["2024-01-02 11:00:00", "45", "bad"]],
    ),
    "SurveyMonkey": (
        "Respondent ID,Start,Colours you like,,Comment\n,,Red,Blue,Open-Ended Response\n"
        "101,2024-01-01,Red,,nice\n102,2024-01-02,,Blue,\n103,2024-01-03,Red,Blue,well\n",
        [
            "Respondent ID",
            "Start",
            "Colours you like: Red",
            "Colours you like: Blue",
            "Comment",
        ],
        [
            ["101", "2024-01-01", "Red", "", "nice"],
            ["102", "2024-01-02", "", "Blue", ""],
            ["103", "2024-01-03", "Red", "Blue", "well"],
        ],
    ),
    "SurveyMonkey without a question of several parts": (
        "Respondent ID,Do you smoke?,Gender,Why?\n,Response,Response,Open-Ended Response\n"
        "101,Yes,Female,it calms me\n102,No,Male,\n103,Yes,Female,no idea\n",
        ["Respondent ID", "Do you smoke?", "Gender", "Why?"],
        [
            ["101", "Yes", "Female", "it calms me"],
            ["102", "No", "Male", ""],
            ["103", "Yes", "Female", "no idea"],
        ],
    ),
    "a plain answer that stands below a column without a name": (
        "id,,city\n1,Response,Oslo\n2,Response,Rome\n3,none,Bern\n",
        ["id", "column 2", "city"],
        [["1", "Response", "Oslo"], ["2", "Response", "Rome"], ["3", "none", "Bern"]],
    ),
    "groups with the same names below": (
        "Sales,,Costs,\nmean,sd,mean,sd\n1,2,3,4\n5,6,7,8\n9,1,2,3\n",
        ["Sales: mean", "Sales: sd", "Costs: mean", "Costs: sd"],
        [["1", "2", "3", "4"], ["5", "6", "7", "8"], ["9", "1", "2", "3"]],
    ),
    "Excel in German": (
        "sep=;\r\nName;Betrag;Datum\r\nMüller;1.234,50;31.12.2024\r\nKöln;0,99;01.02.2024\r\n",
        ["Name", "Betrag", "Datum"],
        [["Müller", "1.234,50", "31.12.2024"], ["Köln", "0,99", "01.02.2024"]],
    ),
    "SAP with a bar at both ends": (
        "Report X\n\n|Mat.|Menge|Werk|\n|0001|12,5|A|\n|0002|7,0|B|\n|0003|8,25|A|\n",
        ["Mat.", "Menge", "Werk"],
        [["0001", "12,5", "A"], ["0002", "7,0", "B"], ["0003", "8,25", "A"]],
    ),
    "SAP with rules": (
        "-----------------\n|Mat.|Menge|\n-----------------\n|0001|12,5|\n|0002|7,0|\n"
        "-----------------\n",
        ["Mat.", "Menge"],
        [["0001", "12,5"], ["0002", "7,0"]],
    ),
    "columns of fixed width": (
        "id    name      amount\n1     Anna Lee  12.50\n2     Bob       7.25\n",
        ["id", "name", "amount"],
        [["1", "Anna Lee", "12.50"], ["2", "Bob", "7.25"]],
    ),
    "delimiters behind backslashes": (
        "name,x\nBraund\\, Owen,1\nAllen\\, Will,2\n",
        ["name", "x"],
        [["Braund, Owen", "1"], ["Allen, Will", "2"]],
    ),
    "NULs at the end": (
        "a,b\n1,x\n2,y\n" + 20 * "\x00",
        ["a", "b"],
        [["1", "x"], ["2", "y"]],
    ),
    "one column of numbers": ("x\n1\n2\n3\n", ["x"], [["1"], ["2"], ["3"]]),
    "one column in quotes with commas": (
        '"name"\n"Braund, Owen"\n"Allen, Will"\n"Futrelle, J"\n',
        ["name"],
        [["Braund, Owen"], ["Allen, Will"], ["Futrelle, J"]],
    ),
    "a semicolon file with commas in texts": (
        "id;text\n1;a, b, c\n2;d, e, f\n3;g, h, i\n",
        ["id", "text"],
        [["1", "a, b, c"], ["2", "d, e, f"], ["3", "g, h, i"]],
    ),
    "spaces after commas": (
        "id, city, x\n1, Oslo, a\n2, Rome, b\n",
        ["id", "city", "x"],
        [["1", " Oslo", " a"], ["2", " Rome", " b"]],
    ),
    "a question of several lines as a name": (
        'id,"Which\nteam?",x\n1,a,b\n2,c,d\n',
        ["id", "Which team?", "x"],
        [["1", "a", "b"], ["2", "c", "d"]],
    ),
}


@pytest.mark.parametrize("case", OPENS, ids=list(OPENS))
def test_an_export_opens_as_its_owner_meant_it(case: str) -> None:
    text, names, rows = OPENS[case]
    table = read_table(text.encode())
    assert table.columns == names
    assert table.text.to_numpy().tolist() == rows


NUMBERS: dict[str, tuple[list[str], list[float]]] = {
    "thin spaces": (["1\u2009234,5", "12\u2009000,0", "3,25"], [1234.5, 12000, 3.25]),
    "narrow spaces": (["1\u202f234", "12\u202f000", "3"], [1234, 12000, 3]),
    "euro behind": (["1.234,50 €", "0,99 €", "12,00 €"], [1234.5, 0.99, 12]),
    "per cent behind a space": (["12,5 %", "7 %", "100 %"], [12.5, 7, 100]),
    "francs": (["CHF 1'234.50", "CHF 12.00", "CHF 3.10"], [1234.5, 12, 3.1]),
    "a minus behind": (["12,50-", "3,00", "1.200,00-"], [-12.5, 3, -1200]),
    "units": (["5 kg", "7,5 kg", "12 kg"], [5, 7.5, 12]),
    "in brackets": (["(1,200.50)", "300.00", "(5.00)"], [-1200.5, 300, -5]),
}


@pytest.mark.parametrize("case", NUMBERS, ids=list(NUMBERS))
def test_numbers_of_every_office_are_numbers(case: str) -> None:
    cells, numbers = NUMBERS[case]
    table = read_table(("x;y\n" + "".join(f"{cell};a\n" for cell in cells)).encode())
    assert table.frame["x"].tolist() == numbers
    assert table.text["x"].tolist() == cells


DATES: dict[str, tuple[list[str], str]] = {
    "German with a clock": (["31.12.2024 23:05", "01.02.2024 07:00"], "2024-02-01 07:00"),
    "two digits of the year": (["31.12.24", "01.02.24"], "2024-02-01"),
    "month names in German": (["3. Januar 2024", "15. März 2024"], "2024-03-15"),
    "month names in French": (["3 janvier 2024", "15 août 2024"], "2024-08-15"),
    "short months": (["03-Jan-24", "15-Dec-24"], "2024-12-15"),
    "a zone in words": (["2024-01-01T10:00:00Z", "2024-01-02T10:00:00Z"], "2024-01-02 10:00"),
    "eight digits": (["20240131", "20240228"], "20240228"),
}


@pytest.mark.parametrize("case", DATES, ids=list(DATES))
def test_dates_of_every_office_are_dates(case: str) -> None:
    cells, last = DATES[case]
    frame = read_table(("d;y\n" + "".join(f"{cell};a\n" for cell in cells)).encode()).frame
    found = frame["d"].iloc[-1]
    assert (
        found == int(last)
        if last.isdigit()
        else pd.Timestamp(found).tz_localize(None) == pd.Timestamp(last)
    )


def says(table: Table, *words: str) -> bool:
    return any(all(word in notice for word in words) for notice in table.notices)


def test_names_that_come_again_are_told_with_their_line_and_listed() -> None:
    table = read_table(b"id,city\n1,Oslo\nid,city\n2,Rome\n3,Bern\n")
    assert says(table, "names stand once more", "line 3")
    assert [(row.line, row.text) for row in table.bad_rows] == [(3, "id,city")]


def test_names_that_come_again_in_a_large_file_are_left_out_too() -> None:
    rows = [f"{i},Oslo" for i in range(5_000)]
    rows[3_000] = "id,city"
    table = read_table(("id,city\n" + "\n".join(rows)).encode())
    assert table.n_rows == 4_999
    assert says(table, "line 3002")


def test_whoever_says_where_the_names_are_gets_every_row() -> None:
    table = read_table(b"id,city\n1,Oslo\nid,city\n2,Rome\n,\n", header=1)
    assert table.n_rows == 4


def test_a_blank_row_between_rows_stays_a_row() -> None:
    assert read_table(b"id,city\n1,Oslo\n,\n2,Rome\n3,Bern\n").n_rows == 4


def test_a_sum_below_the_rows_stays_and_is_told() -> None:
    table = read_table(b"region;amount\nN;1,5\nS;2,5\nW;3,0\nTotal;7,0\n")
    assert table.n_rows == 4
    assert says(table, "Total")


def test_letters_encoded_twice_are_read_as_meant_and_told() -> None:
    data = "name;ort\nMüller;Köln\nJäger;Zürich\n".encode().decode("cp1252").encode()
    table = read_table(data)
    assert table.text["name"].tolist() == ["Müller", "Jäger"]
    assert says(table, "MÃ¼ller", "Müller")
    assert read_table(data, encoding="utf-8").text["name"][0] == "MÃ¼ller"


def test_true_letters_beside_odd_ones_are_left_alone() -> None:
    table = read_table("name;ort\nMüller;Köln\nMÃ¼ller;Zürich\n".encode())
    assert table.text["name"].tolist() == ["Müller", "MÃ¼ller"]


def test_one_line_of_windows_text_in_unicode_is_read_and_named() -> None:
    table = read_table("a;b\n1;Köln\n2;Málaga\n3;Łódź\n".encode() + b"4;Z\xfcrich\n")
    assert table.text["b"].tolist() == ["Köln", "Málaga", "Łódź", "Zürich"]
    assert says(table, "line 5", "Zürich")


def test_a_letter_cut_in_two_is_not_taken_for_another() -> None:
    table = read_table("a;b\n1;Köln\n2;Málaga\n3;Łódź\n4;Zü".encode()[:-1])
    assert table.text["b"][3] == "Z�"
    assert says(table, "show as �", "line 5")


def test_marks_in_the_middle_are_left_out() -> None:
    table = read_table("\ufeffid,city\n1,Oslo\n\ufeffid,city\n2,Rome\n".encode())
    assert table.text["id"].tolist() == ["1", "2"]
    assert says(table, "Byte-order marks", "line 3")


def test_tabs_in_utf16_open() -> None:
    table = read_table("id\tstadt\n1\tKöln\n2\tZürich\n".encode("utf-16"))
    assert table.columns == ["id", "stadt"]
    assert table.dialect.delimiter == "\t"


def test_a_zip_from_a_macintosh_opens() -> None:
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w") as archive:
        archive.writestr("data/rows.csv", "a,b\n1,x\n2,y\n")
        archive.writestr("__MACOSX/data/._rows.csv", b"\x00\x05\x16\x07")
    assert read_table(file.getvalue(), name="rows.zip").n_rows == 2


def test_a_packed_csv_opens() -> None:
    assert read_table(gzip.compress(b"a;b\n1;x\n2;y\n"), name="x.csv.gz").columns == ["a", "b"]


JSONS: dict[str, Any] = {
    "records under a name": {"data": [{"a": 1, "b": "x"}, {"a": 2, "b": "y"}]},
    "records beside counts": {"count": 2, "next": None, "results": [{"a": 1, "b": "x"}, {"a": 2}]},
    "records two levels down": {"response": {"docs": [{"a": 1, "b": "x"}, {"a": 2, "b": "y"}]}},
    "columns": {"a": [1, 2], "b": ["x", "y"]},
    "columns by row number": {"a": {"0": 1, "1": 2}, "b": {"0": "x", "1": "y"}},
    "columns, index and data": {"columns": ["a", "b"], "index": [0, 1], "data": [[1, "x"], [2, 3]]},
    "a list of lists": [["a", "b"], [1, "x"], [2, "y"]],
    "a list of objects": [{"a": 1, "b": "x"}, {"a": 2, "b": "y"}],
}


@pytest.mark.parametrize("indent", [None, 2])
@pytest.mark.parametrize("case", JSONS, ids=list(JSONS))
def test_json_opens_in_every_shape_that_tools_write(case: str, indent: int | None) -> None:
    table = read_table(json.dumps(JSONS[case], indent=indent).encode())
    assert table.columns == ["a", "b"]
    assert table.text["a"].tolist() == ["1", "2"]


def test_an_object_of_unlike_objects_is_no_table() -> None:
    with pytest.raises(TableError, match="not a list of records"):
        read_table(b'{\n"a": {"x": 1, "y": 2},\n"b": {"p": 1, "q": 2}}')


def test_a_json_list_of_words_is_refused_as_json() -> None:
    with pytest.raises(TableError, match="a list of other things"):
        read_table(b'["a", "b"]')


def test_a_table_above_another_is_told() -> None:
    table = read_table(b"a,b\n1,x\n2,y\n\nc,d,e\n1,2,3\n4,5,6\n")
    assert says(table, "another table")


def test_json_objects_over_several_lines_open_one_by_one() -> None:
    text = "\n".join(json.dumps({"a": i, "b": "x"}, indent=2) for i in range(3))
    assert read_table(text.encode()).frame["a"].tolist() == [0, 1, 2]


def test_json_lines_that_end_in_commas_open() -> None:
    assert read_table(b'{"a": 1},\n{"a": 2},\n').frame["a"].tolist() == [1, 2]


def test_a_file_of_weka_is_named() -> None:
    with pytest.raises(TableError, match="ARFF"):
        read_table(b"@relation x\n@attribute a numeric\n@data\n1\n2\n")


def test_json_without_records_says_what_it_holds() -> None:
    with pytest.raises(TableError, match='an object with "error", "code"'):
        read_table(b'{\n "error": {"text": "no"},\n "code": 3\n}')


def test_nested_values_stay_as_json_and_are_told() -> None:
    lines = [{"id": i, "user": {"name": "x", "age": i}, "tags": ["a"]} for i in range(3)]
    table = read_table("\n".join(map(json.dumps, lines)).encode())
    assert json.loads(table.text["user"][1]) == {"name": "x", "age": 1}
    assert says(table, "user, tags", "nested")


def test_parquet_with_nested_columns_opens() -> None:
    table = pa.table({"id": [1, 2], "tags": [["a", "b"], []], "at": [{"x": 1}, {"x": 2}]})
    file = io.BytesIO()
    pq.write_table(table, file)
    read = read_table(file.getvalue())
    assert json.loads(read.text["tags"][0]) == ["a", "b"]
    assert json.loads(read.text["at"][1]) == {"x": 2}


def test_a_workbook_with_merged_titles_dates_and_formulas_opens() -> None:
    book = openpyxl.Workbook()
    sheet = book.active
    sheet["A1"] = "Sales of the year"
    sheet.merge_cells("A1:D1")
    sheet["A2"] = "made by hand"
    for place, name in enumerate(["id", "when", "amount", "double"], 1):
        sheet.cell(4, place, name)
    for row in range(5, 9):
        sheet.cell(row, 1, row)
        sheet.cell(row, 2, pd.Timestamp(f"2024-01-{row:02d}"))
        sheet.cell(row, 3, row * 1.5)
        sheet.cell(row, 4, f"=C{row}*2")
    file = io.BytesIO()
    book.save(file)
    table = read_table(file.getvalue())
    assert table.columns[:3] == ["id", "when", "amount"]
    assert table.frame["when"].dtype.kind == "M"
    assert table.frame["amount"].tolist() == [7.5, 9, 10.5, 12]
    assert says(table, "4 formulas have no saved value")


def test_numbers_that_a_spreadsheet_shortened_are_told() -> None:
    table = read_table(b"account,b\n1.23457E+17,x\n2.34568E+17,y\n")
    assert says(table, "account", "digits are lost")


def test_dates_written_in_two_ways_stay_text_and_are_told() -> None:
    table = read_table(b"a,d\nx,2024-01-31\ny,31/01/2024\nz,1 Feb 2024\n")
    assert table.frame["d"].dtype == "str"
    assert says(table, "d stays text", "dates")
