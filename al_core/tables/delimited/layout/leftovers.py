"""What stands between or below the rows and is none: names once more, blank ends, totals."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import pyarrow.compute as pc

from al_core.tables.cells.arrow_bytes import all_blank
from al_core.tables.cells.likeness import numberlike
from al_core.tables.delimited.layout.notes_and_other_tables import NOTE, sums_up
from al_core.tables.raw import RawTable

FEWEST = 3
"""Rows that must stand above a note or a total."""
# Rows looked at from the end in one go, rows among which notes may stand, and rows above a total;
# choices, which trade a longer look against time.
STEP = 10_000
NOTE_ROWS = 60
SHOWN = 100
# Choices: a sentence has four words, and a note is twice as long as any cell above it.
WORDS, LONGER, MOST_NOTES = 4, 2, 10


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


def drop_blank_names(raw: RawTable) -> None:
    """Columns without a name or a cell left out at the right end; one says so already."""
    kept = len(raw.names)
    while kept > 1 and not raw.names[kept - 1].strip() and all_blank(raw.columns[kept - 1]):
        kept -= 1
    n_dropped = len(raw.names) - kept
    if not n_dropped or raw.n_rows == 0 or not any(name.strip() for name in raw.names[:kept]):
        return
    raw.names, raw.columns = raw.names[:kept], raw.columns[:kept]
    columns = "A column" if n_dropped == 1 else f"{n_dropped} columns"
    raw.notices.append(f"{columns} at the right end without a name or a cell left out.")


def drop_notes(raw: RawTable) -> None:
    """Last rows that hold a note in one cell alone (``Source: ...``,,) left out and told."""
    n_columns = len(raw.columns)
    if n_columns < 2 or raw.n_rows < FEWEST + 1:
        return
    if sum(bool(column[-1].as_py().strip()) for column in raw.columns) > 1:
        return  # nearly always so, and a wide table has many cells
    start = max(0, raw.n_rows - NOTE_ROWS)
    rows = list(zip(*(c[start:].to_pylist() for c in raw.columns), strict=True))
    counts = [sum(bool(cell.strip()) for cell in row) for row in rows]
    kept = len(rows)
    while kept > 0 and (counts[kept - 1] == 0 or (counts[kept - 1] == 1 and rows[kept - 1][0])):
        kept -= 1
    block = [row[0] for row in rows[kept:]]
    above = counts[:kept][-NOTE_ROWS:]
    if kept < min(FEWEST, len(rows)) or not above or min(above) < 2:
        return
    if not _are_notes(block, n_columns) and not _reads_on(block, rows[:kept], n_columns):
        return
    raw.columns = [column[: start + kept] for column in raw.columns]
    texts = [text.strip() for text in block if text.strip()]
    what = "row holds a note" if len(texts) == 1 else f"{len(texts)} rows hold notes"
    raw.notices.append(f'The last {what} ("{texts[0][:60]}"), no cells; left out.')


def _are_notes(block: Sequence[str], n_columns: int) -> bool:
    """Whether the first says so in words, or stands below a blank row in a table of some width."""
    texts = [text for text in block if text.strip()]
    if not texts or any(map(numberlike, texts)):
        return False
    return bool(NOTE.fullmatch(texts[0])) or (n_columns > 2 and not block[0].strip())


def _reads_on(block: Sequence[str], above: Sequence[Sequence[str]], n_columns: int) -> bool:
    """Whether a sentence stands in the first cell alone, where no cell above is near as long."""
    texts = [text.strip() for text in block if text.strip()]
    longest = max(len(row[0]) for row in above)
    return (
        n_columns > 2
        and 0 < len(texts) <= MOST_NOTES
        and all(len(text.split()) >= WORDS and len(text) > LONGER * longest for text in texts)
    )


def drop_blank_end(raw: RawTable) -> None:
    """Rows below the last filled one left out and told; Excel writes such for emptied cells."""
    if len(raw.columns) < 2:
        return
    kept = _last_filled(raw.columns)
    n_blank = raw.n_rows - kept
    if n_blank == 0 or kept == 0:
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


def settle_total(raw: RawTable) -> None:
    """A word about a last row that looks like the sum of the others.

    It stays a row, but where it or a note stands in a column of numbers or dates: there it is none.
    """
    if raw.n_rows < FEWEST:
        return
    last = [column[-1].as_py().strip() for column in raw.columns]
    first = next((cell for cell in last if cell), "")
    sums = sums_up(last)
    if not sums and not NOTE.fullmatch(first):
        return
    above = raw.columns[last.index(first)][-SHOWN:-1].to_pylist()
    filled = [cell for cell in above if cell.strip()]
    if len(filled) >= FEWEST and all(map(numberlike, filled)):
        raw.columns = [column[:-1] for column in raw.columns]
        what = "and sums up the others" if sums else "and is a note"
        raw.notices.append(f'The last row begins with "{first[:60]}" {what}: left out.')
    elif sums:
        raw.notices.append(
            f'The last row begins with "{first}": it may sum up the others. It was read as a row.'
        )
