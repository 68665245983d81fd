"""Searches for all rows with an answer as far as events alone tell them."""

from __future__ import annotations

from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from al_core.projects.journal import events as ev
from al_core.projects.journal.recorded import Recorded


@dataclass(slots=True)
class DrawnRecall:
    """One search. ``rows``: its order, ``among`` the same as a set. ``ended`` or ``dropped``: how
    it was closed, by the first that did."""

    id: int
    at: str
    drawn: ev.RecallCheckStarted
    rows: NDArray[np.intp] = field(init=False)
    among: frozenset[int] = field(init=False)
    ended: ev.RecallCheckEnded | None = None
    ended_at: str = ""
    dropped: bool = False

    def __post_init__(self) -> None:
        self.rows = np.asarray(self.drawn.rows, dtype=np.intp)
        self.among = frozenset(self.drawn.rows)

    @property
    def is_open(self) -> bool:
        """Whether its rows are still asked and its result is not known."""
        return self.ended is None and not self.dropped


class RecallChecks:
    """All of them, in order; at most one is open."""

    def __init__(self) -> None:
        self.drawn: list[DrawnRecall] = []

    def start(self, recorded: Recorded, event: ev.RecallCheckStarted) -> None:
        """An order of all rows left was drawn."""
        self.drawn.append(DrawnRecall(recorded.id, recorded.at, event))

    def close(self, recorded: Recorded, event: ev.RecallCheckEnded | ev.RecallCheckDropped) -> None:
        """A result was made known, or a search was given up; a closed one stays as it is."""
        found = next((one for one in self.drawn if one.id == event.check and one.is_open), None)
        if found is None:
            return
        if isinstance(event, ev.RecallCheckEnded):
            found.ended, found.ended_at = event, recorded.at
        else:
            found.dropped = True

    @property
    def open(self) -> DrawnRecall | None:
        """The one that is open."""
        return next((one for one in reversed(self.drawn) if one.is_open), None)
