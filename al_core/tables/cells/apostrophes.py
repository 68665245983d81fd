"""Apostrophes that a spreadsheet wants before digits that are no number: left out, and told."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

import pyarrow as pa
import pyarrow.compute as pc

from al_core.wording import listed

# Cells in which an apostrophe is looked for first; a choice.
LOOKED_AT = 1_000
CODE = r"[-+(]?[0-9][0-9A-Z./() -]*"
"""Digits, and what stands among them in codes and telephone numbers; no words."""
YEARS = r"^'[0-9]{2}s?$"
"""The years '98 and the '90s: there the apostrophe is meant."""


def without_apostrophes(cells: Mapping[str, Any]) -> tuple[dict[str, Any], list[str]]:
    """Columns without an apostrophe before their codes, and the notice that names them.

    >>> import pyarrow as pa
    >>> without_apostrophes({"zip": pa.chunked_array([["'01000", "'02000"]])})[0]["zip"].to_pylist()
    ['01000', '02000']
    """
    if not _anywhere(cells.values()):
        return dict(cells), []
    found = {name: column for name, column in cells.items() if _before_codes(column)}
    if not found:
        return dict(cells), []
    bare = {n: pc.replace_substring_regex(c, rf"^'({CODE})$", r"\1") for n, c in found.items()}
    notice = (
        f"{listed(list(found), 4)}: the apostrophe that a spreadsheet writes before digits was "
        "left out."
    )
    return {**cells, **bare}, [notice]


def _anywhere(columns: Iterable[Any]) -> bool:
    """Whether any cell begins with an apostrophe: asked once, since columns may be many."""
    alike: dict[Any, list[Any]] = {}
    for column in columns:
        alike.setdefault(column.type, []).extend(column.chunks)
    return any(
        pc.any(pc.starts_with(pa.chunked_array(chunks, kind), "'"), min_count=0).as_py()
        for kind, chunks in alike.items()
    )


def _before_codes(column: Any) -> bool:
    """Whether all cells are codes, blanks aside, and an apostrophe stands before some."""
    if not _any_apostrophe(column):
        return False
    marked = column.filter(pc.starts_with(column, "'"))
    if not pc.all(pc.match_substring_regex(column, rf"^'?{CODE}$|^\s*$")).as_py():
        return False
    return not pc.all(pc.match_substring_regex(marked, YEARS)).as_py()


def _any_apostrophe(column: Any) -> bool:
    return bool(pc.any(pc.starts_with(column[:LOOKED_AT], "'"), min_count=0).as_py())
