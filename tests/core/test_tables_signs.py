"""Delimiters and quotes of every kind, and tables drawn with signs."""

from __future__ import annotations

import pytest

from al_core.tables import read_options, read_table

CELLS = [["1", "Oslo", "1.5"], ["2", "Rome", "2.5"], ["3", "Bern", "3.5"], ["4", "Genf", "4.5"]]
NAMES = ["id", "city", "x"]
SIGNS = ["^|^", "|@|", "~|~", ";;", "||", "::", "\x01", "\x02", "\x07", "\x1c", "\x1f", "\x14"]
SIGNS += ["¬", "¦", "§", "¶", "*", "，", "；", "؛", " | "]


def lines(sign: str, quote: str = "", closing: str = "") -> list[str]:
    return [sign.join(quote + cell + closing for cell in row) for row in [NAMES, *CELLS]]


@pytest.mark.parametrize("sign", SIGNS)
def test_signs_of_every_kind_part_fields(sign: str) -> None:
    table = read_table(("\n".join(lines(sign)) + "\n").encode())
    assert table.columns == NAMES
    assert table.frame["x"].tolist() == [1.5, 2.5, 3.5, 4.5]


@pytest.mark.parametrize("sign", [";", "|", "^"])
def test_a_padded_title_and_a_blank_column_do_not_double_a_sign(sign: str) -> None:
    rows = [["Deaths in 2019", "", ""], ["phone", "coupon", "total"]]
    rows += [[f"555-01{i}", "", f"{i}.50"] for i in range(10, 30)]
    table = read_table("".join(f"{sign.join(row)}\n" for row in rows).encode())
    assert table.columns == ["phone", "coupon", "total"]


def test_commas_in_a_title_and_in_numbers_do_not_outweigh_what_parts_the_rows() -> None:
    notes = "Spending over £25,000, May 2016\nCrown copyright\nReleased in June\nVersion 2\n\n"
    names = "Contact;Area;Year;Population;Amount;Department\n"
    rows = "".join(f"Ben;4{i}.2;202{i};13{i},009;£1,64{i}.62;Home Office\n" for i in range(5))
    table = read_table((notes + names + rows).encode())
    assert table.columns == names.strip().split(";")


def test_a_single_bar_inside_a_text_leaves_the_double_bar_whole() -> None:
    text = "id||said||x\n" + "".join(f"{i}||a | b{'|' * (i % 2)}c||{i}\n" for i in range(9))
    assert read_table(text.encode()).columns == ["id", "said", "x"]


def test_rows_may_end_in_the_record_separator() -> None:
    table = read_table(("\x1e".join(lines("\x1f")) + "\x1e").encode())
    assert table.text.to_numpy().tolist() == CELLS


@pytest.mark.parametrize("encoding", ["utf-8-sig", "cp1252"])
def test_the_load_files_of_lawyers_open(encoding: str) -> None:
    text = "\r\n".join(lines("\x14", "þ", "þ"))
    assert read_table(text.encode(encoding)).text.to_numpy().tolist() == CELLS


@pytest.mark.parametrize("quotes", ["''", "“”", "‘’", "«»", "„“"])
def test_quotes_of_another_kind_hold_cells_together(quotes: str) -> None:
    opening, closing = quotes
    text = "id,said,x\n" + "".join(f"{i},{opening}hi, you{closing},{i}\n" for i in range(4))
    table = read_table(text.encode())
    assert table.columns == ["id", "said", "x"]
    assert set(table.text["said"]) == {"hi, you"}
    assert any("read as quotes" in notice for notice in table.notices)


def test_an_apostrophe_in_a_word_is_no_quote() -> None:
    table = read_table(b"id,said\n1,it's\n2,'tis\n3,don't\n4,dogs'\n")
    assert table.text["said"].tolist() == ["it's", "'tis", "don't", "dogs'"]


def test_a_sentence_with_one_unusual_sign_is_one_column() -> None:
    text = "".join(f"今天很好，我们去{city}\n" for city in ["北京", "上海", "广州", "深圳"])
    assert len(read_table(("评论\n" + text).encode()).columns) == 1


DRAWN = {
    "sqlcmd": "id          city      x\n----------- --------- ----\n"
    + "".join(f"{a:<11} {b:<9} {c}\n" for a, b, c in CELLS)
    + "\n(4 rows affected)\n",
    "sqlplus": "SQL> select * from t;\n\n        id city          x\n---------- ------ -------\n"
    + "".join(f"{a:>10} {b:<6} {c:>7}\n" for a, b, c in CELLS)
    + "\n4 rows selected.\n",
    "a box of SQLite": "┌────┬──────┬─────┐\n│ id │ city │ x   │\n├────┼──────┼─────┤\n"
    + "".join(f"│ {a:<2} │ {b} │ {c} │\n" for a, b, c in CELLS)
    + "└────┴──────┴─────┘\n",
    "beeline": "+---+---+---+\n| id | city | x |\n+---+---+---+\n"
    + "".join(f"| {a} | {b} | {c} |\n" for a, b, c in CELLS)
    + "+---+---+---+\n4 rows selected (0.5 seconds)\n",
    "reStructuredText": "==  ====  ===\nid  city  x\n==  ====  ===\n"
    + "".join(f"{a}   {b}  {c}\n" for a, b, c in CELLS)
    + "==  ====  ===\n",
}


@pytest.mark.parametrize("case", DRAWN, ids=list(DRAWN))
def test_tables_that_shells_draw_are_read_by_their_cells(case: str) -> None:
    table = read_table(DRAWN[case].encode())
    assert table.columns == NAMES
    assert table.text.to_numpy().tolist() == CELLS


def test_a_blank_last_cell_of_psql_stays_a_cell() -> None:
    text = (
        " id | city | x \n----+------+---\n  1 | Oslo | 5\n  2 | Rome | \n  3 |      | \n(3 rows)\n"
    )
    table = read_table(text.encode())
    assert table.text["x"].tolist() == ["5", "", ""]


def test_the_row_names_of_r_between_spaces_are_a_column() -> None:
    rows = "".join(f'"{i}" {i}.5 {i * 2} "a b"\n' for i in range(1, 5))
    table = read_table(('"speed" "dist" "name"\n' + rows).encode())
    assert table.columns == ["row name", "speed", "dist", "name"]
    assert table.frame["speed"].tolist() == [1.5, 2.5, 3.5, 4.5]


def test_a_matrix_set_apart_by_blanks_of_any_width_opens() -> None:
    table = read_table(b"  1   1.5 -2e-3\n 10  12.5  3e-3\n100   4.5 -1e-1\n")
    assert table.frame["column 3"].tolist() == [-0.002, 0.003, -0.1]


def test_the_panel_of_choices_offers_seldom_signs_where_they_stand() -> None:
    offered = dict(read_options(b"a~|~b\n1~|~2\n3~|~4\n").delimiters)
    assert offered["~|~"] == "~|~"
    assert "\x01" not in offered
    assert dict(read_options(b"a\x01b\n1\x012\n").delimiters)["\x01"] == "control-A"


def test_a_quote_inside_a_name_that_stands_in_a_comment_is_part_of_the_name() -> None:
    table = read_table(b'# a,5" pipe\n1,2\n3,4\n5,6\n7,8\n')
    assert table.columns == ["a", '5" pipe']
