"""Filling in: guesses over a line stand in for answers that are missing. They are no labels.

The model is frozen with the line: what is checked and what is filled in is the same list of
guesses, kept beside the journal before any event names it.
"""

from __future__ import annotations

from datetime import datetime

import numpy as np
import pandas as pd

from al_core.errors import ProjectError
from al_core.learning import Status
from al_core.projects.filling import kept, words
from al_core.projects.filling.checking import FillChecking
from al_core.projects.filling.planning import FillPlanning, per_answer
from al_core.projects.filling.records import Filled
from al_core.projects.journal.events import FillTakenBack, RowsFilled
from al_core.projects.journal.recorded import PERSON
from al_core.projects.model.opinions import Opinions
from al_core.projects.opened import Opened


class Filling:
    """Fill, take back, and what stands filled in; each is an event: a restart loses none."""

    def __init__(
        self, opened: Opened, opinions: Opinions, planning: FillPlanning, checking: FillChecking
    ) -> None:
        self._opened, self._opinions = opened, opinions
        self._planning, self._checking = planning, checking
        self._read: tuple[str, pd.DataFrame] | None = None

    def fill(
        self, line: float | None = None, *, agreeing_with: str = "", by: str = PERSON
    ) -> Filled:
        """Fill in the rows over ``line`` by the model of now, not checked; None: those of the last
        final check, by the very guesses that it has checked.

        agreeing_with: with a line, only those of which that column of guesses says the same.
        What was filled in before makes room. Raises ProjectError where it is not possible.
        """
        self._opened.check_open()
        event = self._checked_fill() if line is None else self._unchecked_fill(line, agreeing_with)
        self._opened.record(event, by=by)
        kept.forget_all_but(self._opened.folder, self._opened.state.filled.digests())
        found = self.filled()
        if found is None:
            raise ProjectError("What was filled in was taken back in another tab meanwhile.")
        return found

    def _unchecked_fill(self, line: float, agreeing_with: str) -> RowsFilled:
        plan = self._planning.plan_fill(line, agreeing_with=agreeing_with)
        if not plan.possible:
            raise ProjectError(plan.sentence)
        frozen = self._checking.freeze(line, agreeing_with)
        return RowsFilled(line, len(frozen.guesses), frozen.key, frozen.digest, frozen.n_labels)

    def _checked_fill(self) -> RowsFilled:
        found = self._checking.fill_check()
        if found is None or found.passed is None:
            raise ProjectError("No check of rows over a line is done. Give a line to fill in.")
        line = self._opened.state.filled.lines[found.check.id]
        kept.read(self._opened.folder, line.digest, self._opened.data.n_rows)
        return RowsFilled(
            line.line, line.count, line.key, line.digest, found.check.n_labels, found.check.id
        )

    def unfill(self, *, by: str = PERSON) -> bool:
        """Take back all that is filled in; whether anything was."""
        with self._opened.lock:
            self._opened.check_open()
            self._opened.take_in()
            now = self._opened.state.filled.now
            if now is None:
                return False
            self._opened.record(FillTakenBack(now.id), by=by)
            return True

    def filled(self) -> Filled | None:
        """What is filled in now; None: nothing is. A list that cannot be read is told in
        ``problem``."""
        with self._opened.lock:
            self._opened.take_in()
            now = self._opened.state.filled.now
        if now is None:
            return None
        event, frame, problem = now.event, None, ""
        try:
            frame = self.rows_filled()
        except ProjectError as error:
            problem = str(error)
        matching = self._checking.check_of(event.check)
        checked = words.NOT_CHECKED if matching is None else f"Final check: {matching.sentence}"
        n = 0 if frame is None else len(frame)
        agreeing = kept.agreeing_with(self._opened.folder, event.digest)
        return Filled(
            line=event.line,
            count=n,
            of=event.count,
            n_labels=event.n_labels,
            at=datetime.fromisoformat(now.at),
            by=now.by,
            checked=bool(matching and matching.passed),
            per_answer=() if frame is None else per_answer(self._opened, frame["label"]),
            sentence=problem or words.filled_words(n, checked, event.n_labels, agreeing),
            problem=problem,
            agreeing_with=agreeing,
        )

    def rows_filled(self) -> pd.DataFrame:
        """The rows that are filled in: row (ascending), label, confidence; none of those that have
        a label by now, or of which the person cannot tell.

        ProjectError, in words, where the list of them is missing or was changed.
        """
        with self._opened.lock:
            self._opened.take_in()
            state = self._opened.state
            now, status = state.filled.now, state.rows.status.copy()
            line_id = 0 if now is None else state.filled.line_ids.get(now.event.check, now.id)
        if now is None:
            return pd.DataFrame({"row": [], "label": [], "confidence": []}).astype(
                {"row": "int64", "label": object}
            )
        frame = self._kept(now.event.digest)
        answered = np.isin(status[frame["row"]], (Status.LABELLED, Status.DONT_KNOW))
        frame = frame[~answered].reset_index(drop=True)
        names = {name: state.classes.now(name, line_id) for name in frame["label"].unique()}
        return frame.assign(label=frame["label"].map(names).astype(object))

    def fill_changes(self) -> int:
        """How many of the rows filled in the app would fill in otherwise by now."""
        frame = self.rows_filled()
        if not len(frame):
            return 0
        now = self._opinions.predictions()["prediction"].to_numpy(dtype=object)
        return int((now[frame["row"]] != frame["label"].to_numpy(dtype=object)).sum())

    def rows_left(self) -> pd.DataFrame:
        """The rows without an answer that are not filled in: row, label (the app's guess),
        confidence; the surest first, as they are quickly answered."""
        with self._opened.lock:
            self._opened.take_in()
            state = self._opened.state
            status, waiting = state.rows.status.copy(), list(state.final_checks.open_rows)
        blank = ~np.isin(status, (Status.LABELLED, Status.DONT_KNOW))
        blank[waiting] = False  # they are asked by their final check
        blank[self.rows_filled()["row"]] = False
        left = self._opinions.predictions()[blank].rename(columns={"prediction": "label"})
        left["label"] = left["label"].fillna("")
        return left.sort_values("confidence", ascending=False, kind="stable")

    def _kept(self, digest: str) -> pd.DataFrame:
        if self._read is None or self._read[0] != digest:
            self._read = digest, kept.read(self._opened.folder, digest, self._opened.data.n_rows)
        return self._read[1]
