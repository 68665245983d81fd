"""A server of its own for each test, started while the test before runs, and a real Chromium.

Without a browser these tests skip with the reason on a person's machine and fail in CI.
"""

from __future__ import annotations

import os
import shutil
import signal
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
ARGUMENTS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-background-networking",
    "--disable-quic",
    "--no-first-run",
    "--disable-sync",
]
_FROM_HERE = (sys.executable, "-m", "streamlit", "run", "app.py")
# The same with all that the first page imports in the background imported before.
_WARMED = (
    sys.executable,
    "-c",
    "import sys\n"
    "from pages.components.shell.warm import warmed\n"
    "from streamlit.web.cli import main\n"
    "warmed()\n"
    "sys.argv[0] = 'streamlit'\n"
    "main()\n",
    "run",
    "app.py",
)
NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "chrome")


def _missing(reason: str) -> None:
    if os.environ.get("CI"):
        pytest.fail(reason)
    pytest.skip(reason)


@pytest.fixture(scope="session")
def browser() -> Iterator[object]:
    """A headless Chromium, shared by the session."""
    try:
        from playwright.sync_api import sync_playwright
    except ImportError:
        _missing("browser tests need playwright: pip install -r requirements-dev.txt")
    program = os.environ.get("CHROMIUM") or next(filter(None, map(shutil.which, NAMES)), None)
    if program is None:
        _missing("browser tests need Chromium or Chrome on the PATH, or its path in CHROMIUM")
    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(executable_path=program, args=ARGUMENTS)
        yield chromium
        chromium.close()


class Server:
    """A Streamlit server in a process of its own; it can be killed and started again."""

    def __init__(
        self, home: Path, command: Sequence[str | Path] = _FROM_HERE, folder: Path = ROOT
    ) -> None:
        self.home, self._command, self._folder = home, [str(part) for part in command], folder
        with socket.socket() as free:
            free.bind(("127.0.0.1", 0))
            self.port: int = free.getsockname()[1]
        self.url = f"http://localhost:{self.port}"
        self._log = home.parent / f"server-{self.port}.log"
        self._process: subprocess.Popen[bytes] | None = None

    def start(self) -> None:
        """Start the server and wait until it answers."""
        self.begin()
        self.wait()

    def begin(self) -> None:
        """Start the server."""
        options = ["--server.port", str(self.port), "--server.headless", "true"]
        environment = {**os.environ, "AL_WORKBENCH_HOME": str(self.home)}
        with self._log.open("ab") as log:
            self._process = subprocess.Popen(
                self._command + options, cwd=self._folder, env=environment, stdout=log, stderr=log
            )

    def wait(self) -> None:
        """Wait until the server answers."""
        for _ in range(300):
            try:
                urllib.request.urlopen(f"{self.url}/_stcore/health", timeout=1)
                return
            except OSError:
                time.sleep(0.1)
        pytest.fail(f"the server did not start:\n{self.log}")

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


def _begun(folder: Path, command: Sequence[str | Path]) -> Server:
    home = folder / "home"
    home.mkdir()
    begun = Server(home, command)
    begun.begin()
    return begun


@pytest.fixture(scope="session")
def next_server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Callable[[], Server]]:
    """Hands out a server that stands ready, and begins with the one for the next test."""

    def begin() -> Server:
        return _begun(tmp_path_factory.mktemp("served"), _WARMED)

    spare = [begin()]

    def take() -> Server:
        taken = spare.pop()
        spare.append(begin())
        taken.wait()
        return taken

    yield take
    spare.pop().kill()


def _lent(running: Server) -> Iterator[Server]:
    """A server for as long as a test runs; no test may leave an error in its log."""
    yield running
    running.kill()
    assert "Traceback" not in running.log, running.log


@pytest.fixture
def server(next_server: Callable[[], Server]) -> Iterator[Server]:
    """A server of this test, its projects in a folder of their own, that nobody has visited."""
    yield from _lent(next_server())


@pytest.fixture
def cold_server(tmp_path: Path) -> Iterator[Server]:
    """A server just started, as the README's command starts it: nothing is imported before."""
    running = _begun(tmp_path, _FROM_HERE)
    running.wait()
    yield from _lent(running)


@pytest.fixture
def server_of(tmp_path: Path) -> Iterator[Callable[[Sequence[str | Path]], Server]]:
    """Starts a server by a command of the test's own, in a folder that holds nothing."""
    started: list[Server] = []

    def start(command: Sequence[str | Path]) -> Server:
        home, folder = tmp_path / "home", tmp_path / "elsewhere"
        home.mkdir()
        folder.mkdir()
        started.append(Server(home, command, folder))
        started[-1].start()
        return started[-1]

    yield start
    for running in started:
        running.kill()
        assert "Traceback" not in running.log, running.log


@pytest.fixture
def page(browser: object) -> Iterator[object]:
    """A fresh tab, 1400 pixels wide."""
    context = browser.new_context(  # type: ignore[attr-defined]
        viewport={"width": 1400, "height": 900}, accept_downloads=True
    )
    context.set_default_timeout(30_000)
    yield context.new_page()
    context.close()


@pytest.fixture
def open_page():
    """Open a path of the server in a tab, and wait until the frame stands."""

    def opener(page, server: Server, path: str = "/"):
        page.goto(server.url + path)
        page.wait_for_selector(".st-key-menu")
        return page

    return opener
