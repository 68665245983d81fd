"""What is filled in, as far as events alone tell it: the lines drawn, and the fill that holds."""

from __future__ import annotations

from dataclasses import dataclass

from al_core.projects.journal import events as ev
from al_core.projects.journal.recorded import Recorded


@dataclass(frozen=True, slots=True)
class Fill:
    """One filling in, with its event's id and time and who asked for it."""

    id: int
    at: str
    by: str
    event: ev.RowsFilled


class FilledIn:
    """The lines under which final checks were drawn, by check, and the fill that holds."""

    def __init__(self) -> None:
        self.lines: dict[int, ev.FillLineDrawn] = {}
        self.line_ids: dict[int, int] = {}
        self.now: Fill | None = None

    def apply(
        self, recorded: Recorded, event: ev.FillLineDrawn | ev.RowsFilled | ev.FillTakenBack
    ) -> None:
        """Take in the next event; a fill takes the place of the one before."""
        if isinstance(event, ev.FillLineDrawn):
            self.lines[event.check] = event
            self.line_ids[event.check] = recorded.id
        elif isinstance(event, ev.RowsFilled):
            self.now = Fill(recorded.id, recorded.at, recorded.by, event)
        elif self.now is not None and self.now.id == event.fill:
            self.now = None

    def digests(self) -> list[str]:
        """The Parquet files that are still wanted: of the fill, and of the last line."""
        last = list(self.lines.values())[-1:]
        fill = [self.now.event.digest] if self.now else []
        return list(dict.fromkeys([*fill, *(line.digest for line in last)]))
