"""What stands between or below the rows and is none: names once more, blank ends, totals."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Any

import pyarrow.compute as pc

from al_core.tables.letters import all_blank
from al_core.tables.raw import RawTable

TOTAL = re.compile(
    r"(grand |sub)?(totals?|sums?|summen?|gesamt|insgesamt|gesamtsumme|somme|totaux|suma|totale)"
    r"( \(.*\)| \w+)?:?",
    re.IGNORECASE,
)
FEWEST = 3
"""Rows that must stand above blank ones for these to be an end rather than rows."""
STEP = 10_000


def names_come_again(columns: Sequence[Any], names: Sequence[str] | None) -> bool:
    """Whether some row holds the column names once more, as files put together do."""
    if names is None or len(names) < 2:
        return False
    found = pc.equal(columns[0], names[0])
    for column, name in zip(columns[1 : len(names)], names[1:], strict=False):
        if not pc.any(found, min_count=0).as_py():
            return False
        found = pc.and_(found, pc.equal(column, name))
    return bool(pc.any(found, min_count=0).as_py())


def drop_blank_end(raw: RawTable) -> None:
    """Rows below the last filled one left out and told; Excel writes such for emptied cells."""
    if len(raw.columns) < 2:
        return
    kept = _last_filled(raw.columns)
    n_blank = raw.n_rows - kept
    if n_blank == 0 or kept < FEWEST:
        return
    raw.columns = [column[:kept] for column in raw.columns]
    rows = "The last row was blank and is" if n_blank == 1 else f"{n_blank:,} blank rows are"
    raw.notices.append(f"{rows} left out at the end.")


def _last_filled(columns: Sequence[Any]) -> int:
    """How many rows there are up to the last one with a letter in it."""
    end = len(columns[0])
    while end > 0:
        last = [column[end - 1].as_py() for column in columns]
        if any(map(str.strip, last)):
            return end
        start = max(0, end - STEP)
        if all(all_blank(column[start:end]) for column in columns):
            end = start
        else:
            end -= 1
    return 0


def tell_total(raw: RawTable) -> None:
    """A word about a last row that looks like the sum of the others; it stays a row."""
    if raw.n_rows < FEWEST:
        return
    last = [column[-1].as_py().strip() for column in raw.columns]
    first = next((cell for cell in last if cell), "")
    if TOTAL.fullmatch(first) and len([cell for cell in last if cell]) > 1:
        raw.notices.append(
            f'The last row begins with "{first}": it may sum up the others. It was read as a row.'
        )
