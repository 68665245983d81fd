"""When a row that was skipped is asked again."""

from __future__ import annotations

from collections.abc import Container

from al_core.projects.standings import Standings
from al_core.projects.turns import Turns

PUT_OFF = 50  # answers after which a skipped row comes back; twice as many after each further skip
ONE_IN = 5  # at most one question in so many is a row that came back


def due_back(rows: Standings, turns: Turns, place: int, taken: Container[int]) -> int | None:
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
