"""What all events have in common."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar


@dataclass(frozen=True, slots=True)
class Event:
    """Something that happened. ``undoable``: undo walks back over it."""

    undoable: ClassVar[bool] = False
