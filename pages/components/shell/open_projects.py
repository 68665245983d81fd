"""What a session has open: its project and its dropped file go when its browser tab is gone.

A lost connection looks like a closed tab: Streamlit does not tell how a connection ended, and
keeps the session for two minutes, for the page that may return. Its project stays open for the
first part of that, unless somebody else wants it: whoever opens the project takes its open
questions over, and it is closed here. A page that returns to a closed project opens it again.
"""

from __future__ import annotations

import gc
import threading
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from al_core.projects import Project

IsConnected = Callable[[str], bool]
Delete = Callable[[], object]

STAYS = 45.0
"""Seconds without a connection after which a project is closed: with the looks below it is under a
minute. A choice: most lost connections are back in seconds, and opening again costs one of them."""
FILE_STAYS = 150.0
"""Seconds without a connection after which a dropped file is deleted. A choice: a page may return
to its session for two minutes, which Streamlit sets, and may want to read the file in another way.
"""
# Seconds between looks at who is still connected; a choice.
_EVERY = 5.0
# So many who have pressed within so many seconds are several people at work; choices: who labels
# alone, in a tab or two, is not held up by what they let run beside it.
_SEVERAL, _AT_WORK = 3, 10.0


@dataclass
class _Held:
    project: Project
    away_since: float | None = None


@dataclass
class _Dropped:
    delete: Delete
    away_since: float | None = None


class OpenProjects:
    """The open project of each session. Every method may be called from any thread."""

    def __init__(self) -> None:
        self._held: dict[str, _Held] = {}
        self._dropped: dict[str, _Dropped] = {}
        self._pressed: dict[str, float] = {}
        self._lock = threading.Lock()

    def hold(self, session: str, project: Project) -> None:
        """This session has this project open now, and no other."""
        with self._lock:
            self._held[session] = _Held(project)

    def let_go(self, session: str) -> None:
        """This session has closed its project."""
        with self._lock:
            self._held.pop(session, None)

    def note_press(self, session: str, now: float) -> None:
        """Somebody has answered a row in this session."""
        with self._lock:
            self._pressed[session] = now

    def several_at_work(self) -> bool:
        """Whether several people answer rows just now."""
        now = time.monotonic()
        with self._lock:
            self._pressed = {s: at for s, at in self._pressed.items() if now - at < _AT_WORK}
            return len(self._pressed) >= _SEVERAL

    def delete_with(self, session: str, delete: Delete) -> None:
        """Call ``delete``, and no earlier one of this session, once this session is gone."""
        with self._lock:
            self._dropped[session] = _Dropped(delete)

    def close_left(self, folder: Path, is_connected: IsConnected) -> list[str]:
        """Close this project where the page has gone away; the ids of its openers.

        A page that comes back opens it again.
        """
        with self._lock:
            left = [
                session
                for session, held in self._held.items()
                if held.project.folder == folder and not is_connected(session)
            ]
            gone = [self._held.pop(session).project for session in left]
        _close(gone)
        return [project.opener for project in gone]

    def sweep(self, is_connected: IsConnected, now: float) -> None:
        """Close and delete what is of sessions that have been away for long.

        Projects after ``STAYS`` seconds, dropped files after ``FILE_STAYS``.
        """
        with self._lock:
            over = _over(self._held, is_connected, now, STAYS)
            gone = [self._held.pop(session).project for session in over]
            over = _over(self._dropped, is_connected, now, FILE_STAYS)
            dropped = [self._dropped.pop(session) for session in over]
        _close(gone)
        for file in dropped:
            file.delete()

    def keep_sweeping(self, is_connected: IsConnected) -> None:
        """Sweep from a thread of its own for as long as the program runs."""
        threading.Thread(target=self._sweep_on, args=(is_connected,), daemon=True).start()

    def _sweep_on(self, is_connected: IsConnected) -> None:
        while True:
            time.sleep(_EVERY)
            self.sweep(is_connected, time.monotonic())


def _over(
    held: Mapping[str, _Held | _Dropped], is_connected: IsConnected, now: float, stays: float
) -> list[str]:
    """The sessions that have been away for longer than ``stays``; notes since when each is."""
    for session, one in held.items():
        if is_connected(session):
            one.away_since = None
        elif one.away_since is None:
            one.away_since = now
    since = {session: one.away_since for session, one in held.items()}
    return [session for session, at in since.items() if at is not None and now - at > stays]


def settle_memory() -> None:
    """Give back what closed projects held, and set aside what is here to stay.

    Python looks for garbage in all that is not set aside: with a large table in memory that alone
    takes a tenth of a second, in the middle of a press.
    """
    gc.unfreeze()
    gc.collect()
    gc.freeze()


def _close(projects: list[Project]) -> None:
    for project in projects:
        project.close()
    if projects:
        settle_memory()
