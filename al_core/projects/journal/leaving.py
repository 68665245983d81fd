"""How an opener leaves a project: what it claimed stays in the journal, its lock goes last."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from al_core.projects.journal.presence import Presence
from al_core.projects.journal.store import Journal


def leave(journal: Journal, presence: Presence, ends: Sequence[Callable[[], None]]) -> None:
    """What must happen when a project goes, whether closed, collected or at the program's end.

    Its claims stay in the journal: without its lock they are free for others, and whoever opens
    the project next gets the same questions with the same tokens. The lock goes last: without it,
    nobody is taken to be writing.
    """
    for end in ends:
        end()
    try:
        journal.close()
    finally:
        presence.close()
