"""Files such as people have: each opens as its owner meant it, or says exactly why not."""

from __future__ import annotations

import pytest

from al_core.errors import TableError
from al_core.tables import read_table

ONE_COLUMN = {
    "many words": "message\nrefund my money 1\nrefund my money 2\nrefund my money 3\n",
    "many words, quoted": 'message\n"refund my money 1"\n"refund my money 2"\n"where is it"\n',
    "a name of many words": "the free text\nplease help me\nrefund my money\nwhere is it\n",
    "a comma in each, not in the name": 'message\n"hello, you"\n"where, please"\n"and, so"\n',
    "names and cells quoted": '"message"\n"a b c"\n"d e f"\n',
    "one word": "word\ncat\ndog\ncat\nowl\n",
    "lines in a cell": 'message\n"hello\nthere"\n"you, and\nme"\n',
    "bars now and then": "message\na | b\nc\nd | e\n",
    "clock times": "time\n10:30:01\n11:20:05\n12:00:00\n",
}


@pytest.mark.parametrize("text", ONE_COLUMN.values(), ids=ONE_COLUMN.keys())
def test_a_file_without_delimiters_opens_as_one_column(text: str) -> None:
    table = read_table(text.encode())
    assert table.columns == [text.split("\n")[0].strip('"')]
    assert table.dialect.delimiter is None


def test_numbers_parted_by_spaces_are_columns_still() -> None:
    table = read_table(b"x y kind\n1 2.5 a\n3 4.5 b\n5 6.5 a\n")
    assert table.columns == ["x", "y", "kind"]


def test_cyrillic_utf16_opens_without_a_byte_order_mark() -> None:
    text = "имя;город\nИван;Москва\nПётр;Казань\n"
    for encoding in ("utf-16-le", "utf-16-be"):
        table = read_table(text.encode(encoding))
        assert table.text.iloc[1].tolist() == ["Пётр", "Казань"]


def test_old_macintosh_letters_are_not_taken_for_capitals_within_words() -> None:
    table = read_table("naam;ort\nMüller;Köln\nJäger;Nürnberg\n".encode("mac_roman"))
    assert table.text.iloc[1].tolist() == ["Jäger", "Nürnberg"]


def test_lines_in_quotes_as_a_whole_open_as_columns() -> None:
    table = read_table(b'"id,""name"",v"\n"1,""x, y"",3"\n"2,""z"",4"\n')
    assert table.columns == ["id", "name", "v"]
    assert table.text.iloc[0].tolist() == ["1", "x, y", "3"]
    assert "Every line stood in quotes as a whole; these were taken away." in table.notices


def test_names_that_end_in_a_delimiter_open_above_rows_that_do_not() -> None:
    table = read_table(b"a,b,c,\n1,2,x\n3,4,y\n")
    assert table.columns == ["a", "b", "c"]
    assert any("ends in a delimiter" in notice for notice in table.notices)


def test_a_name_too_many_within_the_line_is_refused_with_both_counts() -> None:
    with pytest.raises(TableError, match="names 3 columns, but the lines below have 2 fields"):
        read_table(b"a,b (EUR, net)\n1,2\n3,4\n5,6\n")


def test_a_preamble_of_pairs_is_not_taken_for_the_names() -> None:
    table = read_table(b"Report,Sales\nDate,2024-01-01\n\nProduct,Qty,Region\nA,1,N\nB,2,S\n")
    assert table.columns == ["Product", "Qty", "Region"]


def test_comments_with_commas_before_the_names_are_left_out() -> None:
    table = read_table(b"# made by x, in y\n# 2024, may, 5\na,b\n1,x\n2,y\n3,z\n")
    assert (table.columns, table.n_rows) == (["a", "b"], 3)


def test_the_dos_end_of_file_sign_is_no_row() -> None:
    assert read_table(b"a,b\n1,x\n2,y\n\x1a").n_rows == 2


def test_a_column_of_words_for_missing_is_no_date() -> None:
    assert read_table(b"a,b\nx,.\ny,n/a\n").frame["b"].dtype == "str"


def test_a_line_of_units_below_the_names_is_left_out_and_told() -> None:
    table = read_table("temp,speed,kind\n°C,m/s,\n1.5,3,x\n2.5,4,y\n3.5,4,x\n".encode())
    assert [str(kind) for kind in table.frame.dtypes] == ["float64", "int64", "str"]
    assert "Line 2 holds units or names, no values; it was left out." in table.notices


def test_names_below_a_line_of_groups_are_the_names() -> None:
    table = read_table(b"Group A,,Group B,\nx,y,z,w\n1,2,3,4\n5,6,7,8\n9,1,2,3\n")
    assert table.columns == ["x", "y", "z", "w"]


def test_a_first_row_with_words_for_missing_is_a_row() -> None:
    assert read_table(b"a,b,c\nn/a,n/a,x\n1,2,y\n3,4,z\n5,6,z\n").n_rows == 4


def test_lists_in_single_quotes_are_refused_rather_than_split() -> None:
    with pytest.raises(TableError, match="single quotes"):
        read_table(b"a,b\n1,['x', 'y']\n2,['z', 'w']\n3,['q', 'r']\n")
