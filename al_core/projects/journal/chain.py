"""Whether the lines of a journal are as they were written, and follow one another.

Each line carries a checksum of the project's id and its own fields, and a link: the digest of the
link before it and this checksum. A changed line is known by the first, a missing or foreign one by
the second. ``ChainStarted`` holds a digest of all lines before it, and there links begin anew.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from hashlib import blake2b
from itertools import pairwise
from typing import Any

Line = tuple[Any, ...]  # id, at, opener, by, kind, row, token, body, checksum, link
KIND, BODY, CHECKSUM, LINK = 4, 7, 8, 9  # places in a line
STARTED = "chain_started"
# Bytes of a checksum; a choice. It is against faults, not forgers: one in 2**64 goes unseen.
_BYTES = 8


@dataclass(frozen=True)
class Hole:
    """Lines ``first`` to ``last`` are not there; their time lies between those of the others."""

    first: int
    last: int
    after: str = ""
    before: str = ""


@dataclass(frozen=True)
class Followed:
    """The lines that are as they were written, and what was found wrong.

    project: the id whose chain it is, "" for none. other: the first line from which on they belong
    to another state of the journal, 0 for none. changed: among the lines before the chain began
    something is not as it was. mended: a link alone was damaged.
    """

    lines: list[Line]
    project: str
    holes: tuple[Hole, ...] = ()
    other: int = 0
    changed: bool = False
    mended: bool = False

    @property
    def is_sound(self) -> bool:
        """Whether nothing is wrong."""
        return not (self.holes or self.other or self.changed or self.mended)


def checksum_of(project: str, line: Sequence[Any]) -> str:
    """The checksum of a line of that project: of its eight fields."""
    return _digest(project.encode() + b"\n" + _as_bytes(line))


def link_of(before: str, checksum: str) -> str:
    """The link of a line after the one whose link is ``before``, "" for none."""
    return _digest(f"{before}{checksum}".encode())


def digest_of(lines: Iterable[Sequence[Any]]) -> str:
    """What ``ChainStarted`` says of all lines before it."""
    found = blake2b(digest_size=2 * _BYTES)
    for line in lines:
        found.update(_as_bytes(line) + b"\n")
    return found.hexdigest()


def _digest(data: bytes) -> str:
    return blake2b(data, digest_size=_BYTES).hexdigest()


def _as_bytes(line: Sequence[Any]) -> bytes:
    """Plain ASCII, the same in every version of Python; bytes where text should be show as such."""
    return json.dumps(line[:CHECKSUM], default=repr).encode()


def follow(lines: list[Line], hint: str = "") -> Followed:
    """Go along the lines, whose ids rise. hint: the project's id, known from elsewhere."""
    project, at = _start_of(lines, hint)
    if not project:  # written before there was a chain
        return Followed(lines, "")
    before, after = lines[: max(at, 0)], lines[max(at, 0) :]
    kept, holes, changed = (before, (), False) if at < 1 else _up_to(project, before, lines[at])
    follower = _Follower(project, kept)
    follower.go(after)
    mended = follower.mended or not _all_linked(project, kept)
    return Followed(
        follower.kept, project, (*holes, *follower.holes), follower.other, changed, mended
    )


def _start_of(lines: list[Line], hint: str) -> tuple[str, int]:
    """(the project's id, the place of its last ``ChainStarted``; -1 where that is damaged)."""
    starts = [(place, line) for place, line in enumerate(lines) if line[KIND] == STARTED]
    for place, line in reversed(starts):
        project = named_in(line[BODY])
        if project and checksum_of(project, line) == line[CHECKSUM]:
            return project, place
    names = [hint, *(named_in(line[BODY]) for _, line in starts)]
    by_right = [(sum(map(right_for(name), lines)), name) for name in names if name]
    most = max(by_right, default=(0, ""))
    return (most[1], -1) if most[0] else ("", -1)


def right_for(project: str) -> Callable[[Line], bool]:
    """A test of a line: its checksum is that of this project."""
    return lambda line: bool(line[CHECKSUM] == checksum_of(project, line))


def named_in(body: object) -> str:
    """The project's id in the body of a ``ChainStarted``, "" where it cannot be read."""
    try:
        name = json.loads(str(body))["project"]
    except (ValueError, TypeError, LookupError, RecursionError):
        return ""
    return name if isinstance(name, str) else ""


def is_next(project: str, before: tuple[int, str], line: Line) -> bool:
    """Whether a line is as it was written and goes on from the one before, of this id and link.

    A line of before the chain has neither checksum nor link: the digest was held to it.
    """
    (last, link), checksum = before, line[CHECKSUM]
    if checksum is None and not link:
        return True
    goes_on = line[0] != last + 1 or line[KIND] == STARTED or not link
    goes_on = goes_on or line[LINK] == link_of(link, checksum)
    return bool(goes_on and checksum == checksum_of(project, line))


def _all_linked(project: str, lines: list[Line]) -> bool:
    """Whether checksums and links are whole too, which no digest covers."""
    last = 0, ""
    for line in lines:
        if not is_next(project, last, line):
            return False
        last = line[0], line[LINK] or ""
    return True


def _up_to(
    project: str, before: list[Line], start: Line
) -> tuple[list[Line], tuple[Hole, ...], bool]:
    """(lines to keep, holes, whether something changed that cannot be placed)."""
    body = json.loads(start[BODY])
    if digest_of(before) == body.get("digest"):
        return before, (), False
    kept = [line for line in before if line[CHECKSUM] is None or right_for(project)(line)]
    bad = {line[0] for line in before} - {line[0] for line in kept}
    holes = _gaps([*kept, start], bad)
    return kept, holes, not holes


def _gaps(kept: list[Line], bad: set[Any]) -> tuple[Hole, ...]:
    """Where lines that carry a checksum are missing before others, or were left out."""
    found = []
    for one, two in pairwise(kept):
        between = range(one[0] + 1, two[0])
        counted = one[CHECKSUM] is not None and two[KIND] != STARTED
        if between and (counted or any(number in between for number in bad)):
            found.append(Hole(between[0], between[-1], one[1], two[1]))
    return tuple(found)


class _Follower:
    """Goes along chained lines, over every hole, and ends where another history begins."""

    def __init__(self, project: str, kept: list[Line]) -> None:
        self._project = project
        self.kept = list(kept)
        self.holes: list[Hole] = []
        self.other, self.mended = 0, False
        self._link: str | None = None  # of the line before; None: not known

    def go(self, lines: list[Line]) -> None:
        """Take what is as it was written."""
        right = right_for(self._project)
        good = [line for line in lines if right(line)]
        for place, line in enumerate(good):
            self._note_gap(line)
            if not self._follows(line, good[place + 1] if place + 1 < len(good) else None):
                self.other = line[0]
                return
            self.kept.append(line)

    def _note_gap(self, line: Line) -> None:
        last, at = (self.kept[-1][0], self.kept[-1][1]) if self.kept else (0, "")
        if line[KIND] == STARTED:
            self._link = ""
        elif line[0] != last + 1:
            self.holes.append(Hole(last + 1, line[0] - 1, at, line[1]))
            self._link = None

    def _follows(self, line: Line, after: Line | None) -> bool:
        """Whether the line goes on from the one before; a damaged link is known by the next."""
        if self._link is None:
            self._link = line[LINK] if isinstance(line[LINK], str) else None
            return True
        due = link_of(self._link, line[CHECKSUM])
        self._link = due
        if line[LINK] == due:
            return True
        self.mended = True
        return after is not None and after[LINK] == link_of(due, after[CHECKSUM])
