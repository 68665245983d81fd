"""Work that takes more than a second: in a thread, with progress, and it can be cancelled.

A job never touches Streamlit; a page starts it, then polls it from a fragment with ``run_every``.
"""

from __future__ import annotations

import logging
import threading
from collections.abc import Callable
from typing import Any

from al_core import UserError
from al_core.progress import Progress as Progress
from pages.components.shell import state

Cancelled = Callable[[], bool]

log = logging.getLogger(__name__)


class Stopped(Exception):
    """Raised inside a job's function by ``progress`` once a person has cancelled."""


class Job:
    """One running or finished piece of work; every attribute may be read at any time."""

    def __init__(self, function: Callable[[Progress, Cancelled], Any]) -> None:
        self.fraction = 0.0
        self.text = ""
        self.result: Any = None
        self.error: UserError | None = None
        self.done = False
        self._function = function
        self._stop = threading.Event()
        threading.Thread(target=self._run, daemon=True, name="job").start()

    @property
    def cancelled(self) -> bool:
        """Whether a person has asked it to stop."""
        return self._stop.is_set()

    def cancel(self) -> None:
        """Ask the work to stop at its next step."""
        self._stop.set()

    def _progress(self, fraction: float, text: str = "") -> None:
        self.fraction, self.text = min(max(fraction, 0.0), 1.0), text
        if self._stop.is_set():
            raise Stopped

    def _run(self) -> None:
        try:
            self.result = self._function(self._progress, self._stop.is_set)
        except Stopped:
            pass
        except UserError as problem:
            self.error = problem
        except Exception:
            log.exception("A job failed")
            self.error = UserError(
                "Something went wrong in the app, not in your data. Nothing saved is lost. "
                "Try again; the details stand in the server's log."
            )
        finally:
            self.done = True


def start_job(key: str, function: Callable[[Progress, Cancelled], Any]) -> Job:
    """Start ``function(progress, cancelled)`` under ``key``, cancelling what ran there before."""
    drop_job(key)
    begun = Job(function)
    state.put(f"_job_{key}", begun)
    return begun


def job(key: str) -> Job | None:
    """The job under ``key``, running or done; None where there is none."""
    found: Job | None = state.get(f"_job_{key}")
    return found


def drop_job(key: str) -> None:
    """Cancel and forget the job under ``key``."""
    found: Job | None = state.drop(f"_job_{key}")
    if found is not None:
        found.cancel()
