"""The process that reads: an order a line comes in, progress goes out, the table into a folder.

    python -m al_core.apart.worker

Whoever started it watches it (:mod:`al_core.apart.process`). It ends when its standard input
does, and after a reading that left it large.
"""

from __future__ import annotations

import json
import os
import signal
import sys
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from traceback import print_exc
from typing import Any, BinaryIO

import psutil

from al_core.apart.handed_over import hand_over, hand_over_name, hand_over_problem
from al_core.apart.limits import ReadLimits, broken_off
from al_core.errors import ProjectError, UserError
from al_core.progress import Progress
from al_core.tables.read import read_table

# Bytes of memory above which the process is not used again; a choice.
_LARGE = 400_000_000


def main() -> None:
    """Serve orders until there are no more, or whoever gave them is gone.

    A key press that stops the server in its terminal reaches this process as well: it is left to
    the server, whose end is this one's.
    """
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    with suppress(BrokenPipeError):
        _serve_all()


def _serve_all() -> None:
    out = os.fdopen(os.dup(1), "wb", buffering=0)
    os.dup2(os.open(os.devnull, os.O_WRONLY), 1)  # what a library prints is no progress
    _say(out, "ready")
    for line in sys.stdin:
        _serve(json.loads(line), out)
        stays = psutil.Process().memory_info().rss < _LARGE
        _say(out, "done" if stays else "last")
        if not stays:
            return


def _serve(order: dict[str, Any], out: BinaryIO) -> None:
    """Read one file; whatever happens, what it holds or a problem lies in the folder afterwards."""
    folder, limits = Path(order["folder"]), ReadLimits(**order["limits"])
    limits.ask_the_system()
    try:
        _ORDERS[order["what"]](order, folder, _Told(out))
    except UserError as problem:
        hand_over_problem(problem, folder)
    except MemoryError:
        hand_over_problem(limits.too_much_memory(), folder)
    except Exception as fault:
        print_exc()  # for whoever keeps the server
        hand_over_problem(broken_off(type(fault).__name__), folder)


def _read(order: dict[str, Any], folder: Path, told: Progress) -> None:
    """A person's file as a table."""
    wishes = order["wishes"]
    if isinstance(wishes.get("header"), list):  # JSON knows no pairs
        wishes["header"] = tuple(wishes["header"])
    hand_over(read_table(order["path"], name=order["name"], on_progress=told, **wishes), folder)


def _unpack(order: dict[str, Any], folder: Path, told: Progress) -> None:
    """A project file into a folder; what that needs is imported where it is needed."""
    from al_core.projects.folder.project_file import unpack_project

    told(0, "Unpacking the project")
    path = Path(order["path"])
    try:
        data = path.read_bytes()
    except OSError as error:
        raise ProjectError(
            f"{path.name} cannot be opened ({error.strerror}). Check the name and the folder."
        ) from None
    hand_over_name(unpack_project(data, Path(order["into"]), order["person"]), folder)


_ORDERS: dict[str, Callable[[dict[str, Any], Path, Progress], None]] = {
    "table": _read,
    "project": _unpack,
}


class _Told:
    """Tells how far the reading is, a line whenever it has gone on by a hundredth."""

    def __init__(self, out: BinaryIO) -> None:
        self._out, self._last = out, (-1, "")

    def __call__(self, share: float, what: str) -> None:
        now = int(100 * share), what
        if now != self._last:
            self._last = now
            _say(self._out, [share, what])


def _say(out: BinaryIO, what: object) -> None:
    out.write(json.dumps(what).encode() + b"\n")


if __name__ == "__main__":
    main()
