"""Questions: claimed for one screen, noted in the journal, asked again after a crash."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from al_core.errors import PoolError
from al_core.learning import Status
from al_core.projects.journal.events import Asked
from al_core.projects.journal.presence import living
from al_core.projects.labelling.next_row import NextRow
from al_core.projects.labelling.on_screen import OnScreen
from al_core.projects.model.current import CurrentModel
from al_core.projects.opened import Opened
from al_core.projects.records import DRAWN_PURPOSES, Question
from al_core.projects.replay.rows import ASKABLE

_GIVEN_BACK = 400
"""Questions given back that can be taken up again: a slow screen may show one of many models ago,
and eight are given back for each model."""


class Questions:
    """The same questions to the same opener until they are answered, none to two openers."""

    def __init__(
        self, opened: Opened, model: CurrentModel, next_row: NextRow, on_screen: OnScreen
    ) -> None:
        self._opened, self._model = opened, model
        self._next_row, self._on_screen = next_row, on_screen
        self._given_back: dict[str, int] = {}  # tokens of questions given back, and who asked them
        self._asked_for = ""  # the answer that the ranking sought when rows were asked last

    def ask(self, n: int = 1) -> list[Question]:
        """The next ``n`` questions; fewer, or none, when there are no more rows to ask.

        In the background mode this never waits for a training, except a few hundredths of a second
        for one that is about to end. Without it, every question comes from a model that knows all
        labels.
        """
        return self._ask(n, [])

    def ask_together(self, n: int) -> list[Question]:
        """``n`` questions to be answered at once: those to learn from differ from one another.

        Questions that were open and not answered are given back first.
        """
        with self._opened.lock:
            self._opened.check_open()
            self._opened.take_in()
            self._give_back(0)
            return self._ask(n, self._next_row.unlike_rows(n))

    def _ask(self, n: int, together: Sequence[int]) -> list[Question]:
        if isinstance(n, bool) or not isinstance(n, int) or n < 1:
            raise PoolError(f"Asked for {n!r} rows. Ask for 1 or more.")
        screen = self._on_screen
        if not screen.questions or not self._opened.background:
            self._model.wait_a_moment()
        with self._opened.lock:
            self._opened.check_open()
            self._opened.take_in()
            self._model.ranking()  # trained before the journal is held, not while
            self._keep_open_questions()
            if screen.again or len(screen.questions) < n:
                self._ask_more(n, together)
            return screen.questions[:n]

    def choose_again(self, keep: int = 1) -> bool:
        """Give back the open questions after the first ``keep`` where a newer model can choose.

        For questions that were asked ahead and that nobody has seen. Says whether any was given
        back; the next :meth:`ask` fills their places.
        """
        with self._opened.lock:
            trained = self._model.now
            later = [q for q in self._on_screen.questions[keep:] if q.purpose in ("learn", "start")]
            if trained is None:
                if not self._next_row.may_be_unusual(later):
                    return False
            elif trained.sought == self._asked_for and all(
                q.known_labels == trained.n_labels for q in later
            ):
                return False
            self._give_back(keep)
            return True

    def choose_anew(self) -> None:
        """Give back all open questions but the first: from here on rows are chosen otherwise."""
        with self._opened.lock:
            self._give_back(1)

    def keep_first(self, question: Question) -> bool:
        """Ask this question before the others: it is the one that the person reads.

        It may have been given back meanwhile; its values are looked up then. False where it is
        neither open nor given back here, or where its row is answered or on another screen by now.
        """
        with self._opened.lock:
            self._opened.check_open()
            self._opened.take_in()
            first = next((q for q in self._on_screen.questions if q.token == question.token), None)
            if first is None:
                if not self._claim_again(question):
                    return False
                first = replace(question, values=self._opened.data.row(question.row))
            others = [q for q in self._on_screen.questions if q.row != question.row]
            self._on_screen.questions = [first, *others]
            return True

    def _claim_again(self, question: Question) -> bool:
        asked = self._given_back.get(question.token)
        with self._opened.journal.writing(durable=False) as journal:
            self._opened.take_in()
            taken = self._claims_of_others()
            if asked is None or not self._next_row.may_be_asked(question.row, taken):
                return False
            journal.claim(question.row, self._opened.opener, asked)
            return True

    def _give_back(self, keep: int) -> None:
        """Open questions after the first ``keep`` are nobody's again."""
        claims, later = self._opened.journal.claims(), self._on_screen.questions[keep:]
        with self._opened.journal.writing(durable=False):
            self._opened.journal.release([q.row for q in later])
        self._given_back |= {q.token: claims[q.row][1] for q in later if q.row in claims}
        self._given_back = dict(list(self._given_back.items())[-_GIVEN_BACK:])
        self._on_screen.questions = self._on_screen.questions[:keep]

    def next_rows(self, n: int) -> list[int]:
        """The rows that would be asked next to learn from, without asking them."""
        with self._opened.lock:
            self._opened.take_in()
            taken: set[int] = set()
            trained = self._model.now
            queue = trained.queue if trained else []
            rows = [row for row in queue if self._next_row.is_free(row, taken)][:n]
            while not trained and len(rows) < n:
                row = self._next_row.start_row(taken | set(rows))
                if row is None:
                    break
                rows.append(row)
            return rows

    def _keep_open_questions(self) -> None:
        """Drop questions that were answered elsewhere or taken over."""
        claims = self._opened.journal.claims() if self._on_screen.questions else {}
        self._on_screen.questions = [
            q
            for q in self._on_screen.questions
            if claims.get(q.row, ("", 0))[0] == self._opened.opener
        ]

    def _ask_more(self, n: int, together: Sequence[int]) -> None:
        """Choose rows, claim them and note in the journal that they were asked."""
        trained = self._model.now
        self._asked_for = trained.sought if trained else ""
        # Not durable: an ask that a power cut loses is asked again; the next label makes it safe.
        with self._opened.journal.writing(durable=False):
            self._opened.take_in()
            claims = self._claims_of_others()
            taken = {*claims}
            for open_question in self._on_screen.questions:
                taken |= self._with_twins(open_question.row)
            again = [r for r in self._on_screen.again if self._next_row.may_be_asked(r, taken)]
            self._on_screen.again = []
            for row in reversed(again):
                taken |= self._with_twins(row)
                self._on_screen.questions.insert(0, self._taken_back(row))
                self._note(self._on_screen.questions[0])
            while len(self._on_screen.questions) < n:
                question = self._next_row.next(taken, self._on_screen.questions, together)
                if question is None:
                    break
                taken |= self._with_twins(question.row)
                self._on_screen.questions.append(question)
                self._note(question)
        self._opened.take_in()

    def _taken_back(self, row: int) -> Question:
        """The question about a row whose answer was taken back: it is for what it was for."""
        question = self._next_row.once_more(row)
        typical = question.purpose == "learn" and row in self._on_screen.typical
        return replace(question, purpose="start") if typical else question

    def _with_twins(self, row: int) -> set[int]:
        """A row on the screen, and those that its answer would answer as well."""
        return {row, *self._opened.data.twins_of(row)}

    def _note(self, q: Question) -> None:
        event = Asked(
            q.row, q.token, q.purpose, q.known_labels, q.n_labels, q.utility, q.rank, q.ranked_of,
            q.why,
        )  # fmt: skip
        asked = self._opened.journal.append(event, opener=self._opened.opener, by="app")
        self._opened.journal.claim(q.row, self._opened.opener, asked or 0)

    def _claims_of_others(self) -> set[int]:
        """Rows on another screen; those of openers that are gone are freed."""
        claims = self._opened.journal.claims()
        others = {opener for opener, _ in claims.values()} - {self._opened.opener}
        gone = others - living(self._opened.folder) if others else set()
        for opener in gone:
            self._opened.journal.release_all(opener)
        return {
            r for r, (opener, _) in claims.items() if opener not in {self._opened.opener, *gone}
        }

    def take_over(self) -> None:
        """Make the questions of openers that are gone this opener's, and ask them again first."""
        opened = self._opened
        with opened.journal.writing(durable=False) as journal:
            openers = {opener for opener, _ in journal.claims().values()}
            for opener in openers - opened.living:
                journal.take_over(opener, opened.opener)
        self._restore()

    def _restore(self) -> None:
        """Ask again, under their old tokens, what was on screen before a crash or in a gone tab."""
        claims = sorted(self._opened.journal.claims().items(), key=lambda claim: claim[1][1])
        waiting, not_mine = (*ASKABLE, Status.SKIPPED), []
        for row, (opener, asked) in claims:  # as they were asked: the row on screen comes first
            recorded = self._opened.journal.event(asked) if opener == self._opened.opener else None
            event = recorded.event if recorded else None
            if not isinstance(event, Asked) or event.purpose in DRAWN_PURPOSES:
                continue
            is_waiting = self._opened.state.rows.status[row] in waiting
            if event.purpose == "shared":
                is_waiting = self._next_row.is_for_second(row)
                not_mine += [] if is_waiting else [row]
            if is_waiting:
                self._on_screen.questions.append(
                    replace(
                        self._next_row.question(row, event.purpose, event.why),
                        utility=event.utility,
                        rank=event.rank,
                        ranked_of=event.ranked_of,
                        token=event.token,
                        known_labels=event.known_labels,
                        n_labels=event.n_labels,
                    )
                )
        if not_mine:  # the person who had it on the screen is asked it again
            with self._opened.journal.writing(durable=False) as journal:
                journal.release(not_mine)
