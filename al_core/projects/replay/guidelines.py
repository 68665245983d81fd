"""What each answer means, in the person's words, and since when."""

from __future__ import annotations

from al_core.projects.journal.events import GuidelineWritten
from al_core.projects.journal.recorded import Recorded
from al_core.projects.replay.classes import ClassList


class Guidelines:
    """Every version ever written. A renamed answer keeps its text; of two merged the latest counts.

    >>> from al_core.projects.journal.events import ClassRenamed
    >>> classes = ClassList(["yes", "no"])
    >>> guidelines = Guidelines(classes)
    >>> guidelines.add(Recorded(4, "", "", "", GuidelineWritten("yes", "Paid in full.")))
    >>> classes.add(5, ClassRenamed("yes", "sure"))
    >>> guidelines.now("sure"), guidelines.since("sure"), guidelines.now("no")
    ('Paid in full.', 4, '')
    """

    def __init__(self, classes: ClassList) -> None:
        self._classes = classes
        self._written: list[tuple[int, GuidelineWritten]] = []

    def add(self, recorded: Recorded) -> None:
        """Take in a further version."""
        if isinstance(recorded.event, GuidelineWritten):
            self._written.append((recorded.id, recorded.event))

    def now(self, answer: str) -> str:
        """What the answer means by now; "" where nobody wrote it down."""
        latest = self._latest(answer)
        return latest[1].text if latest else ""

    def since(self, answer: str) -> int:
        """Id of the event that wrote it; 0 where nobody did."""
        latest = self._latest(answer)
        return latest[0] if latest else 0

    def _latest(self, answer: str) -> tuple[int, GuidelineWritten] | None:
        for event_id, event in reversed(self._written):
            if self._classes.now(event.answer, event_id) == answer:
                return event_id, event
        return None
