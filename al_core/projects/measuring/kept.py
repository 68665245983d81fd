"""What was measured once, kept in the project's folder, so that reopening measures nothing anew.

Nothing here is needed: a file that is missing, torn or cannot be written costs time and no answer.
It holds numbers alone and no word of the table, and does not leave with the project file.
"""

from __future__ import annotations

import contextlib
import json
from pathlib import Path
from threading import RLock
from typing import Any

import joblib
import numpy as np
import sklearn

from al_core.learning import Band, Matrix, Round
from al_core.learning.comparison.store import append_line, json_lines

FILE = "measured.jsonl"
_VERSION = 1  # one more when the same labels would give other numbers


class Kept:
    """Values under keys, in the order in which they were added; a file that is only appended to."""

    def __init__(self, folder: Path) -> None:
        self._path = folder / FILE
        self._values: dict[str, list[Any]] | None = None
        self._lock = RLock()

    def values(self, key: str) -> list[Any]:
        """All that was kept under ``key``."""
        with self._lock:
            if self._values is None:
                self._values = self._read()
            return list(self._values.get(key, ()))

    def add(self, key: str, value: Any) -> None:
        """Keep a JSON-able value; where the disk refuses, for this session alone."""
        with self._lock, contextlib.suppress(OSError):
            self.values(key)  # reads the file first, so that nothing is taken in twice
            if self._values is not None:
                self._values.setdefault(key, []).append(value)
            append_line(self._path, json.dumps([key, value]))

    def _read(self) -> dict[str, list[Any]]:
        found: dict[str, list[Any]] = {}
        with contextlib.suppress(OSError):
            text = self._path.read_text(encoding="utf-8", errors="replace")
            for line in json_lines(text):
                with contextlib.suppress(ValueError, TypeError):
                    key, value = json.loads(line)
                    found.setdefault(str(key), []).append(value)
        return found


def digest_of(X: Matrix) -> str:
    """A digest of the encoded rows and of what turns them into numbers; half a second a GB."""
    return str(joblib.hash((_VERSION, sklearn.__version__, X)))


def to_json(rounds: list[Round]) -> list[list[Any]]:
    """Rounds as JSON takes them: labels, score, the rows that came new."""
    return [[r.n_labels, r.score, r.rows.tolist()] for r in rounds]


def read_rounds(chunks: list[Any], n_test: int) -> list[Round]:
    """One run from the pieces that were kept of it; what does not go on from the rest is left out.

    Two openers may have kept pieces of the same run, and a file may have been tampered with.
    """
    rounds: list[Round] = []
    rows_so_far = 0
    for n_labels, score, rows in (line for chunk in chunks for line in _lines(chunk)):
        if rows_so_far + len(rows) == n_labels and rows:
            new = np.asarray(rows, dtype=np.intp)
            rounds.append(Round(n_labels, score, new, np.nan, np.nan, n_test, 0.0))
            rows_so_far = n_labels
    return rounds


def band_to_json(band: Band) -> dict[str, Any]:
    """A band as JSON takes it."""
    lines = {name: getattr(band, name).tolist() for name in _LINES}
    return {"name": band.name, "n_runs": band.n_runs, **lines}


_LINES = ("n_labels", "middle", "low", "high")


def read_band(value: Any) -> Band | None:
    """The band back; None where it is not what was written."""
    try:
        n_labels = np.asarray(value["n_labels"], dtype=np.int64)
        middle, low, high = (np.asarray(value[name], dtype=np.float64) for name in _LINES[1:])
        fits = middle.shape == low.shape == high.shape == n_labels.shape
        return (
            Band(str(value["name"]), n_labels, middle, low, high, int(value["n_runs"]))
            if fits
            else None
        )
    except (ValueError, TypeError, KeyError):
        return None


def _lines(chunk: Any) -> list[tuple[int, float, list[int]]]:
    try:
        return [(int(n), float(score), [int(row) for row in rows]) for n, score, rows in chunk]
    except (ValueError, TypeError):
        return []
