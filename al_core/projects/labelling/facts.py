"""Facts about an opened project: counts, labels, history, rows, notes."""

from __future__ import annotations

from statistics import median

import numpy as np
import pandas as pd
import pyarrow.compute as pc

from al_core.errors import TableError
from al_core.learning import Status
from al_core.projects.journal.events import (
    AnyLabelled,
    ClassAdded,
    ClassRenamed,
    GuidelineWritten,
    Redone,
    SeekingStarted,
    SettingsChanged,
    Undone,
)
from al_core.projects.journal.recorded import Recorded
from al_core.projects.opened import Opened
from al_core.projects.records import Counts, HistoryItem, Pace
from al_core.projects.replay.rows import ASKABLE, rows_of
from al_core.projects.replay.state import State
from al_core.projects.words import what_of

LABEL_COLUMNS = ["row", "label", "source", "by", "at", "purpose"]
LONGEST_THOUGHT = 300.0  # seconds; whoever takes longer has been away


class Facts:
    """What there is, in numbers and lists."""

    def __init__(self, opened: Opened) -> None:
        self._opened = opened

    def counts(self) -> Counts:
        """The project in numbers; far less than a millisecond, whatever the number of rows."""
        with self._opened.lock:
            self._opened.take_in()
            state, rows = self._opened.state, self._opened.state.rows
            per_class = {n: rows.counts[n] + rows.file_counts[n] for n in state.class_names()}
            spent = state.n_spent()
            return Counts(
                labelled=state.n_labelled(),
                teach=spent - rows.n_check,
                check=rows.n_check,
                spent=spent,
                skipped=len(rows.skipped),
                dont_know=rows.n_dont_know,
                left=self.left(),
                n_rows=self._opened.data.n_rows,
                budget=self._opened.settings.budget,
                per_class=per_class,
                check_answered_in_order=state.prefix()[1],
                check_target=min(self._opened.settings.check_first, len(state.counted_checks())),
                file_labels=state.n_file_labels(),
                check_copies=self._check_copies(),
            )

    def _check_copies(self) -> int:
        """The answered check rows that count no more, as they are the same as one before."""
        state = self._opened.state
        every, counted = (state.rows.status[r] for r in (state.check_rows, state.counted_checks()))
        return int((every == Status.LABELLED).sum() - (counted == Status.LABELLED).sum())

    def left(self) -> int:
        """Rows that can still be asked; the check rows of an oracle project never are."""
        rows = self._opened.state.rows
        left = rows.n_free + len(rows.returned)
        if self._opened.kind == "oracle":
            status = rows.status[self._opened.state.check_rows]
            left -= int(np.isin(status, ASKABLE).sum())
        return left

    def labels(self) -> pd.DataFrame:
        """The labels that hold now, the file's own included, one line a row, by row number.

        Columns: row, label, source (file, person, oracle), by, at (UTC), purpose (start, learn,
        check, chosen; "file" for the file's own).
        """
        with self._opened.lock:
            self._opened.take_in()
            return labels_frame(self._opened.state)

    def label_of(self, row: int) -> str | None:
        """The label that a person or the oracle gave this row and that holds now, if any."""
        with self._opened.lock:
            self._opened.take_in()
            answer = self._opened.state.rows.answers.get(self._opened.check_row(row))
            return answer.label if answer else None

    def history(self, limit: int | None = None) -> list[HistoryItem]:
        """What happened, newest first; a press on several rows is one item a row."""
        with self._opened.lock:
            self._opened.take_in()
            items: list[HistoryItem] = []
            for recorded in reversed(self._opened.state.log):
                items.extend(self._history_items(recorded))
                if limit is not None and len(items) >= limit:
                    return items[:limit]
            return items

    def _history_items(self, recorded: Recorded) -> list[HistoryItem]:
        event, undone = recorded.event, recorded.id in self._opened.state.rows.undone
        if isinstance(event, Undone | Redone):
            rows: list[int | None] = [None]
        else:
            rows = list(rows_of(event)) or [None]
        label = getattr(event, "label", None)
        if isinstance(event, AnyLabelled):
            label = self._opened.state.classes.now(event.label, recorded.id)
        note = getattr(event, "note", "") or getattr(event, "text", "")
        if isinstance(event, ClassAdded):
            label = event.name
        elif isinstance(event, GuidelineWritten):
            label = self._opened.state.classes.now(event.answer, recorded.id)
        elif isinstance(event, SeekingStarted):
            label = self._opened.state.classes.now(event.answer, recorded.id)
            note = ", ".join(event.words)
        elif isinstance(event, ClassRenamed):
            label, note = event.new, f"{event.old} → {event.new}"
        elif isinstance(event, SettingsChanged):
            note = ", ".join(f"{k}: {v}" for k, v in event.changes.items())
        purpose = getattr(event, "purpose", "")
        return [
            HistoryItem(recorded.id, recorded.time, recorded.by, what_of(event), row, label,
                        purpose, undone, note)
            for row in rows
        ]  # fmt: skip

    def pace(self) -> Pace:
        """Median seconds from question to answer over the last 50, and seconds left to the goal."""
        with self._opened.lock:
            seconds = [s for s in self._opened.state.seconds if 0 <= s <= LONGEST_THOUGHT]
            if len(seconds) < 3:
                return Pace(None, None)
            usual = median(seconds)
            to_go = min(self._opened.settings.budget - self._opened.state.n_spent(), self.left())
            return Pace(usual, max(0, to_go) * usual)

    def row_values(self, row: int) -> dict[str, str]:
        """The original text of every column but the answer and the guesses of other models."""
        return self._opened.data.row(self._opened.check_row(row))

    def find(self, text: str = "", column: str | None = None, limit: int = 200) -> list[int]:
        """Rows whose cells contain ``text``, whatever its case, in one column or any."""
        if column is not None and column not in self._opened.data.table.columns:
            raise TableError(f"The table has no column {column!r}.")
        hidden = self._opened.data.hidden
        shown = [name for name in self._opened.data.table.columns if name not in hidden]
        names = [column] if column else shown
        found: set[int] = set()
        for name in names:
            hits = pc.match_substring(self._opened.data.cells(name), text, ignore_case=True)
            found.update(pc.indices_nonzero(hits)[:limit].to_pylist())
        return sorted(found)[:limit]

    def rows_nearly_same(self, row: int) -> list[int]:
        """Rows without an answer whose texts differ from this one's in capitals, numbers, blanks or
        punctuation alone, ascending; kept for testing or not, as the row itself is."""
        with self._opened.lock:
            self._opened.take_in()
            rows, row = self._opened.state.rows, self._opened.check_row(row)
            waiting = self._opened.state.final_checks.open_rows
            return [
                near
                for near in self._opened.near_rows.of(row)
                if rows.status[near] in (*ASKABLE, Status.SKIPPED)
                and rows.is_check[near] == rows.is_check[row]
                and near not in waiting
            ]

    def guidelines(self) -> dict[str, str]:
        """What each answer means, in the person's words, in the order of the answers."""
        with self._opened.lock:
            self._opened.take_in()
            state = self._opened.state
            texts = {name: state.guidelines.now(name) for name in state.class_names()}
            return {name: text for name, text in texts.items() if text}

    def rows_before_guideline(self, answer: str) -> list[int]:
        """Rows that have this answer from before its meaning was written anew, oldest first.

        One that was answered again since, be it with the same answer, is none of them.
        """
        with self._opened.lock:
            self._opened.take_in()
            since = self._opened.state.guidelines.since(answer)
            found = [
                (given.event, given.row)
                for given in self._opened.state.rows.answers.values()
                if given.label == answer and given.event < since
            ]
            return [row for _, row in sorted(found)]

    def note(self, row: int) -> str:
        """The note on a row, or ""."""
        return self._opened.state.rows.notes.get(self._opened.check_row(row), "")

    def notes(self) -> dict[int, str]:
        """Every note that holds, by row number."""
        with self._opened.lock:
            self._opened.take_in()
            return dict(sorted(self._opened.state.rows.notes.items()))


def labels_frame(state: State) -> pd.DataFrame:
    """The labels that hold, as :meth:`Facts.labels` gives them."""
    rows = state.rows
    own = [(a.row, a.label, a.source, a.by, a.at, a.purpose) for a in rows.answers.values()]
    if state.n_file_labels():
        taken = rows.file_gone
        created = state.log[0].at
        with_label = [r for r in (rows.file_codes >= 0).nonzero()[0].tolist() if r not in taken]
        names = rows.file_names()
        codes = rows.file_codes[with_label].tolist()
        own += [
            (row, names[code], "file", "file", created, "file")
            for row, code in zip(with_label, codes, strict=True)
        ]
    frame = pd.DataFrame(sorted(own), columns=LABEL_COLUMNS)
    frame["row"] = frame["row"].astype("int64")
    frame["at"] = pd.to_datetime(frame["at"], utc=True, format="ISO8601")
    return frame
