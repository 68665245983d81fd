"""A frame of text, written in any of our ways, reads back equal."""

from __future__ import annotations

import csv
import io

import pandas as pd
import pytest
from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st

from al_core.tables import load_table, read_table, save_table
from al_core.tables.delimited import bulk
from al_core.tables.delimited import reader as csvfile

LETTERS = st.characters(
    exclude_categories=["Cs", "Cc"], include_characters="\n\t", max_codepoint=0xFFFF
)
NARROW = st.characters(min_codepoint=32, max_codepoint=126)
ENCODINGS = ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "utf-32"]
FEW = settings(max_examples=300, deadline=None, suppress_health_check=[HealthCheck.too_slow])


@st.composite
def frames(draw: st.DrawFn, letters: st.SearchStrategy[str] = LETTERS) -> pd.DataFrame:
    width = draw(st.integers(2, 5))
    cells = st.text(letters, max_size=8)
    rows = draw(st.lists(st.lists(cells, min_size=width, max_size=width), min_size=1, max_size=8))
    return pd.DataFrame(rows, columns=[f"name {i}" for i in range(width)], dtype="str")


def written(frame: pd.DataFrame, delimiter: str, quoting: int, end: str, encoding: str) -> bytes:
    file = io.StringIO(newline="")
    # Python's writer leaves the other system's line end without quotes: "\r" and then a cell that
    # begins with "\n" are the same bytes as one Windows line end, for every reader.
    first = frame.iloc[:, 0]
    assume(quoting == csv.QUOTE_ALL or end != "\r" or not first.str.startswith("\n").any())
    writer = csv.writer(file, delimiter=delimiter, quoting=quoting, lineterminator=end)  # type: ignore[arg-type]
    writer.writerow(frame.columns)
    writer.writerows(frame.to_numpy().tolist())
    return file.getvalue().encode(encoding)


WAYS = {
    "delimiter": st.sampled_from([",", ";", "\t", "|"]),
    "quoting": st.sampled_from([csv.QUOTE_MINIMAL, csv.QUOTE_ALL, csv.QUOTE_NONNUMERIC]),
    "end": st.sampled_from(["\n", "\r\n", "\r"]),
}


@FEW
@given(frame=frames(), encoding=st.sampled_from(ENCODINGS), **WAYS)
def test_text_written_in_any_way_reads_back_equal_when_told_how(
    frame: pd.DataFrame, encoding: str, delimiter: str, quoting: int, end: str
) -> None:
    data = written(frame, delimiter, quoting, end, encoding)
    table = read_table(data, encoding=encoding, delimiter=delimiter, header=1)
    pd.testing.assert_frame_equal(table.text, frame)


@FEW
@given(frame=frames(NARROW), encoding=st.sampled_from(ENCODINGS), **WAYS)
def test_text_written_in_any_way_reads_back_equal_by_itself(
    frame: pd.DataFrame, encoding: str, delimiter: str, quoting: int, end: str
) -> None:
    many = pd.concat([frame] * 5, ignore_index=True)
    data = written(many, delimiter, csv.QUOTE_ALL, end, encoding)
    pd.testing.assert_frame_equal(read_table(data, header=1).text, many)


@FEW
@given(frame=frames(), piece=st.sampled_from([1, 7, 30, 1 << 20]), **WAYS)
def test_the_bulk_reader_and_the_careful_one_agree_however_the_file_is_cut(
    frame: pd.DataFrame, piece: int, delimiter: str, quoting: int, end: str
) -> None:
    data = written(frame, delimiter, quoting, end, "utf-8")
    start = data.index(end.encode()) + len(end)
    assume(bulk.line_ends_are_regular(data, start, end))  # others are never given to this reader
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(bulk, "PIECE", piece)
        form = bulk.Form(frame.shape[1], delimiter, end)
        columns = bulk.read_bulk(data, start, form, lambda share: None)
    if columns is not None:
        cells = [column.to_pylist() for column in columns]
        assert [list(row) for row in zip(*cells, strict=True)] == frame.to_numpy().tolist()
    assert len(data) < csvfile.BULK_FROM_BYTES


@settings(max_examples=25, deadline=None)
@given(frame=frames())
def test_a_saved_table_loads_back_equal(frame: pd.DataFrame, tmp_path_factory: object) -> None:
    folder = tmp_path_factory.mktemp("table")  # type: ignore[attr-defined]
    table = read_table(written(frame, ",", csv.QUOTE_ALL, "\n", "utf-8"), header=1, name="a file")
    save_table(table, folder)
    loaded = load_table(folder)
    pd.testing.assert_frame_equal(loaded.frame, table.frame)
    pd.testing.assert_frame_equal(loaded.text, table.text)
    assert (loaded.name, loaded.dialect, loaded.notices) == ("a file", table.dialect, table.notices)
