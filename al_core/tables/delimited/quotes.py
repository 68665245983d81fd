"""Where quotes stand: only a text whose quotes are all in their places can be read fast."""

from __future__ import annotations

from collections.abc import Iterator
from enum import Enum
from typing import Any

import numpy as np
from numpy.typing import NDArray

from al_core.tables.sources.content import Buffer

# Letters searched in one go; a choice, which trades calls against memory.
LOOK = 1 << 20
LINE_FEED, CARRIAGE_RETURN, QUOTE = b'\n\r"'


class OddError(Exception):
    """The careful reader must look."""


class Quotes(Enum):
    """Whether there are quotes, and whether any holds a line end, which makes splitting slower."""

    NONE = 0
    IN_LINES = 1
    ROUND_LINES = 2


def regular_quotes(text: NDArray[np.uint8], delimiter: str) -> Quotes | None:
    """What the quotes hold where all of them stand where quotes belong, None otherwise.

    An opening quote follows a delimiter or a line end, a closing one stands before one, and a
    quote inside a quoted field is doubled. ``text`` is made of whole records.
    """
    ok = _allowed(delimiter)
    seen, found = 0, Quotes.NONE
    for at in range(0, len(text), LOOK):
        block = text[at : at + LOOK]
        places = np.flatnonzero(block == QUOTE)
        if not len(places):
            if seen % 2 and _line_ends(block).any():
                found = Quotes.ROUND_LINES
            continue
        if not _stand_right(text, places + at, seen % 2, ok):
            return None
        if found is not Quotes.ROUND_LINES:
            held = _line_end_inside(block, places, seen % 2)
            found = Quotes.ROUND_LINES if held else Quotes.IN_LINES
        seen += len(places)
    return None if seen % 2 else found


def pieces(data: Buffer, start: int, size: int, line_end: bytes) -> Iterator[tuple[int, int]]:
    """Runs of whole records of about ``size`` bytes: where each begins and ends.

    OddError where no record ends within another ``size``: a quote that is never closed, mostly.
    """
    text = np.frombuffer(data, dtype=np.uint8)
    while start < len(text):
        end = _record_end(data, text, start, size, line_end)
        yield start, end
        start = end


def _record_end(
    data: Buffer, text: NDArray[np.uint8], start: int, size: int, line_end: bytes
) -> int:
    """The first end of a record after ``size`` bytes; one after an odd quote is inside a field."""
    place = min(start + size, len(text))
    odd = n_quotes(text, start, place) % 2
    while place < len(text):
        found = data.find(line_end, place)
        end = found + 1 if found >= 0 else len(text)
        odd = (odd + n_quotes(text, place, end)) % 2
        place = end
        if not odd:
            break
        if place > start + 2 * size:
            raise OddError
    return place


def n_quotes(text: NDArray[np.uint8], start: int, end: int) -> int:
    """How many quotes stand between two places."""
    blocks = (text[at : min(at + LOOK, end)] for at in range(start, end, LOOK))
    return sum(int(np.count_nonzero(block == QUOTE)) for block in blocks)


def _stand_right(
    text: NDArray[np.uint8], places: NDArray[np.intp], inside: int, ok: NDArray[np.bool_]
) -> bool:
    before = ok[text[places - 1]] | (places == 0)
    after = ok[text[np.minimum(places + 1, len(text) - 1)]] | (places + 1 == len(text))
    opens: Any = before[inside::2]
    closes: Any = after[1 - inside :: 2]
    return bool(opens.all() and closes.all())


def _line_end_inside(block: NDArray[np.uint8], places: NDArray[np.intp], inside: int) -> bool:
    ends = np.flatnonzero(_line_ends(block))
    return bool(((np.searchsorted(places, ends) + inside) % 2 == 1).any())


def _line_ends(block: NDArray[np.uint8]) -> NDArray[np.bool_]:
    ends: NDArray[np.bool_] = (block == LINE_FEED) | (block == CARRIAGE_RETURN)
    return ends


def _allowed(delimiter: str) -> NDArray[np.bool_]:
    """Which bytes may stand before an opening or after a closing quote, another quote included."""
    ok = np.zeros(256, dtype=bool)
    ok[[LINE_FEED, CARRIAGE_RETURN, QUOTE, ord(delimiter)]] = True
    return ok
