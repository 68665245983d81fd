"""Seek the rows of a rare answer: they are asked first until twenty are found."""

from __future__ import annotations

import math
from collections.abc import Sequence

import numpy as np

from al_core.errors import LabelError, ProjectError
from al_core.learning import Status, at_most
from al_core.learning.querying.seeking import SOUGHT, likely_alone
from al_core.projects.journal.events import SeekingStarted, SeekingStopped
from al_core.projects.journal.recorded import PERSON
from al_core.projects.labelling.answers import Answers
from al_core.projects.labelling.questions import Questions
from al_core.projects.model.current import CurrentModel
from al_core.projects.opened import Opened
from al_core.projects.records import Seeking, SeekingPlan
from al_core.projects.replay.rows import ASKABLE
from al_core.projects.words import LONGEST_NAME
from al_core.wording import count, in_100, listed, short

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
            sentence = why_not or seeking_plan_words(
                answer, hinted if given else None, self._n_holding(given)
            )
            rest = random_rows_say(self._opened, answer)
            return SeekingPlan(not why_not, answer, tuple(given), found, hinted, sentence, rest)

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
            opened.record(SeekingStarted(answer, list(plan.words), sorted({*examples})), by=by)
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
        words = tuple(seekings.words)
        mix = mix_words(*self._taught(seekings.answer), has_words=bool(words))
        return Seeking(seekings.answer, words, found, SOUGHT, found >= SOUGHT, mix)

    def _taught(self, answer: str) -> tuple[int, int]:
        """How many rows that a model learns from have it, and how many another one."""
        rows, n = self._opened.state.rows, self._opened.state.n_teach()
        found = sum(a.label == answer and not rows.is_check[a.row] for a in rows.answers.values())
        found += rows.file_counts[answer]
        return found, n - found

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

    def _n_holding(self, words: Sequence[str]) -> int:
        """How many rows of the whole file hold any of the words."""
        return int((self._opened.word_rows.hits(words) > 0).sum()) if words else 0

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


def random_rows_say(opened: Opened, answer: str) -> str:
    """What the random rows say of how many rows with this answer are left; "" where none is."""
    state = opened.state
    labels = state.checked()[1]
    if not len(labels):
        return ""
    hits = int((labels == answer).sum())
    share = at_most(hits, len(labels))
    drawn_from = state.n_rows - state.n_file_labels()
    left = state.rows.n_free + len(state.rows.returned) + len(state.rows.skipped)
    most = math.floor(share * drawn_from) - state.rows.counts[answer]
    return rest_words(answer, hits, len(labels), share, max(0, min(most, left)), left)


def mix_words(n_sought: int, n_others: int, *, has_words: bool) -> str:
    """Which rows come, by how many with the answer and with others the app can learn from.

    >>> mix_words(1, 9, has_words=False)
    'In turn: likely rows, and some that may just not be, which teach it most.'
    """
    if likely_alone(n_sought, n_others):
        return "The rows likeliest to be it come first: enough is known of both."
    if not n_sought:
        hinted = "rows with your words and " if has_words else ""
        return f"Until the app has learned one: {hinted}rows unlike those seen so far."
    hinted = "likely ones with your words, " if has_words else ""
    return f"In turn: likely rows, {hinted}and some that may just not be, which teach it most."


def enough_found(answer: str, found: int) -> str:
    """Why an answer needs no seeking."""
    name = short(answer, LONGEST_NAME)
    return f"{found:,} rows are {name} already, enough to learn from: rows are asked as usual."


def too_many_words(n: int, most: int) -> str:
    """Why so many words are not taken."""
    return f"Got {n} words. Give at most {most}: those that tell such a row from others."


def no_row_holds(words: Sequence[str]) -> str:
    """Why words lead nowhere.

    >>> no_row_holds(["win", "prize"])
    'No row that can still be asked holds "win" or "prize". Try other words, or none.'
    """
    told = [f'"{short(word, LONGEST_NAME)}"' for word in words[:3]]
    some = " or ".join(told) if len(words) <= len(told) else f"any of {listed(told, 3)}"
    return f"No row that can still be asked holds {some}. Try other words, or none."


def seeking_plan_words(answer: str, hinted: int | None, holding: int) -> str:
    """What seeking an answer begins with.

    hinted: rows that hold the words and may come, None for no words; holding: of the whole file.

    >>> seeking_plan_words("Spam", 57, 57)
    'Rows that may be Spam come first until 20 are found. 57 rows of the file hold your words.'
    >>> seeking_plan_words("Spam", 97, 134).split(": ")[1]
    '97 may come, 37 are check rows or were answered or skipped.'
    """
    first = f"Rows that may be {short(answer, LONGEST_NAME)} come first until "
    first += f"{SOUGHT} are found"
    if hinted is None:
        return f"{first}; before one is known, unusual rows."
    hold = f"{first}. {count(holding, 'row of the file holds', 'rows of the file hold')} your words"
    rest = holding - hinted
    if not rest:
        return f"{hold}."
    others = "is a check row or was" if rest == 1 else "are check rows or were"
    return f"{hold}: {hinted:,} may come, {rest:,} {others} answered or skipped."


def rest_words(answer: str, hits: int, n: int, share: float, most: int, left: int) -> str:
    """How many rows of an answer are left at most, by rows picked at random.

    >>> rest_words("Spam", 0, 57, 0.0512, 248, 4880)
    '0 of 57 random rows are Spam: up to 5 in 100 of all. At most 248 of the 4,880 left.'
    """
    name = short(answer, LONGEST_NAME)
    rows = count(n, "random row")
    return (
        f"{hits:,} of {rows} {'is' if hits == 1 else 'are'} {name}: up to {in_100(share)} of all. "
        f"At most {most:,} of the {left:,} left."
    )


def _tidy(words: Sequence[str]) -> list[str]:
    """Each word once, without blanks around it."""
    tidied = [word.strip() for word in words]
    return list(dict.fromkeys(word for word in tidied if word))
