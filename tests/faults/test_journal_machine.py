"""A journal against a list: appended to, crashed, reopened, cut, flipped and put back at random.

``AL_FAULT_STEPS`` sets the number of steps, for long runs.
"""

from __future__ import annotations

import os
import shutil
import tempfile
from contextlib import suppress
from pathlib import Path

from hypothesis import HealthCheck, Phase, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule

from al_core.errors import ProjectDamaged
from al_core.projects.journal.events import Asked, ChainStarted, Labelled, ProjectCreated
from al_core.projects.journal.recorded import Recorded
from al_core.projects.journal.rescue import find_journal, open_journal
from al_core.projects.journal.store import FILE, Journal

NAMES = (FILE, f"{FILE}-wal", "journal.last")
STEPS = int(os.environ.get("AL_FAULT_STEPS", "300"))  # of all examples together
EACH = 20  # steps of one example
ROWS = st.integers(0, 49)
LABELS = st.sampled_from(["yes", "no", "é ' \"", "a" * 3000])


class Broken(RuntimeError):
    """Ends a transaction halfway."""


class JournalMachine(RuleBasedStateMachine):
    """``held``: the events that the journal must have, in order; ``written``: all of ever."""

    def __init__(self) -> None:
        super().__init__()
        self.home = Path(tempfile.mkdtemp())
        self.folder = self.home / "0"
        self.number = self.token = 0
        self.written: list[Recorded] = []

    @initialize()
    def begin(self) -> None:
        self.folder.mkdir()
        self.journal = Journal.create(self.folder / FILE)
        created = ProjectCreated("p", "live", 50, ["yes", "no"], {}, [], [])
        with self.journal.writing():
            self.journal.append(created, opener="", by="app")
            self.journal.start_chain({})
        self.held = self._events()
        self.reopen()  # closed once, as every new project is: its beginning is in the database
        self.keep_a_copy()

    def teardown(self) -> None:
        if hasattr(self, "journal"):
            self.journal.close()
        shutil.rmtree(self.home)

    # -- what is written --------------------------------------------------------------------------

    @rule(row=ROWS, label=LABELS)
    def append(self, row: int, label: str) -> None:
        with self.journal.writing():
            self._append(self.journal, row, label)
        self.held = self._events()

    @rule(row=ROWS)
    def ask(self, row: int) -> None:
        asked = Asked(row, f"asked {self.token}", "learn", 0, 0, 0.0, 0, 0)
        self.token += 1
        with self.journal.writing(durable=False):
            self.journal.append(asked, opener="a", by="app")
        self.held = self._events()

    @rule(rows=st.lists(ROWS, min_size=2, max_size=5), fails=st.booleans())
    def append_together(self, rows: list[int], fails: bool) -> None:
        with suppress(Broken), self.journal.writing():
            for row in rows:
                self._append(self.journal, row, "yes")
            if fails:
                raise Broken
        if not fails:
            assert len(self._events()) == len(self.held) + len(rows)
            self.held = self._events()

    @rule(row=ROWS)
    def press_twice(self, row: int) -> None:
        press = Labelled(row, "yes", "person", "learn", f"twice {self.token}")
        self.token += 1
        with self.journal.writing():
            assert self.journal.append(press, opener="a", by="person")
            assert self.journal.append(press, opener="b", by="person") is None
        self.held = self._events()

    @rule(row=ROWS)
    def another_opener(self, row: int) -> None:
        other = Journal.open(self.folder / FILE)
        with other.writing():
            self._append(other, row, "no")
        other.close()
        self.held = self._events()

    def _append(self, journal: Journal, row: int, label: str) -> None:
        self.token += 1
        press = Labelled(row, label, "person", "learn", f"t{self.token}")
        assert journal.append(press, opener="a", by="person")

    # -- what happens to it -----------------------------------------------------------------------

    @rule()
    def keep_a_copy(self) -> None:
        self.earlier = self._parts()

    @rule()
    def reopen(self) -> None:
        self.journal.close()
        assert self._opened() == []

    @rule()
    def crash(self) -> None:
        self._moved(self._parts())
        assert self._opened() == []

    @rule()
    def the_note_lags_behind(self) -> None:
        parts = self._parts()
        self._moved({**parts, "journal.last": self.earlier["journal.last"]})
        assert self._opened() == []

    @rule(name=st.sampled_from(NAMES), share=st.floats(0, 1))
    def crash_and_cut(self, name: str, share: float) -> None:
        parts = self._parts()
        if name in parts:
            data = parts[name]
            self._damaged({**parts, name: data[: int(share * len(data))]})

    @rule(name=st.sampled_from(NAMES), share=st.floats(0, 0.999), bit=st.integers(0, 7))
    def crash_and_flip(self, name: str, share: float, bit: int) -> None:
        parts = self._parts()
        if parts.get(name):
            data = bytearray(parts[name])
            data[int(share * len(data))] ^= 1 << bit
            self._damaged({**parts, name: bytes(data)})

    @rule(with_log=st.booleans())
    def an_earlier_copy_is_put_back(self, with_log: bool) -> None:
        parts = self._parts()
        back = {FILE: self.earlier[FILE], "journal.last": parts["journal.last"]}
        log = self.earlier if with_log else parts
        if NAMES[1] in log:
            back[NAMES[1]] = log[NAMES[1]]
        self._damaged(back)

    def _damaged(self, parts: dict[str, bytes]) -> None:
        """Opened as far as it can be: what is missing is said, and nothing else is there."""
        sound = self._parts()
        self._moved(parts)
        before = self.held
        try:
            notices = self._opened()
        except ProjectDamaged:
            assert _not_empty(self._parts()) == _not_empty(parts)
            self._moved(sound)  # as the sentence says: from a copy
            assert self._opened() == []
            return
        self.held = self._events()
        # What was lost before may come back with a copy or a log: as it was written, and in its
        # place, which the links tell where the events are read.
        assert all(one in self.written for one in self.held)
        # A question that was asked is not acknowledged; without a word it may go, and no answer.
        gone = [one for one in before if one not in self.held]
        assert notices or all(isinstance(one.event, Asked) for one in gone)

    # -- what must always hold --------------------------------------------------------------------

    @invariant()
    def it_holds_what_was_acknowledged(self) -> None:
        if hasattr(self, "held"):
            assert self._events() == self.held
            self.written += [one for one in self.held if one not in self.written]

    def _events(self) -> list[Recorded]:
        events = self.journal.read_after(0)
        return [one for one in events if not isinstance(one.event, ChainStarted)]

    def _parts(self) -> dict[str, bytes]:
        paths = [self.folder / name for name in NAMES]
        return {path.name: path.read_bytes() for path in paths if path.exists()}

    def _moved(self, parts: dict[str, bytes]) -> None:
        """Leave the journal as a killed process does; go on with these files elsewhere."""
        self.journal.close()
        self.number += 1
        self.folder = self.home / str(self.number)
        self.folder.mkdir()
        for name, data in parts.items():
            (self.folder / name).write_bytes(data)

    def _opened(self) -> list[str]:
        self.journal, notices = open_journal(find_journal(self.folder / FILE), {})
        return notices


def _not_empty(parts: dict[str, bytes]) -> dict[str, bytes]:
    """An empty log holds nothing, and SQLite takes it away where it only looks."""
    return {name: data for name, data in parts.items() if data}


JournalMachine.TestCase.settings = settings(
    max_examples=max(1, STEPS // EACH),
    stateful_step_count=EACH,
    deadline=None,
    derandomize="AL_FAULT_STEPS" not in os.environ,  # CI tries the same; a long run tries others
    phases=[Phase.generate],
    suppress_health_check=list(HealthCheck),
)
TestJournal = JournalMachine.TestCase
