"""Rows that are the same count as one, and none of them teaches while another tests."""

from __future__ import annotations

from collections.abc import Callable, Sequence

import numpy as np
from numpy.typing import NDArray

TwinsOf = Callable[[int], Sequence[int]]
"""From a row to the others that are the same in every column read."""


class SameRows:
    """What is known of rows that are the same; nothing where nobody says.

    >>> same = SameRows({3: [7], 7: [3]}.get)
    >>> same.firsts(np.array([7, 1, 3])).tolist(), same.of(3), same.of(1)
    ([7, 1], [7], [])
    """

    def __init__(self, twins_of: Callable[[int], Sequence[int] | None] | None = None) -> None:
        self._twins_of = twins_of
        self._last: tuple[int, NDArray[np.intp]] = -1, np.empty(0, dtype=np.intp)

    def of(self, row: int) -> list[int]:
        """The other rows that are the same."""
        return list(self._twins_of(row) or ()) if self._twins_of else []

    def firsts(self, rows: NDArray[np.intp]) -> NDArray[np.intp]:
        """The rows in their order, without those that are the same as one before.

        rows: of which only ever more are given, behind those of before.
        """
        if self._last[0] != len(rows):
            seen, kept = set[int](), list[int]()
            for row in rows.tolist():
                if row not in seen:
                    kept.append(row)
                    seen.update((row, *self.of(row)))
            self._last = len(rows), np.asarray(kept, dtype=np.intp)
        return self._last[1]
