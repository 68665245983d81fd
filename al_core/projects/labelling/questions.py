"""Questions: claimed for one screen, noted in the journal, asked again after a crash."""

from __future__ import annotations

from dataclasses import replace

from al_core.errors import PoolError
from al_core.projects.journal.events import Asked
from al_core.projects.journal.presence import living
from al_core.projects.labelling.next_row import Choosing
from al_core.projects.records import Question
from al_core.projects.replay.rows import FREE, RETURNED, SKIPPED
from al_core.projects.words import AGAIN

LONGEST_WAIT = 0.04  # seconds that a question waits for a ranking that is about to land
FIRST_WAIT = 1.0  # the same after opening a project, when nobody has pressed anything yet


class Asking(Choosing):
    """ask: the same questions to the same opener until they are answered, none to two openers."""

    def ask(self, n: int = 1) -> list[Question]:
        """The next ``n`` questions; fewer, or none, when there are no more rows to ask.

        In the background mode this never waits for a training, except a few hundredths of a second
        for one that is about to end. Without it, every question comes from a model that knows all
        labels.
        """
        if isinstance(n, bool) or not isinstance(n, int) or n < 1:
            raise PoolError(f"Asked for {n!r} rows. Ask for 1 or more.")
        if not self._questions or not self._background:
            self._wait_for_ranking()
        with self._lock:
            self._check_open()
            self._take_in()
            self._ranking()  # trained before the journal is held, not while
            self._keep_open_questions()
            if self._again or len(self._questions) < n:
                self._ask_more(n)
            return self._questions[:n]

    def ask_together(self, n: int) -> list[Question]:
        """``n`` questions to be answered at once: those to learn from differ from one another.

        Questions that were open and not answered are given back first.
        """
        with self._lock:
            self._check_open()
            self._take_in()
            self._give_back(0)
            self._together = self._unlike_rows(n)
            try:
                return self.ask(n)
            finally:
                self._together = []

    def _wait_for_ranking(self) -> None:
        """Wait a moment for a ranking; a little longer for the first one after opening."""
        if self._background and not self._closed:
            first = not self._has_asked and self._trainer.current is None
            self._has_asked = True
            if first:
                self._trainer.wait(FIRST_WAIT)
            else:
                self._trainer.wait_if_near(LONGEST_WAIT)

    def choose_again(self, keep: int = 1) -> bool:
        """Give back the open questions after the first ``keep`` where a newer model can choose.

        For questions that were asked ahead and that nobody has seen. Says whether any was given
        back; the next :meth:`ask` fills their places.
        """
        with self._lock:
            trained = self._trainer.current
            later = [q for q in self._questions[keep:] if q.purpose in ("learn", "start")]
            if trained is None or all(q.known_labels == trained.n_labels for q in later):
                return False
            self._give_back(keep)
            return True

    def keep_first(self, question: Question) -> bool:
        """Ask this question before the others: it is the one that the person reads.

        It may have been given back meanwhile. False where it is neither open nor given back here,
        or where its row is answered or on another screen by now.
        """
        with self._lock:
            self._check_open()
            self._take_in()
            is_open = any(q.token == question.token for q in self._questions)
            if not is_open and not self._claim_again(question):
                return False
            others = [q for q in self._questions if q.row != question.row]
            self._questions = [question, *others]
            return True

    def _claim_again(self, question: Question) -> bool:
        asked = self._given_back.get(question.token)
        with self._journal.writing(durable=False) as journal:
            self._take_in()
            if asked is None or not self._is_free(question.row, self._claims_of_others()):
                return False
            journal.claim(question.row, self.opener, asked)
            return True

    def _give_back(self, keep: int) -> None:
        """Open questions after the first ``keep`` are nobody's again."""
        claims, later = self._journal.claims(), self._questions[keep:]
        with self._journal.writing(durable=False):
            self._journal.release([q.row for q in later])
        self._given_back = {q.token: claims[q.row][1] for q in later if q.row in claims}
        self._questions = self._questions[:keep]

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

    def _restore_questions(self) -> None:
        """Ask again, under their old tokens, what was on screen before a crash or in a gone tab."""
        claims = sorted(self._journal.claims().items(), key=lambda claim: claim[1][1])
        for row, (opener, asked) in claims:  # as they were asked: the row on screen comes first
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
