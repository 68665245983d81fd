"""Which row is put before the person next, and why that one."""

from __future__ import annotations

import secrets
from collections.abc import Sequence
from dataclasses import replace

import numpy as np

from al_core.learning import Status, pick_diverse, round_rng
from al_core.projects.labelling.shared_rows import SharedRows
from al_core.projects.labelling.sought_rows import SoughtRows, why_sought
from al_core.projects.labelling.start_rows import StartRows
from al_core.projects.model.current import CurrentModel
from al_core.projects.model.train import Trained
from al_core.projects.opened import Opened
from al_core.projects.records import Question
from al_core.projects.replay.rows import ASKABLE
from al_core.projects.replay.turns import due_back
from al_core.projects.starting.check_rows import is_check_turn
from al_core.projects.words import (
    AGAIN,
    CHECK,
    SHARED,
    START,
    skipped_ago,
    why_chosen,
)

SHORTLIST = 10  # rows looked at for each one that is picked to differ from the others


class NextRow:
    """Check rows in their turn, start rows before there is a model, then the ranked queue."""

    def __init__(self, opened: Opened, model: CurrentModel, shared: SharedRows) -> None:
        self._opened, self._model, self._shared = opened, model, shared
        self._start = StartRows(opened)
        self._sought = SoughtRows(opened, self._start)

    def next(
        self, taken: set[int], on_screen: Sequence[Question], together: Sequence[int] = ()
    ) -> Question | None:
        """A row that came back, one asked of two people or a check row in its turn, one to learn
        from, else what is left.

        taken: rows on any screen; on_screen: the questions before this one; together: rows that
        are to be learned from first, because they differ from one another.
        """
        others = [question for question in on_screen if question.purpose != "shared"]
        back = self._returned_row(taken)
        if back is not None:
            return self.question(back, self.purpose_again(back), AGAIN)
        put_off = self._put_off_row(taken, len(others))
        if put_off is not None:
            why = skipped_ago(
                self._opened.state.turns.since(self._opened.state.rows.skipped[put_off])
            )
            return self.question(put_off, self.purpose_again(put_off), why)
        shared = self._shared.next(taken, on_screen)
        if shared is not None:
            return self.question(shared, "shared", SHARED)
        check = self._check_row_to_ask(taken, again=False)
        if check is not None and self._is_check_turn(others):
            return self.question(check, "check", CHECK)
        question = self._learning_question(taken, together, others)
        if question is not None:
            return question
        check = self._check_row_to_ask(taken, again=True)
        if check is not None:
            return self.question(check, "check", CHECK)
        skipped = next((r for r in self._opened.state.rows.skipped if r not in taken), None)
        left = self._shared.first(taken, put_off=True) if skipped is None else skipped
        return None if left is None else self.once_more(left)

    def _is_check_turn(self, on_screen: Sequence[Question]) -> bool:
        s = self._opened.settings
        checks = [question.purpose == "check" for question in on_screen]
        waiting = self._opened.state.turns.learned_since_check(checks, s.check_every)
        return is_check_turn(self._opened.state.prefix()[1], waiting, s.check_first, s.check_every)

    def _check_row_to_ask(self, taken: set[int], *, again: bool) -> int | None:
        """The first check row in order that has no answer and is on no screen; none in a rehearsal.

        again: or, after these, one that is the same as a check row before it, and counts no more.
        """
        if self._opened.kind != "live":
            return None
        start = self._opened.state.prefix()[0]
        # Rows of a final check wait for it; a held-out row is asked once its answer was taken away.
        state, waiting = self._opened.state, self._opened.state.final_checks.open_rows
        in_order = state.counted_checks()[start:].tolist()
        repeats = state.check_rows.tolist() if again else ()
        for row in (*in_order, *repeats, *state.held_rows):
            if self.is_free(row, taken) and row not in waiting:
                return int(row)
        return None

    def _learning_question(
        self, taken: set[int], together: Sequence[int], on_screen: Sequence[Question]
    ) -> Question | None:
        trained = self._model.ranking()
        n_ahead = sum(question.purpose != "check" for question in on_screen)
        sought = self._sought.next(taken, n_ahead, trained)
        if sought is not None:
            return self.question(sought[0], self.purpose_again(sought[0]), sought[1])
        if trained is not None:
            for row in together:
                if row in trained.places and self.is_free(row, taken):
                    return self._ranked_question(row, trained.places[row] + 1, trained)
            for place, row in enumerate(trained.queue, start=1):
                if self.is_free(row, taken):
                    return self._ranked_question(row, place, trained)
        # Rows asked ahead are not answered yet: what is typical is not known before they are.
        found = self._start.next(taken, self._start.n_answered())
        return None if found is None else self.question(found[0], "start", found[1])

    def unlike_rows(self, n: int) -> list[int]:
        """``n`` rows high in the ranking that differ from one another."""
        trained = self._model.ranking()
        if trained is None or n < 2:
            return []
        free = [row for row in trained.queue if self.is_free(row, set())][: SHORTLIST * n]
        if len(free) <= n:
            return []
        utilities = trained.utilities[[trained.places[row] for row in free]]
        rng = round_rng(self._opened.seed, self._opened.state.n_teach())
        return [free[i] for i in pick_diverse(utilities, self._opened.X[free], n, rng)]

    def start_row(self, taken: set[int]) -> int | None:
        """The next row before there is a model, were all of ``taken`` answered alike."""
        found = self._start.next(taken)
        return None if found is None else found[0]

    def may_be_unusual(self, ahead: Sequence[Question]) -> bool:
        """Whether typical rows were asked ahead, and unusual ones are looked for by now."""
        typical = any(question.why == START for question in ahead)
        return typical and self._start.looks_for_second(self._start.n_answered())

    def _returned_row(self, taken: set[int]) -> int | None:
        return next((r for r in self._opened.state.rows.returned if r not in taken), None)

    def _put_off_row(self, taken: set[int], n_on_screen: int) -> int | None:
        state = self._opened.state
        place = len(state.turns) + n_on_screen
        return due_back(state.rows, state.turns, place, taken)

    def is_free(self, row: int, taken: set[int]) -> bool:
        """Whether the row can be asked and is on no screen."""
        return self._opened.state.rows.status[row] in ASKABLE and row not in taken

    def may_be_asked(self, row: int, taken: set[int]) -> bool:
        """Whether it is free, or to be answered by a second person, and on no screen."""
        return self.is_free(row, taken) or (row not in taken and self.is_for_second(row))

    def is_for_second(self, row: int) -> bool:
        """Whether it waits to be answered by this person as the second one."""
        return row in self._shared.waiting()

    def once_more(self, row: int) -> Question:
        """The question about a row that was on the screen before."""
        if self._opened.state.rows.status[row] == Status.LABELLED:
            return self.question(row, "shared", SHARED)
        return self.question(row, self.purpose_again(row), AGAIN)

    def purpose_again(self, row: int) -> str:
        """What a row is for that is asked once more."""
        if self._opened.state.rows.is_check[row] and self._opened.kind == "live":
            return "check"
        return "learn" if self._opened.state.n_classes_taught() >= 2 else "start"

    # -- the question ---------------------------------------------------------------------------

    def question(self, row: int, purpose: str, why: str, token: str | None = None) -> Question:
        """A question about the row, with a new token unless one is given; nothing was ranked."""
        trained = self._model.now
        return Question(
            row=row,
            values=self._opened.data.row(row),
            purpose=purpose,  # type: ignore[arg-type]
            utility=0.0,
            rank=0,
            ranked_of=0,
            why=why,
            token=token or secrets.token_hex(8),
            known_labels=trained.n_labels if trained else 0,
            n_labels=self._opened.state.n_teach(),
        )

    def _ranked_question(self, row: int, place: int, trained: Trained) -> Question:
        why = why_chosen(torn_between(trained, place - 1), place, trained.ranked_of)
        if trained.sought in trained.known:
            kind = trained.kinds[place - 1]
            why = why_sought(trained.sought, trained.ranked_of, kind)
        return replace(
            self.question(row, "learn", why),
            utility=float(trained.utilities[place - 1]),
            rank=place,
            ranked_of=trained.ranked_of,
        )


def torn_between(trained: Trained, place: int) -> tuple[str, str] | None:
    """The two answers that the model hesitates between for a row of its queue."""
    chances = trained.probabilities[place]
    if len(chances) < 2:
        return None
    first, second = np.argsort(-chances, kind="stable")[:2]
    return trained.known[first], trained.known[second]
