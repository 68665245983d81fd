"""Rows that end before the last names: programs leave off blank cells at the end of a line."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from al_core.tables.cells.likeness import NEARLY_ALL, numberlike
from al_core.tables.delimited.delimiters import Split
from al_core.tables.delimited.layout.header import looks_like_names
from al_core.tables.delimited.records import Record
from al_core.wording import count, listed


def with_missing_ends(split: Split) -> Split:
    """The same split as wide as its names, where rows end early; as it was where none does.

    The cells left off must be blank ones: either most rows end at the same place before the last
    names, or the last columns are blank in the rows that have them.
    """
    at = _widest(split.head)
    width = len(split.head[at].fields) if split.head else 0
    names, below = split.head[at].fields if split.head else [], split.head[at + 1 :]
    if split.delimiter is None or split.n_fields < 2 or not below or not _are_names(names):
        return split
    if any(_is_full(record, split.n_fields) for record in split.head[:at]):
        return split  # one row among others that has a cell too many
    least = min(split.n_fields, width - _blank_at_the_end(below, width))
    short = [record for record in below if least <= len(record.fields) < width]
    fitting = [record for record in below if least <= len(record.fields) <= width]
    if not short or len(fitting) < NEARLY_ALL * len(below) or _names_stand_below(below):
        return split
    head = [*split.head[: at + 1], *(_filled_up(record, least, width) for record in below)]
    return replace(split, n_fields=width, least=least, head=head)


def _widest(head: Sequence[Record]) -> int:
    widths = [len(record.fields) for record in head]
    return widths.index(max(widths)) if widths else 0


def _is_full(record: Record, n_fields: int) -> bool:
    return len(record.fields) == n_fields and all(map(str.strip, record.fields))


def _are_names(fields: Sequence[str]) -> bool:
    """Whether all have a name, each another one, and none was cut in two at a comma of its own."""
    whole = all(field.strip() and not numberlike(field) for field in fields)
    cut = any(field.count("(") != field.count(")") for field in fields)
    later = [field[0].isspace() for field in fields[1:] if field]
    return whole and not cut and len(set(fields)) == len(fields) and len(set(later)) < 2


def _blank_at_the_end(below: Sequence[Record], width: int) -> int:
    """How many of the last columns are blank in nearly all rows that have them."""
    full = [record.fields for record in below if len(record.fields) == width]
    blank = 0
    while full and blank < width - 2:
        cells = [row[width - 1 - blank] for row in full]
        if sum(not cell.strip() for cell in cells) < NEARLY_ALL * len(cells):
            break
        blank += 1
    return blank


def _names_stand_below(below: Sequence[Record]) -> bool:
    """Whether the next line holds the names, so that the widest one is a title with commas."""
    return looks_like_names(below[0].fields, [record.fields for record in below[1:]]) is True


def _filled_up(record: Record, least: int, width: int) -> Record:
    if not least <= len(record.fields) < width or record.problem:
        return record
    return replace(record, fields=[*record.fields, *[""] * (width - len(record.fields))])


def notice_of_short_rows(n_short: int, n_rows: int, names: Sequence[str]) -> str:
    """What is said of rows that ended before these names.

    >>> notice_of_short_rows(40, 40, ["Approve", "Reject"])
    'The rows end before the last names (Approve, Reject): their cells there are blank.'
    """
    rows, verb = ("The rows", "end") if n_short == n_rows else (count(n_short, "row"), "ends")
    verb = "end" if n_short > 1 else verb
    whose = "its" if n_short == 1 and n_rows > 1 else "their"
    told = f" ({listed(names, 4)})" if any(names) else ""
    return f"{rows} {verb} before the last names{told}: {whose} cells there are blank."
