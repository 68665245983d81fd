"""Rows asked a second time, as far as events alone tell it: which, and what was said again."""

from __future__ import annotations

from al_core.projects.journal import events as ev
from al_core.projects.journal.recorded import Recorded


class SecondAskings:
    """All rows drawn so far, each once, and the second answers to them. ``whose``: who began the
    asking of a row; ``by``: who gave the answer of an event."""

    def __init__(self) -> None:
        self.rows: list[int] = []
        self.whose: dict[int, str] = {}
        self.by: dict[int, str] = {}
        self.latest = 0
        self.given: dict[int, list[tuple[int, ev.AnsweredAgain]]] = {}

    def apply(self, recorded: Recorded, event: ev.SecondAskingStarted | ev.AnsweredAgain) -> None:
        """Take in the next event."""
        if isinstance(event, ev.SecondAskingStarted):
            new = [row for row in event.rows if row not in self.whose]
            self.rows += new
            self.whose |= dict.fromkeys(new, recorded.by)
            self.latest = recorded.id
        else:
            self.by[recorded.id] = recorded.by
            self.given.setdefault(event.row, []).append((recorded.id, event))

    def answers(self, undone: set[int]) -> dict[int, tuple[int, ev.AnsweredAgain]]:
        """The second answer of each row with its event's id: the last that was not taken back."""
        standing = {
            row: [one for one in given if one[0] not in undone] for row, given in self.given.items()
        }
        return {row: given[-1] for row, given in standing.items() if given}
