"""Cuts, flipped bits, and journals put back from another day or another project."""

from __future__ import annotations

import random
from collections.abc import Iterator
from itertools import product
from pathlib import Path

from al_core.projects import ProjectData, load_data
from al_core.projects.journal.recorded import Recorded
from al_core.projects.journal.store import FILE
from benchmarks.fault_cases.judging import (
    LAST,
    N_ROWS,
    WAL,
    Outcome,
    events_of,
    judge,
    new_project,
    parts_of,
    put,
)

Moments = list[tuple[dict[str, bytes], list[Recorded]]]
LABELS = 120  # as many as the attack had that found what this holds
STEP = 64  # bytes between cuts


class Broken:
    """A project of 120 labels in its database and in its -wal, to be broken again and again."""

    def __init__(self, home: Path, seed: int = 0) -> None:
        self.folder = home / "damage" / f"p{seed}"
        self.moments = moments(self.folder, seed)
        self.data: ProjectData = load_data(self.folder)
        self.closed, self.truth = self.moments[-1]
        self.waiting = self.moments[-2][0]  # as a killed server leaves it

    def cuts(self, every: int, every_of_log: int) -> Iterator[Outcome]:
        """Database and log cut at every so many of the places 64 bytes apart."""
        for name, parts in ((FILE, self.closed), (FILE, self.waiting), (WAL, self.waiting)):
            beside = "closed" if parts is self.closed else "with its log"
            what = "log" if name == WAL else f"database, {beside},"
            outcome = Outcome(f"{what} cut")
            step = STEP * (every_of_log if name == WAL else every)
            for at in range(0, len(parts[name]), step):
                self._try({**parts, name: parts[name][:at]}, outcome, at)
            yield outcome

    def flips(self, n: int, rng: random.Random) -> Iterator[Outcome]:
        """One bit flipped at a random place."""
        for name, parts in ((FILE, self.closed), (WAL, self.waiting), (LAST, self.closed)):
            outcome = Outcome(f"one bit flipped in {name}")
            for _ in range(n):
                at, bit = rng.randrange(len(parts[name])), rng.randrange(8)
                data = bytearray(parts[name])
                data[at] ^= 1 << bit
                self._try({**parts, name: bytes(data)}, outcome, (at, bit))
            yield outcome

    def swaps(self, other: Broken, most: int, rng: random.Random) -> Iterator[Outcome]:
        """Database and log of different moments, of this project or another of the same table."""
        note = {LAST: self.closed[LAST]}
        for whose, theirs in (("own earlier", self), ("another project's", other)):
            outcome = Outcome(f"{whose} database or log put back")
            pairs = [(a, b) for a, b in product(self.moments, theirs.moments)]
            pairs += [(b, a) for a, b in pairs] if theirs is other else []
            for (a, _), (b, _) in rng.sample(pairs, min(most, len(pairs))):
                log = {WAL: b[WAL]} if WAL in b else {}
                truths = [self.truth, *([other.truth] if theirs is other else [])]
                self._try({FILE: a[FILE], **log, **note}, outcome, "pair", truths[:1])
            yield outcome

    def _try(
        self,
        parts: dict[str, bytes],
        outcome: Outcome,
        where: object,
        truths: list[list[Recorded]] | None = None,
    ) -> None:
        put(self.folder, parts)
        judge(self.folder, self.data, truths or [self.truth], outcome, where)


def moments(folder: Path, seed: int) -> Moments:
    """The journal's files after some labels, the last but one with all in its log, then closed."""
    rng = random.Random(seed)
    found: Moments = []
    project = new_project(folder)
    for number in range(1, LABELS + 1):
        note = "n" * rng.randrange(200)
        project.label(rng.randrange(N_ROWS), rng.choice(["no", "yes"]), note=note)
        if number in (1, LABELS // 3, LABELS):
            found.append((parts_of(folder), events_of(project)))
    truth = events_of(project)
    project.close()
    found.append((parts_of(folder), truth))
    return found
