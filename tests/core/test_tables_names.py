"""Which line or lines hold the names: what is taken, what is said of it, and what else works."""

from __future__ import annotations

import io
from pathlib import Path

import openpyxl
import pytest

from al_core.errors import TableError
from al_core.tables import HeaderChoice, Table, load_table, read_table, save_table
from tests.shared_data import SHARED

PEOPLE = [f"{i},Ann{i},{['Female', 'Male'][i % 2]},{20 + i * 7 % 30}" for i in range(1, 31)]
PROSE = [
    "the parcel came late and nobody could say where it had been",
    "great product, works as it should",
    "i would not buy this again",
    "support never answered my mail",
    "broke after two days and the shop did not care",
    "very fast delivery and friendly staff",
]
ROWS = "".join(f"{place},{i},{i + 3},{i * 9},{i * 8}\n" for i, place in enumerate("NSFDKL"))


def lines(*rows: str) -> bytes:
    return "\n".join(rows).encode()


def workbook(data: bytes) -> bytes:
    """The same cells as a sheet; numbers as numbers."""
    book = openpyxl.Workbook()
    for line in data.decode().split("\n"):
        book.active.append([float(c) if c.isdigit() else c or None for c in line.split(",")])
    file = io.BytesIO()
    book.save(file)
    return file.getvalue()


ONE_LINE = {
    "a first name 0": (lines("0,First name,Sex,Age", *PEOPLE), ["0", "First name", "Sex", "Age"]),
    "a year over texts": (
        lines("county,2018", *(f"C{i},{'RD'[i % 2]}+{i % 9}" for i in range(30))),
        ["county", "2018"],
    ),
    "genes over TRUE and FALSE": (
        lines("cell,7157,TP53,672", *(f"c{i},TRUE,{i},FALSE" for i in range(20))),
        ["cell", "7157", "TP53", "672"],
    ),
    "genes over decimals": (
        lines("cell,7157,672,4609", *(f"c{i},{i}.5,{i + 2}.25,{i}.75" for i in range(20))),
        ["cell", "7157", "672", "4609"],
    ),
    "years over per cents": (
        lines("land,2015,2016,2017", *(f"L{i},1.5%,{i + 9}.1%,8{i}.0%" for i in range(6))),
        ["land", "2015", "2016", "2017"],
    ),
    "notes spread over cells": (
        lines(
            "Figures are rounded, in thousands, see annex",
            "county,day,amount",
            *(f"C{i},2024-01-{i:02d},{i * 31}" for i in range(10, 28)),
        ),
        ["county", "day", "amount"],
    ),
    "a title above names that leave gaps": (
        lines("Report 2024,,,", ",,,", "county,,amount,", *(f"C{i},x,{i},y" for i in range(12))),
        ["county", "column 2", "amount", "column 4"],
    ),
    "a table with nothing but a first cell in its first row": (
        lines("state,grade,age", "Texas,,", "Ohio,B,31", "Utah,A,56", "Iowa,B,44"),
        ["state", "grade", "age"],
    ),
}  # fmt: skip


@pytest.mark.parametrize("case", ONE_LINE)
@pytest.mark.parametrize("form", ["csv", "xlsx"])
def test_one_line_of_names_is_found(case: str, form: str) -> None:
    data, names = ONE_LINE[case]
    table = read_table(data if form == "csv" else workbook(data))
    assert table.columns == names
    assert table.header.certain
    assert table.header.lines == (table.dialect.header_line,)


SEVERAL = {
    "two lines below a title": (
        "A Person,,,,\n,,,,\nDate,Travel,,Other,\n,Air,Rail,Meals,Gifts\n",
        (3, 4),
        ["Date", "Travel: Air", "Travel: Rail", "Other: Meals", "Other: Gifts"],
    ),
    "three lines": (
        "Body,Staff,,,\n,AO,,EO,\n,Heads,FTE,Heads,FTE\n",
        (1, 2, 3),
        ["Body", "Staff: AO: Heads", "Staff: AO: FTE", "Staff: EO: Heads", "Staff: EO: FTE"],
    ),
    "a crosstab": (
        ",Sex,,,\nRegion,Male,Female,Other,Unknown\n",
        (1, 2),
        ["Region", "Sex: Male", "Sex: Female", "Sex: Other", "Sex: Unknown"],
    ),
    "a crosstab of two questions": (
        ",Male,,Female,\nRegion,Yes,No,Yes,No\n",
        (1, 2),
        ["Region", "Male: Yes", "Male: No", "Female: Yes", "Female: No"],
    ),
    "a group on each column": (
        ",Male,Male,Female,Female\nRegion,Yes,No,Yes,No\n",
        (1, 2),
        ["Region", "Male: Yes", "Male: No", "Female: Yes", "Female: No"],
    ),
}


@pytest.mark.parametrize("case", SEVERAL)
@pytest.mark.parametrize("form", ["csv", "xlsx"])
def test_groups_above_the_names_are_part_of_them(case: str, form: str) -> None:
    top, where, names = SEVERAL[case]
    data = (top + ROWS).rstrip("\n").encode()
    table = read_table(data if form == "csv" else workbook(data))
    assert table.columns == names
    assert table.header.lines == where
    assert table.n_rows == 6


def test_a_total_behind_the_last_group_stands_by_itself() -> None:
    top = ",Male,,Female,,\nRegion,Yes,No,Yes,No,All\n"
    table = read_table(
        (top + "".join(f"R{i},1{i},2{i},3{i},4{i},5{i}\n" for i in range(6))).encode()
    )
    assert table.columns[-2:] == ["Female: No", "All"]


NAMELESS = {
    "one text a line": lines(*PROSE),
    "one text a line, many": lines(*(f"{text} {word}" for word in PROSE for text in PROSE)),
    "a label and a text": lines(*(f"{'np'[i % 2]};{PROSE[i % 6]}" for i in range(40))),
    "numbers": lines(*(f"{i * 7 % 31},{i * 3 % 11}.5" for i in range(20))),
}


@pytest.mark.parametrize("case", NAMELESS)
def test_a_first_row_is_never_taken_for_names(case: str) -> None:
    table = read_table(NAMELESS[case])
    assert table.n_rows == NAMELESS[case].count(b"\n") + 1
    assert table.header.lines == ()
    assert all(name.startswith("column ") for name in table.columns)


def test_the_first_line_of_a_fasttext_file_is_a_row() -> None:
    file = lines(*(f"__label__{'np'[i % 2]} {PROSE[i % 6]}" for i in range(40)))
    table = read_table(file)
    assert table.n_rows == 40
    assert list(table.text.iloc[0]) == [PROSE[0], "n"]


@pytest.mark.parametrize("name", ["text", "Customer comment", "review_body", "phrase"])
def test_a_short_name_above_sentences_is_a_name(name: str) -> None:
    table = read_table(lines(name, *PROSE))
    assert table.columns == [name]
    assert table.n_rows == len(PROSE)


def test_what_could_as_well_be_a_row_is_said_to_be_uncertain() -> None:
    table = read_table(b"Oslo\nRome\nBern\nRiga\nCork\n")
    assert not table.header.certain
    assert table.header.others


OTHER_WAYS = {
    **{case: data for case, (data, _) in ONE_LINE.items()},
    **{case: (top + ROWS).encode() for case, (top, _, _) in SEVERAL.items()},
    **NAMELESS,
    "below a line that names the delimiter": b"sep=;\nid;city\n1;Oslo\n2;Rome\n3;Bern\n",
    "below comments": b"# made by x, in y\n# 2024, may, 5\na,b\n1,x\n2,y\n3,z\n",
    "in a comment": b"# Station: X\n# id, city, x\n1,Oslo,a\n2,Rome,b\n3,Bern,c\n",
    "with notes and a total below": b"Report,\nid,x\n1,2\n2,3\n3,4\nTotal,9\n\nSource: me\n",
    "with row names": b'"x","y"\n"a",1,2\n"b",3,4\n"c",5,6\n',
    "with a trailing delimiter": b"id,city\n1,Oslo,\n2,Rome,\n3,Bern,\n",
    "with units": b"temp,speed,kind\nkg,m/s,\n1.5,3,x\n2.5,4,y\n3.5,4,x\n",
}


def every_other_works(data: bytes) -> int:
    """How many others were tried; each must give its names and say its lines."""
    table = read_table(data)
    for other in table.header.others:
        again = read_table(data, header=other.header)
        assert tuple(again.columns[: len(other.names)]) == other.names, other
        assert again.header.certain
        back = again.header.others[0]
        assert back.header == "auto", again.header
        assert tuple(table.columns[: len(back.names)]) == back.names
    return len(table.header.others)


@pytest.mark.parametrize("case", OTHER_WAYS)
def test_every_other_line_that_is_offered_works(case: str) -> None:
    assert every_other_works(OTHER_WAYS[case]) > 0


FILES = sorted(path for folder in ("wild", "messy") for path in (SHARED / folder).glob("*.[ctx]*"))
MISSING = [pytest.param(Path(), marks=pytest.mark.skip("needs the shared files"), id="none")]


@pytest.mark.parametrize("path", [pytest.param(p, id=p.name) for p in FILES] or MISSING)
def test_every_other_line_offered_of_a_shared_file_works(path: Path) -> None:
    try:
        table = read_table(path)
    except TableError as error:
        pytest.skip(f"refused: {error}")
    for other in table.header.others:
        again = read_table(path, header=other.header)
        assert tuple(again.columns[: len(other.names)]) == other.names


def test_several_lines_can_be_asked_for() -> None:
    data = b"Sales,,Costs,\nmean,sd,low,high\n1,2,3,4\n5,6,7,8\n9,1,2,3\n"
    table = read_table(data, header=(1, 2))
    assert table.columns == ["Sales: mean", "Sales: sd", "Costs: low", "Costs: high"]
    assert table.header == HeaderChoice((1, 2), True, table.header.others)
    assert table.n_rows == 3


@pytest.mark.parametrize("header", [(2, 1), (1, 2, 3), ("a", "b"), (1, 99), (7, 8)])
def test_lines_that_are_none_are_refused_in_words(header: object) -> None:
    with pytest.raises(TableError, match="line"):
        read_table(b"a,b\n1,2\n3,4\n", header=header)  # type: ignore[arg-type]


def test_whoever_says_where_the_names_are_may_still_have_notes_below() -> None:
    data = b"Report,\nid,x\n1,2\n2,3\n3,4\n\nSource: the office\n"
    assert read_table(data, header=2).n_rows == 3


def test_the_lines_of_names_are_kept_with_the_table(tmp_path: Path) -> None:
    table = read_table((SEVERAL["three lines"][0] + ROWS).encode())
    save_table(table, tmp_path)
    assert load_table(tmp_path).header == table.header


def test_a_table_that_comes_without_lines_says_nothing_of_them() -> None:
    table: Table = read_table(b'{"a": 1}\n{"a": 2}\n')
    assert table.header == HeaderChoice()
