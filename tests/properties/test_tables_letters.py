"""What arrays say of the letters of a column is what slower ways say."""

from __future__ import annotations

import re

import numpy as np
import pyarrow as pa
import pytest
from hypothesis import given
from hypothesis import strategies as st

from al_core.tables.cells.arrow_bytes import all_blank, holds_x, leading_zeros, with_blanks_null
from al_core.tables.decoding import decoded
from al_core.tables.delimited.quotes import Quotes, regular_quotes
from al_core.tables.delimited.records import records

CELLS = st.lists(st.text(st.sampled_from("0019.-+xX a"), max_size=4), min_size=1, max_size=6)


def chunked(cells: list[str], at: int) -> pa.ChunkedArray:
    """Cells in two chunks, the second one a slice that does not begin at its buffer's start."""
    at = min(at, len(cells))
    later = pa.array(["0x", *cells[at:]], type=pa.large_string()).slice(1)
    return pa.chunked_array([pa.array(cells[:at], type=pa.large_string()), later])


@given(CELLS, st.integers(0, 6))
def test_blank_cells_become_null_and_the_others_stay(cells: list[str], at: int) -> None:
    column = chunked(cells, at)
    assert with_blanks_null(column).to_pylist() == [cell or None for cell in cells]
    assert all_blank(column) == (not any(cells))


@given(CELLS, st.integers(0, 6))
def test_leading_zeros_and_hexadecimal_signs_are_seen(cells: list[str], at: int) -> None:
    column = chunked(cells, at)
    assert holds_x(column) == any("x" in cell.lower() for cell in cells)
    found = leading_zeros(column)
    if found is None:
        assert any(cell[:1] == " " for cell in cells)
    elif not found:
        assert not any(re.match(r"[-+]?0[0-9]", cell) for cell in cells)
    else:
        assert any(re.match(r"[-+]?0[0-9]", cell) for cell in cells)


PIECES = st.sampled_from(
    [
        b"a",
        "é".encode(),
        "日".encode(),
        "\U0001f600".encode(),
        b"\xed\xa0\x80",
        b"\xc0\x80",
        b"\x80",
    ]
)


@given(st.lists(PIECES, max_size=12), st.integers(8, 12))
def test_strict_utf8_is_seen_however_the_blocks_fall(pieces: list[bytes], size: int) -> None:
    data = b"".join(pieces)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(decoded, "BLOCK", size)
        found = decoded.valid_utf8(data)
    try:
        data.decode()
        assert found
    except UnicodeDecodeError:
        assert not found


@given(st.text(st.sampled_from('ab",\n'), max_size=30))
def test_quotes_that_count_as_regular_never_hide_a_line_end(text: str) -> None:
    found = regular_quotes(np.frombuffer(text.encode(), np.uint8), ",")
    if found in {Quotes.NONE, Quotes.IN_LINES}:
        assert not any("\n" in cell for row in records(text, ",") for cell in row.fields)
