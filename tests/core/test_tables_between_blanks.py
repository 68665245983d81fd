"""Cells parted by blanks, of which many say that nothing is known."""

from __future__ import annotations

import io
from random import Random

import openpyxl
import pytest

from al_core.tables import read_table

WORDS = ["red", "blue", "green", "old", "new", "big"]
MARKS = ["?", "NA", ".", "-", "nan"]


def rows_with(mark: str, share: float, seed: int = 1) -> list[list[str]]:
    rng = Random(seed)

    def cell(text: str) -> str:
        return mark if rng.random() < share else text

    return [
        [cell(str(rng.randint(1, 9))), cell(f"{40 * rng.random():.2f}"), cell("7"), cell("12"), "u"]
        for _ in range(60)
    ]


@pytest.mark.parametrize("share", [0.1, 0.25, 0.5, 0.8])
@pytest.mark.parametrize("mark", MARKS)
def test_gaps_do_not_keep_single_blanks_from_parting_the_cells(mark: str, share: float) -> None:
    rows = rows_with(mark, share)
    for names in ([], [["a", "b", "c", "d", "kind"]]):
        text = "\n".join(map(" ".join, [*names, *rows]))
        table = read_table(text.encode(), name="horses.data")
        assert (table.n_rows, len(table.columns)) == (60, 5), (mark, share, names)
        assert table.text.iloc[5].tolist() == rows[5]


@pytest.mark.parametrize("share", [0.0, 0.25, 0.5])
def test_blanks_of_any_width_part_numbers_gaps_and_words(share: float) -> None:
    rows, rng = rows_with("?", share), Random(2)
    lines = ["".join(cell + " " * rng.randint(1, 3) for cell in row) for row in rows]
    table = read_table("\n".join(lines).encode(), name="cars.data")
    assert (table.n_rows, len(table.columns)) == (60, 5)


def test_prose_of_equal_length_stays_one_column() -> None:
    for end in ("? ?", "- -", "."):
        lines = [f"why is it so {word} {end}" for word in WORDS]
        assert len(read_table("\n".join(lines).encode(), name="texts.txt").columns) == 1


def test_a_sheet_whose_rows_lie_below_thousands_of_empty_ones_is_read() -> None:
    book = openpyxl.Workbook()
    for row, cells in enumerate([["a", "b"], [1, "x"], [2, "y"], [3, "x"]], 5_000):
        for column, cell in enumerate(cells, 1):
            book.worksheets[0].cell(row, column, cell)
    out = io.BytesIO()
    book.save(out)
    table = read_table(out.getvalue(), name="a.xlsx")
    assert table.columns == ["a", "b"]
    assert table.frame["a"].tolist() == [1, 2, 3]
    assert table.lines.of(0) == 5_001
