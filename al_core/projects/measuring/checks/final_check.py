"""The final check: rows that nobody has read, asked once, the model frozen. It certifies.

The live score only proposes: it is looked at again and again. Here the number of rows is fixed
before the first of them is read, and nothing is scored before the last.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime

import numpy as np
import pandas as pd

from al_core.errors import PoolError, ProjectError
from al_core.learning import Rows, Status
from al_core.learning.scoring.exact_ranges import ALPHA, at_least, exact_range
from al_core.projects.journal.events import FinalCheckDropped, FinalCheckEnded, FinalCheckStarted
from al_core.projects.journal.recorded import PERSON
from al_core.projects.labelling.drawn_rows import DrawnRows, why_not_beside
from al_core.projects.labelling.next_row import NextRow
from al_core.projects.measuring.checks.final_words import (
    done_words,
    open_words,
    plan_words,
    unread_words,
)
from al_core.projects.measuring.checks.frozen import Frozen, frozen_guesses, frozen_now
from al_core.projects.measuring.checks.records import FinalCheck, FinalCheckPlan
from al_core.projects.model.current import CurrentModel
from al_core.projects.opened import Opened
from al_core.projects.records import Question
from al_core.projects.replay.final_checks import DrawnCheck
from al_core.projects.replay.rows import ASKABLE
from al_core.projects.words import FINAL

ROWS = 60
"""A choice: all right of 60 shows at least 95 in 100, for half an hour at most."""
FEWEST = 12
"""A choice: all right of 12 shows no more than 77 in 100; fewer show hardly anything."""


class FinalChecks:
    """Plan, start, ask, read and give up; each step is an event, so that a restart loses none."""

    def __init__(self, opened: Opened, model: CurrentModel, next_row: NextRow) -> None:
        self._opened, self._model = opened, model
        self._asking = DrawnRows(opened, next_row, "final", FINAL)

    # -- before it ------------------------------------------------------------------------------

    def plan_final_check(self, n: int = ROWS, among: Sequence[int] | None = None) -> FinalCheckPlan:
        """What a final check of ``n`` rows could show; starts nothing.

        n: fewer where fewer rows are left. among: rows to draw from, by default all those that
        nobody has read.
        """
        with self._opened.lock:
            self._opened.take_in()
            left = len(self._unread(among))
            return self._plan(n, left, partly=among is not None)

    def next_alpha(self) -> float:
        """How often the next check says too much."""
        return _alpha(self._opened.state.final_checks.n_known())

    def unread(self) -> Rows:
        """The rows that nobody has read, ascending."""
        with self._opened.lock:
            self._opened.take_in()
            return self._unread(None)

    def _plan(self, n: int, left: int, partly: bool) -> FinalCheckPlan:
        if isinstance(n, bool) or not isinstance(n, int) or n < FEWEST:
            raise PoolError(f"Asked for a final check of {n!r} rows. Ask for {FEWEST} or more.")
        known = self._opened.state.final_checks.n_known()
        alpha, drawn = _alpha(known), min(n, left)
        why_not = self._why_not(left)
        best = at_least(drawn, drawn, alpha) if drawn else 0.0
        state = self._opened.state
        which = unread_words(left, state.n_blank(), state.filled.now is not None)
        which = f"these {left:,} rows" if partly else which
        words = why_not or plan_words(drawn, best, which, known)
        return FinalCheckPlan(not why_not, drawn, left, known + 1, alpha, best, words)

    def _why_not(self, left: int) -> str:
        if self._opened.kind == "oracle":
            return "A rehearsal needs no final check: every answer is known."
        if beside := why_not_beside(self._opened.state, "recall"):
            return beside
        names = set(self._opened.state.all_labels()[1].tolist())
        if len(names) < 2:
            return "A final check can start once two different answers have been given."
        if left < FEWEST:
            return f"{left} rows are left that nobody has read; a final check needs {FEWEST}."
        return ""

    def _unread(self, among: Sequence[int] | None) -> Rows:
        """Rows of which nothing was ever recorded and that are on no screen."""
        rows = self._opened.state.rows
        unread = rows.status == Status.UNLABELLED
        unread[list(rows.entries)] = False
        unread[list(self._opened.journal.claims())] = False
        for check in self._opened.state.final_checks.drawn:  # read, if not answered
            unread[check.drawn.rows] = False
        unread[self._same_as_taught()] = False
        if among is not None:
            wanted = np.zeros_like(unread)
            wanted[[self._opened.check_row(row) for row in among]] = True
            unread &= wanted
        return np.flatnonzero(unread)

    def _same_as_taught(self) -> Rows:
        """Rows that are the same as one that has taught: the model knows their answer."""
        taught = self._opened.state.taught()[0].tolist()
        same = [twin for row in taught for twin in self._opened.data.twins_of(row)]
        return np.asarray(same, dtype=np.intp)

    # -- its course -----------------------------------------------------------------------------

    def start_final_check(
        self,
        n: int = ROWS,
        among: Sequence[int] | None = None,
        *,
        scope: str = "",
        by: str = PERSON,
    ) -> FinalCheck:
        """Draw the rows and freeze the model; the one that is open, where there is one.

        The model has learned from all labels, check rows included. scope: what ``among`` is, in the
        caller's own words; kept with the check. Raises ProjectError where it is not possible.
        """
        opened = self._opened
        with opened.lock:
            opened.check_open()
            self.final_checks()  # one that was gone through is no longer open
            plan = self._plan(n, len(self._unread(among)), partly=among is not None)
        if not plan.possible and not opened.state.final_checks.open_rows:
            raise ProjectError(plan.sentence)
        return self.start_frozen(frozen_now(opened), n, among, scope, by)

    def start_frozen(
        self, frozen: Frozen, n: int, among: Sequence[int] | None, scope: str, by: str
    ) -> FinalCheck:
        """Draw the rows for a model that is frozen already; the open check, where there is one."""
        opened = self._opened
        with opened.lock:
            with opened.journal.writing() as journal:
                opened.take_in()
                if not opened.state.final_checks.open_rows:
                    drawn, left = self._draw(n, among)
                    event = FinalCheckStarted(
                        drawn.tolist(), frozen.guesses(drawn), frozen.model, frozen.upto,
                        frozen.n_labels, left, scope,
                    )  # fmt: skip
                    check = journal.append(event, opener=opened.opener, by=by)
                    if frozen.beside is not None and check is not None:
                        journal.append(frozen.beside(check), opener=opened.opener, by=by)
            opened.take_in()
            self._model.labels_came_in()
            return self._record(opened.state.final_checks.drawn[-1])

    def _draw(self, n: int, among: Sequence[int] | None) -> tuple[Rows, int]:
        unread = self._unread(among)
        plan = self._plan(n, len(unread), partly=among is not None)
        if not plan.possible:
            raise ProjectError(plan.sentence)
        rng = np.random.default_rng(
            [self._opened.seed, 6, len(self._opened.state.final_checks.drawn)]
        )
        return rng.permutation(unread)[: plan.n], len(unread)

    def ask_final(self, n: int = 1) -> list[Question]:
        """The next ``n`` rows of the open check, in its order; none when all were gone through.

        They are answered like others, with their tokens: ``label``, ``skip``, ``dont_know``. The
        same rows come again, under the same tokens, until they are; none to two openers.
        """
        opened = self._opened
        with opened.lock:
            opened.check_open()
            with opened.journal.writing(durable=False):
                opened.take_in()
                check = opened.state.final_checks.latest
                rows = self._to_go(check) if check is not None and check.is_open else []
                found = self._asking.ask(rows, n)
            opened.take_in()
            return found

    def final_progress(self) -> tuple[int, int] | None:
        """How many rows of the open check were gone through, and of how many; None: none is open.

        Unlike ``final_check`` this never makes a result known: where all were gone through, the
        last answers can still be taken back.
        """
        with self._opened.lock:
            self._opened.take_in()
            check = self._opened.state.final_checks.latest
            if check is None or not check.is_open:
                return None
            return len(check.drawn.rows) - len(self._to_go(check)), len(check.drawn.rows)

    def drop_final_check(self, *, by: str = PERSON) -> bool:
        """Give the open check up; whether there was one. Its rows stay check rows.

        Nothing of its result was known, so that it costs no later one any of its strength.
        """
        with self._opened.lock:
            self._opened.check_open()
            self.final_checks()  # one that was gone through cannot be given up any more
            check = self._opened.state.final_checks.latest
            if check is None or not check.is_open:
                return False
            self._opened.record(FinalCheckDropped(check.id), by=by, release=check.drawn.rows)
            return True

    # -- its result -----------------------------------------------------------------------------

    def final_check(self) -> FinalCheck | None:
        """The latest one. Once all its rows were gone through, the first call makes the result
        known and writes it down: an answer that is changed after that changes no result."""
        found = self.final_checks()
        return found[-1] if found else None

    def final_checks(self) -> list[FinalCheck]:
        """All of them, those given up too, in order."""
        with self._opened.lock:
            self._opened.take_in()
            checks = self._opened.state.final_checks
            if checks.latest and checks.latest.is_open and not self._to_go(checks.latest):
                self._end(checks.latest)
            return [self._record(one) for one in checks.drawn]

    def final_guesses(self, check: FinalCheck) -> pd.DataFrame:
        """The frozen model's opinion of every row, for what a check has shown is shown of it
        alone: row, prediction, confidence (0 to 1)."""
        drawn = self._opened.state.final_checks.drawn
        found = next((one for one in drawn if one.id == check.id), None)
        if found is None:
            raise ProjectError("This project has no such final check.")
        return frozen_guesses(self._opened, found)

    def _to_go(self, check: DrawnCheck) -> list[int]:
        status = self._opened.state.rows.status
        return [row for row in check.drawn.rows if status[row] in ASKABLE]

    def _end(self, check: DrawnCheck) -> None:
        if self._opened.closed or self._opened.is_read_only:
            return
        answers = [self._answer(row) for row in check.drawn.rows]
        guesses = self._guesses(check)
        right = sum(a == g for a, g in zip(answers, guesses, strict=True))
        self._opened.record(FinalCheckEnded(check.id, answers, right), by="app")

    def _answer(self, row: int) -> str:
        answer = self._opened.state.rows.answers.get(row)
        return answer.label if answer else ""

    def _guesses(self, check: DrawnCheck) -> list[str]:
        """The frozen guesses, under the names that the answers have now."""
        return [self._opened.state.classes.now(name, check.id) for name in check.drawn.guesses]

    def _record(self, check: DrawnCheck) -> FinalCheck:
        drawn, to_go = check.drawn, len(self._to_go(check))
        known = [one for one in self._opened.state.final_checks.drawn if one.ended is not None]
        before = sum(one.id < check.id for one in known)
        number = self._opened.state.final_checks.drawn.index(check) + 1
        base = FinalCheck(
            check.id, number, "dropped" if check.dropped else "open", tuple(drawn.rows),
            len(drawn.rows) - to_go, to_go, drawn.left, drawn.scope, drawn.n_labels,
            _alpha(before), datetime.fromisoformat(check.at), None,
            open_words(len(drawn.rows), to_go, check.dropped),
        )  # fmt: skip
        return base if check.ended is None else self._with_result(check, check.ended, base)

    def _with_result(
        self, check: DrawnCheck, ended: FinalCheckEnded, base: FinalCheck
    ) -> FinalCheck:
        answers, n = self._opened.state.rows.answers, base.n
        blank, right = ended.answers.count(""), min(ended.right, base.n)
        low, high = exact_range(right, n - blank, base.alpha, blank)
        now = self._opened.state.classes.now
        counted = [now(name, check.ended_id) if name else "" for name in ended.answers]
        changed = [
            row
            for row, name in zip(check.drawn.rows, counted, strict=False)
            if self._answer(row) != name
        ]
        chosen = [r for r in check.drawn.rows if r in answers and answers[r].purpose == "chosen"]
        found = replace(
            base,
            state="done",
            ended_at=datetime.fromisoformat(check.ended_at),
            right=right,
            n_unanswered=blank,
            at_least=at_least(right, n, base.alpha),
            low=low,
            high=high,
            changed=tuple(changed),
            elsewhere=tuple(row for row in chosen if row not in changed),
        )
        return replace(found, sentence=done_words(found))


def _alpha(known_before: int) -> float:
    """The first check errs 5 times in 100, each later one half as often as the one before.

    However many are made until one says what is hoped for, fewer than 10 in 100 such projects ever
    see one that says too much.
    """
    return float(ALPHA / 2**known_before)
