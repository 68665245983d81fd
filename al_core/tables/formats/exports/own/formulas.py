"""Cells that a spreadsheet would run as a formula: an apostrophe put before them, and taken away.

The two are each other's inverse: an apostrophe is put before a formula whatever number of
apostrophes it has already, so that one that was there is never taken for one that was put.
"""

from __future__ import annotations

from typing import Any

import pyarrow as pa
import pyarrow.compute as pc

_STARTS = pa.array([*"'=+-@\t\r"], pa.large_string())
_APOSTROPHE = pa.array(["'"], pa.large_string())
# A sign alone, or a number with any grouping, is no formula; everything else might be one.
_HARMLESS = r"^'*[+-]?([0-9][0-9.,' ]*)?([eE][+-]?[0-9]+)?\s?%?$"
_FORMULA = r"^'*[=+\-@\t\r]"


def without_formulas(cells: Any) -> Any:
    """Cells (Arrow text) with an apostrophe before those that a spreadsheet would run.

    That is a cell which begins with = + - @ tab or return, unless it is a plain number or a sign
    alone; and one that would do so without its apostrophes.

    >>> without_formulas(pa.array(["=1+1", "-12,5", "-", "@SUM(A1)", "a", "'=1"])).to_pylist()
    ["'=1+1", '-12,5', '-', "'@SUM(A1)", 'a', "''=1"]
    """
    text = _as_text(cells)
    risky = _formulas(text, _STARTS)
    if risky is None:
        return text
    return pc.if_else(risky, pc.binary_join_element_wise(_text("'"), text, _text("")), text)


def with_formulas(cells: Any) -> Any:
    """Cells (Arrow text) as they were before :func:`without_formulas`.

    >>> with_formulas(pa.array(["'=1+1", "-12,5", "'@SUM(A1)", "'tis", "''=1"])).to_pylist()
    ['=1+1', '-12,5', '@SUM(A1)', "'tis", "'=1"]
    """
    text = _as_text(cells)
    escaped = _formulas(text, _APOSTROPHE)
    if escaped is None:
        return text
    return pc.if_else(escaped, pc.utf8_slice_codeunits(text, 1), text)


def _formulas(text: Any, starts: Any) -> Any:
    """Which cells are formulas, apostrophes before them or not, and begin so; None where none."""
    likely = pc.is_in(pc.utf8_slice_codeunits(text, 0, 1), starts)
    if not pc.any(likely, min_count=0).as_py():
        return None
    formulas = pc.and_(likely, pc.match_substring_regex(text, _FORMULA))
    return pc.and_not(formulas, pc.match_substring_regex(text, _HARMLESS))


def _as_text(cells: Any) -> Any:
    return pc.fill_null(pc.cast(cells, pa.large_string()), "")


def _text(letters: str) -> Any:
    return pa.scalar(letters, pa.large_string())
