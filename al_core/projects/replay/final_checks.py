"""Final checks as far as events alone tell them: which rows, what counted, what is open."""

from __future__ import annotations

from dataclasses import dataclass

from al_core.projects.journal import events as ev
from al_core.projects.journal.recorded import Recorded


@dataclass(slots=True)
class DrawnCheck:
    """One final check. ``ended`` or ``dropped``: how it was closed, by the first that did."""

    id: int
    at: str
    drawn: ev.FinalCheckStarted
    ended: ev.FinalCheckEnded | None = None
    ended_at: str = ""
    ended_id: int = 0
    dropped: bool = False

    @property
    def is_open(self) -> bool:
        """Whether its rows are still asked and its result is not known."""
        return self.ended is None and not self.dropped


class FinalChecks:
    """All of them, in order; at most one is open."""

    def __init__(self) -> None:
        self.drawn: list[DrawnCheck] = []
        self.open_rows: frozenset[int] = frozenset()

    def start(self, recorded: Recorded, event: ev.FinalCheckStarted) -> None:
        """Rows were drawn."""
        self.drawn.append(DrawnCheck(recorded.id, recorded.at, event))
        self._settle()

    def close(self, recorded: Recorded, event: ev.FinalCheckEnded | ev.FinalCheckDropped) -> None:
        """A result was made known, or a check was given up; one that is closed stays as it is."""
        found = next((one for one in self.drawn if one.id == event.check and one.is_open), None)
        if found is None:
            return
        if isinstance(event, ev.FinalCheckEnded):
            found.ended, found.ended_at, found.ended_id = event, recorded.at, recorded.id
        else:
            found.dropped = True
        self._settle()

    @property
    def latest(self) -> DrawnCheck | None:
        """The last one that was started."""
        return self.drawn[-1] if self.drawn else None

    def n_known(self) -> int:
        """How many results were made known."""
        return sum(one.ended is not None for one in self.drawn)

    def _settle(self) -> None:
        rows = [row for one in self.drawn if one.is_open for row in one.drawn.rows]
        self.open_rows = frozenset(rows)
