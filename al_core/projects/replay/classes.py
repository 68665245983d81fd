"""The answers of a project: those of the start, those added, and their present names."""

from __future__ import annotations

from bisect import insort
from collections.abc import Callable, Iterable
from operator import itemgetter

from al_core.projects.journal.events import ClassAdded, ClassRenamed


class ClassList:
    """Names of answers over time. A rename holds for every label given before it.

    >>> classes = ClassList(["yes", "no"])
    >>> classes.add(7, ClassRenamed("yes", "sure"))
    >>> classes.now("yes", 3), classes.now("yes", 9), classes.names()
    ('sure', 'yes', ['sure', 'no'])
    """

    def __init__(self, start: list[str]) -> None:
        self.start = list(start)
        self._events: list[tuple[int, ClassAdded | ClassRenamed]] = []

    def add(self, event_id: int, event: ClassAdded | ClassRenamed) -> None:
        """Take in an addition or a rename."""
        insort(self._events, (event_id, event), key=itemgetter(0))  # one redone comes late

    def remove(self, event_id: int) -> None:
        """Forget one that was undone."""
        self._events = [pair for pair in self._events if pair[0] != event_id]

    def now(self, given: str, event_id: int) -> str:
        """The present name of a label that was given by the event of that id."""
        for later, event in self._events:
            if later > event_id and isinstance(event, ClassRenamed) and event.old == given:
                given = event.new
        return given

    def names(
        self, used: Iterable[str] = (), in_use: Callable[[str], bool] = lambda name: True
    ) -> list[str]:
        """All names in order; those ``used`` and in use come last where they are not known."""
        names = list(self.start)
        for _, event in self._events:
            if isinstance(event, ClassAdded):
                names.append(event.name)
            elif event.new in names:
                names = [name for name in names if name != event.old]
            else:
                names = [event.new if name == event.old else name for name in names]
        extra = [name for name in used if in_use(name)]
        return list(dict.fromkeys([*names, *extra]))
