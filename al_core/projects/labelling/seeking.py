"""Seek the rows of a rare answer: they are asked first until twenty are found."""

from __future__ import annotations

import math
from collections.abc import Sequence

import numpy as np

from al_core.errors import LabelError, ProjectError
from al_core.learning import Status, at_most
from al_core.learning.querying.seeking import SOUGHT
from al_core.projects.journal.events import SeekingStarted, SeekingStopped
from al_core.projects.journal.recorded import PERSON
from al_core.projects.labelling.answers import Answers
from al_core.projects.labelling.questions import Questions
from al_core.projects.model.current import CurrentModel
from al_core.projects.opened import Opened
from al_core.projects.records import Seeking, SeekingPlan
from al_core.projects.replay.rows import ASKABLE
from al_core.projects.words import (
    enough_found,
    no_row_holds,
    rest_words,
    seeking_plan_words,
    too_many_words,
)

# A choice: a few words lead to the rows, a list of them leads everywhere.
MOST_WORDS = 20


class SeekRare:
    """Plan, start, look, stop; starting and stopping are events, so that a restart goes on."""

    def __init__(
        self, opened: Opened, model: CurrentModel, answers: Answers, questions: Questions
    ) -> None:
        self._opened, self._model = opened, model
        self._answers, self._questions = answers, questions

    def plan_seeking(self, answer: str, words: Sequence[str] = ()) -> SeekingPlan:
        """What seeking this answer by these words begins with; starts nothing.

        words: parts of the text of such rows, in any language, whatever their case. Raises
        LabelError for an unknown answer.
        """
        with self._opened.lock:
            self._opened.take_in()
            self._check_answer(answer)
            given = _tidy(words)
            found, hinted = self._opened.n_found(answer), self._n_hinted(given)
            why_not = ""
            if found >= SOUGHT:
                why_not = enough_found(answer, found)
            elif len(given) > MOST_WORDS:
                why_not = too_many_words(len(given), MOST_WORDS)
            elif given and not hinted:
                why_not = no_row_holds(given)
            sentence = why_not or seeking_plan_words(answer, given, hinted)
            return SeekingPlan(
                not why_not, answer, tuple(given), found, hinted, sentence, self._rest(answer)
            )

    def start_seeking(
        self,
        answer: str,
        words: Sequence[str] = (),
        examples: Sequence[int] = (),
        *,
        by: str = PERSON,
    ) -> Seeking:
        """Seek this answer from the next row on; it takes the place of one that was sought.

        examples: rows that have the answer; they get it as a label. Raises LabelError for an
        unknown answer or an example that has another one, ProjectError where words lead nowhere
        or enough rows are found.
        """
        opened = self._opened
        with opened.lock:
            opened.check_open()
            plan = self.plan_seeking(answer, words)
            if not plan.possible:
                raise ProjectError(plan.sentence)
            new = self._new_examples(answer, examples)
            if new:
                self._answers.label_many(new, answer, by=by)
            opened.record(SeekingStarted(answer, list(plan.words)), by=by)
            self._ask_otherwise()
            return self._now()

    def stop_seeking(self, *, by: str = PERSON) -> bool:
        """Ask as usual again; whether anything was sought. What was found stays labelled."""
        opened = self._opened
        with opened.lock:
            opened.check_open()
            opened.take_in()
            if not opened.state.seekings.id:
                return False
            opened.record(SeekingStopped(), by=by)
            self._ask_otherwise()
            return True

    def seeking(self) -> Seeking | None:
        """The answer that is sought, and how many of it were found; None for none. Cheap."""
        with self._opened.lock:
            self._opened.take_in()
            return self._now() if self._opened.state.seekings.id else None

    def _ask_otherwise(self) -> None:
        """Rows asked ahead that nobody has seen are chosen anew."""
        self._model.labels_came_in()
        self._questions.choose_anew()

    def _now(self) -> Seeking:
        seekings = self._opened.state.seekings
        found = self._opened.n_found(seekings.answer)
        return Seeking(seekings.answer, tuple(seekings.words), found, SOUGHT, found >= SOUGHT)

    def _check_answer(self, answer: str) -> None:
        names = self._opened.state.class_names()
        if answer not in names:
            raise LabelError(
                f"There is no answer {answer!r}. Known: {', '.join(names)}. Add it first."
            )

    def _n_hinted(self, words: Sequence[str]) -> int:
        """How many rows hold any of the words and may still be asked to learn from."""
        if not words:
            return 0
        rows = self._opened.state.rows
        free = np.isin(rows.status, ASKABLE) & ~rows.is_check
        return int(((self._opened.word_rows.hits(words) > 0) & free).sum())

    def _new_examples(self, answer: str, examples: Sequence[int]) -> list[int]:
        """Those of the rows that do not have the answer yet."""
        new = list[int]()
        for row in map(self._opened.check_row, examples):
            label = self._label_of(row)
            if label and label != answer:
                name = self._opened.data.row_names.name(row)
                raise LabelError(
                    f"The example {name} is {label} already. Give rows that are {answer}."
                )
            if not label:
                new.append(row)
        return new

    def _label_of(self, row: int) -> str:
        """The answer that a row has, the file's too; "" for none."""
        rows = self._opened.state.rows
        if row in rows.answers:
            return rows.answers[row].label
        return rows.file_label(row) if rows.status[row] == Status.LABELLED else ""

    def _rest(self, answer: str) -> str:
        """What the random rows say of how many are left."""
        state = self._opened.state
        labels = state.checked()[1]
        if not len(labels):
            return ""
        hits = int((labels == answer).sum())
        share = at_most(hits, len(labels))
        drawn_from = state.n_rows - state.n_file_labels()
        left = state.rows.n_free + len(state.rows.returned) + len(state.rows.skipped)
        most = math.floor(share * drawn_from) - state.rows.counts[answer]
        return rest_words(answer, hits, len(labels), share, max(0, min(most, left)), left)


def _tidy(words: Sequence[str]) -> list[str]:
    """Each word once, without blanks around it."""
    tidied = [word.strip() for word in words]
    return list(dict.fromkeys(word for word in tidied if word))
