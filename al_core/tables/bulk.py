"""The bulk reader: pyarrow splits well-formed CSV fast; anything odd goes to the careful reader."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.csv as pv

from al_core.tables.content import Buffer, let_go
from al_core.tables.limits import refuse_shape

BLOCK = 1 << 21

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
    quotes = quotes_are_regular(data, start, delimiter)
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
    quotes: bool,
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
            quote_char='"' if quotes else False,
            newlines_in_values=quotes,
            invalid_row_handler=note,
        ),
        convert_options=pv.ConvertOptions(
            column_types=dict.fromkeys(names, pa.large_string()), strings_can_be_null=False
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


def quotes_are_regular(data: Buffer, start: int, delimiter: str) -> bool | None:
    """False where there are no quotes, True where all stand where quotes belong, None otherwise.

    An opening quote follows a delimiter or a line end, a closing one stands before one, and a
    quote inside a quoted field is doubled.
    """
    before_ok, after_ok = _allowed(delimiter)
    buffer = np.frombuffer(data, dtype=np.uint8)
    seen = 0
    for at in range(start, len(buffer), BLOCK // 2):
        places = np.flatnonzero(buffer[at : at + BLOCK // 2] == 34) + at
        let_go(data, at)
        if not len(places):
            continue
        opens = (np.arange(seen, seen + len(places)) % 2) == 0
        before = np.where(places > start, buffer[places - 1], 10)
        after = np.where(
            places + 1 < len(buffer), buffer[np.minimum(places + 1, len(buffer) - 1)], 10
        )
        if not np.where(opens, before_ok[before], after_ok[after]).all():
            return None
        seen += len(places)
    return None if seen % 2 else seen > 0


def line_ends_are_regular(data: Buffer, start: int, end: str) -> bool:
    """Whether no sign of another system's line end stands by itself; pyarrow splits at both."""
    lone = re.compile(rb"\r(?!\n)" if end == "\n" else rb"(?<!\r)\n")
    regular = lone.search(data, start) is None
    let_go(data, len(data))
    return regular


def _allowed(delimiter: str) -> tuple[Any, Any]:
    """Which bytes may stand before an opening and after a closing quote; a quote may in both."""
    ok = np.zeros(256, dtype=bool)
    ok[[10, 13, 34, ord(delimiter)]] = True
    return ok, ok
