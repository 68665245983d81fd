"""The bulk reader: pyarrow splits well-formed CSV fast; anything odd goes to the careful reader."""

from __future__ import annotations

import re
from collections.abc import Callable
from enum import Enum
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.csv as pv
from numpy.typing import NDArray

from al_core.tables.content import Buffer, let_go
from al_core.tables.limits import refuse_shape
from al_core.tables.tokens import ANY_END

BLOCK = 1 << 21
LINE_FEED, CARRIAGE_RETURN, QUOTE = b'\n\r"'

# For the whole process: pyarrow's default pool keeps a tenth more than it holds after many small
# blocks, the system's gives it back. A 110 MB file would not stay under five times its size.
pa.set_memory_pool(pa.system_memory_pool())


def read_bulk(
    data: Buffer, start: int, n_fields: int, delimiter: str, step: Callable[[float], object]
) -> list[Any] | None:
    """Columns of text (chunked arrays), or None where the careful reader must look.

    None means: a row with another number of fields, a quote that is not where quotes belong, or a
    cell larger than a block.
    """
    if len(delimiter) != 1 or not delimiter.isascii():
        return None
    quotes = regular_quotes(data, start, delimiter)
    if quotes is None:
        return None
    odd: list[int] = []
    names = [str(i) for i in range(n_fields)]
    try:
        table = _stream(data, start, names, delimiter, quotes, odd, step)
    except pa.ArrowInvalid:
        return None
    if odd or table is None:
        return None
    let_go(data, len(data))
    if len(data) > 4 * BLOCK:
        pa.default_memory_pool().release_unused()
    return list(table.columns)


def _stream(
    data: Buffer,
    start: int,
    names: list[str],
    delimiter: str,
    quotes: Quotes,
    odd: list[int],
    step: Callable[[float], object],
) -> Any:
    def note(row: Any) -> str:
        odd.append(1)
        return "skip"

    reader = pv.open_csv(
        pa.BufferReader(pa.py_buffer(memoryview(data)[start:])),
        read_options=pv.ReadOptions(column_names=names, block_size=BLOCK, use_threads=True),
        parse_options=pv.ParseOptions(
            delimiter=delimiter,
            quote_char=False if quotes is Quotes.NONE else '"',
            newlines_in_values=quotes is Quotes.ROUND_LINES,
            invalid_row_handler=note,
        ),
        convert_options=pv.ConvertOptions(
            column_types=dict.fromkeys(names, pa.large_string()),
            strings_can_be_null=False,
            check_utf8=False,  # the decoding has seen to it
        ),
    )
    return _gather(reader, data, start, odd, step)


def _gather(
    reader: Any, data: Buffer, start: int, odd: list[int], step: Callable[[float], object]
) -> Any:
    batches, done, n_rows = [], start, 0
    for batch in reader:
        if odd:
            return None
        batches.append(batch)
        done += BLOCK
        n_rows += batch.num_rows
        refuse_shape(n_rows, 1)
        let_go(data, done - 4 * BLOCK)
        if len(batches) % 8 == 0:
            pa.default_memory_pool().release_unused()
        step(min(1.0, done / max(1, len(data))))
    return pa.Table.from_batches(batches, reader.schema)


class Quotes(Enum):
    """Whether there are quotes, and whether any holds a line end, which makes splitting slower."""

    NONE = 0
    IN_LINES = 1
    ROUND_LINES = 2


def regular_quotes(data: Buffer, start: int, delimiter: str) -> Quotes | None:
    """What the quotes hold where all of them stand where quotes belong, None otherwise.

    An opening quote follows a delimiter or a line end, a closing one stands before one, and a
    quote inside a quoted field is doubled.
    """
    ok = _allowed(delimiter)
    buffer = np.frombuffer(data, dtype=np.uint8)
    seen, found = 0, Quotes.NONE
    for at in range(start, len(buffer), BLOCK // 2):
        block = buffer[at : at + BLOCK // 2]
        places = np.flatnonzero(block == QUOTE)
        let_go(data, at)
        if not len(places):
            if seen % 2 and _holds_line_end(block):
                found = Quotes.ROUND_LINES
            continue
        if not _stand_right(buffer, places + at, start, seen % 2, ok):
            return None
        if found is not Quotes.ROUND_LINES:
            held = _line_end_inside(block, places, seen % 2)
            found = Quotes.ROUND_LINES if held else Quotes.IN_LINES
        seen += len(places)
    return None if seen % 2 else found


def _stand_right(
    buffer: NDArray[np.uint8], places: NDArray[np.intp], start: int, inside: int, ok: Any
) -> bool:
    opens = ((np.arange(len(places)) + inside) % 2) == 0
    before = np.where(places > start, buffer[places - 1], LINE_FEED)
    after = np.where(
        places + 1 < len(buffer), buffer[np.minimum(places + 1, len(buffer) - 1)], LINE_FEED
    )
    return bool(np.where(opens, ok[before], ok[after]).all())


def _line_end_inside(block: NDArray[np.uint8], places: NDArray[np.intp], inside: int) -> bool:
    ends = np.flatnonzero((block == LINE_FEED) | (block == CARRIAGE_RETURN))
    return bool(((np.searchsorted(places, ends) + inside) % 2 == 1).any())


def _holds_line_end(block: NDArray[np.uint8]) -> bool:
    return bool(((block == LINE_FEED) | (block == CARRIAGE_RETURN)).any())


def line_ends_are_regular(data: Buffer, start: int, end: str) -> bool:
    """Whether no sign of another system's line end stands by itself; pyarrow splits at both."""
    if end == ANY_END:
        return True
    if end == "\n" and data.find(b"\r", start) < 0:
        return True
    lone = re.compile(rb"\r(?!\n)" if end == "\n" else rb"(?<!\r)\n")
    regular = lone.search(data, start) is None
    let_go(data, len(data))
    return regular


def _allowed(delimiter: str) -> NDArray[np.bool_]:
    """Which bytes may stand before an opening or after a closing quote, another quote included."""
    ok = np.zeros(256, dtype=bool)
    ok[[LINE_FEED, CARRIAGE_RETURN, QUOTE, ord(delimiter)]] = True
    return ok
