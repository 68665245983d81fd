"""Answers that stand as a list in one cell: ``["positive"]`` is one answer, ``[]`` is none."""

from __future__ import annotations

import ast
import json
from typing import Any

import pyarrow as pa
import pyarrow.compute as pc

BETWEEN = "; "  # stands between several answers to one row


def without_lists(cells: Any) -> Any:
    """Cells (Arrow text) with lists of answers written as a person would; others as they are.

    >>> without_lists(pa.array(['["a"]', "['a', 'b']", "[]", "c", "[x"])).to_pylist()
    ['a', 'a; b', '', 'c', '[x']
    """
    listed = pc.starts_with(cells, "[")
    if not pc.any(listed, min_count=0).as_py():
        return cells
    encoded = pc.dictionary_encode(cells)
    chunks = encoded.chunks if isinstance(encoded, pa.ChunkedArray) else [encoded]
    done = [
        pa.array([_plain(cell) for cell in chunk.dictionary.to_pylist()], cells.type).take(
            chunk.indices
        )
        for chunk in chunks
    ]
    return pa.chunked_array(done, cells.type) if isinstance(encoded, pa.ChunkedArray) else done[0]


def in_words(values: list[Any]) -> str:
    """Answers to one row as a cell; those without a letter are none.

    >>> in_words(["a", "b"]), in_words([]), in_words([None, 1])
    ('a; b', '', '1')
    """
    texts = ["" if value is None else str(value).strip() for value in values]
    return BETWEEN.join(dict.fromkeys(text for text in texts if text))


def _plain(cell: str) -> str:
    if not (cell.startswith("[") and cell.rstrip().endswith("]")):
        return cell
    for read in (json.loads, ast.literal_eval):
        try:
            found = read(cell)
        except (ValueError, SyntaxError, RecursionError, MemoryError):
            continue
        if isinstance(found, list) and not any(isinstance(one, dict | list) for one in found):
            return in_words(found)
    return cell
