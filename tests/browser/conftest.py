"""A server of its own for each test, started while the test before runs, and a real Chromium.

Without a browser these tests skip with the reason on a person's machine and fail in CI.
"""

from __future__ import annotations

import os
import shutil
import sys
from collections.abc import Callable, Iterator, Sequence
from itertools import cycle
from pathlib import Path
from typing import Any

import pytest

from tests.browser.servers import FROM_HERE, Launch, Server, Waiting, by_command, free_port

ARGUMENTS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-background-networking",
    "--disable-quic",
    "--no-first-run",
    "--disable-sync",
]
DESK = {"width": 1400, "height": 900}
NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "chrome")


def _missing(reason: str) -> None:
    if os.environ.get("CI"):
        pytest.fail(reason)
    pytest.skip(reason)


@pytest.fixture(scope="session")
def browser(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Any]:
    """A headless Chromium with one profile: what it has compiled of the app serves every test."""
    try:
        from playwright.sync_api import sync_playwright
    except ImportError:
        _missing("browser tests need playwright: pip install -r requirements-dev.txt")
    program = os.environ.get("CHROMIUM") or next(filter(None, map(shutil.which, NAMES)), None)
    if program is None:
        _missing("browser tests need Chromium or Chrome on the PATH, or its path in CHROMIUM")
    with sync_playwright() as playwright:
        profile = playwright.chromium.launch_persistent_context(
            tmp_path_factory.mktemp("profile"),
            executable_path=program,
            args=ARGUMENTS,
            viewport=DESK,
            accept_downloads=True,
        )
        profile.set_default_timeout(60_000)
        yield profile
        profile.close()


def _begun(folder: Path, launch: Launch, port: int | None = None) -> Server:
    home = folder / "home"
    home.mkdir()
    begun = Server(home, launch, port)
    begun.begin()
    return begun


@pytest.fixture(scope="session")
def next_server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Callable[[], Server]]:
    """Hands out a server that stands ready, and begins with the one for the next test.

    Two ports take turns, so that the browser knows the app's own files from the test before.
    """
    waiting = Waiting() if sys.platform == "linux" else None
    launch = waiting.launch if waiting else by_command(FROM_HERE)
    ports = cycle((free_port(), free_port()))

    def begin() -> Server:
        return _begun(tmp_path_factory.mktemp("served"), launch, next(ports))

    spare = [begin()]

    def take() -> Server:
        taken = spare.pop()
        spare.append(begin())
        taken.wait()
        return taken

    yield take
    spare.pop().kill()
    if waiting:
        waiting.end()


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
    running = _begun(tmp_path, by_command(FROM_HERE))
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
        started.append(Server(home, by_command(command, folder)))
        started[-1].start()
        return started[-1]

    yield start
    for running in started:
        running.kill()
        assert "Traceback" not in running.log, running.log


@pytest.fixture
def page(browser: Any) -> Iterator[Any]:
    """A fresh tab, 1400 pixels wide, in a browser that remembers nothing of the test before."""
    yield browser.new_page()
    tabs = browser.pages[1:]  # the first is the empty one that a browser begins with
    for tab in tabs:
        if tab.url.startswith("http"):
            tab.evaluate("localStorage.clear()")
    for tab in tabs:
        tab.close()
    browser.clear_cookies()


@pytest.fixture
def open_page():
    """Open a path of the server in a tab, and wait until the frame stands."""

    def opener(page, server: Server, path: str = "/"):
        page.goto(server.url + path)
        page.wait_for_selector(".st-key-menu")
        return page

    return opener
