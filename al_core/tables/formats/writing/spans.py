"""Where each record and each field of a delimited file lies, in bytes, so that cells can be put in.

The text is UTF-8 without a mark. A file whose quotes all stand at the edges of fields is looked
through with numpy; any other by the careful reader, record by record.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from al_core.tables.delimited.records import LINE_END, field_ends, line_end_of, records
from al_core.tables.sources.limits import HEAD_CHARS

_QUOTE, _LF, _CR = ord('"'), ord("\n"), ord("\r")


@dataclass(frozen=True)
class Spans:
    """Records in order, blank lines among them: (n,) where each begins and ends (its line end not
    counted), and where the fields of all of them end; those of one record begin at ``first``."""

    starts: NDArray[np.int64]
    ends: NDArray[np.int64]
    field_ends: NDArray[np.int64]
    first: NDArray[np.int64]

    @property
    def n_fields(self) -> NDArray[np.int64]:
        """(n,) how many fields each record has; 1 for a blank line."""
        return np.diff(self.first, append=len(self.field_ends))

    def fields(self, chosen: NDArray[np.intp], place: int, width: int) -> tuple[Any, Any]:
        """Where one field of the chosen records begins and ends; ``width``: bytes of a delimiter.

        Each of them must have a field in that place.
        """
        at = self.first[chosen] + place
        begins = self.starts[chosen] if place == 0 else self.field_ends[at - 1] + width
        return begins, self.field_ends[at]


def spans_of(data: bytes, delimiter: str) -> Spans:
    """The records and fields of a delimited text."""
    letters = np.frombuffer(data, dtype=np.uint8)
    sign = delimiter.encode()
    if len(sign) == 1:
        quotes = np.flatnonzero(letters == _QUOTE)
        if _at_edges(letters, quotes, sign[0]):
            return _regular(letters, quotes, sign[0])
    return _careful(data, delimiter)


def _at_edges(letters: NDArray[np.uint8], quotes: NDArray[np.intp], sign: int) -> bool:
    """Whether each quote begins a field, ends it, or is one of a pair within."""
    if len(quotes) % 2:
        return False
    edge = np.zeros(256, dtype=bool)
    edge[[sign, _QUOTE, _LF, _CR]] = True
    opening, closing = quotes[::2], quotes[1::2]
    before, after = opening[opening > 0] - 1, closing[closing < len(letters) - 1] + 1
    return bool(edge[letters[before]].all() and edge[letters[after]].all())


def _regular(letters: NDArray[np.uint8], quotes: NDArray[np.intp], sign: int) -> Spans:
    outside = np.ones(len(letters), dtype=bool)
    if len(quotes):
        odd = np.zeros(len(letters), dtype=np.uint8)
        odd[quotes] = 1
        outside = np.bitwise_xor.accumulate(odd) == 0
    lines = np.flatnonzero((letters == _LF) & outside)
    returns = np.flatnonzero((letters == _CR) & outside)
    if len(returns) and (not len(lines) or _lone(returns[0], letters)):
        lines = returns
    starts = np.concatenate([[0], lines + 1]).astype(np.int64)
    ends = np.concatenate([lines, [len(letters)]]).astype(np.int64)
    if starts[-1] == len(letters):  # the file ends with a line end: nothing follows
        starts, ends = starts[:-1], ends[:-1]
    paired = (ends > starts) & (ends < len(letters)) & (letters[ends - 1] == _CR)
    paired &= letters[np.minimum(ends, len(letters) - 1)] == _LF
    ends = ends - paired
    delimiters = np.flatnonzero((letters == sign) & outside)
    first = np.searchsorted(delimiters, starts) + np.arange(len(starts))
    at_end = np.concatenate([first[1:] - 1, [len(delimiters) + len(starts) - 1]])
    fields = np.empty(len(delimiters) + len(starts), dtype=np.int64)
    inner = np.ones(len(fields), dtype=bool)
    inner[at_end.astype(np.intp)] = False
    fields[inner], fields[~inner] = delimiters, ends
    return Spans(starts, ends, fields, first.astype(np.int64))


def _lone(place: int, letters: NDArray[np.uint8]) -> bool:
    return place + 1 >= len(letters) or letters[place + 1] != _LF


def _careful(data: bytes, delimiter: str) -> Spans:
    text = data.decode()
    end = line_end_of(text[:HEAD_CHARS])
    starts, ends, fields, first = list[int](), list[int](), list[int](), list[int]()
    for record in records(text, delimiter, end=end):
        for place in _blank_lines(text, ends[-1] if ends else None, record.start):
            first.append(len(fields))
            for places in (starts, ends, fields):
                places.append(place)
        first.append(len(fields))
        starts.append(record.start)
        ends.append(record.end)
        fields.extend(field_ends(text, record, delimiter, end))
    offsets = _byte_offsets(data, len(text))
    begin, end_at, parts = (
        offsets[np.asarray(places, dtype=np.int64)] for places in (starts, ends, fields)
    )
    return Spans(begin, end_at, parts, np.asarray(first, dtype=np.int64))


def _blank_lines(text: str, after: int | None, until: int) -> list[int]:
    """Where the blank lines begin that stand before a record; ``after``: the end of the last."""
    begins = [] if after is not None else [0]
    begins += [found.end() for found in LINE_END.finditer(text, after or 0, until)]
    return begins[:-1]


def _byte_offsets(data: bytes, n_letters: int) -> NDArray[np.int64]:
    """(n_letters + 1,) where each letter begins in UTF-8, and where the last one ends."""
    if len(data) == n_letters:
        return np.arange(n_letters + 1, dtype=np.int64)
    heads = np.flatnonzero((np.frombuffer(data, dtype=np.uint8) & 0xC0) != 0x80)
    return np.append(heads, len(data)).astype(np.int64)
