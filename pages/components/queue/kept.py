"""A queue on disk, so that it outlives a reload: its rows, and a line more for each press.

It lies in the project's folder and is named in the address; what cannot be kept is only lost at a
reload, and what is there from before may be deleted.
"""

from __future__ import annotations

import json
from contextlib import suppress
from pathlib import Path
from typing import Any

FOLDER = "queues"
_MOST = 5  # a choice: queues kept, one a tab
_BROKEN = (OSError, ValueError, KeyError, TypeError)


def begin(folder: Path, name: str, lines: list[list[Any]]) -> None:
    """A new queue, one line a row; the oldest others make room."""
    place = folder / FOLDER
    with suppress(OSError):
        place.mkdir(exist_ok=True)
        _file(folder, name).write_text("".join(json.dumps(one) + "\n" for one in lines), "utf-8")
        others = sorted(place.glob("*.jsonl"), key=lambda path: path.stat().st_mtime)
        for path in others[:-_MOST]:
            path.unlink()


def add(folder: Path, name: str, line: list[Any]) -> None:
    """What a press has changed."""
    with suppress(OSError), _file(folder, name).open("a", encoding="utf-8") as file:
        file.write(json.dumps(line) + "\n")


def read(folder: Path, name: str) -> list[list[Any]]:
    """All lines; none where there is no such queue, or it cannot be read."""
    try:
        text = _file(folder, name).read_text("utf-8")
        return [list(json.loads(line)) for line in text.splitlines()]
    except _BROKEN:
        return []


def _file(folder: Path, name: str) -> Path:
    return folder / FOLDER / f"{Path(name).name}.jsonl"
