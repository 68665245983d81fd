"""A row is named as its owner's spreadsheet counts: the line it stands on, and its id."""

from __future__ import annotations

import io

import openpyxl
import pandas as pd
import pytest

from al_core.tables import Table, guess_roles, load_demo, load_table, read_table, save_table
from al_core.tables.columns.row_names import RowNames
from al_core.tables.table import Lines
from tests.shared_data import shared_data

FILLER = [f"row {i} of the file,{i % 7}" for i in range(40)]
LARGE = 2_000  # rows that take more than the bytes from which the bulk reader works


def lines_of(data: bytes, **wishes: object) -> list[int | None]:
    table = read_table(data, **wishes)  # type: ignore[arg-type]
    return [table.lines.of(row) for row in range(table.n_rows)]


def joined(*lines: str) -> bytes:
    return "\n".join(lines).encode()


def test_the_first_row_below_the_names_is_line_2() -> None:
    assert lines_of(joined("a,b", *FILLER)) == list(range(2, 42))


def test_titles_above_the_names_count() -> None:
    data = joined("Report of May", "", "a,b", *FILLER)
    assert lines_of(data)[:2] == [4, 5]
    names = RowNames(read_table(data), {})
    assert list(names.all_numbers()) == [names.number(row) for row in range(40)]


def test_a_table_without_names_begins_on_line_1() -> None:
    assert lines_of(joined(*(f"{i},{i * 2}" for i in range(40))), header=None)[:2] == [1, 2]


def test_blank_lines_and_rows_left_out_count() -> None:
    data = joined("a,b", *FILLER[:3], "", FILLER[3], "a,b", FILLER[4], "x,y,z", *FILLER[5:9])
    found = lines_of(data, skip_bad_rows=True)
    assert found == [2, 3, 4, 6, 8, 10, 11, 12, 13]
    names = RowNames(read_table(data, skip_bad_rows=True), {})
    assert list(names.all_numbers()) == found
    assert [names.row_of(line) for line in (1, 5, 6, 7, 13, 14)] == [None, None, 3, None, 8, None]


def test_a_line_end_within_a_cell_is_no_line_of_a_spreadsheet() -> None:
    data = joined('"a\nname",b', 'one,"two\n\nlines"', "three,4", "five,6", "seven,8")
    assert lines_of(data) == [2, 3, 4, 5]


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
def test_a_large_file_counts_as_a_small_one(end: str) -> None:
    rows = [f'{i},"cell {i}{end}{end}goes on",{i % 7}' for i in range(LARGE)]
    found = lines_of((end.join(["id,text,n", *rows]) + end * 3).encode())
    assert found == list(range(2, LARGE + 2))


def test_a_large_file_with_blank_lines_between_says_no_line_rather_than_a_wrong_one() -> None:
    rows = [f"{i},{i % 7}" for i in range(2 * LARGE)]
    found = lines_of(joined("id,n", *rows[:50], "", *rows[50:]))
    assert found[:2] in ([2, 3], [None, None])
    assert found[50:52] in ([53, 54], [None, None])


def test_a_sheet_counts_its_own_rows() -> None:
    book = openpyxl.Workbook()
    sheet = book.active
    for place, row in [(1, ("Report", None)), (3, ("a", "b"))]:
        sheet.cell(place, 1, row[0]), sheet.cell(place, 2, row[1])
    for i in range(10):
        sheet.cell(4 + i + (i > 4), 1, f"text {i}"), sheet.cell(4 + i + (i > 4), 2, i)
    out = io.BytesIO()
    book.save(out)
    assert lines_of(out.getvalue()) == [4, 5, 6, 7, 8, 10, 11, 12, 13, 14]


def test_json_lines_count_and_a_parquet_file_has_no_lines() -> None:
    assert lines_of(b'{"a": 1}\n\n{"a": 2}\n') == [1, 3]
    out = io.BytesIO()
    pd.DataFrame({"a": [1, 2, 3], "b": ["x", "y", "z"]}).to_parquet(out)
    assert lines_of(out.getvalue()) == [None, None, None]


def test_a_random_sample_says_no_lines_rather_than_wrong_ones() -> None:
    assert set(lines_of(joined("a,b", *FILLER), sample=10)) == {None}


def test_lines_are_kept_with_the_table(tmp_path) -> None:  # type: ignore[no-untyped-def]
    table = read_table(joined("a,b", *FILLER[:3], "", *FILLER[3:]))
    save_table(table, tmp_path)
    assert load_table(tmp_path).lines == table.lines
    rest = (tmp_path / "table.json").read_text().replace('"lines"', '"other"', 1)
    (tmp_path / "table.json").write_text(rest)
    assert load_table(tmp_path).lines == Lines()


def named(table: Table) -> RowNames:
    return RowNames(table, guess_roles(table))


def test_a_row_is_named_by_its_id_and_its_line() -> None:
    rows = [f"00010{i},{'ab'[i % 2]} parcel" for i in range(10, 50)]
    names = named(read_table(joined("Ticket,text", *rows)))
    assert names.name(2) == "Ticket 0001012, line 4"
    assert names.short(2) == "line 4"
    assert names.number(2) == 4
    assert (names.row_of(4), names.row_of(1), names.row_of(99)) == (2, None, None)


def test_without_an_id_it_is_named_by_its_line_and_without_lines_by_its_place() -> None:
    assert named(read_table(joined("a,b", *FILLER[:3] * 5))).name(0) == "line 2"
    demo = named(load_demo("iris"))
    assert (demo.name(0), demo.row_of(1), demo.row_of(0)) == ("row 1", 0, None)


def test_numbers_that_count_the_rows_under_another_name_are_no_id() -> None:
    rows = [f"parcel {i % 7} came late,{i}" for i in range(40)]
    assert named(read_table(joined("text,Amount", *rows))).name(0) == "line 2"


def test_of_two_ids_the_one_that_says_so_names_the_row() -> None:
    rows = [f"N{i * 7}x,{1000 + i},{i % 3}" for i in range(40)]
    assert (
        named(read_table(joined("name,customerID,n", *rows))).name(0) == "customerID 1000, line 2"
    )


def test_the_numbers_of_real_files_are_those_of_their_lines() -> None:
    path = shared_data("csv/titanic.csv")
    table = read_table(path)
    lines = path.read_text(encoding="utf-8-sig").splitlines()
    for row in (0, 417, 890):
        line = table.lines.of(row)
        assert line is not None
        assert lines[line - 1].startswith(f"{table.text['PassengerId'][row]},")
    assert named(table).name(417) == "PassengerId 418, line 419"
