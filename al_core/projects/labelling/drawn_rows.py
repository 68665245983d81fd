"""Rows that were drawn for a check, asked in their own order beside the desk's questions."""

from __future__ import annotations

from collections.abc import Sequence

from al_core.projects.journal.events import Asked
from al_core.projects.journal.presence import living
from al_core.projects.labelling.next_row import NextRow
from al_core.projects.opened import Opened
from al_core.projects.records import Purpose, Question
from al_core.projects.replay.state import State

_OPEN = {
    "final": "A final check is open. Go through it, or give it up.",
    "recall": "A search for all rows with an answer is open. Go through it, or give it up.",
}


def why_not_beside(state: State, purpose: Purpose) -> str:
    """Why nothing else can be checked while rows of that purpose are asked; "" where none are."""
    checks, searches = state.final_checks.open_rows, state.recall_checks.open
    is_open = bool(checks) if purpose == "final" else searches is not None
    return _OPEN[purpose] if is_open else ""


class DrawnRows:
    """Asks rows for one ``purpose``, with the reason ``why``."""

    def __init__(self, opened: Opened, next_row: NextRow, purpose: Purpose, why: str) -> None:
        self._opened, self._next_row = opened, next_row
        self._purpose: Purpose = purpose
        self._why = why

    def ask(self, rows: Sequence[int], n: int) -> list[Question]:
        """The first ``n`` of these rows that are on nobody else's screen.

        The same rows come again under the same tokens until they are answered, also after a
        restart. Held by the caller: the project's lock and a transaction of the journal.
        """
        claims = self._opened.journal.claims()
        here = {self._opened.opener}
        others = {opener for opener, _ in claims.values()} - here
        alive = living(self._opened.folder) if others else set[str]()
        found: list[Question] = []
        for row in rows:
            opener, asked = claims.get(row, ("", 0))
            if len(found) == n:
                break
            if opener in here or opener not in alive:
                found.append(self._asked_before(row, asked) or self._ask(row))
        return found

    def on_screen(self, rows: Sequence[int]) -> list[int]:
        """Those of the rows that are on a screen for this purpose, and not for another."""
        claims = self._opened.journal.claims()
        return [row for row in rows if row in claims and self._event(claims[row][1]) is not None]

    def _event(self, asked: int) -> Asked | None:
        recorded = self._opened.journal.event(asked) if asked else None
        event = recorded.event if recorded else None
        return event if isinstance(event, Asked) and event.purpose == self._purpose else None

    def _asked_before(self, row: int, asked: int) -> Question | None:
        """The question that is open for this row, under its old token."""
        event = self._event(asked)
        if event is None:
            return None
        self._opened.journal.claim(row, self._opened.opener, asked)
        return self._next_row.question(row, self._purpose, self._why, event.token)

    def _ask(self, row: int) -> Question:
        q, opened = self._next_row.question(row, self._purpose, self._why), self._opened
        event = Asked(row, q.token, self._purpose, q.known_labels, q.n_labels, 0.0, 0, 0, q.why)
        asked = opened.journal.append(event, opener=opened.opener, by="app")
        opened.journal.claim(row, opened.opener, asked or 0)
        return q
