"""The bulk reader: pyarrow splits well-formed CSV fast; anything odd goes to the careful reader.

The file is cut into pieces of whole records, and these are read side by side.
"""

from __future__ import annotations

import os
import re
from collections import deque
from collections.abc import Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.csv as pv

from al_core.progress import Step
from al_core.tables.delimited.quotes import OddError, Quotes, n_quotes, pieces, regular_quotes
from al_core.tables.delimited.records import ANY_END
from al_core.tables.sources.content import Buffer, release_pages
from al_core.tables.sources.limits import refuse_shape

# Bytes a core takes at once, and a block of the reader within; choices. What cutting gains stands
# in docs/benchmarks.md (Reading a large file).
PIECE = 1 << 22
BLOCK = 1 << 21
MOST_LOOKED_AT = 10_000  # blank lines in cells; a choice: a look at each takes two microseconds
WORKERS = min(4, os.cpu_count() or 1)

# For the whole process: pyarrow's default pool keeps a tenth more than it holds after many small
# blocks, the system's gives it back. A 110 MB file would not stay under five times its size.
pa.set_memory_pool(pa.system_memory_pool())


@dataclass(frozen=True, slots=True)
class Form:
    """How the rows of one text are written."""

    n_fields: int
    delimiter: str
    line_end: str = "\n"

    @property
    def cut(self) -> bytes:
        """The sign after which a record may end."""
        return b"\r" if self.line_end == "\r" else b"\n"


def read_bulk(data: Buffer, start: int, form: Form, step: Step) -> list[Any] | None:
    """Columns of text (chunked arrays), or None where the careful reader must look.

    None means: a row with another number of fields, a quote that is not where quotes belong, or a
    cell larger than a block.
    """
    if len(form.delimiter) != 1 or not form.delimiter.isascii():
        return None
    tables, n_rows = [], 0
    try:
        for end, table in _side_by_side(data, start, form):
            tables.append(table)
            n_rows += table.num_rows
            refuse_shape(n_rows, 1)
            release_pages(data, end)
            pa.default_memory_pool().release_unused()
            step(end / len(data))
    except (OddError, pa.ArrowInvalid):
        return None
    return list(pa.concat_tables(tables).columns) if tables else None


def _side_by_side(data: Buffer, start: int, form: Form) -> Iterator[tuple[int, Any]]:
    """The pieces in order, each with where it ends; a few are read ahead of the one awaited."""
    with ThreadPoolExecutor(max_workers=WORKERS) as workers:
        waiting: deque[tuple[int, Future[Any]]] = deque()
        try:
            for begin, end in pieces(data, start, PIECE, form.cut):
                waiting.append((end, workers.submit(_read_piece, data, begin, end, form)))
                if len(waiting) > WORKERS:
                    yield _first(waiting)
            while waiting:
                yield _first(waiting)
        finally:
            workers.shutdown(wait=True, cancel_futures=True)


def _first(waiting: deque[tuple[int, Future[Any]]]) -> tuple[int, Any]:
    end, job = waiting.popleft()
    return end, job.result()


def _read_piece(data: Buffer, begin: int, end: int, form: Form) -> Any:
    """The rows of one piece; OddError where its quotes or its fields are not as they should be."""
    quotes = regular_quotes(np.frombuffer(data, np.uint8, end - begin, begin), form.delimiter)
    if quotes is None:
        raise OddError
    odd: list[Any] = []

    def skip(row: Any) -> str:
        odd.append(row)
        return "skip"

    names = [str(i) for i in range(form.n_fields)]
    table = pv.read_csv(
        pa.BufferReader(pa.py_buffer(memoryview(data)[begin:end])),
        read_options=pv.ReadOptions(column_names=names, block_size=BLOCK, use_threads=False),
        parse_options=pv.ParseOptions(
            delimiter=form.delimiter,
            quote_char=False if quotes is Quotes.NONE else '"',
            newlines_in_values=quotes is Quotes.ROUND_LINES,
            invalid_row_handler=skip,
        ),
        convert_options=pv.ConvertOptions(
            column_types=dict.fromkeys(names, pa.large_string()),
            strings_can_be_null=False,
            check_utf8=False,  # the decoding has seen to it
        ),
    )
    if odd:
        raise OddError
    return table


def blank_line_between(data: Buffer, start: int, end: str) -> bool:
    """Whether a blank line stands between rows, or so many stand in cells that nobody has looked.

    Blank lines behind the last row do not count.
    """
    sign = b"\r" if end == "\r" else b"\n"
    two = re.compile(sign + rb"\r?" + sign if sign == b"\n" else rb"\r\r")
    text, odd, place = np.frombuffer(data, np.uint8), False, start
    try:
        for looked, found in enumerate(two.finditer(data, start)):
            if looked == MOST_LOOKED_AT:
                return True
            odd ^= n_quotes(text, place, found.start()) % 2 == 1
            place = found.start()
            if not odd:
                return re.compile(rb"[^\r\n]").search(data, place) is not None
        return False
    finally:
        release_pages(data, len(data))


def line_ends_are_regular(data: Buffer, start: int, end: str) -> bool:
    """Whether no sign of another system's line end stands by itself; pyarrow splits at both."""
    if end == ANY_END:
        return True
    if end == "\n" and data.find(b"\r", start) < 0:
        return True
    lone = re.compile(rb"\r(?!\n)" if end == "\n" else rb"(?<!\r)\n")
    regular = lone.search(data, start) is None
    release_pages(data, len(data))
    return regular
