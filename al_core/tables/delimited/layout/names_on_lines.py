"""Two or three lines of names, as survey tools and reports write them."""

from __future__ import annotations

from collections.abc import Sequence

from al_core.tables.cells.likeness import NEARLY_ALL, numberlike
from al_core.tables.cells.vocabulary import MISSING

# Lines over which names may be spread; a choice: what goes on longer is taken for rows.
MOST_LINES = 4


def import_ids(rows: Sequence[Sequence[str]]) -> int:
    """How many lines below the names end with Qualtrics' line of import ids; 0 where there is none.

    Between them stands the wording of the questions.
    """
    for place, row in enumerate(rows[:MOST_LINES]):
        ids = sum('"importid"' in cell.replace("'", '"').lower() for cell in row)
        # Half of the cells: columns a person added have no id. A choice.
        if ids >= max(1, 0.5 * len(row)):
            return place + 1
    return 0


def answers_below(names: Sequence[str], rows: Sequence[Sequence[str]]) -> bool:
    """Whether the line below the names goes on with them, as SurveyMonkey writes its choices.

    It fills every gap that the names leave, is blank itself over some column, and no value of it
    is a number though columns of numbers are below.
    """
    if len(rows) < 3 or len(rows[0]) != len(names) or all(map(str.strip, names)):
        return False
    second = rows[0]
    gaps_filled = all(b.strip() for a, b in zip(names, second, strict=True) if not a.strip())
    if not gaps_filled or any(map(numberlike, second)):
        return False
    blank = [place for place, cell in enumerate(second) if not cell.strip()]
    return any(_is_numeric([row[place] for row in rows[1:] if place < len(row)]) for place in blank)


def _is_numeric(cells: Sequence[str]) -> bool:
    filled = [cell for cell in cells if cell.strip().lower() not in ("", *MISSING)]
    return len(filled) >= 2 and sum(map(numberlike, filled)) >= NEARLY_ALL * len(filled)


def joined(names: Sequence[str], second: Sequence[str]) -> list[str]:
    """One name from two lines: the lower one, with the group above it where it is needed.

    >>> joined(["id", "Colours you like", ""], ["", "red", "blue"])
    ['id', 'Colours you like: red', 'Colours you like: blue']
    >>> joined(["Group A", "", "Group B"], ["x", "y", "z"])
    ['x', 'y', 'z']
    """
    lower = [cell.strip() for cell in second]
    if all(lower) and len(set(lower)) == len(lower):
        return list(second)
    result, group = [], ""
    for above, below in zip(names, lower, strict=True):
        group = above.strip() or group
        plain = below.lower() in {"response", "open-ended response"}
        result.append(group if not below or (plain and above.strip()) else f"{group}: {below}")
    return [name.removeprefix(": ") for name in result]
