"""Every limit of reading, in one place."""

from __future__ import annotations

from al_core.tables.table import TooLargeError

MAX_BYTES = 500_000_000
"""Bytes of a file, unpacked. Above it a random sample can be read without loading the whole."""
# Choices: beyond them a table and its features may not fit the memory of a usual computer.
MAX_ROWS = 2_000_000
MAX_COLUMNS = 20_000
SAMPLE_ROWS = 100_000
"""Rows offered as a random sample where a file is too large."""
# A choice: more lines than anybody reads.
MAX_BAD_ROWS_LISTED = 1_000
HEAD_RECORDS = 200
"""Records looked at to find delimiter, header and preamble."""
# Choices: long records fit into such a head; smaller files are read carefully at no cost anybody
# feels.
HEAD_CHARS = 1_000_000
BULK_FROM_BYTES = 20_000
"""Smaller files are read by the careful reader, which starts faster than the bulk reader."""


def megabytes(n_bytes: int) -> str:
    """A size in words.

    >>> megabytes(500_000_000), megabytes(2_500)
    ('500 MB', '0.0025 MB')
    """
    return f"{n_bytes / 1e6:,.3g} MB" if n_bytes < 1e6 else f"{n_bytes / 1e6:,.0f} MB"


def refuse_bytes(n_bytes: int, what: str = "The file has") -> None:
    """Raise TooLargeError where ``n_bytes`` is above the limit."""
    if n_bytes > MAX_BYTES:
        raise TooLargeError(
            f"{what} {megabytes(n_bytes)}; the limit is {megabytes(MAX_BYTES)}. "
            f"Read a random sample of {SAMPLE_ROWS:,} rows instead, or split the file.",
            SAMPLE_ROWS,
        )


def refuse_shape(n_rows: int, n_columns: int) -> None:
    """Raise TooLargeError where a table has more rows or columns than the limits allow."""
    if n_rows > MAX_ROWS:
        raise TooLargeError(
            f"The file has {n_rows:,} rows; the limit is {MAX_ROWS:,}. "
            f"Read a random sample of {SAMPLE_ROWS:,} rows instead, or split the file.",
            SAMPLE_ROWS,
        )
    if n_columns > MAX_COLUMNS:
        raise TooLargeError(
            f"The file has {n_columns:,} columns; the limit is {MAX_COLUMNS:,}. "
            "Leave out columns that cannot help and try again.",
            None,
        )
