"""Streamlit servers in processes of their own, started by a command or forked from one that waits.

Starting one anew costs seconds of imports. The process that waits has imported all that the app
needs; for each order on its standard input it forks, and the child is the server.
"""

from __future__ import annotations

import json
import os
import signal
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

import pytest

ROOT = Path(__file__).resolve().parents[2]
FROM_HERE = (sys.executable, "-m", "streamlit", "run", "app.py")
"""The README's command."""
LONGEST_START = 120.0
"""Seconds a server may take to answer; 5 are usual here, a busy machine took over 30."""
_APPEND = os.O_WRONLY | os.O_CREAT | os.O_APPEND
_LONGEST_END = 30.0  # seconds until a killed process is gone; milliseconds are usual


class Running(Protocol):
    """What a server's process must understand."""

    def send_signal(self, sig: int, /) -> None:
        """Send it a signal."""

    def kill(self) -> None:
        """End it at once."""

    def wait(self) -> object:
        """Wait until it is gone."""


Launch = Callable[[int, Path, Path], Running]
"""Starts a server on a port, with its projects in a folder, printing into a file."""


def by_command(command: Sequence[str | Path], folder: Path = ROOT) -> Launch:
    """Servers that a command starts in a folder."""

    def launch(port: int, home: Path, log: Path) -> Running:
        options = ["--server.port", str(port), "--server.headless", "true"]
        environment = {**os.environ, "AL_WORKBENCH_HOME": str(home)}
        arguments = [*map(str, command), *options]
        with log.open("ab") as out:
            return subprocess.Popen(arguments, cwd=folder, env=environment, stdout=out, stderr=out)

    return launch


@dataclass(frozen=True)
class Forked:
    """A server that another process forked, and takes away when it has ended."""

    pid: int

    def send_signal(self, sig: int, /) -> None:
        """Send it a signal."""
        os.kill(self.pid, sig)

    def kill(self) -> None:
        """End it at once."""
        self.send_signal(signal.SIGKILL)

    def wait(self) -> None:
        """Wait until it is gone."""
        end = time.monotonic() + _LONGEST_END
        while Path(f"/proc/{self.pid}").exists() and time.monotonic() < end:
            time.sleep(0.01)


class Waiting:
    """The process that waits with everything imported; ``launch`` makes a server of it.

    On Linux alone: elsewhere a fork of a process that has imported so much is not safe, or missing.
    """

    def __init__(self) -> None:
        self._process = subprocess.Popen(
            [sys.executable, "-m", "tests.browser.servers"],
            cwd=ROOT,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
        )

    def launch(self, port: int, home: Path, log: Path) -> Running:
        """A server that stands at once."""
        assert self._process.stdin is not None
        assert self._process.stdout is not None
        order = {"port": port, "home": str(home), "log": str(log)}
        self._process.stdin.write(json.dumps(order) + "\n")
        self._process.stdin.flush()
        return Forked(int(self._process.stdout.readline()))

    def end(self) -> None:
        """Let it go; the servers it made go on."""
        self._process.kill()
        self._process.wait()


class Server:
    """A server that can be stopped for a while, killed, and started again on its port."""

    def __init__(self, home: Path, launch: Launch, port: int | None = None, path: str = "") -> None:
        self.home, self._launch = home, launch
        self.port = port or free_port()
        self.url = f"http://localhost:{self.port}{path}"
        self._log = home.parent / f"server-{self.port}.log"
        self._process: Running | None = None

    def start(self) -> None:
        """Start the server and wait until it answers."""
        self.begin()
        self.wait()

    def begin(self) -> None:
        """Start the server."""
        self._process = self._launch(self.port, self.home, self._log)

    def wait(self) -> None:
        """Wait until the server answers."""
        end = time.monotonic() + LONGEST_START
        while time.monotonic() < end:
            try:
                urllib.request.urlopen(f"{self.url}/_stcore/health", timeout=1)
                return
            except OSError:
                time.sleep(0.1)
        self.kill()
        pytest.fail(f"the server did not start in {LONGEST_START:g} s:\n{self.log}")

    @property
    def log(self) -> str:
        """What the server printed."""
        return self._log.read_text(errors="replace")

    def hold(self) -> None:
        """Let it stand still, as a machine that is busy with something else would."""
        assert self._process is not None
        self._process.send_signal(signal.SIGSTOP)

    def go_on(self) -> None:
        """Let it work again after ``hold``."""
        assert self._process is not None
        self._process.send_signal(signal.SIGCONT)

    def kill(self) -> None:
        """End the server at once, as a power cut would."""
        if self._process is not None:
            self._process.kill()
            self._process.wait()
            self._process = None


def free_port() -> int:
    """A port that nobody listens on."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        return int(free.getsockname()[1])


def wait_for_orders() -> None:
    """Import everything, then become a server for each line that comes in."""
    from pages.components.shell.warm import warmed

    warmed()
    signal.signal(signal.SIGCHLD, signal.SIG_IGN)  # an ended child leaves nothing behind
    for line in sys.stdin:
        child = os.fork()
        if child == 0:
            _serve(json.loads(line))
        print(child, flush=True)


def _serve(order: dict[str, str | int]) -> None:
    from streamlit.web.cli import main

    signal.signal(signal.SIGCHLD, signal.SIG_DFL)
    nothing, out = os.open(os.devnull, os.O_RDONLY), os.open(str(order["log"]), _APPEND, 0o600)
    for stream, instead in enumerate((nothing, out, out)):
        os.dup2(instead, stream)
    os.environ["AL_WORKBENCH_HOME"] = str(order["home"])
    options = ["--server.port", str(order["port"]), "--server.headless", "true"]
    sys.argv = ["streamlit", "run", "app.py", *options]
    main()


if __name__ == "__main__":
    wait_for_orders()
