"""A hand on the label desk: it presses answers, and measures until the server says "saved"."""

from __future__ import annotations

import asyncio
import random
import time
from collections.abc import Sequence
from pathlib import Path
from typing import Any
from uuid import uuid4

from al_core.projects import Project
from benchmarks.many.tab import LONGEST, Part, Tab

DESK, AHEAD = "desk_guard", "desk_ahead"
UNHEARD = 2.0
"""Seconds after which a press is sent once more, as pages/components/desk/browser does it."""


def truth(project: int, row: int) -> int:
    """The place of the answer that a hand gives for a row: no two agree, so a mix-up shows."""
    return (row * 7 + row // 3 + project * (1 + row % 5)) % 2


class Hand:
    """Somebody who labels one project in one tab."""

    def __init__(self, tab: Tab, number: int) -> None:
        self.tab, self.number = tab, number
        self.pressed: list[tuple[int, int]] = []
        self.turns: list[float] = []
        self.again = 0  # presses that had to be sent more than once
        self._page, self._last = uuid4().hex, 0
        self._queue: list[dict[str, Any]] = []
        self._heard, self._left = 0, ""
        tab.heard.append(self._hear)

    def _hear(self, part: Part) -> None:
        if AHEAD in part.id and "queue" in part.data:
            self._queue = [*self._queue[:1], *part.data["queue"]]
        if DESK in part.id:
            self._queue = list(part.data["queue"])
            heard = part.data["heard"]
            self._heard = int(heard["id"]) if heard["page"] == self._page else self._heard

    async def press(self) -> None:
        """Answer the row on the screen; the turn ends when the server has it and sends new rows."""
        await self.tab.until(lambda: self._next() is not None, f"a row in {self.number}")
        question = self._next()
        assert question is not None
        row, self._left = int(question["row"]), question["token"]
        index, self._last = truth(self.number, row), self._last + 1
        press = {"id": self._last, "token": self._left, "row": str(row)}
        sent = {"page": self._page, "presses": [{**press, "action": "answer", "index": index}]}
        begun = time.perf_counter()
        await self.tab.tell(DESK, "pressed", sent)
        while not await self.tab.comes(lambda: self._heard >= self._last, UNHEARD):
            self.again += 1
            if time.perf_counter() - begun > LONGEST:
                raise SystemExit(f"Press {self._last} of {self.number} was never heard.")
            await self.tab.tell(DESK, "pressed", sent)
        self.turns.append(time.perf_counter() - begun)
        self.pressed.append((row, index))

    def _next(self) -> dict[str, Any] | None:
        return next((one for one in self._queue if one["token"] != self._left), None)

    async def work(self, presses: int, pause: float) -> list[float]:
        """So many presses, one in about ``pause`` seconds; the seconds of each turn.

        Hands that begin together do not press in the same instant, no more than people do.
        """
        dice, before = random.Random(self.number), len(self.turns)
        await asyncio.sleep(dice.uniform(0, pause))
        for _ in range(presses):
            begun = time.perf_counter()
            await self.press()
            each = pause * dice.uniform(0.75, 1.25)
            await asyncio.sleep(max(0.0, each - (time.perf_counter() - begun)))
        return self.turns[before:]


def not_as_pressed(folder: Path, hand: Hand, answers: Sequence[str] = ("no", "yes")) -> list[Any]:
    """What the journal does not say as it was pressed: a row, its answer or their order."""
    with Project.open(folder, background=False) as project:
        items = [item for item in reversed(project.history()) if item.what == "labelled"]
    stand = [(item.row, item.label) for item in items if not item.undone]
    pressed = [(row, answers[index]) for row, index in hand.pressed]
    if stand == pressed:
        return []
    return sorted({*stand, *pressed} - ({*stand} & {*pressed}), key=str) or ["their order"]
