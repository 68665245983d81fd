"""Numbers that may mean something else: 1.234 read both ways, -9999 for a missing value."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

import numpy as np
import pyarrow.compute as pc

from al_core.tables.cells.currencies_and_units import without_affixes
from al_core.tables.cells.numbers import missing_mask
from al_core.tables.cells.typed import Typed
from al_core.wording import listed

GROUPED = r"^[-+]?[1-9]\d{0,2}[.,]\d{3}$"
EITHER = r"^[-+]?(\d{1,3}|[1-9]\d{0,2}[.,]\d{3})$"
# Stand-ins that weather stations, surveys and instruments write for a missing value; a choice of
# the usual ones: any number may be meant.
SENTINELS = (-99999, -9999.9, -9999, -999.99, -999.9, -999, -99.9, -99, 99999, 9999, 999.9, 999)
FEWEST, LOOKED_AT = 5, 1_000
# A choice: a first look that spares most columns the whole one.
FIRST = 8
DIGITS, EITHER_WAY = re.compile(r"\d[\d.,]*"), re.compile(EITHER)


def doubts(
    cells: Mapping[str, Any], typed: Mapping[str, Typed], decimal: str, delimiter: str | None
) -> list[str]:
    """One line for each kind of doubt, naming the first columns it is about."""
    grouped = {n: _both_ways(cells[n]) for n, t in typed.items() if _may_be_grouped(t)}
    both = {name: example for name, example in grouped.items() if example}
    notices = [_which_way_taken(both, typed, decimal, delimiter)] if both else []
    for name, column in typed.items():
        stand_in = _stand_in(column) if column.kind == "number" else None
        if stand_in is not None:
            notices.append(
                f"{name}: {stand_in} stands far from all other numbers and may mean that a value "
                "is missing; it was read as a number."
            )
    return [notice for notice in notices if notice][:6]


def _which_way_taken(
    both: Mapping[str, str], typed: Mapping[str, Typed], decimal: str, delimiter: str | None
) -> str:
    """Which columns could be read both ways, and what decided; "" where something proved it."""
    example = next(iter(both.values()))
    sign = next(letter for letter in example if letter in ".,")
    proved = {column.decimal for column in typed.values()} - {""}
    if "," in proved or ("." not in proved and decimal == ","):
        points = [name for name, found in both.items() if "." in found]
        if not points or "," not in proved:
            return ""
        return (
            f"{listed(points, 4)}: the point in numbers such as {both[points[0]]} was taken for a "
            "thousands sign, because other columns have a decimal comma."
        )
    if proved or not (delimiter == ";" or any(typed[name].ambiguous for name in both)):
        return ""
    meant = f"a decimal {'point' if sign == '.' else 'comma'}"
    meant = meant if sign == decimal else "a thousands sign"
    return (
        f"{listed(list(both), 4)}: numbers such as {example} could be read both ways; "
        f"{sign} was taken for {meant}."
    )


def _may_be_grouped(column: Typed) -> bool:
    whole = column.kind == "number" and column.values.dtype == np.int64
    return column.kind == "number" and (column.ambiguous or not whole)


def _both_ways(cells: Any) -> str:
    """A cell such as 1.234 where each is one, or a whole number of up to three digits."""
    if any(map(_is_one_way, cells[:FIRST].to_pylist())):
        return ""
    trimmed = pc.utf8_trim_whitespace(cells[:LOOKED_AT])
    blank = pc.or_(pc.fill_null(missing_mask(trimmed), True), pc.equal(trimmed, ""))
    bare = without_affixes(pc.if_else(blank, None, trimmed))
    if bare is None or len(bare[0]) - bare[0].null_count < 2:
        return ""
    either = pc.all(pc.match_substring_regex(bare[0], EITHER), min_count=0).as_py()
    grouped = trimmed.filter(pc.fill_null(pc.match_substring_regex(bare[0], GROUPED), False))
    return grouped[0].as_py() if either and len(grouped) else ""


def _is_one_way(cell: str) -> bool:
    """Whether a cell holds a number that can be read in one way only, as most do."""
    digits = DIGITS.search(cell)
    return digits is not None and not EITHER_WAY.match(digits[0].rstrip(".,"))


def _stand_in(column: Typed) -> str | None:
    """A number such as -9999 that comes more than once, far beyond all others of its column."""
    values = np.asarray(column.values)
    values = values[np.isfinite(values)] if values.dtype != np.int64 else values
    if len(values) < FEWEST:
        return None
    for end in (values.min(), values.max()):
        if end not in SENTINELS:
            continue
        others = values[values != end]
        # Choices: more than once, not nearly always, and four times as far as any other number.
        few = 1 < len(values) - len(others) < 0.9 * len(values)
        if few and len(others) > 1 and np.abs(others).max() * 4 < abs(end):
            return f"{end:g}"
    return None
