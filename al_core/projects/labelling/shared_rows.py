"""Rows asked of two people, neither seeing the other's answer: how far they agree.

Where two or more people label by their logins, one in twenty of the rows that one of them answered
is put before each other one. The second answer is no label, and where it differs they decide.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache
from itertools import combinations

import numpy as np

from al_core.learning import exact_range
from al_core.learning.scoring.label_errors import gwet_ac1
from al_core.projects.opened import Opened
from al_core.projects.records import Agreement, Question
from al_core.projects.replay.people import NAMELESS, Second
from al_core.projects.words import agreed_words
from al_core.wording import count

ONE_IN = 20
"""By convention one row in twenty is answered twice, as of a person's own."""
EVERY = 5
"""At most one question in so many is such a row; a choice: who comes late has many to catch up
with, and is here to label."""
FEWEST = 10
"""Rows from which on a share is said; a choice: all ten alike show no more than 74 in 100."""


class SharedRows:
    """Which rows of others this person is asked, and how far each two people agree.

    Which they are depends on the seed and the order of the rows, not on any answer. ``put_off``:
    those that this person skipped here; they come when nothing else is left.
    """

    def __init__(self, opened: Opened) -> None:
        self._opened = opened
        self.put_off: set[int] = set()

    def waiting(self) -> list[int]:
        """The rows drawn for this person that wait, oldest first; none without a login."""
        opened, people = self._opened, self._opened.state.people
        me = opened.person
        if opened.kind != "live" or me not in people.rows:
            return []
        known, seconds = people.known[me], people.seconds(opened.state.rows.undone)
        return [
            row
            for number, (other, rows) in enumerate(people.rows.items())
            if other != me
            for row in drawn(rows, opened.seed, number)
            if row not in known and self._is_as_given(row, other, me, seconds.get(row, ()))
        ]

    def is_for_me(self, row: int) -> bool:
        """Whether another person has answered the row and this one has not."""
        state, me = self._opened.state, self._opened.person
        answer = state.rows.answers.get(row)
        seconds = state.people.seconds(state.rows.undone).get(row, ())
        return answer is not None and me not in (answer.by, *(one.by for one in seconds))

    def _is_as_given(self, row: int, other: str, me: str, seconds: Sequence[Second]) -> bool:
        """Whether the row has the other's own answer, which nobody has decided on since."""
        answer = self._opened.state.rows.answers.get(row)
        if answer is None or answer.by != other or any(one.by == me for one in seconds):
            return False
        return not seconds or answer.event < seconds[0].id

    def next(self, taken: set[int], on_screen: Sequence[Question]) -> int | None:
        """The row whose turn it is, if it is one's turn."""
        waits = self._opened.state.people.since[self._opened.person] + len(on_screen)
        for behind, question in enumerate(reversed(on_screen)):
            if question.purpose == "shared":
                waits = behind
                break
        return self.first(taken) if waits >= EVERY - 1 else None

    def first(self, taken: set[int], *, put_off: bool = False) -> int | None:
        """The first row that waits and is on no screen; put_off: those that were skipped too."""
        out = taken if put_off else taken | self.put_off
        return next((row for row in self.waiting() if row not in out), None)

    def agreement_between(self) -> list[Agreement]:
        """How far each two people agree on the rows that both answered, neither seeing the other's
        answer; in the order of their first answers, none while fewer than two have answered."""
        with self._opened.lock:
            self._opened.take_in()
            people = list(self._opened.state.people.rows)
            said = self._said()
            return [self._between(a, b, said) for a, b in combinations(people, 2)]

    def _said(self) -> dict[int, dict[str, str]]:
        """What each person said of each row answered twice, by the names of today."""
        state = self._opened.state
        now, found = state.classes.now, {}
        for row, seconds in state.people.seconds(state.rows.undone).items():
            first = seconds[0]
            said = {one.by: now(one.label, one.id) if one.label else "" for one in seconds}
            if first.of not in NAMELESS:
                said[first.of] = now(first.first, first.id)
            found[row] = said
        return found

    def _between(self, a: str, b: str, said: dict[int, dict[str, str]]) -> Agreement:
        pairs = {row: (one[a], one[b]) for row, one in said.items() if a in one and b in one}
        n, same = len(pairs), sum(x == y for x, y in pairs.values())
        names = {*self._opened.state.class_names(), *(x for pair in pairs.values() for x in pair)}
        first, second = [x for x, _ in pairs.values()], [y for _, y in pairs.values()]
        ac1 = gwet_ac1(first, second, len(names)) if n else 0.0
        low, high = exact_range(same, n)
        open_ = {r: pair for r, pair in pairs.items() if len({*pair}) > 1 and self._is_undecided(r)}
        me = self._opened.person
        who = ("You", a if me == b else b) if me in (a, b) else (a, b)
        told, for_others = (between_words(p, same, n, (low, high), ac1) for p in (who, (a, b)))
        return Agreement(
            n, same, low, high, ac1, 0, tuple(open_), told, for_others, (a, b), (*open_.values(),)
        )

    def _is_undecided(self, row: int) -> bool:
        """Whether the row still has the label that it had when it was answered twice."""
        rows = self._opened.state.rows
        answer = rows.answers.get(row)
        last = self._opened.state.people.seconds(rows.undone)[row][-1]
        return answer is not None and answer.event < last.id


def between_words(
    who: tuple[str, str], same: int, n: int, range_: tuple[float, float], ac1: float
) -> str:
    """How far two people agree; of fewer than ten rows, how many it takes.

    >>> between_words(("You", "Ben"), 9, 12, (0.43, 0.95), 0.62)
    "You and Ben agree on 9 of 12 rows asked of both: 75 in 100 (43 to 95; Gwet's AC1 .62)."
    >>> between_words(("You", "Ben"), 1, 1, (0.03, 1.0), 1.0)
    'You and Ben were both asked 1 row so far. It takes 10 to say how far you agree.'
    """
    both = " and ".join(who)
    if n < FEWEST:
        they = "you" if who[0] == "You" else "they"
        told = f"{both} were both asked {count(n, 'row')} so far."
        return f"{told} It takes {FEWEST} to say how far {they} agree."
    return (
        f"{both} agree on {same} of {n} rows asked of both: {agreed_words(same / n, range_, ac1)}"
    )


def drawn(rows: Sequence[int], seed: int, person: int) -> list[int]:
    """One of each twenty rows that a person answered, at a random place among them.

    ``person``: their number in the order of first answers. Which place it is depends on nothing
    else, so that a row once drawn stays drawn, and no answer has a say.

    >>> drawn(range(100), seed=0, person=0) == drawn(range(117), seed=0, person=0)[:5]
    True
    """
    places = range(0, len(rows), ONE_IN)
    found = [start + _place(seed, person, start) for start in places]
    return [rows[place] for place in found if place < len(rows)]


@cache
def _place(seed: int, person: int, start: int) -> int:
    return int(np.random.default_rng([seed, 23, person, start]).integers(ONE_IN))
