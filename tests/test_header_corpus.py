"""The corpus of benchmarks/headers.py says the truth about itself."""

from __future__ import annotations

import csv

import pytest

from benchmarks.header_corpus import Case, corpus

CASES = corpus()
SHAPES = sorted({case.shape for case in CASES})
NAMED = [shape for shape in SHAPES if not shape.startswith("no names")]


def of(shape: str) -> list[Case]:
    return [case for case in CASES if case.shape == shape]


def test_the_corpus_is_large_and_every_file_has_a_name_of_its_own() -> None:
    assert len(CASES) >= 2000
    assert len({case.file for case in CASES}) == len(CASES)


def test_the_same_seed_gives_the_same_bytes_and_another_one_others() -> None:
    again = corpus()
    assert [case.data for case in again] == [case.data for case in CASES]
    others = zip(corpus(1), CASES, strict=True)
    assert sum(other.data == case.data for other, case in others) < 5


def test_what_nobody_could_decide_is_rare() -> None:
    assert sum(case.doubtful for case in CASES) < 0.01 * len(CASES)


@pytest.mark.parametrize("shape", NAMED)
def test_the_lines_said_to_hold_names_hold_them_and_no_line_above_does(shape: str) -> None:
    for case in of(shape):
        lines = case.text.splitlines(keepends=True)
        first, last = case.lines[0] - 1, case.lines[-1]
        # A name may go on in the next line, inside its quotes.
        last += case.text.count("\n(see note)")
        sign = ": " if len(case.lines) > 1 else "\0"
        parts = {part for name in case.names for part in name.split(sign) if part}
        held = set[str]()
        for delimiter in ",;\t|":
            for row in csv.reader(lines[first:last], delimiter=delimiter):
                held |= {cell.replace("\r\n", "\n") for cell in row}
        missing = {part for part in parts if part.replace("\r\n", "\n") not in held}
        assert not missing, (case.file, missing)
        above = "".join(lines[:first])
        assert sum(len(part) > 3 and part in above for part in parts) < len(parts), case.file


@pytest.mark.parametrize("shape", NAMED)
def test_there_are_as_many_names_as_cells_in_a_row(shape: str) -> None:
    for case in of(shape):
        last = case.text.splitlines()[case.lines[-1] + (1 if "(see note)" in case.text else 0) :]
        widths = {len(row) for sign in ",;\t|" for row in csv.reader(last[:3], delimiter=sign)}
        trailing = 1 if shape.endswith("trailing delimiter") else 0
        assert len(case.names) + trailing in widths, case.file


@pytest.mark.parametrize("shape", sorted(set(SHAPES) - set(NAMED)))
def test_a_shape_without_names_names_no_line(shape: str) -> None:
    assert all(case.lines == () and case.names == () for case in of(shape))
