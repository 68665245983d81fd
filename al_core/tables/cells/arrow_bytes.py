"""The bytes of a column of text seen as arrays, far faster than regular expressions see them.

All work on chunked arrays of ``large_string``; the cells of a chunk lie in one buffer.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import numpy as np
import pyarrow as pa
from numpy.typing import NDArray

ZERO, NINE, PLUS, MINUS, BLANK, X = b"09+- x"


def chunks_of(cells: Any) -> list[Any]:
    """The chunks of a chunked array, or the array itself as one."""
    return list(cells.chunks) if isinstance(cells, pa.ChunkedArray) else [cells]


def with_blanks_null(cells: Any) -> Any:
    """Blank cells as null; the letters are shared with ``cells``, not copied."""
    return pa.chunked_array([_blank_to_null(c) for c in chunks_of(cells)], type=pa.large_string())


def _blank_to_null(chunk: Any) -> Any:
    filled = np.diff(_offsets(chunk)) > 0
    if chunk.null_count or filled.all():
        return chunk
    mask = pa.py_buffer(np.packbits(filled, bitorder="little"))
    _, _, letters = chunk.buffers()
    offsets = pa.py_buffer(_offsets(chunk))
    return pa.LargeStringArray.from_buffers(len(chunk), offsets, letters, mask)


def all_blank(cells: Any) -> bool:
    """Whether no cell holds a letter."""
    return all(offsets[0] == offsets[-1] for offsets, _ in _parts(cells))


def holds_x(cells: Any) -> bool:
    """Whether an ``x`` or ``X`` stands in any cell: a number in hexadecimal is no number here."""
    return any(
        bool(((letters[offsets[0] : offsets[-1]] | 0x20) == X).any())
        for offsets, letters in _parts(cells)
    )


def leading_zeros(cells: Any) -> bool | None:
    """Whether any number begins with a zero and another digit; None where blanks stand before."""
    for offsets, letters in _parts(cells):
        found = _leading_zeros(offsets, letters)
        if found is not False:
            return found
    return False


def _leading_zeros(offsets: NDArray[np.int64], letters: NDArray[np.uint8]) -> bool | None:
    starts, ends = offsets[:-1], offsets[1:]
    starts, ends = starts[ends - starts > 1], ends[ends - starts > 1]
    first = letters[starts]
    if (first <= BLANK).any() or (first > 127).any():
        return None
    starts = starts + ((first == PLUS) | (first == MINUS))
    starts = starts[ends - starts > 1]
    starts = starts[letters[starts] == ZERO]
    second = letters[starts + 1]
    return bool(((second >= ZERO) & (second <= NINE)).any())


def _parts(cells: Any) -> Iterator[tuple[NDArray[np.int64], NDArray[np.uint8]]]:
    for chunk in chunks_of(cells):
        if len(chunk):
            letters = chunk.buffers()[2]
            empty = np.empty(0, dtype=np.uint8)
            yield _offsets(chunk), empty if letters is None else np.frombuffer(letters, np.uint8)


def _offsets(chunk: Any) -> NDArray[np.int64]:
    if not len(chunk):
        return np.zeros(1, dtype=np.int64)
    offsets = np.frombuffer(chunk.buffers()[1], dtype=np.int64)
    return offsets[chunk.offset : chunk.offset + len(chunk) + 1]
