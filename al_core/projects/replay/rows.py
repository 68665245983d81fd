"""Where each row stands: a fold over the events about that row that still count.

Undo, in whatever order, therefore restores exactly what was before, and every event costs a few
steps whatever the number of rows.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from al_core.learning import Status
from al_core.projects.journal import events as ev
from al_core.projects.journal.events import Event
from al_core.projects.journal.recorded import Recorded
from al_core.projects.replay.classes import ClassList

ASKABLE = (Status.UNLABELLED, Status.RETURNED)
"""A row with one of these may be put before a person. Check rows have a mask of their own beside
it: one of them can be skipped like any other."""


@dataclass(slots=True)
class Answer:
    """The current label of a row.

    ``given`` is the label under the name it had then. ``since``: id of the event from which on the
    row has had a label; it orders the learning curve, so a changed label keeps its place.
    """

    row: int
    label: str
    given: str
    source: str
    by: str
    at: str
    purpose: str
    event: int
    since: int


@dataclass(frozen=True, slots=True)
class Standing:
    """The last event about a row that counts, and the note that holds."""

    last: Recorded | None = None
    since: int = 0
    note: str = ""


class RowStates:
    """One status a row, with the lists and counts that follow from it."""

    def __init__(
        self,
        n_rows: int,
        file_codes: NDArray[np.int32],
        file_classes: list[str],
        check_rows: NDArray[np.intp],
        classes: ClassList,
    ) -> None:
        self.status = np.zeros(n_rows, dtype=np.int8)
        self.is_check = np.zeros(n_rows, dtype=bool)
        self.is_check[check_rows] = True
        self.file_codes, self.file_classes, self.classes = file_codes, file_classes, classes
        self.status[: len(file_codes)][file_codes >= 0] = Status.LABELLED
        self.file_gone: set[int] = set()  # file labels that a person replaced or took away
        self.answers: dict[int, Answer] = {}
        self.skipped: dict[int, int] = {}
        self.returned: dict[int, int] = {}
        self.n_dont_know = self.n_check = 0
        self.n_free = int((self.status == Status.UNLABELLED).sum())
        self.counts: Counter[str] = Counter()
        self.file_counts: Counter[str] = Counter()
        self.notes: dict[int, str] = {}
        self.undone: set[int] = set()
        self.teach_version = self.check_version = 0
        self.entries: dict[int, list[Recorded]] = {}
        self.rename()

    def add(self, recorded: Recorded) -> None:
        """Take in an event about one or several rows."""
        for row in rows_of(recorded.event):
            self.entries.setdefault(row, []).append(recorded)
            self._settle(row)

    def keep_for_testing(self, rows: list[int]) -> None:
        """These rows are check rows from now on, also those that have an answer already."""
        for row in rows:
            if not self.is_check[row]:
                self.is_check[row] = True
                self.n_check += int(row in self.answers)
        self.teach_version += 1
        self.check_version += 1

    def undo(self, recorded: Recorded) -> None:
        """That event counts no more."""
        self.undone.add(recorded.id)
        for row in rows_of(recorded.event):
            self._settle(row)

    def redo(self, recorded: Recorded) -> None:
        """That event, which was undone, counts again."""
        self.undone.discard(recorded.id)
        for row in rows_of(recorded.event):
            self._settle(row)

    def _settle(self, row: int) -> None:
        standing, before = self._standing(row), self._label(row)
        self._leave(row)
        self._enter(row, standing)
        self.notes.pop(row, None)
        if standing.note:
            self.notes[row] = standing.note
        if self.is_check[row]:
            self.check_version += 1
        elif self._label(row) != before:
            self.teach_version += 1

    def _label(self, row: int) -> str | None:
        if row in self.answers:
            return self.answers[row].label
        return self.file_label(row) if self.status[row] == Status.LABELLED else None

    def _standing(self, row: int) -> Standing:
        last, since, note = None, 0, ""
        for entry in self.entries.get(row, ()):
            if entry.id in self.undone:
                continue
            if isinstance(entry.event, ev.NoteAdded):
                note = entry.event.text
                continue
            labels = last is not None and isinstance(last.event, ev.AnyLabelled)
            since = since if labels else entry.id
            last, note = entry, getattr(entry.event, "note", "") or note
        return Standing(last, since, note)

    def _leave(self, row: int) -> None:
        """Take the row out of every list and count it stands in."""
        status = self.status[row]
        answer = self.answers.pop(row, None)
        if answer is not None:
            self.counts[answer.label] -= 1
            self.n_check -= int(self.is_check[row])
        elif status == Status.LABELLED:
            self.file_gone.add(row)
            self.file_counts[self.file_label(row)] -= 1
        elif status == Status.DONT_KNOW:
            self.n_dont_know -= 1
        elif status == Status.UNLABELLED:
            self.n_free -= 1
        self.skipped.pop(row, None)
        self.returned.pop(row, None)

    def _enter(self, row: int, standing: Standing) -> None:
        """Put the row where its last event says."""
        event = standing.last.event if standing.last else None
        if isinstance(event, ev.AnyLabelled):
            self._enter_label(row, standing, event)
        elif event is None and self.has_file_label(row):
            self.status[row] = Status.LABELLED
            self.file_gone.discard(row)
            self.file_counts[self.file_label(row)] += 1
        elif isinstance(event, ev.Skipped):
            self.status[row], self.skipped[row] = Status.SKIPPED, standing.since
        elif isinstance(event, ev.NotKnown):
            self.status[row] = Status.DONT_KNOW
            self.n_dont_know += 1
        elif isinstance(event, ev.SkippedShown):
            self.status[row], self.returned[row] = Status.RETURNED, standing.since
        else:
            self.status[row] = Status.UNLABELLED
            self.n_free += 1

    def _enter_label(self, row: int, standing: Standing, event: ev.AnyLabelled) -> None:
        last = standing.last
        if last is None:
            return
        label = self.classes.now(event.label, last.id)
        self.status[row] = Status.LABELLED
        self.answers[row] = Answer(
            row=row, label=label, given=event.label, source=event.source, by=last.by, at=last.at,
            purpose=event.purpose, event=last.id, since=standing.since,
        )  # fmt: skip
        self.counts[label] += 1
        self.n_check += int(self.is_check[row])

    def rename(self) -> None:
        """All labels under the names that hold now; only after answers were added or renamed."""
        for answer in self.answers.values():
            answer.label = self.classes.now(answer.given, answer.event)
        self.counts = Counter(answer.label for answer in self.answers.values())
        self.file_counts = Counter()
        sizes = np.bincount(self.file_codes[self.file_codes >= 0], minlength=len(self.file_classes))
        for name, size in zip(self.file_names(), sizes.tolist(), strict=True):
            self.file_counts[name] += size
        for row in self.file_gone:
            self.file_counts[self.file_label(row)] -= 1
        self.teach_version += 1
        self.check_version += 1

    def file_names(self) -> list[str]:
        """The file's answers under the names they have now, in the order of their codes."""
        return [self.classes.now(name, 0) for name in self.file_classes]

    def file_label(self, row: int) -> str:
        """The file's answer of a row under its present name."""
        return self.classes.now(self.file_classes[self.file_codes[row]], 0)

    def has_file_label(self, row: int) -> bool:
        """Whether the row came with a label."""
        return row < len(self.file_codes) and bool(self.file_codes[row] >= 0)

    def in_use(self, name: str) -> bool:
        """Whether a row has that label now."""
        return self.counts[name] + self.file_counts[name] > 0

    def times_skipped(self, row: int) -> int:
        """How often the row was put off so far."""
        entries = [e for e in self.entries.get(row, ()) if isinstance(e.event, ev.Skipped)]
        return sum(entry.id not in self.undone for entry in entries)


def row_of(event: Event) -> int | None:
    """The one row that was before the person; None where there were several, or none.

    >>> row_of(ev.TwinsLabelled(4, "no", "person", "learn", twins=[7, 9]))
    4
    """
    rows = rows_of(event)
    one = len(rows) == 1 or isinstance(event, ev.TwinsLabelled)
    return rows[0] if one else None


def rows_of(event: Event) -> list[int]:
    """The rows that an event is about.

    >>> rows_of(ev.LabelRemoved(row=4))
    [4]
    """
    if isinstance(event, ev.ManyLabelled | ev.SkippedShown):
        return event.rows
    row = getattr(event, "row", None)
    if isinstance(event, ev.TwinsLabelled):
        return [event.row, *event.twins]
    return [] if row is None else [row]
