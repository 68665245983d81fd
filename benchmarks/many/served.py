"""A server of the app in a process of its own, and what it uses: processor, memory, handles."""

from __future__ import annotations

import os
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import psutil

from al_core.projects import Project
from al_core.tables import guess_roles, read_table
from benchmarks.label_turn import ROOT, pool

_LONGEST_START = 120.0  # seconds until the server answers; 5 are usual


@dataclass(frozen=True)
class Use:
    """What the server has used up to a moment, in seconds, or holds at it."""

    at: float
    cpu: float
    megabytes: float
    threads: int
    handles: int


@dataclass(frozen=True)
class Served:
    """The address of a server, and its process."""

    url: str
    process: psutil.Process

    def use(self) -> Use:
        """What it uses now, the processes that it started and ended among it."""
        spent = self.process.cpu_times()
        cpu = spent.user + spent.system + spent.children_user + spent.children_system
        for child in self.process.children(recursive=True):
            try:
                more = child.cpu_times()
                cpu += more.user + more.system
            except psutil.Error:  # it has ended meanwhile, and stands in the sum of its parent
                continue
        return Use(
            time.monotonic(),
            cpu,
            self.process.memory_info().rss / 1e6,
            self.process.num_threads(),
            self.process.num_fds(),
        )


@contextmanager
def served(home: Path, port: int) -> Iterator[Served]:
    """The app on this port, with its projects in ``home``."""
    command = [sys.executable, "-m", "streamlit", "run", str(ROOT / "app.py")]
    command += ["--server.headless", "true", "--server.port", str(port)]
    environment = {**os.environ, "AL_WORKBENCH_HOME": str(home)}
    log = (home.parent / "server.log").open("wb")
    process = subprocess.Popen(command, cwd=ROOT, env=environment, stdout=log, stderr=log)
    try:
        url = f"http://localhost:{port}"
        _wait_for(url)
        yield Served(url, psutil.Process(process.pid))
    finally:
        process.kill()
        process.wait()
        log.close()
    said = (home.parent / "server.log").read_text(errors="replace")
    if "Traceback" in said:
        print(said[-3000:], file=sys.stderr)


def _wait_for(url: str) -> None:
    end = time.monotonic() + _LONGEST_START
    while time.monotonic() < end:
        try:
            urllib.request.urlopen(f"{url}/_stcore/health", timeout=1)
            return
        except OSError:
            time.sleep(0.1)
    raise SystemExit("The server did not start.")


def make_projects(home: Path, names: list[str], rows: int) -> None:
    """Live projects of so many rows, without a label."""
    source = pool(rows, text=True).to_csv(index=False).encode()
    table = read_table(source, name="messages.csv")
    for name in names:
        settings = {"kind": "live", "classes": ("no", "yes"), "budget": 100_000}
        Project.create(
            home / name, table, guess_roles(table), settings, background=False, name=name
        ).close()
