"""Have all rows with a rare answer been found? Rows left are read at random until that is shown.

Their order is fixed before the first of them is read, so that the first n of it are a random sample
of the rows left, whatever else is labelled meanwhile and in which order.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np

from al_core.errors import LabelError, ProjectError
from al_core.learning import Recall, Rows, Status
from al_core.learning.scoring.exact_ranges import ALPHA
from al_core.projects.journal.events import RecallCheckDropped, RecallCheckEnded, RecallCheckStarted
from al_core.projects.journal.recorded import PERSON
from al_core.projects.labelling.drawn_rows import DrawnRows, why_not_beside
from al_core.projects.labelling.next_row import NextRow
from al_core.projects.measuring.checks.recall_words import done_words, open_words, price_words
from al_core.projects.measuring.checks.records import RecallCheck, RecallPlan
from al_core.projects.opened import Opened
from al_core.projects.records import Question
from al_core.projects.replay.recall_checks import DrawnRecall
from al_core.projects.replay.rows import ASKABLE
from al_core.projects.words import RECALL

_LEFT = (*ASKABLE, Status.SKIPPED)  # a row that was put off may have the answer like any other


@dataclass(frozen=True, slots=True)
class _Standing:
    """What the rows say of one search now."""

    found: int
    read: int
    more: int
    untold: int
    to_read: int
    is_shown: bool


class RecallChecks:
    """Plan, start, ask, read and give up; each step is an event, so that a restart loses none."""

    def __init__(self, opened: Opened, next_row: NextRow) -> None:
        self._opened = opened
        self._asking = DrawnRows(opened, next_row, "recall", RECALL)

    def plan_recall_check(self, answer: str, level: float = 0.8) -> RecallPlan:
        """What it takes to show that a share ``level`` of all rows with this answer was found."""
        with self._opened.lock:
            self._opened.take_in()
            names = self._opened.state.class_names()
            if answer not in names:
                raise LabelError(f"There is no answer {answer!r}. Known: {', '.join(names)}.")
            found, left, alpha = self._found(answer), len(self._rows_left()), self._alpha(answer)
            to_read = Recall(level, alpha).price(found, left)
            why_not = self._why_not(left)
            words = why_not or price_words(found, left, level, to_read)
            return RecallPlan(not why_not, answer, level, found, left, to_read, alpha, words)

    def start_recall_check(
        self, answer: str, level: float = 0.8, *, by: str = PERSON
    ) -> RecallCheck:
        """Fix the order of all rows left; the search that is open, where there is one."""
        opened = self._opened
        with opened.lock:
            opened.check_open()
            self.recall_checks()  # one that has shown its share is no longer open
            plan = self.plan_recall_check(answer, level)
            drawn = opened.state.recall_checks
            if not drawn.open:
                if not plan.possible:
                    raise ProjectError(plan.sentence)
                rng = np.random.default_rng([opened.seed, 9, len(drawn.drawn)])
                order = rng.permutation(self._rows_left()).tolist()
                opened.record(
                    RecallCheckStarted(answer, level, plan.alpha, plan.found, order), by=by
                )
            return self._record(drawn.drawn[-1])

    def ask_recall(self, n: int = 1) -> list[Question]:
        """The next ``n`` rows of the open search, in its order; none once it has shown its share.

        They are answered like others, with their tokens; a row that was skipped comes again.
        """
        opened = self._opened
        with opened.lock:
            opened.check_open()
            with opened.journal.writing(durable=False):
                opened.take_in()
                check = opened.state.recall_checks.open
                found = self._asking.ask(self._to_go(check), n) if check else []
            opened.take_in()
            return found

    def recall_progress(self) -> tuple[int, int] | None:
        """How many rows of the open search were read, and of how many; None: none is open.

        Unlike ``recall_checks`` this never makes a result known.
        """
        with self._opened.lock:
            self._opened.take_in()
            check = self._opened.state.recall_checks.open
            if check is None:
                return None
            now = self._standing(check)
            return now.read, now.to_read

    def recall_sought(self) -> str | None:
        """The answer that the open search is for; None: none is open."""
        with self._opened.lock:
            self._opened.take_in()
            check = self._opened.state.recall_checks.open
            return self._name(check) if check else None

    def recall_checks(self) -> list[RecallCheck]:
        """All of them, in order. The first call after the last row makes a result known and writes
        it down: an answer that is changed after that changes no result."""
        with self._opened.lock:
            self._opened.take_in()
            check = self._opened.state.recall_checks.open
            writes = not (self._opened.closed or self._opened.is_read_only)
            if check and writes and (now := self._standing(check)).is_shown:
                done = RecallCheckEnded(check.id, now.found, now.read, now.more, now.untold)
                self._opened.record(done, by="app")
            return [self._record(one) for one in self._opened.state.recall_checks.drawn]

    def drop_recall_check(self, *, by: str = PERSON) -> bool:
        """Give the open search up; whether there was one. What was read stays labelled.

        It counts: the next search for this answer has to show more.
        """
        with self._opened.lock:
            self._opened.check_open()
            self.recall_checks()
            check = self._opened.state.recall_checks.open
            if check is None:
                return False
            # rows that somebody reads for another reason stay on that screen
            release = self._asking.on_screen(self._to_go(check))
            self._opened.record(RecallCheckDropped(check.id), by=by, release=release)
            return True

    # -- what the rows say ------------------------------------------------------------------------

    def _why_not(self, left: int) -> str:
        if self._opened.kind == "oracle":
            return "A rehearsal needs no search: every answer is known."
        beside = why_not_beside(self._opened.state, "final")
        return beside or ("" if left else "No row is left.")

    def _rows_left(self) -> Rows:
        return np.flatnonzero(np.isin(self._opened.state.rows.status, _LEFT))

    def _found(self, answer: str) -> int:
        rows = self._opened.state.rows
        return rows.counts[answer] + rows.file_counts[answer]

    def _alpha(self, answer: str) -> float:
        """Halved with each search for this answer in which a row was read: given up or done, its
        result was in sight. However many are begun, they err in fewer than 10 of 100 projects."""
        drawn = self._opened.state.recall_checks.drawn
        before = sum(self._name(one) == answer and self._n_read(one) > 0 for one in drawn)
        return float(ALPHA / 2**before)

    def _name(self, check: DrawnRecall) -> str:
        return self._opened.state.classes.now(check.drawn.answer, check.id)

    def _n_read(self, check: DrawnRecall) -> int:
        """How many rows from the first one on have been gone through."""
        waiting = np.isin(self._opened.state.rows.status[check.rows], _LEFT)
        return int(waiting.argmax()) if waiting.any() else len(waiting)

    def _to_go(self, check: DrawnRecall) -> list[int]:
        now = self._standing(check)
        rows = check.rows[now.read : now.to_read]
        waiting = np.isin(self._opened.state.rows.status[rows], _LEFT)
        return [int(row) for row in rows[waiting]]

    def _standing(self, check: DrawnRecall) -> _Standing:
        read = self._n_read(check)
        found, more, untold = self._counted(check, read)
        recall = Recall(check.drawn.level, check.drawn.alpha)
        to_read = recall.to_read(found, len(check.rows), more, untold)
        return _Standing(found, read, more, untold, max(read, to_read), read >= to_read)

    def _counted(self, check: DrawnRecall, read: int) -> tuple[int, int, int]:
        """(found before, found among the first ``read`` rows, can't tell among them).

        One that was found out of the order, among later rows of it, is counted nowhere: the share
        found is then higher than what is said.
        """
        name, answers = self._name(check), self._opened.state.rows.answers
        drawn = sum(answer.label == name and row in check.among for row, answer in answers.items())
        labels = [answers[row].label if row in answers else "" for row in check.rows[:read]]
        return self._found(name) - drawn, labels.count(name), labels.count("")

    def _record(self, check: DrawnRecall) -> RecallCheck:
        drawn, now, ended = check.drawn, self._standing(check), check.ended
        found = RecallCheck(
            check.id, "dropped" if check.dropped else "open", self._name(check), drawn.level,
            drawn.alpha, now.found, len(drawn.rows), now.read, now.to_read, now.more, now.untold,
        )  # fmt: skip
        if ended is None:
            return replace(found, sentence=open_words(found))
        of_then = ended.found, ended.more, ended.untold
        done = replace(
            found, state="done", found=ended.found, read=ended.read, to_read=ended.read,
            more=ended.more, untold=ended.untold,
            changed=self._counted(check, ended.read) != of_then,
        )  # fmt: skip
        return replace(done, sentence=done_words(done))
