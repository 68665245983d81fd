"""Starting a module of this library in a process of its own: never a fork of a threaded server."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path
from typing import Any

__all__ = ["start_module"]


def start_module(name: str, *arguments: str, **pipes: Any) -> subprocess.Popen[bytes]:
    """``python -m name arguments``, found also where the app was started from a folder and is not
    installed; ``pipes``: what ``Popen`` is to know of standard input, output and error."""
    paths = [str(Path(__file__).resolve().parents[1]), os.environ.get("PYTHONPATH", "")]
    surroundings = {**os.environ, "PYTHONPATH": os.pathsep.join(filter(None, paths))}
    command = [sys.executable, "-m", name, *arguments]  # this Python, and no shell
    return subprocess.Popen(command, env=surroundings, **pipes)  # noqa: S603
