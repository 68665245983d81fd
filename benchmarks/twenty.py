"""Twenty people on one server, each in their own project: how long a press takes, what is lost.

    python -m benchmarks.twenty                         # about seven minutes
    python -m benchmarks.twenty --people 5 --presses 10

Clients that speak Streamlit's websocket protocol press answers at a human pace; a turn is the time
from a press to the server's word that it is saved, with the rows after it. First one person alone,
then all, then all while two comparisons run that somebody has started on the page Compare, then all
and the one once more without them, since more answers make trainings longer; the server's
processor time a press and when nobody presses; and afterwards whether each journal says what was
pressed, row, answer and order.
Pool: messages, the recommended model. What a hundred people need is worked out from these figures.
"""

from __future__ import annotations

import argparse
import asyncio
import os
import socket
import statistics
import tempfile
from contextlib import AsyncExitStack
from dataclasses import dataclass
from pathlib import Path

from benchmarks.label_turn import p95
from benchmarks.many.hand import Hand, not_as_pressed
from benchmarks.many.served import Served, Use, make_projects, served
from benchmarks.many.tab import Tab

HEAVY = "lab_data=Breast+cancer&lab_upto=120&lab_repeats=Thorough+100"
"""A comparison of minutes: a hundred repeats with the recommended model."""


@dataclass(frozen=True)
class Measured:
    """The turns of a while, in milliseconds, and the processor's seconds of the server."""

    turns: list[float]
    cpu: float
    seconds: float

    @property
    def share(self) -> float:
        """Of one core."""
        return self.cpu / self.seconds


def between(turns: list[float], begun: Use, ended: Use) -> Measured:
    """What was measured between two looks at the server."""
    return Measured([1000 * one for one in turns], ended.cpu - begun.cpu, ended.at - begun.at)


async def together(server: Served, hands: list[Hand], presses: int, pause: float) -> Measured:
    """All hands press at once, each at its own pace."""
    begun = server.use()
    turns = await asyncio.gather(*(hand.work(presses, pause) for hand in hands))
    return between([one for each in turns for one in each], begun, server.use())


async def still(server: Served, seconds: float) -> Measured:
    """Nobody presses; the pages stand open."""
    begun = server.use()
    await asyncio.sleep(seconds)
    return between([], begun, server.use())


def line(what: str, found: Measured, alone: Measured) -> str:
    """One line of the table."""
    middle, high = statistics.median(found.turns), p95(found.turns)
    return (
        f"{what:34} {len(found.turns):7} {middle:7.0f} {high:7.0f} "
        f"{high / p95(alone.turns):6.1f} {100 * found.share:6.0f} %  "
        f"{os.getloadavg()[0]:.1f}"
    )


async def measure(server: Served, asked: argparse.Namespace) -> list[Hand]:
    """Print the table; the hands, with what they have pressed."""
    async with AsyncExitStack() as stack:
        hands = []
        for number in range(asked.people):
            tab = await stack.enter_async_context(Tab(server.url, "label", f"project=p{number}"))
            hands.append(Hand(tab, number))
            if number == 0:
                await hands[0].work(5, 0.5)  # what is imported late is imported by now
                idle_alone = await still(server, asked.idle)
                alone = await together(server, hands, asked.alone, asked.pause)
                print(line("one alone", alone, alone), flush=True)
        await asyncio.gather(*(hand.work(3, 1.0) for hand in hands))
        idle = await still(server, asked.idle)
        everybody = await together(server, hands, asked.presses, asked.pause)
        print(line(f"{asked.people} at once", everybody, alone), flush=True)
        labs = []
        for _ in range(2):
            lab = await stack.enter_async_context(Tab(server.url, "compare", HEAVY))
            await lab.part("run_comparison")
            await asyncio.sleep(3)  # its page is drawn to the end
            await lab.press("run_comparison")
            await lab.part("stop_comparison")
            labs.append(lab)
        await asyncio.sleep(5)
        busy = await together(server, hands, asked.presses, asked.pause)
        print(line(f"{asked.people} at once, two comparisons", busy, alone), flush=True)
        for lab in labs:
            await lab.press("stop_comparison")
        await asyncio.sleep(10)  # what the workers had begun has come to its end
        after = await together(server, hands, asked.presses, asked.pause)
        print(line(f"{asked.people} at once, after these", after, alone), flush=True)
        later = await together(server, hands[:1], asked.alone, asked.pause)
        print(line("one alone, as many answers", later, alone), flush=True)
        ratio = p95(busy.turns) / p95([*everybody.turns, *after.turns])
        print(f"p95 with the comparisons by p95 of all turns before and after: {ratio:.2f}")
        print_costs(asked, idle_alone, idle, everybody)
    return hands


def print_costs(
    asked: argparse.Namespace, idle_alone: Measured, idle: Measured, everybody: Measured
) -> None:
    """What a press and an open page cost, and what a hundred people would need."""
    a_page = idle.share / asked.people
    rest = max(0.0, everybody.cpu - idle.share * everybody.seconds)
    a_press = rest / len(everybody.turns)
    print(f"one open page, nobody presses: {100 * idle_alone.share:.1f} % of a core")
    print(f"{asked.people} open pages, nobody presses: {100 * idle.share:.1f} % of a core")
    print(f"a press: {1000 * a_press:.0f} ms of processor, training included")
    needed = 100 * (a_page + a_press / asked.pause)
    print(
        f"100 people, a press every {asked.pause:g} s: {needed:.1f} cores by calculation "
        f"({100 * a_page:.1f} for open pages, {100 * a_press / asked.pause:.1f} for presses); "
        f"of one core all presses stay under four fifths with "
        f"{int(0.8 / (a_page + a_press / asked.pause))} people"
    )


def main() -> None:
    """Measure, then look into the journals."""
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("--people", type=int, default=20)
    parser.add_argument("--presses", type=int, default=25, help="of each, in each while")
    parser.add_argument("--alone", type=int, default=30, help="presses of one alone")
    parser.add_argument("--pause", type=float, default=2.0, help="seconds between two presses")
    parser.add_argument("--idle", type=float, default=20.0, help="seconds in which nobody presses")
    parser.add_argument("--rows", type=int, default=1000)
    asked = parser.parse_args()
    with tempfile.TemporaryDirectory() as place, socket.socket() as free:
        home = Path(place) / "home"
        home.mkdir()
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
        free.close()
        make_projects(home, [f"p{number}" for number in range(asked.people)], asked.rows)
        print(f"{'':34} {'presses':>7} {'median':>7} {'p95':>7} {'ratio':>6} {'core':>8}  load")
        with served(home, port) as server:
            hands = asyncio.run(measure(server, asked))
            problems = [one for hand in hands for one in hand.tab.problems]
        wrong = {hand.number: not_as_pressed(home / f"p{hand.number}", hand) for hand in hands}
    pressed = sum(len(hand.pressed) for hand in hands)
    lost = {number: rows for number, rows in wrong.items() if rows}
    print(f"{pressed} presses in {len(hands)} journals; not as pressed: {lost or 'none'}")
    print(f"presses that had to be sent again: {sum(hand.again for hand in hands)}")
    print(f"errors on the pages: {problems or 'none'}")


if __name__ == "__main__":
    main()
