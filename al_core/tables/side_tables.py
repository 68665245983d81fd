"""Rows of a sheet that hold another table below the first one."""

from __future__ import annotations

from collections.abc import Sequence

from al_core.tables.below import other_names
from al_core.tables.oddities import numberlike

FEWEST = 3


def other_table(rows: Sequence[Sequence[str]], first: int) -> int | None:
    """The place of the names of another table; ``rows[first]`` is the first row of this one.

    It stands below a blank row, and is a line of words where numbers are above, or of another
    width than all rows above and as wide as those below.
    """
    for place in range(first + FEWEST, len(rows) - 1):
        if any(rows[place - 1]) or len(rows[place]) < 2:
            continue
        above = [row for row in rows[first:place] if row]
        below = [row for row in rows[place + 1 :] if row][:50]
        if len(above) >= 2 and _begins(rows[place], above, below):
            return place
    return None


def _begins(
    names: Sequence[str], above: Sequence[Sequence[str]], below: Sequence[Sequence[str]]
) -> bool:
    width = max(map(len, [*above[-50:], names]))
    padded = [[*row, *[""] * (width - len(row))] for row in above[-50:]]
    if len(names) == width and other_names(names, padded, below):
        return True
    words = all(c.strip() and not numberlike(c) for c in names) and len(set(names)) == len(names)
    alike = len(below) >= 2 and all(len(row) == len(names) for row in below)
    unlike = all(len(row) != len(names) for row in above)
    return words and alike and unlike and any(map(numberlike, below[0]))
