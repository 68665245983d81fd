"""Finished runs kept on disk, one JSON line each, so that none is done twice."""

from __future__ import annotations

from pathlib import Path

from al_core.learning.runs import Run


class RunStore:
    """Finished runs of one comparison in the file ``path``.

    ``fingerprint`` (settings and data) belongs to each line; lines of another one are not read.
    """

    def __init__(self, path: str | Path) -> None:
        self.path = Path(path)

    def load(self, fingerprint: str) -> list[Run]:
        """Runs kept under this fingerprint; a torn last line is left out."""
        raise NotImplementedError

    def add(self, fingerprint: str, run: Run) -> None:
        """Append a run, flushed to disk."""
        raise NotImplementedError
