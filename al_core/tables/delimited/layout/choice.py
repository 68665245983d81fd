"""What is said of the lines of names: which were taken, how sure that is, what else is possible."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from al_core.errors import TableError
from al_core.tables.cells.column_names import tidy_names
from al_core.tables.delimited.layout.header import Layout, given, likeliest
from al_core.tables.delimited.layout.weighing import WIDE, Reading
from al_core.tables.delimited.records import Record
from al_core.tables.table import Header, HeaderChoice, HeaderOption

# Names shown of each, and how many others are offered; choices: more are not read.
NAMES, OTHERS = 8, 5
# A lead of the likeliest reading over the next one that is safe: measured with
# benchmarks/headers.py, more leaves fewer errors unflagged and flags more that are none.
SAFE = 3.5
# Evidence from few rows is weak: three rows ask for half as much lead again. Chosen on seeds 0, 7
# and 11 of that benchmark.
WEAK = 1.5


def header_choice(
    head: Sequence[Record], n_fields: int, header: Header, layout: Layout, offset: int = 0
) -> HeaderChoice:
    """Which lines of the file the names were taken from; ``offset`` lines stand before the head."""
    others = list(_others(head, n_fields, header, layout))
    kept = others[:OTHERS]
    kept += [one for one in others[OTHERS:] if one.header is None]
    return HeaderChoice(
        tuple(line + offset for line in layout.lines),
        header != "auto" or _is_certain(layout, len(head)),
        tuple(HeaderOption(_below(one.header, offset), one.names) for one in kept),
    )


def _below(header: Header, offset: int) -> Header:
    if isinstance(header, int):
        return header + offset
    return (header[0] + offset, header[1] + offset) if isinstance(header, tuple) else header


def _is_certain(layout: Layout, n_lines: int) -> bool:
    """Whether the likeliest reading leads, and is the one that was taken."""
    if len(layout.readings) < 2:
        return True
    best = layout.readings[0]
    if layout.first != best.start:  # known by the form of another tool
        return True
    rival = next(
        (r for r in layout.readings if (r.names, r.start) != (best.names, best.start)), None
    )
    safe = SAFE * (1 + WEAK / max(1, n_lines - best.start))
    return rival is None or best.score - rival.score >= safe


def _others(
    head: Sequence[Record], n_fields: int, header: Header, layout: Layout
) -> Iterator[HeaderOption]:
    told = {layout.lines}
    if header != "auto":
        try:
            found = likeliest(head, n_fields, layout.readings)
        except TableError:
            found = layout
        taken = found.lines or (() if found.header_line is None else (found.header_line,))
        if taken not in told:
            told.add(taken)
            yield HeaderOption("auto", _names(found))
    for reading in layout.readings:
        for places in (reading.lines, reading.spread):
            lines = tuple(head[place].line for place in places)
            if lines in told or not _can_be_read(head, n_fields, reading, places):
                continue
            told.add(lines)
            wish = None if not lines else lines[0] if len(lines) == 1 else (lines[0], lines[-1])
            try:
                yield HeaderOption(wish, _names(given(head, n_fields, wish, layout.readings)))
            except TableError:
                continue


def _can_be_read(
    head: Sequence[Record], n_fields: int, reading: Reading, places: tuple[int, ...]
) -> bool:
    """Whether all records below these lines fit the table; of those at the top of the rows."""
    first = places[-1] + 1 if places else reading.start
    return first < len(head) and all(
        len(record.fields) == n_fields for record in head[first : max(first, reading.start) + 1]
    )


def _names(layout: Layout) -> tuple[str, ...]:
    """The first names as the columns of the table would get them."""
    names = layout.names or [""] * (layout.n_fields - layout.drop_last)
    # In a very wide table a name far behind may give one of these a number; it is not looked for.
    return tuple(tidy_names(names[:WIDE])[0][:NAMES])
