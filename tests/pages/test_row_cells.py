"""Cells laid out: JSON as a tree, long texts folded, and how tall the card of a project is."""

from __future__ import annotations

import json
from pathlib import Path

from hypothesis import given
from hypothesis import strategies as st

from al_core.projects import Project
from al_core.tables import guess_roles, read_table
from pages.components.desk.row.cells import FOLD, cell_html
from pages.components.desk.row.height import HIGHEST, LOWEST, card_heights
from tests.pages.test_row_html import SIGNS, Reader

TREES = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False) | SIGNS,
    lambda inside: st.lists(inside, max_size=4) | st.dictionaries(SIGNS, inside, max_size=4),
    max_leaves=30,
)


@given(tree=TREES)
def test_whatever_json_holds_stays_text(tree: object) -> None:
    read = Reader(cell_html(json.dumps({"<b>": tree, "x": "<script>"}, ensure_ascii=False)))
    assert "<b>" in read.text
    assert "<script>" in read.text
    assert not {"script"} & set(read.tags)


def test_json_is_a_tree_of_its_names_and_values_with_numbers_as_written() -> None:
    read = Reader(cell_html('{"order": {"id": 1.50, "paid": true}, "lines": [], "who": "Ü"}'))
    assert read.text == "order 2 entriesid 1.50paid truelines –who Ü"
    assert read.tags.count("details") == 1


def test_what_only_looks_like_json_or_nests_without_end_is_text() -> None:
    for text in ("{not json}", "[1, 2", "{}", "[]"):
        assert cell_html(text) == f'<p dir="auto">{text}</p>'
    assert Reader(cell_html("[" * 700 + "7" + "]" * 700)).text.count("7") > 0
    assert Reader(cell_html("[" * 5000 + "]" * 5000)).text.startswith("[[[")


def test_a_huge_tree_is_counted_rather_than_drawn() -> None:
    html = cell_html(json.dumps(list(range(20_000))))
    assert len(html) < 60_000
    assert "and 19,500 more" in html


def test_a_text_of_five_thousand_letters_is_folded_at_a_blank_and_loses_no_letter() -> None:
    text = "A sentence. " * 420
    read = Reader(cell_html(text))
    assert read.tags.count("details") == 1
    assert Reader(cell_html(text)).text.replace("More (3,541 letters)", "") == text
    assert len(read.text) > 5000 > FOLD


def test_the_card_is_as_tall_as_its_rows_need_within_limits(tmp_path: Path) -> None:
    def tall(name: str, message: str) -> tuple[int, int]:
        lines = "".join(f'"{message} {i}",{i}\n' for i in range(40))
        table = read_table(f"Message,Amount\n{lines}".encode(), name=f"{name}.csv")
        given = {"kind": "live", "classes": ("a", "b")}
        project = Project.create(
            tmp_path / name, table, guess_roles(table), given, background=False
        )
        with project:
            return card_heights(project, everything=False, picture=260)

    short, middle, long = (tall(f"p{n}", "word " * n) for n in (8, 70, 900))
    assert LOWEST <= short[0] < middle[0] < long[0] == HIGHEST
    assert short[1] > short[0], "on a phone facts stand under the text"
