"""Who may do what with a project: the one rule, and the words in which it refuses.

A person is the name of a login. Whoever has none sits at the machine the projects lie on, or uses
the app without a login: the rule asks nothing of them. Under a login a project is its owner's, and
theirs whom the owner shares it with; one without an owner is nobody's.
"""

from __future__ import annotations

import string
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Literal

from al_core.errors import ProjectMissing
from al_core.projects.journal import events as ev
from al_core.projects.journal.recorded import Recorded

Right = Literal["own", "label", "read", ""]
"""What a person may do with a project; "" for nothing, not even know that it is there."""
_LETTERS = str.maketrans(string.ascii_uppercase, string.ascii_lowercase)
SHARED_TO_READ = (
    "This project is shared with you to read. Everything can be looked at and downloaded, and "
    "nothing can be answered or changed. Its owner may let you label."
)


@dataclass(frozen=True, slots=True)
class Share:
    """A person whom a project is shared with, and what they may do: "label" or "read"."""

    person: str
    right: Right


def folded(person: str) -> str:
    """A person's name as it is compared: blanks around it and capitals of A to Z do not count.

    Of other letters none stands for another: a sign that only looks like a K is no k.

    >>> folded(" Anna@Example.org ") == folded("anna@example.org")
    True
    """
    return person.strip().translate(_LETTERS)


def no_project(name: str) -> ProjectMissing:
    """What is said of a project that is not there, and in the same words of one of others'."""
    return ProjectMissing(f"There is no project in {name}. Choose another folder.")


class Access:
    """Whose a project is and whom it is shared with, by its events."""

    def __init__(self) -> None:
        self.owner = ""
        self._shares: dict[str, Share] = {}

    @classmethod
    def of(cls, events: Iterable[Recorded]) -> Access:
        """What these events add up to."""
        access = cls()
        for recorded in events:
            access.apply(recorded.event)
        return access

    def after(self, events: Iterable[Recorded]) -> Access:
        """The same with further events; this one stays as it is."""
        access = Access()
        access.owner, access._shares = self.owner, dict(self._shares)
        for recorded in events:
            access.apply(recorded.event)
        return access

    def apply(self, event: ev.Event) -> None:
        """Take in the next event; those about something else change nothing."""
        if isinstance(event, ev.OwnerNamed):
            self.owner, self._shares = event.person, {}
        elif isinstance(event, ev.Shared) and event.right in ("label", "read"):
            right: Right = "label" if event.right == "label" else "read"
            self._shares[folded(event.person)] = Share(event.person, right)
        elif isinstance(event, ev.Shared | ev.SharingEnded):
            self._shares.pop(folded(event.person), None)

    def right_of(self, person: str) -> Right:
        """What this person may do; "own" without a login."""
        name = folded(person)
        if not name or name == folded(self.owner):
            return "own"
        share = self._shares.get(name)
        return share.right if share is not None and self.owner else ""

    def spelled(self, person: str) -> str:
        """The person's name as the owner's or a share's is spelled, so that they stay one person
        where their login spells it in another way one day."""
        names = (self.owner, *(share.person for share in self._shares.values()))
        known = [name.strip() for name in names if folded(name) == folded(person)]
        return known[0] if known else person.strip()

    def shares(self) -> tuple[Share, ...]:
        """Whom it is shared with, by name."""
        return tuple(sorted(self._shares.values(), key=lambda share: folded(share.person)))
