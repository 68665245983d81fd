"""Column names that are text, not blank, and all different."""

from __future__ import annotations

import re
from collections.abc import Sequence

from al_core.tables.cells.invisible_signs import INVISIBLE
from al_core.wording import listed

CONTROLS = re.compile(r"[\x00-\x1f\x7f-\x9f\u2028\u2029\ufeff]+")


def tidy_names(raw: Sequence[str]) -> tuple[list[str], list[str]]:
    """Names as the table uses them, and a notice for each kind of change.

    >>> tidy_names(["id", "score", " score", ""])[0]
    ['id', 'score', 'score.1', 'column 4']
    """
    names: list[str] = []
    unnamed: list[str] = []
    renamed: list[str] = []
    used = {clean_name(name) for name in raw}
    counts: dict[str, int] = {}
    for place, cell in enumerate(raw, 1):
        name = clean_name(cell)
        if not name:
            name = _free(f"column {place}", used, counts)
            unnamed.append(name)
        elif name in counts:
            new = _free(name, used, counts)
            renamed.append(f'"{name}" is now "{new}"')
            name = new
        counts.setdefault(name, 0)
        used.add(name)
        names.append(name)
    return names, _notices(unnamed, renamed)


def clean_name(cell: str) -> str:
    """A name on one line, without control characters, signs of no width and outer spaces."""
    return CONTROLS.sub(" ", INVISIBLE.sub("", cell)).strip()


def _free(name: str, used: set[str], counts: dict[str, int]) -> str:
    """The name itself where it is free, otherwise with the next number that is."""
    if name not in used:
        return name
    while True:
        counts[name] = counts.get(name, 0) + 1
        if f"{name}.{counts[name]}" not in used:
            return f"{name}.{counts[name]}"


def _notices(unnamed: list[str], renamed: list[str]) -> list[str]:
    notices = []
    if unnamed:
        notices.append(f"Columns without a name are called {listed(unnamed, 5)}.")
    if renamed:
        notices.append(f"Two columns with one name: the second {listed(renamed, 5)}.")
    return notices
