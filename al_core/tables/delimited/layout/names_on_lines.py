"""Two or three lines of names, as survey tools and reports write them."""

from __future__ import annotations

from collections.abc import Sequence

from al_core.tables.cells.likeness import numberlike

# Lines between the names and Qualtrics' ids; a choice: what goes on longer is taken for rows.
MOST_LINES = 4
PLAIN = {"response", "open-ended response"}
"""What SurveyMonkey writes below a question that has no parts."""


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


def only_plain(names: Sequence[str], below: Sequence[str]) -> bool:
    """Whether SurveyMonkey's line of parts says of no question more than that it has none.

    >>> only_plain(["id", "Do you smoke?", "Why?"], ["", "Response", "Open-Ended Response"])
    True
    >>> only_plain(["id", "Do you smoke?", ""], ["", "Response", "Open-Ended Response"])
    False
    """
    filled = [(name, cell) for name, cell in zip(names, below, strict=False) if cell.strip()]
    return bool(filled) and all(
        name.strip() and cell.strip().lower() in PLAIN for name, cell in filled
    )


def joined(lines: Sequence[Sequence[str]], *, always: bool = False) -> list[str]:
    """One name from several lines: the lowest, with the groups above it where they are needed.

    They are not where the lowest line is full and all differ, and the groups are headings over all
    columns from the first on.

    >>> joined([["id", "Colours you like", ""], ["", "red", "blue"]])
    ['id', 'Colours you like: red', 'Colours you like: blue']
    >>> joined([["Group A", "", "Group B"], ["x", "y", "z"]])
    ['x', 'y', 'z']
    """
    if len(lines) == 1:
        return list(lines[0])
    lowest = [cell.strip() for cell in lines[-1]]
    whole = all(lowest) and len(set(lowest)) == len(lowest)
    if not always and whole and lines[-2][0].strip() and not any(map(numberlike, lowest)):
        return list(lines[-1])
    return [": ".join(parts) for parts in zip_parts(lines)]


def zip_parts(lines: Sequence[Sequence[str]]) -> list[list[str]]:
    """The parts of each name from the top down; a group ends where a wider one begins."""
    groups = [""] * (len(lines) - 1)
    names = []
    common = _common_parts(lines[-2], lines[-1])
    within = False
    for cells in zip(*lines, strict=True):
        own = [cell.strip() for cell in cells]
        for level, cell in enumerate(own[:-1]):
            if cell:
                groups[level:] = [cell, *[""] * (len(groups) - level - 1)]
        # A total behind the last group has no part in it: the parts come again in each group.
        within = own[-1] in common or (within and not any(own[:-1]))
        if within and common and own[-1] and own[-1] not in common and not any(own[:-1]):
            groups = [""] * len(groups)
        names.append(_without_repeats(own, [*groups, own[-1]]))
    return names


def _common_parts(upper: Sequence[str], lowest: Sequence[str]) -> set[str]:
    """The parts that stand below every group of two columns or more, where there are groups."""
    parts: dict[str, set[str]] = {}
    for group, part in zip(filled_right(upper), lowest, strict=True):
        if group and part.strip():
            parts.setdefault(group, set()).add(part.strip())
    wide = [found for found in parts.values() if len(found) > 1]
    return set.intersection(*wide) if len(wide) > 1 else set()


def _without_repeats(own: Sequence[str], parts: Sequence[str]) -> list[str]:
    kept: list[str] = []
    plain = parts[-1].lower() in PLAIN and any(own[:-1])
    for part in parts[:-1] if plain else parts:
        if part and (not kept or kept[-1] != part):
            kept.append(part)
    return kept


def filled_right(cells: Sequence[str]) -> list[str]:
    """Each cell, or the nearest filled one to its left.

    >>> filled_right(["", "a", "", "b"])
    ['', 'a', 'a', 'b']
    """
    group = ""
    return [group := cell.strip() or group for cell in cells]
