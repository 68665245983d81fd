"""Facts about an opened project: counts, labels, history, rows; and its names and settings."""

from __future__ import annotations

from statistics import median
from typing import Any

import pandas as pd
import pyarrow.compute as pc

from al_core.errors import LabelError, ProjectError, TableError
from al_core.projects.journal.events import (
    ClassAdded,
    ClassRenamed,
    Labelled,
    ManyLabelled,
    NoteAdded,
    ProjectRenamed,
    Recorded,
    SettingsChanged,
    Undone,
)
from al_core.projects.opened import ProjectBase
from al_core.projects.records import Counts, HistoryItem, Pace, Receipt
from al_core.projects.replay.rows import rows_of
from al_core.projects.replay.state import State
from al_core.projects.starting.settings import as_json, change_settings, check_classes
from al_core.projects.words import what_of
from al_core.tables import look_the_same, twin_of

LABEL_COLUMNS = ["row", "label", "source", "by", "at", "purpose"]
LONGEST_THOUGHT = 300.0  # seconds; whoever takes longer has been away


class ProjectFacts(ProjectBase):
    """What there is, in numbers and lists, and what it is called."""

    def counts(self) -> Counts:
        """The project in numbers; far less than a millisecond, whatever the number of rows."""
        with self._lock:
            self._take_in()
            state, rows = self._state, self._state.rows
            per_class = {n: rows.counts[n] + rows.file_counts[n] for n in state.class_names()}
            spent = state.n_spent()
            return Counts(
                labelled=state.n_labelled(),
                teach=spent - rows.n_check,
                check=rows.n_check,
                spent=spent,
                skipped=len(rows.skipped),
                dont_know=rows.n_dont_know,
                left=self._left(),
                n_rows=self.data.n_rows,
                budget=self._settings.budget,
                per_class=per_class,
                check_answered_in_order=state.prefix()[1],
                check_target=min(self._settings.check_first, len(state.check_rows)),
                file_labels=state.n_file_labels(),
            )

    def _left(self) -> int:
        """Rows that can still be asked; the check rows of an oracle project never are."""
        rows = self._state.rows
        left = rows.n_free + len(rows.returned)
        if self.kind == "oracle":
            status = rows.status[self._state.check_rows]
            left -= int(((status == 0) | (status == 4)).sum())
        return left

    def labels(self) -> pd.DataFrame:
        """The labels that hold now, the file's own included, one line a row, by row number.

        Columns: row, label, source (file, person, oracle), by, at (UTC), purpose (start, learn,
        check, chosen; "file" for the file's own).
        """
        with self._lock:
            self._take_in()
            return labels_frame(self._state)

    def label_of(self, row: int) -> str | None:
        """The label that a person or the oracle gave this row and that holds now, if any."""
        with self._lock:
            self._take_in()
            answer = self._state.rows.answers.get(self._check_row(row))
            return answer.label if answer else None

    def history(self, limit: int | None = None) -> list[HistoryItem]:
        """What happened, newest first; a press on several rows is one item a row."""
        with self._lock:
            self._take_in()
            items: list[HistoryItem] = []
            for recorded in reversed(self._state.log):
                items.extend(self._history_items(recorded))
                if limit is not None and len(items) >= limit:
                    return items[:limit]
            return items

    def _history_items(self, recorded: Recorded) -> list[HistoryItem]:
        event, undone = recorded.event, recorded.id in self._state.rows.undone
        if isinstance(event, Undone):
            rows: list[int | None] = [None]
        else:
            rows = list(rows_of(event)) or [None]
        label = getattr(event, "label", None)
        if isinstance(event, Labelled | ManyLabelled):
            label = self._state.classes.now(event.label, recorded.id)
        note = getattr(event, "note", "") or getattr(event, "text", "")
        if isinstance(event, ClassAdded):
            label = event.name
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
        with self._lock:
            seconds = [s for s in self._state.seconds if 0 <= s <= LONGEST_THOUGHT]
            if len(seconds) < 3:
                return Pace(None, None)
            usual = median(seconds)
            to_go = min(self._settings.budget - self._state.n_spent(), self._left())
            return Pace(usual, max(0, to_go) * usual)

    def row_values(self, row: int) -> dict[str, str]:
        """The original text of every column but the answer."""
        return self.data.row(self._check_row(row))

    def find(self, text: str = "", column: str | None = None, limit: int = 200) -> list[int]:
        """Rows whose cells contain ``text``, whatever its case, in one column or any."""
        if column is not None and column not in self.table.columns:
            raise TableError(f"The table has no column {column!r}.")
        hidden = self.data.label_column
        names = [column] if column else [c for c in self.table.columns if c != hidden]
        found: set[int] = set()
        for name in names:
            hits = pc.match_substring(self.data.cells(name), text, ignore_case=True)
            found.update(pc.indices_nonzero(hits)[:limit].to_pylist())
        return sorted(found)[:limit]

    # -- names and settings -----------------------------------------------------------------------

    def add_class(self, name: str, *, apart: bool = False, by: str = "person") -> Receipt:
        """Allow a further answer; LabelError where it is blank or there already.

        apart: it is another answer though it differs from one by capitals alone.
        """
        with self._lock:
            self._check_open()
            self._take_in()
            check_classes([name])
            known = twin_of(name, self._state.class_names())
            if known is not None and not (apart and not look_the_same(known, name)):
                raise LabelError(f"There is an answer {known!r} already. Give another name.")
            self._record(ClassAdded(name), by=by)
            self._labels_came_in()
            return Receipt(True, None, name, self.saved_at, f"Added the answer {name}.")

    def rename_class(self, old: str, new: str, *, by: str = "person") -> Receipt:
        """Give an answer another name, in all labels so far; where that exists, merge the two."""
        with self._lock:
            self._check_open()
            self._take_in()
            check_classes([new])
            names = self._state.class_names()
            if old not in names:
                raise LabelError(f"There is no answer {old!r}. Known: {', '.join(names)}.")
            if old == new:
                return Receipt(False, None, new, self.saved_at, f"It is called {new} already.")
            merged = new in names
            if merged and len(names) <= 2:
                raise LabelError("Two answers are the least. Add another one before you merge.")
            self._record(ClassRenamed(old, new), by=by)
            self._labels_came_in()
            sentence = f"{old} is part of {new} now." if merged else f"{old} is {new} now."
            return Receipt(True, None, new, self.saved_at, sentence)

    def add_note(self, row: int, text: str, *, by: str = "person") -> Receipt:
        """Keep a note on a row; an empty text takes it away."""
        with self._lock:
            self._check_open()
            row = self._check_row(row)
            self._record(NoteAdded(row, text), by=by)
            return Receipt(True, row, None, self.saved_at, f"Saved the note on row {row}.")

    def note(self, row: int) -> str:
        """The note on a row, or ""."""
        return self._state.rows.notes.get(self._check_row(row), "")

    def notes(self) -> dict[int, str]:
        """Every note that holds, by row number."""
        with self._lock:
            self._take_in()
            return dict(sorted(self._state.rows.notes.items()))

    def change(self, **settings: Any) -> None:
        """Change settings from here on; SettingsError names an unknown key or a bad value."""
        with self._lock:
            self._check_open()
            self._take_in()
            change_settings(self._settings, settings)
            self._record(SettingsChanged(as_json(settings)), by="person")
            self._labels_came_in()

    def rename(self, new_name: str) -> None:
        """Give the project another name; its id and folder stay."""
        if not new_name.strip():
            raise ProjectError("The name is blank. Give the project a name.")
        with self._lock:
            self._check_open()
            self._record(ProjectRenamed(new_name.strip()), by="person")


def labels_frame(state: State) -> pd.DataFrame:
    """The labels that hold, as :meth:`ProjectFacts.labels` gives them."""
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
