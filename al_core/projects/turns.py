"""Whose turn it is: a check row or a row to learn from."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Sequence


class Turns:
    """The answered questions that count, in order: was it a check row?

    >>> turns = Turns()
    >>> for event_id, check in ((1, False), (2, True), (3, False)):
    ...     turns.add(event_id, check)
    >>> turns.learned_since_check()
    1
    >>> turns.remove(3)
    >>> turns.learned_since_check(on_screen=[False, False])
    2
    """

    def __init__(self) -> None:
        self._ids: list[int] = []
        self._checks: list[bool] = []

    def add(self, event_id: int, check: bool) -> None:
        """A question was answered, skipped or not known."""
        self._ids.append(event_id)
        self._checks.append(check)

    def remove(self, event_id: int) -> None:
        """That answer counts no more."""
        place = bisect_left(self._ids, event_id)
        if place < len(self._ids) and self._ids[place] == event_id:
            del self._ids[place], self._checks[place]

    def __len__(self) -> int:
        return len(self._ids)

    def since(self, event_id: int) -> int:
        """How many questions were answered after that event."""
        return len(self._ids) - bisect_right(self._ids, event_id)

    def learned_since_check(self, on_screen: Sequence[bool] = (), most: int = 1000) -> int:
        """Questions to learn from since the last check row, those now on a screen included."""
        waiting = 0
        for check in (*reversed(on_screen), *reversed(self._checks[-most:])):
            if check or waiting >= most:
                break
            waiting += 1
        return waiting
