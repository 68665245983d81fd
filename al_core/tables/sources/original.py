"""The bytes of a delimited file as it came, packed small, to be kept beside a project."""

from __future__ import annotations

import pyarrow as pa

from al_core.errors import TableError
from al_core.tables.sources.content import Buffer
from al_core.tables.sources.limits import MAX_BYTES

_CODEC = "zstd"
# Bytes before the packed ones that say how many there were.
_SIZE = 8


def packed(data: Buffer) -> bytes:
    """The bytes of a file, packed.

    >>> unpacked_original(packed(b"a;b\\r\\n1;2")) == b"a;b\\r\\n1;2"
    True
    """
    body: bytes = pa.compress(pa.py_buffer(data), codec=_CODEC, asbytes=True)
    return len(data).to_bytes(_SIZE, "little") + body


def unpacked_original(data: bytes) -> bytes:
    """The file again; TableError where the packed bytes are damaged."""
    size = int.from_bytes(data[:_SIZE], "little")
    try:
        if size > MAX_BYTES:
            raise ValueError(size)
        found: bytes = pa.decompress(data[_SIZE:], size, codec=_CODEC, asbytes=True)
    except MemoryError:  # Arrow's own is an ArrowException too, and no damage
        raise
    except (pa.ArrowException, OSError, ValueError):
        raise TableError("The file that was kept beside the table is damaged.") from None
    return found
