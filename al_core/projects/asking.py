"""Questions: which row is put before the person next, and why that one."""

from __future__ import annotations

import secrets
from dataclasses import replace

import numpy as np

from al_core.errors import PoolError
from al_core.learning import Rows
from al_core.projects.answering import Answering
from al_core.projects.checks import is_check_turn
from al_core.projects.events import Asked
from al_core.projects.presence import living
from al_core.projects.records import Question
from al_core.projects.standings import FREE, RETURNED, SKIPPED
from al_core.projects.training import Trained
from al_core.projects.words import AGAIN, CHECK, START, why_chosen

LONGEST_WAIT = 0.04  # seconds that a question waits for a ranking that is about to land
_CHUNK = 4096


class Asking(Answering):
    """ask: the same questions to the same opener until they are answered, none to two openers."""

    def ask(self, n: int = 1) -> list[Question]:
        """The next ``n`` questions; fewer, or none, when there are no more rows to ask.

        In the background mode this never waits for a training, except a few hundredths of a second
        for one that is about to end. Without it, every question comes from a model that knows all
        labels.
        """
        if isinstance(n, bool) or not isinstance(n, int) or n < 1:
            raise PoolError(f"Asked for {n!r} rows. Ask for 1 or more.")
        if self._background:
            self._trainer.wait_if_near(LONGEST_WAIT)
        with self._lock:
            self._check_open()
            self._take_in()
            self._keep_open_questions()
            if self._again or len(self._questions) < n:
                self._ask_more(n)
            return self._questions[:n]

    def next_rows(self, n: int) -> list[int]:
        """The rows that would be asked next to learn from, without asking them."""
        with self._lock:
            self._take_in()
            taken: set[int] = set()
            trained = self._trainer.current
            queue = trained.queue if trained else []
            rows = [row for row in queue if self._is_free(row, taken)][:n]
            while not trained and len(rows) < n:
                row = self._start_row(taken | set(rows))
                if row is None:
                    break
                rows.append(row)
            return rows

    def _keep_open_questions(self) -> None:
        """Drop questions that were answered elsewhere or taken over."""
        claims = self._journal.claims() if self._questions else {}
        self._questions = [
            q for q in self._questions if claims.get(q.row, ("", 0))[0] == self.opener
        ]

    def _ask_more(self, n: int) -> None:
        """Choose rows, claim them and note in the journal that they were asked."""
        # Not durable: an ask that a power cut loses is asked again; the next label makes it safe.
        with self._journal.writing(durable=False):
            self._take_in()
            claims = self._claims_of_others()
            taken = {*claims, *(q.row for q in self._questions)}
            again = [row for row in self._again if self._is_free(row, taken)]
            self._again = []
            for row in reversed(again):
                taken.add(row)
                self._questions.insert(0, self._question(row, self._purpose_again(row), AGAIN))
                self._note(self._questions[0])
            while len(self._questions) < n:
                question = self._next(taken)
                if question is None:
                    break
                taken.add(question.row)
                self._questions.append(question)
                self._note(question)
        self._take_in()

    def _note(self, q: Question) -> None:
        event = Asked(
            q.row, q.token, q.purpose, q.known_labels, q.n_labels, q.utility, q.rank, q.ranked_of,
            q.why,
        )  # fmt: skip
        asked = self._journal.append(event, opener=self.opener, by="app")
        self._journal.claim(q.row, self.opener, asked or 0)

    def _claims_of_others(self) -> set[int]:
        """Rows on another screen; those of openers that are gone are freed."""
        claims = self._journal.claims()
        others = {opener for opener, _ in claims.values()} - {self.opener}
        gone = others - living(self.folder) if others else set()
        for opener in gone:
            self._journal.release_all(opener)
        return {r for r, (opener, _) in claims.items() if opener not in {self.opener, *gone}}

    # -- choosing -------------------------------------------------------------------------------

    def _next(self, taken: set[int]) -> Question | None:
        """The next question: a check row in its turn, else one to learn from, else what is left."""
        back = self._returned_row(taken)
        if back is not None:
            return self._question(back, self._purpose_again(back), AGAIN)
        check = self._check_row_to_ask(taken) if self.kind == "live" else None
        if check is not None and self._is_check_turn():
            return self._question(check, "check", CHECK)
        question = self._learning_question(taken)
        if question is not None:
            return question
        if check is not None:
            return self._question(check, "check", CHECK)
        skipped = next((r for r in self._state.rows.skipped if r not in taken), None)
        if skipped is None:
            return None
        return self._question(skipped, self._purpose_again(skipped), AGAIN)

    def _is_check_turn(self) -> bool:
        s = self._settings
        on_screen = [q.purpose == "check" for q in self._questions]
        waiting = self._state.turns.learned_since_check(on_screen, s.check_every)
        return is_check_turn(self._state.prefix()[1], waiting, s.check_first, s.check_every)

    def _check_row_to_ask(self, taken: set[int]) -> int | None:
        """The first check row in order that has no answer and is on no screen."""
        start = self._state.prefix()[0]
        for row in self._state.check_rows[start:].tolist():
            if self._is_free(row, taken):
                return int(row)
        return None

    def _learning_question(self, taken: set[int]) -> Question | None:
        trained = self._ranking()
        if trained is not None:
            for place, row in enumerate(trained.queue, start=1):
                if self._is_free(row, taken):
                    return self._ranked_question(row, place, trained)
        typical = self._start_row(taken)
        return None if typical is None else self._question(typical, "start", START)

    def _ranking(self) -> Trained | None:
        """The current ranking; without a background thread always a fresh one."""
        if self._state.n_classes_taught() < 2:
            return None
        if self._background:
            return self._trainer.current
        task = self._make_task()
        return self._trainer.current if task is None else self._trainer.train_now(task)

    def _start_row(self, taken: set[int]) -> int | None:
        """A typical row, and after these any row in a fixed random order."""
        for row in self._state.start_rows:
            if self._is_free(row, taken) and not self._state.rows.is_check[row]:
                return row
        rows = self._state.rows
        order = self._random_order()
        for start in range(0, len(order), _CHUNK):
            part = order[start : start + _CHUNK]
            free = part[(rows.status[part] == FREE) & ~rows.is_check[part]]
            for row in free.tolist():
                if row not in taken:
                    return int(row)
        return None

    def _random_order(self) -> Rows:
        if self._order is None:
            rng = np.random.default_rng([self.seed, 3])
            self._order = rng.permutation(self.data.n_rows)
        return self._order

    def _returned_row(self, taken: set[int]) -> int | None:
        return next((r for r in self._state.rows.returned if r not in taken), None)

    def _is_free(self, row: int, taken: set[int]) -> bool:
        return self._state.rows.status[row] in (FREE, RETURNED) and row not in taken

    def _purpose_again(self, row: int) -> str:
        if self._state.rows.is_check[row] and self.kind == "live":
            return "check"
        return "learn" if self._state.n_classes_taught() >= 2 else "start"

    # -- the question ---------------------------------------------------------------------------

    def _question(self, row: int, purpose: str, why: str) -> Question:
        trained = self._trainer.current
        return Question(
            row=row,
            values=self.data.row(row),
            purpose=purpose,  # type: ignore[arg-type]
            utility=0.0,
            rank=0,
            ranked_of=0,
            why=why,
            token=secrets.token_hex(8),
            known_labels=trained.n_labels if trained else 0,
            n_labels=self._state.n_teach(),
        )

    def _ranked_question(self, row: int, place: int, trained: Trained) -> Question:
        torn = torn_between(trained, place - 1)
        return replace(
            self._question(row, "learn", why_chosen(torn, place, trained.ranked_of)),
            utility=float(trained.utilities[place - 1]),
            rank=place,
            ranked_of=trained.ranked_of,
        )

    def _restore_questions(self) -> None:
        """Ask again, under their old tokens, what was on screen before a crash or in a gone tab."""
        for row, (opener, asked) in self._journal.claims().items():
            recorded = self._journal.event(asked) if opener == self.opener else None
            event = recorded.event if recorded else None
            if isinstance(event, Asked) and self._state.rows.status[row] in (
                FREE, RETURNED, SKIPPED,
            ):  # fmt: skip
                self._questions.append(
                    replace(
                        self._question(row, event.purpose, event.why),
                        utility=event.utility,
                        rank=event.rank,
                        ranked_of=event.ranked_of,
                        token=event.token,
                        known_labels=event.known_labels,
                        n_labels=event.n_labels,
                    )
                )


def torn_between(trained: Trained, place: int) -> tuple[str, str] | None:
    """The two answers that the model hesitates between for a row of its queue."""
    chances = trained.probabilities[place]
    if len(chances) < 2:
        return None
    first, second = np.argsort(-chances, kind="stable")[:2]
    return trained.known[first], trained.known[second]
