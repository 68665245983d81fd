"""Whose a project is, and letting others in: only the owner does."""

from __future__ import annotations

from al_core.errors import ProjectError
from al_core.projects.journal.events import Event, OwnerNamed, Shared, SharingEnded
from al_core.projects.journal.recorded import PERSON
from al_core.projects.opened import Opened
from al_core.projects.replay.access import Access, Share, folded

# A choice: an address of mail is at most 254 letters long, by RFC 5321.
LONGEST_PERSON = 254


class Sharing:
    """The owner, and whom they let in to label or to read."""

    def __init__(self, opened: Opened) -> None:
        self._opened = opened

    @property
    def owner(self) -> str:
        """Whose the project is; "" for nobody's."""
        return self._opened.state.access.owner

    def shared_with(self) -> tuple[Share, ...]:
        """Whom it is shared with, by name."""
        with self._opened.lock:
            self._opened.take_in()
            return self._opened.state.access.shares()

    def share(self, person: str, right: str = "label") -> None:
        """Let a person in, by the name of their login; ``right``: "label", or "read" to look alone.

        Whoever was let in already has the new right from now on. Raises ProjectError where it is
        not the owner who asks, or there is no owner.
        """
        if right not in ("label", "read"):
            raise ProjectError(f"{right!r} is no right to share. Known: label, read.")
        name = _name_of(person)
        with self._opened.lock:
            access = self._access()
            if not access.owner:
                raise ProjectError("This project has no owner yet. Give it to somebody first.")
            if folded(name) == folded(access.owner):
                raise ProjectError(f"The project is {name}'s already. Name somebody else.")
            if Share(name, "label" if right == "label" else "read") not in access.shares():
                self._record(Shared(name, right))

    def stop_sharing(self, person: str) -> None:
        """Let a person in no more, from now on; ProjectError where they were not let in."""
        with self._opened.lock:
            shares = self._access().shares()
            if folded(person) not in [folded(share.person) for share in shares]:
                raise ProjectError(f"The project is not shared with {person.strip()!r}.")
            self._record(SharingEnded(person.strip()))

    def give(self, person: str) -> None:
        """Make it that person's, and shared with nobody."""
        name = _name_of(person)
        with self._opened.lock:
            self._access()
            self._record(OwnerNamed(name))

    def _access(self) -> Access:
        """Who may what by now; ProjectError for whoever is not the owner."""
        self._opened.check_open()
        self._opened.take_in()
        access = self._opened.state.access
        if access.right_of(self._opened.person) != "own":
            raise ProjectError(f"Only the owner, {access.owner}, says who may open this project.")
        return access

    def _record(self, event: Event) -> None:
        self._opened.record(event, by=PERSON)


def _name_of(person: str) -> str:
    name = person.strip()
    if not name or not name.isprintable() or len(name) > LONGEST_PERSON:
        raise ProjectError(
            "That is no name of a login. Type it as it stands in their sidebar, an e-mail address "
            "as a rule."
        )
    return name
