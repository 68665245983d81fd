"""Lines above the names that are as wide as the table: titles padded with delimiters."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence

from al_core.tables.delimited.records import Record

# Lines of titles above the names; a choice: names further down are not looked for.
MOST_TITLES = 40
PERIOD = re.compile(r"(19|20)\d\d([-/](\d\d|\d{4}))?|[QHM][1-4]|(19|20)\d\d[- ]?[QHM]?\d{1,2}")
Verdict = Callable[[Sequence[str], Sequence[Sequence[str]]], bool | None]


def filled(fields: Sequence[str]) -> int:
    """How many cells hold something."""
    return sum(bool(cell.strip()) for cell in fields)


def below_titles(head: Sequence[Record], at: int, n_fields: int, verdict: Verdict) -> int:
    """The record that holds the names, where those from ``at`` on are titles padded to full width.

    A spreadsheet saved as CSV has such: ``Report,,`` and ``made by,Ann,`` above ``id,city,x``. A
    line of groups (``Sales,,Costs,``) above the names belongs to them.
    """
    least = max(2, -(-3 * n_fields // 4))
    place = next(
        (i for i in range(at, min(len(head), at + MOST_TITLES)) if _fills(head[i], least)), at
    )
    if place == at or place + 1 >= len(head) or len(head[place].fields) != n_fields:
        return at
    top = place
    while top > at and _groups(head[top - 1].fields, head[place].fields):
        top -= 1
    if top == at or _hold_table(head[at:top], verdict):
        return at
    found = verdict(head[place].fields, [r.fields for r in head[place + 1 :]])
    apart = head[top].line > head[top - 1].line + 1 or not filled(head[top - 1].fields)
    sure = found is True or periods_below(head[top].fields, [r.fields for r in head[top + 1 :]])
    words = [filled(record.fields) for record in head[at:top]]
    plain = max(words) <= 2 and min(words) <= 1 and (apart or top - at > 1)
    return top if sure or (found is None and plain) else at


def _hold_table(above: Sequence[Record], verdict: Verdict) -> bool:
    """Whether lines above the widest ones are a table of their own, not words about it."""
    rows = [record.fields[: filled(record.fields)] for record in above if filled(record.fields) > 1]
    rows = [row for row in rows if len(row) == len(rows[0])]
    return len(rows) > 2 and verdict(rows[0], rows[1:]) is True


def _fills(record: Record, least: int) -> bool:
    return filled(record.fields) >= least


def _groups(above: Sequence[str], names: Sequence[str]) -> bool:
    """Whether a line holds groups of the names below: with gaps in it, or filling theirs."""
    if len(above) != len(names) or filled(above) < 2:
        return False
    places = [place for place, cell in enumerate(above) if cell.strip()]
    gaps = [place for place, cell in enumerate(names) if not cell.strip()]
    return all(above[place].strip() for place in gaps) and (
        bool(gaps) or places[-1] - places[0] >= len(places)
    )


def periods_below(names: Sequence[str], rows: Sequence[Sequence[str]]) -> bool:
    """Whether the line below the names holds years or quarters, the parts of groups above them.

    It is blank below some name while no row is, and it fills every gap of the names.

    >>> rows = [["", "2019", "2020"], ["A", "1", "2"], ["B", "3", "4"]]
    >>> periods_below(["land", "sales", ""], rows)
    True
    """
    if len(rows) < 3 or len(rows[0]) != len(names) or all(map(str.strip, names)):
        return False
    second = [cell.strip() for cell in rows[0]]
    if not all(b for a, b in zip(names, second, strict=True) if not a.strip()):
        return False
    blank = [place for place, cell in enumerate(second) if not cell]
    parts = [cell for cell in second if cell]
    if not blank or not all(PERIOD.fullmatch(cell) for cell in parts):
        return False
    last = [row for row in rows[1:] if len(row) == len(names)][1:51]  # the first may hold units
    return bool(last) and all(row[place].strip() for row in last for place in blank)
