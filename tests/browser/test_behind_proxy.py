"""Behind nginx, under a sub-path: the whole way, and nothing is asked for beside that path.

nginx runs with the very file that docs/deploy.md hands out.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import time
import urllib.request
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import pytest

from tests.browser.desk_cases import drawn, press, row_on
from tests.browser.servers import FROM_HERE, ROOT, Server, by_command, free_port
from tests.browser.test_whole_way import choose_label_column, start, upload

pytestmark = pytest.mark.browser

NAME = "labels.localhost"  # leads to this computer in Chromium, and is none of the usual names
PLACES = ("client_body", "proxy", "fastcgi", "uwsgi", "scgi")
PROBES = ("/_stcore/health", "/_stcore/host-config")
"""On a cold link Streamlit's own script asks for these beneath the page, to find the app."""
_LONGEST_START = 30.0  # seconds until nginx answers; milliseconds are usual


@pytest.fixture
def nginx() -> str:
    program = shutil.which("nginx") or shutil.which("nginx", path="/usr/sbin:/usr/local/sbin")
    if program is None:
        reason = "these tests need nginx on the PATH"
        if os.environ.get("CI"):
            pytest.fail(reason)
        pytest.skip(reason)
    return program


@pytest.fixture
def under_a_path(tmp_path: Path, nginx: str) -> Iterator[str]:
    """The address under which nginx hands out a server of the app."""
    home, place, port = tmp_path / "home", tmp_path / "nginx", free_port()
    home.mkdir()
    place.mkdir()
    command = [*FROM_HERE, "--server.baseUrlPath", "labels", "--server.allowedHosts", NAME]
    server = Server(home, by_command(command), path="/labels")
    server.begin()
    site = (ROOT / "docs/deploy/nginx.conf").read_text(encoding="utf-8")
    for theirs, ours in (
        ("listen 80;", f"listen 127.0.0.1:{port}; listen [::1]:{port};"),
        ("labels.example.org;", f"{NAME};"),
        ("127.0.0.1:8501;", f"localhost:{server.port};"),
    ):
        assert theirs in site
        site = site.replace(theirs, ours)
    kept = "".join(f"{one}_temp_path {place / one};\n" for one in PLACES)
    said = f"access_log off;\n{kept}types {{}}\ndefault_type text/plain;\n"
    (place / "nginx.conf").write_text(
        f"daemon off;\nmaster_process off;\npid {place / 'pid'};\nevents {{}}\n"
        f"http {{\n{said}{site}}}\n"
    )
    proxy = subprocess.Popen(
        [nginx, "-p", place, "-c", place / "nginx.conf", "-e", place / "errors"]
    )
    try:
        server.wait()
        _wait_for(port, place / "errors")
        yield f"http://{NAME}:{port}/labels"
    finally:
        proxy.terminate()
        proxy.wait()
        server.kill()
    assert "Traceback" not in server.log, server.log


def _wait_for(port: int, errors: Path) -> None:
    asked = urllib.request.Request(f"http://localhost:{port}/labels/_stcore/health")
    asked.add_header("Host", f"{NAME}:{port}")
    end = time.monotonic() + _LONGEST_START
    while time.monotonic() < end:
        try:
            urllib.request.urlopen(asked, timeout=1)
            return
        except OSError:
            time.sleep(0.05)
    pytest.fail(f"nginx did not hand out the app: {errors.read_text()}")


@dataclass
class Heard:
    """What a tab asked for, and what went wrong in it."""

    asked: list[str] = field(default_factory=list)
    refused: list[str] = field(default_factory=list)
    errors: list[str] = field(default_factory=list)

    def listen(self, page: Any) -> None:
        """From now on."""
        page.on("request", lambda request: self.asked.append(request.url))
        page.on("websocket", lambda socket: self.asked.append(socket.url))
        page.on("response", self._hear)
        page.on("requestfailed", self._failed)
        page.on("pageerror", lambda error: self.errors.append(str(error)))
        page.on("console", self._told)

    def _told(self, line: Any) -> None:
        if line.type == "error" and not line.location["url"].endswith(PROBES):
            self.errors.append(line.text)

    def _hear(self, response: Any) -> None:
        if response.status >= 400 and not response.url.endswith(PROBES):
            self.refused.append(f"{response.status} {response.url}")

    def _failed(self, request: Any) -> None:
        if "ERR_ABORTED" not in str(request.failure):  # a page that was left asks no longer
            self.refused.append(f"{request.failure} {request.url}")

    def outside(self, address: str) -> list[str]:
        """What was asked for beside this address."""
        place, path = urlsplit(address).netloc, urlsplit(address).path
        split = [urlsplit(url) for url in self.asked]
        return [
            one.geturl()
            for one in split
            if one.scheme in ("http", "https", "ws", "wss")
            and not (one.netloc == place and f"{one.path}/".startswith(f"{path}/"))
        ]


@pytest.fixture
def heard(page: Any) -> Heard:
    listening = Heard()
    listening.listen(page)
    return listening


def messages(folder: Path) -> Path:
    """A file of messages, some of which have their answer already."""
    answers = ["late", "wrong", *[""] * 58]
    lines = [f"message {n} is about {n % 7} parcels,{n},{one}" for n, one in enumerate(answers)]
    path = folder / "messages.csv"
    path.write_text("\n".join(["text,amount,answer", *lines, ""]))
    return path


def go(page: Any, name: str, path: str) -> None:
    """Press an entry of the menu."""
    page.locator(".st-key-menu").get_by_role("link", name=name, exact=True).click()
    page.wait_for_url(f"**/labels/{path}*")
    drawn(page, 1_000)


def test_the_whole_way_goes_through_nginx_and_asks_for_nothing_beside_its_path(
    under_a_path, page, heard: Heard, tmp_path: Path
) -> None:
    address = under_a_path
    page.goto(address)  # without the slash: nginx leads on
    page.get_by_text("Anyone who can open this address can open every project here.").wait_for()
    page.get_by_role("button", name="Go on without a login").click()
    page.wait_for_selector(".st-key-menu")
    upload(page, messages(tmp_path))
    choose_label_column(page, "answer")
    start(page)
    assert page.url.startswith(f"{address}/label?project=")
    drawn(page, 1_000)
    for key in "1212":
        press(page, key)

    go(page, "Progress", "curves")
    page.locator(".st-key-learning_curve").first.wait_for()
    go(page, "Map", "map")
    page.locator(".st-key-pool_map .js-plotly-plot").first.wait_for()
    go(page, "Compare", "compare")
    page.get_by_role("button", name="Copy link").click()
    page.get_by_text(f"{address}/compare?").wait_for()
    page.keyboard.press("Escape")
    go(page, "Why it works", "demo")
    go(page, "Finish", "export")
    with page.expect_download() as download:
        page.locator(".st-key-download_labels button").click()
    given = Path(download.value.path()).read_text(encoding="utf-8-sig")
    assert given.count(",person,") == 4

    go(page, "Label", "label")
    link = page.url
    on_screen = row_on(page)
    page.reload()
    drawn(page, 1_000)
    assert row_on(page) == on_screen
    page.goto(f"{address}/")
    page.goto(link)
    page.locator(".st-key-answers button").first.wait_for()
    drawn(page)
    assert page.url == link

    assert heard.outside(address) == []
    assert heard.refused == []
    assert heard.errors == []
    assert any(url.startswith("ws://") for url in heard.asked)
