"""Who answered which rows, and what another person said of rows that one had answered."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass

from al_core.projects.journal import events as ev
from al_core.projects.journal.recorded import PERSON, Recorded
from al_core.projects.replay.rows import Answer, rows_of

NAMELESS = ("", PERSON, "oracle", "app")
"""What stands in ``by`` where no login names anybody: they may be one person or several."""


@dataclass(frozen=True, slots=True)
class Second:
    """What ``by`` said, blind, in the event ``id``, of a row of which ``of`` had said ``first``;
    ``label`` is "" for can't tell."""

    id: int
    by: str
    label: str
    of: str
    first: str


class People:
    """People known by a login, in the order of their first answers.

    ``rows``: the rows that each answered, in order, each once; ``known``: these, those that are the
    same, and those of which they can't tell. ``since``: questions that each answered since the last
    one asked of two people. Nothing is taken out by an undo: who has read a row has read it.
    """

    def __init__(self) -> None:
        self.rows: dict[str, list[int]] = {}
        self.known: dict[str, set[int]] = {}
        self.since: Counter[str] = Counter()
        self._seconds: dict[int, list[Second]] = {}
        self._tokens: set[str] = set()

    def asked(self, event: ev.Asked) -> None:
        """Remember the questions that are put before two people."""
        if event.purpose == "shared":
            self._tokens.add(event.token)

    def is_shared(self, token: str | None) -> bool:
        """Whether the question with this token is put before two people."""
        return token in self._tokens

    def add(self, recorded: Recorded) -> None:
        """Take in an event about rows."""
        event, by = recorded.event, recorded.by
        if by in NAMELESS:
            return
        self.since[by] += int(getattr(event, "in_turn", False))
        if not isinstance(event, ev.AnyLabelled | ev.NotKnown):
            return
        known = self.known.setdefault(by, set())
        if not isinstance(event, ev.NotKnown):  # of rows that are the same, one was read
            read = event.rows if isinstance(event, ev.ManyLabelled) else [event.row]
            new = [row for row in read if row not in known and row not in self._seconds]
            self.rows.setdefault(by, []).extend(new)
        known.update(rows_of(event))

    def answered_too(
        self, recorded: Recorded, event: ev.AnsweredAgain, first: Answer | None
    ) -> None:
        """Another person has answered a row; ``first``: its answer by then."""
        of = first.by if first else ""
        second = Second(recorded.id, recorded.by, event.label, of, event.first)
        self._seconds.setdefault(event.row, []).append(second)
        self.since[recorded.by] = 0

    def seconds(self, undone: set[int]) -> dict[int, list[Second]]:
        """The second answers that were not taken back, by row, in order."""
        standing = {
            row: [one for one in given if one.id not in undone]
            for row, given in self._seconds.items()
        }
        return {row: given for row, given in standing.items() if given}
