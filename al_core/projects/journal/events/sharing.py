"""Events of whose a project is, and whom it is shared with."""

from __future__ import annotations

from dataclasses import dataclass

from al_core.projects.journal.events.event import Event


@dataclass(frozen=True, slots=True)
class OwnerNamed(Event):
    """The project is this person's from here on, "" for nobody's, and shared with nobody."""

    person: str


@dataclass(frozen=True, slots=True)
class Shared(Event):
    """The owner let a person in; ``right``: "label", or "read" for looking alone."""

    person: str
    right: str


@dataclass(frozen=True, slots=True)
class SharingEnded(Event):
    """The owner lets a person in no more."""

    person: str


OfSharing = OwnerNamed | Shared | SharingEnded
"""What says who may open a project."""
