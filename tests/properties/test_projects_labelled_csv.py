"""The lines of the labelled file are those that Python's own writer of CSV would write."""

from __future__ import annotations

import csv
import io

import pyarrow as pa
from hypothesis import given, settings
from hypothesis import strategies as st

from al_core.projects.takeaways.labelled_csv import csv_lines, without_formulas

SIGNS = st.sampled_from('",;\t\r\n=+-@1 ')
CELLS = st.text(st.one_of(SIGNS, st.characters(exclude_categories=["Cs"])))
ROWS = st.integers(2, 4).flatmap(
    lambda width: st.lists(st.lists(CELLS, min_size=width, max_size=width), min_size=1, max_size=5)
)


def read(text: str, delimiter: str) -> list[list[str]]:
    return list(csv.reader(io.StringIO(text, newline=""), delimiter=delimiter))


@settings(deadline=None)
@given(ROWS, st.sampled_from(",;\t|^"))
def test_lines_are_those_of_the_writer_of_the_standard_library(
    rows: list[list[str]], delimiter: str
) -> None:
    columns = [pa.array(column) for column in zip(*rows, strict=True)]
    safe = zip(*(without_formulas(column).to_pylist() for column in columns), strict=True)
    out = io.StringIO(newline="")
    # Python before 3.13 leaves a lone return without quotes unless it ends the lines.
    csv.writer(out, delimiter=delimiter, lineterminator="\r\n").writerows(safe)
    lines = csv_lines(columns, delimiter).decode()
    chunked = [pa.chunked_array([column[:1], column[1:]]) for column in columns]
    assert csv_lines(chunked, delimiter).decode() == lines
    assert read(lines, delimiter) == read(out.getvalue(), delimiter)
    if not any(sign in cell for row in rows for cell in row for sign in "\r\n"):
        assert lines == out.getvalue().replace("\r\n", "\n")
