"""Long use of one server: what grows with labels, uploads, switches of project, and sessions.

    python -m benchmarks.soak             # about half an hour
    python -m benchmarks.soak --quick     # a tenth of it

Clients that speak Streamlit's websocket protocol use one server, one after another. Four lines of
a table: memory, threads and open handles of the server's process before and after, and how much
they grow with each hundred, by the line of least squares through the second half of twenty looks
(what is imported or kept for speed has come by then); for labels also the time of a turn. Then how
many seconds after the last tab was closed no project is open any more, and what the server holds
once Streamlit has forgotten the sessions.
"""

from __future__ import annotations

import argparse
import asyncio
import socket
import statistics
import tempfile
import time
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from pathlib import Path

import numpy as np

from al_core.projects.journal.presence import living
from benchmarks.many.hand import Hand, not_as_pressed
from benchmarks.many.served import Served, Use, make_projects, served
from benchmarks.many.tab import Tab

LOOKS = 20
FORGOTTEN = 130.0  # seconds after which Streamlit keeps nothing of a session: 120, and a look
N_PROJECTS = 5


@dataclass
class Looks:
    """The server's use after so many labels, uploads, switches or sessions."""

    server: Served
    n: list[int] = field(default_factory=list)
    uses: list[Use] = field(default_factory=list)
    turns: list[float] = field(default_factory=list)

    def look(self, n: int, turn: float = float("nan")) -> None:
        """Note what is used now."""
        self.n.append(n)
        self.uses.append(self.server.use())
        self.turns.append(turn)

    def line(self, what: str) -> str:
        """One line of the table."""
        memory = [use.megabytes for use in self.uses]
        threads = [float(use.threads) for use in self.uses]
        handles = [float(use.handles) for use in self.uses]
        cells = [self._cell(values) for values in (memory, threads, handles, self.turns)]
        return f"{what:22} {self.n[-1]:6} " + " ".join(f"{cell:>22}" for cell in cells)

    def _cell(self, values: list[float]) -> str:
        if np.isnan(values[-1]):
            return "-"
        half = len(values) // 2
        slope = 100 * np.polyfit(self.n[half:], values[half:], 1)[0]
        return f"{values[0]:.0f} to {values[-1]:.0f}, {slope:+.2f}"


async def in_steps(looks: Looks, n: int, one: Callable[[int], Awaitable[float]]) -> None:
    """Do it ``n`` times, with a look at the server at every twentieth."""
    looks.look(0)
    since: list[float] = []
    for done in range(1, n + 1):
        since.append(await one(done))
        if done % max(1, n // LOOKS) == 0:
            looks.look(done, statistics.median(since))
            since.clear()
    looks.turns[0] = looks.turns[1]


async def label(server: Served, n: int) -> Hand:
    """One person labels, each press as soon as the one before is saved."""
    looks = Looks(server)
    async with Tab(server.url, "label", "project=p0") as tab:
        hand = Hand(tab, 0)
        await hand.work(5, 0.5)

        async def once(_: int) -> float:
            await hand.press()
            return 1000 * hand.turns[-1]

        await in_steps(looks, n, once)
    print(looks.line("labels"), flush=True)
    return hand


async def upload(server: Served, n: int) -> None:
    """One person drops one file after another, and starts none."""
    looks = Looks(server)
    async with Tab(server.url) as tab:
        await tab.part("upload")
        await asyncio.sleep(3)  # what is loaded after the first page is loaded by now

        async def once(number: int) -> float:
            lines = [f"message {row} of {number},{row % 9}" for row in range(2000)]
            content = "\n".join(["text,amount", *lines]).encode()
            await tab.upload("upload", f"file{number}.csv", content)
            await tab.part("Use another file")
            await asyncio.sleep(0.3)
            tab.forget("upload")
            await tab.press("Use another file")
            await tab.part("upload")
            await asyncio.sleep(0.2)
            return float("nan")

        await in_steps(looks, n, once)
    print(looks.line("uploads"), flush=True)


async def switch(server: Served, n: int) -> None:
    """One person goes from project to project, and looks at the desk of each."""
    looks = Looks(server)
    async with Tab(server.url, "label", "project=p1") as tab:
        await tab.part("desk_guard")

        async def once(number: int) -> float:
            await tab.go("label", f"project=p{1 + number % (N_PROJECTS - 1)}")
            await tab.part("desk_guard")
            return float("nan")

        await in_steps(looks, n, once)
    print(looks.line("switches of project"), flush=True)


async def come_and_go(server: Served, n: int) -> None:
    """People come, answer one row, and close the tab."""
    looks = Looks(server)

    async def once(number: int) -> float:
        async with Tab(server.url, "label", f"project=p{number % N_PROJECTS}") as tab:
            await tab.part("desk_guard")
            await asyncio.sleep(0.3)
        return float("nan")

    await in_steps(looks, n, once)
    print(looks.line("sessions"), flush=True)


async def afterwards(server: Served, home: Path) -> None:
    """When the last project is closed, and what is left."""
    begun = time.monotonic()
    while any(living(home / f"p{number}") for number in range(N_PROJECTS)):
        await asyncio.sleep(0.5)
        if time.monotonic() - begun > FORGOTTEN:
            break
    print(f"all projects closed {time.monotonic() - begun:.0f} s after the last tab", flush=True)
    await asyncio.sleep(max(0.0, FORGOTTEN - (time.monotonic() - begun)))
    async with Tab(server.url) as tab:  # Streamlit forgets old sessions when it looks for another
        await tab.part("upload")
    left = server.use()
    print(f"left: {left.megabytes:.0f} MB, {left.threads} threads, {left.handles} handles")


async def soak(server: Served, home: Path, asked: argparse.Namespace) -> Hand:
    """All of it, one after another."""
    hand = await label(server, asked.labels)
    await upload(server, asked.uploads)
    await switch(server, asked.switches)
    await come_and_go(server, asked.sessions)
    await afterwards(server, home)
    return hand


def main() -> None:
    """Measure, and look into the journal of the labels."""
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("--labels", type=int, default=10_000)
    parser.add_argument("--uploads", type=int, default=200)
    parser.add_argument("--switches", type=int, default=50)
    parser.add_argument("--sessions", type=int, default=100)
    parser.add_argument("--quick", action="store_true", help="a tenth of each")
    asked = parser.parse_args()
    if asked.quick:
        for name in ("labels", "uploads", "switches", "sessions"):
            setattr(asked, name, max(5, getattr(asked, name) // 10))
    with tempfile.TemporaryDirectory() as place, socket.socket() as free:
        home = Path(place) / "home"
        home.mkdir()
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
        free.close()
        names = [f"p{number}" for number in range(N_PROJECTS)]
        make_projects(home, names[:1], asked.labels + 500)
        make_projects(home, names[1:], 1000)
        heads = ("memory, MB", "threads", "handles", "turn, ms")
        print(f"{'':22} {'n':>6} " + " ".join(f"{head:>22}" for head in heads))
        print(f"{'':29} " + " ".join(f"{'each 100 more':>22}" for _ in heads), flush=True)
        with served(home, port) as server:
            hand = asyncio.run(soak(server, home, asked))
        wrong = not_as_pressed(home / "p0", hand)
    print(f"{len(hand.pressed)} presses; not as pressed: {wrong or 'none'}; again: {hand.again}")


if __name__ == "__main__":
    main()
