"""A model zip used as a colleague would: in an environment without this checkout.

Where packages may be installed (CI says so by AL_WORKBENCH_INSTALLED) that environment is a fresh
one, made once for all tests whose zips name the same packages. Elsewhere it is this Python, with
the wheel of the zip in the checkout's place.
"""

from __future__ import annotations

import hashlib
import os
import re
import subprocess
import sys
import time
import zipfile
from dataclasses import dataclass
from pathlib import Path

PLACE = os.environ.get("AL_WORKBENCH_INSTALLED", "")
_LONGEST = 600.0  # seconds another worker may take to install; half a minute is usual


@dataclass(frozen=True)
class Elsewhere:
    """The folder into which a zip was unpacked, and the Python that knows its wheel."""

    folder: Path
    python: Path
    path: Path | None

    def run(self, *arguments: str) -> str:
        """What the program or code prints; the checkout is nowhere on its path."""
        return run([str(self.python), *arguments], self.folder, self.path)


def unpacked(model_zip: bytes | Path, folder: Path) -> Elsewhere:
    """The zip in a folder of its own."""
    data = model_zip if isinstance(model_zip, bytes) else model_zip.read_bytes()
    folder.mkdir()
    kept = folder / "model.zip"
    kept.write_bytes(data)
    with zipfile.ZipFile(kept) as archive:
        archive.extractall(folder)
    if PLACE:
        return Elsewhere(folder, _environment(folder), None)
    (wheel,) = folder.glob("*.whl")
    with zipfile.ZipFile(wheel) as archive:
        archive.extractall(folder / "wheel")
    return Elsewhere(folder, Path(sys.executable), folder / "wheel")


def run(command: list[str], folder: Path, path: Path | None = None) -> str:
    """What a command prints in a folder, with nothing of this process's Python around it."""
    clean = {k: v for k, v in os.environ.items() if not re.match("PYTHON|VIRTUAL_ENV|PIP_", k)}
    if path is not None:
        clean["PYTHONPATH"] = str(path)
    done = subprocess.run(
        command, cwd=folder, env=clean, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stderr
    return done.stdout


def _environment(folder: Path) -> Path:
    """The Python of a fresh environment with what the zip names; the first who asks makes it."""
    named = [*folder.glob("*.whl"), folder / "requirements.txt"]
    wanted = b"".join(one.read_bytes() for one in named)
    place = Path(PLACE) / f"elsewhere_{hashlib.sha256(wanted).hexdigest()[:16]}"
    python, ready = place / "bin" / "python", place / "ready"
    try:
        place.mkdir()
    except FileExistsError:
        end = time.monotonic() + _LONGEST
        while not ready.exists() and time.monotonic() < end:
            time.sleep(0.5)
        assert ready.exists(), f"the environment {place} did not come to be"
        return python
    run([sys.executable, "-m", "venv", str(place)], folder)
    run([str(place / "bin" / "pip"), "install", "-q", "-r", "requirements.txt"], folder)
    ready.touch()
    return python
