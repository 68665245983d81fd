"""Answers that stand as a list in one cell: ``["positive"]`` is one answer, ``[]`` is none."""

from __future__ import annotations

import ast
import json
from typing import Any

import pyarrow as pa
import pyarrow.compute as pc

from al_core.tables.formats.exports.agreement import agreed, in_words, is_sent
from al_core.tables.formats.exports.label_studio import texts_of


def without_lists(cells: Any, *, of_people: bool = False) -> Any:
    """Cells (Arrow text) with lists of answers written as a person would; others as they are.

    of_people: the parts of a list are several people's answers, of which the most frequent counts.

    >>> without_lists(pa.array(['["a"]', "['a', 'b']", "[]", "c"])).to_pylist()
    ['a', 'a; b', '', 'c']
    >>> without_lists(pa.array(['{"choices": ["a"]}'])).to_pylist()
    ['a']
    >>> without_lists(pa.array(['["a", "a", "b"]']), of_people=True).to_pylist()
    ['a']
    """
    begins = pc.is_in(pc.utf8_slice_codeunits(cells, 0, 1), pa.array(["[", "{"], cells.type))
    if not pc.any(begins, min_count=0).as_py():
        return cells
    encoded = pc.dictionary_encode(cells)
    chunks = encoded.chunks if isinstance(encoded, pa.ChunkedArray) else [encoded]
    done = []
    for chunk in chunks:
        plain = [_plain(cell, of_people) for cell in chunk.dictionary.to_pylist()]
        done.append(pa.array(plain, cells.type).take(chunk.indices))
    return pa.chunked_array(done, cells.type) if isinstance(encoded, pa.ChunkedArray) else done[0]


def _plain(cell: str, of_people: bool) -> str:
    if cell[:1] not in ("[", "{") or cell.rstrip()[-1:] not in ("]", "}"):
        return cell
    for read in (json.loads, ast.literal_eval):
        try:
            found = _answer(read(cell), of_people)
        except (ValueError, SyntaxError, RecursionError, MemoryError, TypeError):
            continue
        return cell if found is None else found
    return cell


def _answer(found: Any, of_people: bool) -> str | None:
    """The answer in a value, None where it is none: a mark on a part, or something else."""
    if isinstance(found, dict):
        return in_words(texts_of("", found)) if len(found) == 1 else None
    if not any(isinstance(one, dict | list) for one in found):
        return agreed(map(_text, found)) if of_people else in_words(found)
    if all(isinstance(one, list) for one in found):
        return agreed(in_words(one) for one in found)
    if all(isinstance(one, dict) and "value" in one for one in found):
        return agreed(in_words(_as_list(one["value"])) for one in found if is_sent(one))
    if all(isinstance(one, dict) and len(one) == 1 for one in found):
        return in_words(text for one in found for text in texts_of("", one))
    return None


def _as_list(value: Any) -> list[Any]:
    return value if isinstance(value, list) else [value]


def _text(value: Any) -> str:
    return in_words([value])
