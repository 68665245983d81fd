"""``read_table`` for a server: the file of a stranger cannot take it down."""

from __future__ import annotations

import os
import tempfile
from dataclasses import asdict
from pathlib import Path
from threading import Lock
from typing import Any

from al_core.apart.handed_over import taken_over
from al_core.apart.limits import ReadLimits
from al_core.apart.process import ReadingProcess
from al_core.progress import Progress
from al_core.tables.table import Table

_WAITING: list[ReadingProcess] = []
_TURN = Lock()


def read_table_apart(
    source: str | os.PathLike[str] | bytes,
    *,
    name: str | None = None,
    on_progress: Progress | None = None,
    limits: ReadLimits | None = None,
    **wishes: Any,
) -> Table:
    """What ``read_table`` gives, read in a process of its own that is watched.

    source: a path, or the bytes of a file. limits: by default :meth:`ReadLimits.of` the file.
    Raises TableError as ``read_table`` does, and TooLargeError where the reading takes more than it
    may. ``on_progress`` is called at least every 50 ms and may raise, which ends the process.
    """
    with tempfile.TemporaryDirectory(prefix="al-workbench-") as folder:
        path = _on_disk(source, Path(folder))
        limits = limits or ReadLimits.of(size_of(path))
        order = {"path": str(path), "name": name or path.name, "folder": folder, "wishes": wishes}
        carried_out("table", order, limits, on_progress)
        return taken_over(Path(folder))


def carried_out(
    what: str, order: dict[str, Any], limits: ReadLimits, on_progress: Progress | None
) -> None:
    """Have an order carried out by a process that is watched; ``what``: see the worker's list."""
    process = _taken()
    try:
        whole = {**order, "what": what, "limits": asdict(limits)}
        process.read(whole, limits, on_progress or _silent)
    finally:
        _give_back(process)


def size_of(path: Path) -> int:
    """Bytes of a file; 0 where it cannot be looked at: whoever reads it says why."""
    try:
        return path.stat().st_size
    except OSError:
        return 0


def _on_disk(source: str | os.PathLike[str] | bytes, folder: Path) -> Path:
    if not isinstance(source, bytes):
        return Path(source).resolve()
    path = folder / "file"
    path.write_bytes(source)
    return path


def ready_to_read() -> None:
    """Have a process wait, so that the next file need not wait for one to start."""
    _give_back(_taken())


def _taken() -> ReadingProcess:
    with _TURN:
        return _WAITING.pop() if _WAITING else ReadingProcess()


def _give_back(process: ReadingProcess) -> None:
    """Keep one that waits, and end all others."""
    with _TURN:
        keep = process.is_free and not _WAITING
        if keep:
            _WAITING.append(process)
    if not keep:
        process.end()


def _silent(share: float, what: str) -> None:
    """Report nothing."""
