"""Finished runs kept on disk, one JSON line each, so that none is done twice."""

from __future__ import annotations

import json
import os
from collections.abc import Collection, Mapping, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from al_core.learning.comparison.runs import Run, Task


class RunStore:
    """Finished runs of any number of comparisons in the file ``path``, which is only appended to.

    The targets that were tried on them stand in a file beside it.
    Each line carries a fingerprint of data and settings; lines of another one are not read.
    """

    def __init__(self, path: str | Path) -> None:
        self.path = Path(path)
        self._targets = self.path.with_name(f"{self.path.stem}_targets.jsonl")

    def load(self, fingerprints: Collection[str]) -> list[Run]:
        """Runs kept under one of these fingerprints; torn or foreign lines are left out."""
        if not self.path.exists():
            return []
        text = self.path.read_text(encoding="utf-8", errors="replace")
        runs = (_run_of(line, fingerprints) for line in json_lines(text))
        return list({run.key: run for run in runs if run is not None}.values())

    def targets(self, fingerprints: Collection[str]) -> list[float | None]:
        """The targets that were tried on runs under one of these fingerprints, in order."""
        if not self._targets.exists():
            return []
        text = self._targets.read_text(encoding="utf-8", errors="replace")
        tried = (_target_of(line, fingerprints) for line in json_lines(text))
        return [one[0] for one in dict.fromkeys(tried) if one is not None]

    def add_target(self, fingerprint: str, target: float | None) -> None:
        """Append a target that was tried; None: what random reaches in the end."""
        append_line(self._targets, json.dumps({"of": fingerprint, "target": target}), durable=True)

    def add(self, fingerprint: str, run: Run) -> None:
        """Append a run and flush it to disk, on a line of its own even after a torn one."""
        line = json.dumps({"of": fingerprint, **asdict(run)}, ensure_ascii=False)
        append_line(self.path, line, durable=True)


@dataclass(frozen=True)
class Kept:
    """The runs of one comparison that need not be done again, in a store or in none.

    fingerprints: estimator name -> what its runs are kept under.
    """

    store: RunStore | None
    fingerprints: Mapping[str, str]

    def of(self, tasks: Sequence[Task]) -> dict[tuple[str, str, int], Run]:
        """The runs found for these tasks, by key, in the order of the tasks."""
        runs = self.store.load(set(self.fingerprints.values())) if self.store else []
        found = {run.key: run for run in runs}
        return {task.key: found[task.key] for task in tasks if task.key in found}

    def add(self, run: Run) -> None:
        """Keep a run; one that failed is tried again the next time."""
        if self.store and not run.error:
            self.store.add(self.fingerprints[run.estimator], run)

    def target_number(self, target: float | None) -> int:
        """Which of the targets tried on these runs this is, 1 for the first; kept from now on."""
        if self.store is None:
            return 1
        prints = list(dict.fromkeys(self.fingerprints.values()))
        tried = self.store.targets(prints)
        if target not in tried:
            self.store.add_target(prints[0], target)
            tried.append(target)
        return tried.index(target) + 1


def json_lines(text: str) -> list[str]:
    """The lines of a file of JSON lines, without blank ones.

    JSON escapes line feeds and carriage returns inside a text, and no other sign that
    ``str.splitlines`` breaks at: U+2028, U+2029 and U+0085 may stand in a line as they are.

    >>> len(json_lines('["a\\u2028b"]\\n["c"]\\n'))
    2
    """
    return [line for line in text.split("\n") if line.strip()]


def append_line(path: Path, line: str, *, durable: bool = False) -> None:
    """Append a line to ``path``, on a line of its own even after a torn one.

    durable: return once it is on disk. Raises OSError where it cannot be written.
    """
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("ab") as file:
        torn = file.tell() > 0 and not _ends_with_a_line(path)
        file.write((b"\n" if torn else b"") + line.encode("utf-8") + b"\n")
        if durable:
            file.flush()
            os.fsync(file.fileno())


def _ends_with_a_line(path: Path) -> bool:
    with path.open("rb") as file:
        file.seek(-1, os.SEEK_END)
        return file.read(1) == b"\n"


def _target_of(line: str, fingerprints: Collection[str]) -> tuple[float | None] | None:
    try:
        kept: dict[str, Any] = json.loads(line)
        return (kept["target"],) if kept["of"] in fingerprints and "target" in kept else None
    except (ValueError, KeyError, TypeError):
        return None


def _run_of(line: str, fingerprints: Collection[str]) -> Run | None:
    try:
        kept: dict[str, Any] = json.loads(line)
        if kept.pop("of") not in fingerprints:
            return None
        return Run(**{**kept, "n_labels": tuple(kept["n_labels"]), "scores": tuple(kept["scores"])})
    except (ValueError, KeyError, TypeError, AttributeError):
        return None
