"""Numbers that may mean something else: 1.234 read both ways, -9999 for a missing value."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import numpy as np
import pyarrow.compute as pc

from al_core.tables.columns import Typed

GROUPS = r"^\s*[-+]?[1-9]\d{0,2}[.,]\d{3}\s*$"
SENTINELS = (-99999, -9999.9, -9999, -999.99, -999.9, -999, -99.9, -99, 99999, 9999, 999.9, 999)
FEWEST = 5


def doubts(
    cells: Mapping[str, Any], typed: Mapping[str, Typed], decimal: str, delimiter: str | None
) -> list[str]:
    """One line for each kind of doubt, naming the first columns it is about."""
    notices = []
    both = [n for n, t in typed.items() if t.kind == "number" and _both_ways(cells[n], t)]
    proved = any(t.decimal for t in typed.values()) or decimal == ","
    if both and not proved and (delimiter == ";" or any(typed[n].ambiguous for n in both)):
        example = next(c for c in cells[both[0]].to_pylist() if c.strip()).strip()
        sign = "a thousands sign" if typed[both[0]].ambiguous else "a decimal point"
        notices.append(
            f"{_named(both)}: numbers such as {example} could be read both ways; "
            f"{example.lstrip('+-').lstrip('0123456789')[0]} was taken for {sign}."
        )
    for name, column in typed.items():
        stand_in = _stand_in(column) if column.kind == "number" else None
        if stand_in is not None:
            notices.append(
                f"{name}: {stand_in} stands far from all other numbers and may mean that a value "
                "is missing; it was read as a number."
            )
    return notices[:6]


def _named(names: list[str]) -> str:
    return ", ".join(names[:4]) + (f" and {len(names) - 4} more" if len(names) > 4 else "")


def _both_ways(cells: Any, column: Typed) -> bool:
    """Whether every cell has three digits behind its only sign."""
    if column.values.dtype == np.int64 and not column.ambiguous:
        return False
    head = [cell for cell in cells[:FEWEST].to_pylist() if cell.strip()]
    if not head:
        return False
    fits = pc.match_substring_regex(cells[:1000], GROUPS)
    return bool(pc.all(pc.or_(fits, pc.equal(cells[:1000], ""))).as_py()) and len(head) > 1


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
        few = 1 < len(values) - len(others) < 0.9 * len(values)
        if few and len(others) > 1 and np.abs(others).max() * 4 < abs(end):
            return f"{end:g}"
    return None
