"""Whose turn it is: a check row, a row to learn from, or one that was skipped."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Container, Sequence

from al_core.projects.replay.rows import RowStates

PUT_OFF = 50  # answers after which a skipped row comes back; twice as many after each further skip
ONE_IN = 5  # at most one question in so many is a row that came back


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
        """A question was answered, skipped or not known; one that is redone finds its place."""
        place = bisect_right(self._ids, event_id)
        self._ids.insert(place, event_id)
        self._checks.insert(place, check)

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


# -- When a row that was skipped is asked again.


def due_back(rows: RowStates, turns: Turns, place: int, taken: Container[int]) -> int | None:
    """The row put off longest among those whose time has come; None for none.

    place: how many questions there were before this one; ``taken``: rows that are on a screen. A
    function of the answers alone, so that a replay asks the same.
    """
    if place % ONE_IN:  # rows that are hard to answer are spread among others
        return None
    for row, skipped_at in rows.skipped.items():
        waits = PUT_OFF << (rows.times_skipped(row) - 1)
        if row not in taken and turns.since(skipped_at) >= waits:
            return row
    return None
