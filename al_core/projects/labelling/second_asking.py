"""Own rows asked a second time, blind: how far a person agrees with themself.

The second answer is no label. Where it differs, the person looks at the row once more and decides.
"""

from __future__ import annotations

import math

import numpy as np

from al_core.errors import LabelError, ProjectError
from al_core.learning import Rows, exact_range
from al_core.learning.scoring.label_errors import gwet_ac1
from al_core.projects.journal.events import AnsweredAgain, SecondAskingStarted
from al_core.projects.journal.recorded import PERSON
from al_core.projects.opened import Opened
from al_core.projects.records import Agreement, Receipt
from al_core.projects.words import agreement_words
from al_core.wording import begun

ONE_IN, FEWEST = 20, 10
"""By convention one own row in twenty is asked again; a choice: at least ten, since all ten alike
show no more than 74 in 100, and fewer hardly anything."""


class SecondAsking:
    """Draw, answer again, and compare; each step is an event, so that a restart loses none."""

    def __init__(self, opened: Opened) -> None:
        self._opened = opened

    def start_second_asking(self, *, by: str = PERSON) -> list[int]:
        """Rows to ask again, in a random order: those that wait, or else a new random one in twenty
        of the person's own, check rows included, none of which was asked again before.

        Raises ProjectError where too few rows are answered.
        """
        with self._opened.lock:
            self._opened.check_open()
            self._opened.take_in()
            if not self._to_go(self._opened.person):
                drawn = self._draw().tolist()
                self._opened.record(SecondAskingStarted(drawn), by=by)
            return self._to_go(self._opened.person)

    def answer_again(
        self, row: int, label: str, *, token: str | None = None, by: str = PERSON
    ) -> Receipt:
        """Record a second answer, "" for can't tell; the label stays. LabelError for an unknown
        answer, ProjectError for a row that is not asked again."""
        opened = self._opened
        with opened.lock:
            opened.check_open()
            row = opened.check_row(row)
            opened.take_in()
            names = opened.state.class_names()
            if label and label not in names:
                raise LabelError(f"There is no answer {label!r}. Known: {', '.join(names)}.")
            first = opened.state.rows.answers.get(row)
            name = opened.data.row_names.name(row)
            if row not in opened.state.asked_again.rows or first is None:
                raise ProjectError(begun(f"{name} is not asked a second time."))
            asking = opened.state.asked_again.latest
            event = AnsweredAgain(asking, row, label, first.label, token)
            if opened.record(event, by=by) is None:
                return Receipt(False, row, None, opened.saved_at, f"{name} was answered already.")
            told = begun(f"{name} was answered a second time. Its label stays.")
            return Receipt(True, row, label, opened.saved_at, told)

    def agreement(self, *, of_all: bool = False) -> Agreement | None:
        """How far the second answers agree with the first; None while there is none.

        Of the person whose login this is, or ``of_all`` who answered again.
        """
        with self._opened.lock:
            self._opened.take_in()
            me = "" if of_all else self._opened.person
            state, to_go = self._opened.state, len(self._to_go(me))
            given = state.asked_again.answers(state.rows.undone)
            if me:
                by = state.asked_again.by
                given = {row: one for row, one in given.items() if by[one[0]] == me}
            now = state.classes.now
            pairs = {
                row: tuple(now(one, id_) if one else "" for one in (event.first, event.label))
                for row, (id_, event) in given.items()
            }
            labels = {row: answer.label for row, answer in state.rows.answers.items()}
            n_names = len({*state.class_names(), *(b for _, b in pairs.values())})
        if not pairs:
            return None
        n, same = len(pairs), sum(a == b for a, b in pairs.values())
        low, high = exact_range(same, n)
        ac1 = gwet_ac1([a for a, _ in pairs.values()], [b for _, b in pairs.values()], n_names)
        differing = tuple(r for r, (a, b) in pairs.items() if a != b and labels.get(r) == a)
        words = agreement_words(same, n, (low, high), ac1)
        return Agreement(n, same, low, high, ac1, to_go, differing, *words)

    def _to_go(self, me: str) -> list[int]:
        """Rows drawn that wait: those of one person, or with "" of all."""
        state = self._opened.state
        done = state.asked_again.answers(state.rows.undone)
        whose, answered = state.asked_again.whose, state.rows.answers
        waiting = [row for row in state.asked_again.rows if row not in done and row in answered]
        return [row for row in waiting if me in ("", whose[row])]

    def _draw(self) -> Rows:
        state = self._opened.state
        me, answers = self._opened.person, state.rows.answers
        own = [row for row, a in answers.items() if a.source == PERSON and me in ("", a.by)]
        left = np.setdiff1d(np.asarray(own, dtype=np.intp), state.asked_again.rows)
        if len(left) < FEWEST:
            raise ProjectError(
                f"{len(left)} of your own answers have not been asked again. It takes {FEWEST}."
            )
        rng = np.random.default_rng([self._opened.seed, 19, state.asked_again.latest])
        return rng.permutation(left)[: max(FEWEST, math.ceil(len(own) / ONE_IN))]
