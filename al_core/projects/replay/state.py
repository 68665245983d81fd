"""What a project's events add up to: a pure replay that knows no file and no model."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable
from datetime import datetime
from typing import Any

import numpy as np
from numpy.typing import NDArray

from al_core.learning import Status
from al_core.learning.records import text_labels
from al_core.projects.journal import events as ev
from al_core.projects.journal.recorded import Recorded
from al_core.projects.records import DRAWN_PURPOSES
from al_core.projects.replay.access import Access
from al_core.projects.replay.classes import ClassList
from al_core.projects.replay.filled import FilledIn
from al_core.projects.replay.final_checks import FinalChecks
from al_core.projects.replay.guidelines import Guidelines
from al_core.projects.replay.people import People
from al_core.projects.replay.recall_checks import RecallChecks
from al_core.projects.replay.rows import RowStates
from al_core.projects.replay.same_rows import SameRows, TwinsOf
from al_core.projects.replay.second_askings import SecondAskings
from al_core.projects.replay.seekings import Seekings
from al_core.projects.replay.turns import Turns

_NO_CODES: NDArray[np.int32] = np.empty(0, dtype=np.int32)


class State:
    """The replayed project. Feed it every event once, in order, through :meth:`apply`.

    created: the first event. file_codes: (n_rows,) the file's answers as places in file_classes,
    -1 for none; they count as labels in a live project only. twins_of: from a row to those that
    are the same. features: the digest of what models read beside letters, "" for none, from
    ``features_at`` labels to learn from on.
    """

    def __init__(
        self,
        created: ev.ProjectCreated,
        file_codes: NDArray[np.int32] = _NO_CODES,
        file_classes: list[str] | None = None,
        twins_of: TwinsOf | None = None,
    ) -> None:
        live = created.kind == "live"
        self.name, self.kind, self.n_rows = created.name, created.kind, created.n_rows
        self.settings: dict[str, Any] = dict(created.settings)
        self.start_rows = list(created.start_rows)
        self.check_rows = np.asarray(created.check_rows, dtype=np.intp)
        self.n_reserved = len(created.check_rows)  # those of final checks come behind them
        self.classes = ClassList(created.classes)
        self.rows = RowStates(
            created.n_rows,
            file_codes if live else _NO_CODES,
            list(file_classes or ()) if live else [],
            self.check_rows,
            self.classes,
        )
        self.turns, self.guidelines, self.access = Turns(), Guidelines(self.classes), Access()
        self.features, self.features_at = "", 0
        self.final_checks, self.recall_checks = FinalChecks(), RecallChecks()
        self.filled, self.asked_again, self.people = FilledIn(), SecondAskings(), People()
        self.seekings, self._same = Seekings(self.classes), SameRows(twins_of)
        self.held_rows: list[int] = []
        self.log: list[Recorded] = []
        self.last_id, self.saved_at = 0, ""
        self.seconds: deque[float] = deque(maxlen=50)
        self._by_id: dict[int, Recorded] = {}
        self._asked_at, self._pressed_at = dict[str, str](), dict[str, str]()
        self.asked: dict[str, tuple[int, str]] = {}  # row and purpose of each question, by token
        self._prefix: tuple[int, tuple[int, int, int]] = (-1, (0, 0, 0))
        no_rows = np.empty(0, dtype=np.intp), text_labels([])
        self._held: tuple[int, tuple[NDArray[np.intp], NDArray[Any]]] = (-1, no_rows)

    def apply(self, recorded: Recorded) -> None:
        """Take in the next event."""
        self.last_id = recorded.id
        event = recorded.event
        if isinstance(event, ev.ChainStarted):
            return  # about the journal itself
        if isinstance(event, ev.Asked):
            self._asked_at[event.token] = recorded.at
            self.asked[event.token] = event.row, event.purpose
            self.people.asked(event)
            return
        if isinstance(event, ev.FeaturesChanged):  # nobody gave it: no line in the history
            self.features, self.features_at = event.digest, self.n_teach()
            return
        self.saved_at = recorded.at
        self.log.append(recorded)
        if event.undoable:
            self._by_id[recorded.id] = recorded
        if isinstance(event, ev.Undone):
            self._undo(event.event)
        elif isinstance(event, ev.Redone):
            self._redo(event.event)
        elif isinstance(event, ev.SettingsChanged):
            self.settings.update(event.changes)
        elif isinstance(event, ev.GuidelineWritten):
            self.guidelines.add(recorded)
        elif isinstance(event, ev.SeekingStarted | ev.SeekingStopped):
            self.seekings.add(recorded)
        elif isinstance(event, ev.ProjectRenamed):
            self.name = event.name
        elif isinstance(event, ev.ClassAdded | ev.ClassRenamed):
            self.classes.add(recorded.id, event)
            self.rows.rename()
        elif isinstance(event, ev.FileRowsHeldOut):
            self.held_rows = list(event.rows)
            self.rows.keep_for_testing(event.rows)
        elif isinstance(event, ev.OfSharing):
            self.access.apply(event)
        elif isinstance(event, ev.OfChecks):
            self._apply_to_checks(recorded, event)
        else:
            self._apply_to_rows(recorded)

    def _apply_to_checks(self, recorded: Recorded, event: ev.OfChecks) -> None:
        if isinstance(event, ev.FinalCheckStarted):
            self._reserve(event.rows)
            self.final_checks.start(recorded, event)
        elif isinstance(event, ev.FinalCheckEnded | ev.FinalCheckDropped):
            self.final_checks.close(recorded, event)
            self.rows.check_version += 1
        elif isinstance(event, ev.RecallCheckStarted):
            self.recall_checks.start(recorded, event)
        elif isinstance(event, ev.RecallCheckEnded | ev.RecallCheckDropped):
            self.recall_checks.close(recorded, event)
        elif isinstance(event, ev.FillLineDrawn | ev.RowsFilled | ev.FillTakenBack):
            self.filled.apply(recorded, event)
        elif isinstance(event, ev.AnsweredAgain) and not event.asking:
            self.people.answered_too(recorded, event, self.rows.answers.get(event.row))
            self._pressed_at[recorded.opener] = recorded.at
        else:
            self.asked_again.apply(recorded, event)

    def _reserve(self, rows: list[int]) -> None:
        """Rows of a final check, and those that are the same, are check rows from now on; their
        turn comes after all others."""
        same = [twin for row in rows for twin in self._same.of(row)]
        waiting = [row for row in same if self.rows.status[row] == Status.UNLABELLED]
        kept = list(dict.fromkeys([*rows, *waiting]))
        new = [row for row in kept if not self.rows.is_check[row]]
        self.check_rows = np.concatenate([self.check_rows, np.asarray(new, dtype=np.intp)])
        self.rows.keep_for_testing(kept)

    def _apply_to_rows(self, recorded: Recorded) -> None:
        event = recorded.event
        self.rows.add(recorded)
        self.people.add(recorded)
        if isinstance(event, ev.OneLabelled | ev.Skipped | ev.NotKnown):
            if event.in_turn and event.purpose not in DRAWN_PURPOSES:
                self.turns.add(recorded.id, event.purpose == "check")
            asked = self._asked_at.pop(event.token or "", None)
            if asked:
                # A row asked ahead is read only once the answer before it was given.
                seen = max(asked, self._pressed_at.get(recorded.opener, ""))
                self.seconds.append((recorded.time - datetime.fromisoformat(seen)).total_seconds())
            self._pressed_at[recorded.opener] = recorded.at

    def _undo(self, event_id: int) -> None:
        target = self._by_id.get(event_id)
        if target is None or event_id in self.rows.undone:
            return
        self.rows.undo(target)
        self.turns.remove(event_id)
        if isinstance(target.event, ev.ClassAdded | ev.ClassRenamed):
            self.classes.remove(event_id)
            self.rows.rename()

    def _redo(self, event_id: int) -> None:
        target = self._by_id.get(event_id)
        if target is None or event_id not in self.rows.undone:
            return
        event = target.event
        self.rows.redo(target)
        if isinstance(event, ev.OneLabelled | ev.Skipped | ev.NotKnown):
            if event.in_turn and event.purpose not in DRAWN_PURPOSES:
                self.turns.add(event_id, event.purpose == "check")
        elif isinstance(event, ev.ClassAdded | ev.ClassRenamed):
            self.classes.add(event_id, event)
            self.rows.rename()

    def class_names(self) -> list[str]:
        """Every answer there is, in order; one in use stays though its addition was undone."""
        used = [*self.rows.file_counts, *self.rows.counts]
        return self.classes.names(used, self.rows.in_use)

    def counted_checks(self) -> NDArray[np.intp]:
        """The check rows in their order, one of those that are the same."""
        return self._same.firsts(self.check_rows)

    def prefix(self) -> tuple[int, int, int]:
        """(length, answered, without answer) of the counted check rows passed so far."""
        if self._prefix[0] != self.rows.check_version:
            rows = self.counted_checks()
            status = self.rows.status[rows]
            waits = status == Status.UNLABELLED
            if self.final_checks.open_rows:  # what is not known yet shows in no score
                waits |= np.isin(rows, list(self.final_checks.open_rows))
            waiting = np.flatnonzero(waits)
            length = int(waiting[0]) if len(waiting) else len(status)
            answered = int((status[:length] == Status.LABELLED).sum())
            self._prefix = (self.rows.check_version, (length, answered, length - answered))
        return self._prefix[1]

    def to_undo(self, mine: Callable[[Recorded], bool]) -> Recorded | None:
        """The last event that counts, can be undone and is one of ``mine``."""
        for recorded in reversed(self.log):
            counts = recorded.event.undoable and recorded.id not in self.rows.undone
            if counts and mine(recorded):
                return recorded
        return None

    def to_redo(self, mine: Callable[[Recorded], bool]) -> Recorded | None:
        """What the last undo of ``mine`` took back; None where something was done since."""
        redone = 0
        for recorded in reversed(self.log):
            event = recorded.event
            if not mine(recorded):
                continue
            if isinstance(event, ev.Redone):
                redone += 1
            elif isinstance(event, ev.Undone) and redone:
                redone -= 1
            elif isinstance(event, ev.Undone):
                return self._by_id.get(event.event)
            elif event.undoable and recorded.id not in self.rows.undone:
                return None
        return None

    def n_spent(self) -> int:
        """Current answers given in the project."""
        return len(self.rows.answers)

    def n_file_labels(self) -> int:
        """Labels of the file that still stand."""
        return self.rows.file_counts.total()

    def n_file_taught(self) -> int:
        """Those of them that models learn from."""
        return self.n_file_labels() - len(self._held_as_in_file())

    def _held_as_in_file(self) -> list[int]:
        """The held-out rows whose answer is still that of the file."""
        return [row for row in self.held_rows if row not in self.rows.file_gone]

    def n_labelled(self) -> int:
        """Rows that have a label now: answered in the project, or by the file."""
        return self.n_spent() + self.n_file_labels()

    def n_blank(self) -> int:
        """Rows without an answer that can have one; the app may have filled them in."""
        return self.n_rows - self.n_labelled() - self.rows.n_dont_know

    def n_teach(self) -> int:
        """Labels that models learn from: those of the file, and answers that are no check rows."""
        return self.n_spent() - self.rows.n_check + self.n_file_taught()

    def taught(self) -> tuple[NDArray[np.intp], NDArray[Any]]:
        """(rows ascending, their labels) that models learn from."""
        rows = self.rows
        own = {r: a.label for r, a in rows.answers.items() if not rows.is_check[r]}
        file_rows = self._file_rows_taught()
        names, given = text_labels(rows.file_names() or [""]), text_labels(own.values())
        all_rows = np.concatenate([file_rows, np.fromiter(own, dtype=np.intp, count=len(own))])
        labels = np.concatenate([names[rows.file_codes[file_rows]], given])
        order = np.argsort(all_rows, kind="stable")
        return all_rows[order].astype(np.intp), labels[order]

    def all_labels(self) -> tuple[NDArray[np.intp], NDArray[Any]]:
        """(rows ascending, their labels): all that hold, check rows included."""
        rows, labels = self.taught()
        checks = [(a.row, a.label) for a in self.rows.answers.values() if self.rows.is_check[a.row]]
        checks += [(row, self.rows.file_label(row)) for row in self._held_as_in_file()]
        rows = np.concatenate([rows, np.asarray([row for row, _ in checks], dtype=np.intp)])
        labels = np.concatenate([labels, text_labels(name for _, name in checks)])
        order = np.argsort(rows, kind="stable")
        return rows[order], labels[order]

    def teach_order(self) -> NDArray[np.intp]:
        """The taught rows as they came: those of the file, then by the time of their label."""
        rows = self.rows
        own = [a for a in rows.answers.values() if not rows.is_check[a.row]]
        own.sort(key=lambda answer: (answer.since, answer.row))
        return np.concatenate([self._file_rows_taught(), [a.row for a in own]]).astype(np.intp)

    def _file_rows_taught(self) -> NDArray[np.intp]:
        """Rows that models learn with the answer of the file, ascending."""
        rows = np.flatnonzero(self.rows.file_codes >= 0)
        left_out = [*self.rows.file_gone, *self.held_rows]
        return rows[~np.isin(rows, left_out)] if left_out else rows

    def n_classes_taught(self) -> int:
        """How many different answers models can learn from."""
        rows, held = self.rows, self._held_as_in_file()
        if not rows.n_check and not held:
            return sum(rows.in_use(name) for name in {*rows.counts, *rows.file_counts})
        checks = [a.label for a in rows.answers.values() if rows.is_check[a.row]]
        checks += [rows.file_label(row) for row in held]
        taught = rows.counts + rows.file_counts
        taught.subtract(checks)
        return sum(n > 0 for n in taught.values())

    def checked(self) -> tuple[NDArray[np.intp], NDArray[Any]]:
        """(rows in their order, labels) of the answered check rows in the passed prefix."""
        passed = self.counted_checks()[: self.prefix()[0]].tolist()
        pairs = [(r, self.rows.answers[r].label) for r in passed if r in self.rows.answers]
        rows = np.asarray([row for row, _ in pairs], dtype=np.intp)
        return rows, text_labels(label for _, label in pairs)

    def held_out(self) -> tuple[NDArray[np.intp], NDArray[Any]]:
        """(rows, labels) that came with the file, are kept for testing and have an answer now."""
        if self._held[0] == self.rows.check_version:
            return self._held[1]
        as_in_file, answers = set(self._held_as_in_file()), self.rows.answers
        pairs = [
            (row, self.rows.file_label(row) if row in as_in_file else answers[row].label)
            for row in self.held_rows
            if row in as_in_file or row in answers
        ]
        rows = np.asarray([row for row, _ in pairs], dtype=np.intp)
        labels = text_labels(label for _, label in pairs)
        self._held = self.rows.check_version, (rows, labels)
        return rows, labels


def replay(
    events: list[Recorded],
    file_codes: NDArray[np.int32] = _NO_CODES,
    file_classes: list[str] | None = None,
    twins_of: TwinsOf | None = None,
) -> State:
    """The state after all ``events``; the first must be a ProjectCreated."""
    created = events[0].event
    if not isinstance(created, ev.ProjectCreated):
        raise TypeError("the first event of a journal is ProjectCreated")
    state = State(created, file_codes, file_classes, twins_of)
    for recorded in events:
        if recorded.event is created:
            state.last_id, state.saved_at = recorded.id, recorded.at
            state.log.append(recorded)
        else:
            state.apply(recorded)
    return state
