"""Which rare answer is sought, as far as events alone tell it."""

from __future__ import annotations

from dataclasses import dataclass

from al_core.projects.journal.events import SeekingStarted, SeekingStopped
from al_core.projects.journal.recorded import Recorded
from al_core.projects.replay.classes import ClassList


@dataclass(frozen=True, slots=True)
class SeekingSpan:
    """One seeking, from an event to another; ``end`` 0: it still goes on."""

    start: int
    end: int
    answer: str
    words: tuple[str, ...]
    n_examples: int


class Seekings:
    """Every answer that was ever sought, and the one that is now; at most one at a time.

    >>> from al_core.projects.journal.events import ClassRenamed
    >>> classes = ClassList(["spam", "ham"])
    >>> seekings = Seekings(classes)
    >>> seekings.add(Recorded(4, "", "", "", SeekingStarted("spam", ["win"])))
    >>> classes.add(5, ClassRenamed("spam", "junk"))
    >>> seekings.answer, seekings.words, seekings.ever()
    ('junk', ['win'], {'junk'})
    """

    def __init__(self, classes: ClassList) -> None:
        self._classes = classes
        self._begun: list[tuple[int, SeekingStarted]] = []
        self._now: tuple[int, SeekingStarted] | None = None
        self._ends: list[int] = []

    def add(self, recorded: Recorded) -> None:
        """A seeking was begun or stopped."""
        if isinstance(recorded.event, SeekingStarted):
            self._end(recorded.id)
            self._now = recorded.id, recorded.event
            self._begun.append(self._now)
        elif isinstance(recorded.event, SeekingStopped):
            self._end(recorded.id)

    def _end(self, event_id: int) -> None:
        if self._now is not None:
            self._ends.append(event_id)
        self._now = None

    def all(self) -> list[SeekingSpan]:
        """Every one that was begun, in order."""
        ends = [*self._ends, 0][: len(self._begun)]
        return [
            SeekingSpan(id_, end, self._classes.now(e.answer, id_), tuple(e.words), len(e.examples))
            for (id_, e), end in zip(self._begun, ends, strict=True)
        ]

    @property
    def id(self) -> int:
        """Id of the event that began it; 0 where none is sought."""
        return self._now[0] if self._now else 0

    @property
    def answer(self) -> str:
        """The answer sought, under its present name; "" for none."""
        return self._classes.now(self._now[1].answer, self._now[0]) if self._now else ""

    @property
    def words(self) -> list[str]:
        """The words that may stand in such rows."""
        return list(self._now[1].words) if self._now else []

    def ever(self) -> set[str]:
        """All answers that were sought so far."""
        return {self._classes.now(event.answer, event_id) for event_id, event in self._begun}
