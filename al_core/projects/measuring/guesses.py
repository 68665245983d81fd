"""Guesses from elsewhere: what a column of them says of each row, and how often it is right.

They are measured on check rows alone, which a person has answered without seeing them.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from al_core.errors import ProjectError
from al_core.learning import Rows
from al_core.learning.scoring.exact_ranges import exact_range
from al_core.projects.model.opinions import Opinions
from al_core.projects.opened import Labels, Opened
from al_core.projects.records import GuessScore
from al_core.projects.words import share_words
from al_core.tables.columns.answer_keys import answer_key, spelling_key, visible
from al_core.wording import listed

Names = NDArray[np.object_]


@dataclass(frozen=True, slots=True)
class Said:
    """What a column says: the answer of each row under its present name, "" for none; and the
    values that are no answers, with how often they come. Those rows hold None."""

    answers: Names
    no_answers: tuple[tuple[str, int], ...]


class GuessesFromElsewhere:
    """Columns that a person wants checked; what they say is worked out once for the answers."""

    def __init__(self, opened: Opened, opinions: Opinions) -> None:
        self._opened, self._opinions = opened, opinions
        self._said: dict[str, tuple[object, Said]] = {}

    def guess_scores(self) -> list[GuessScore]:
        """How often each column of guesses is right, in the order of the table; none without one.

        On the check rows that were reserved at the start, in their order, as far as they are
        answered; rows of final checks were drawn from others and are left out. A value that is no
        answer counts as wrong, a blank one not at all.
        """
        if not self.columns:
            return []
        app = self._opinions.on_check_rows()  # may wait for the first model
        right = pd.Series(app["right"].to_numpy(dtype=bool), index=app["row"])
        with self._opened.lock:
            self._opened.take_in()
            rows, truth, untold = self._checked()
            return [self._score(name, rows, truth, untold, right) for name in self.columns]

    @property
    def columns(self) -> list[str]:
        """The columns of guesses, in the order of the table."""
        return self._opened.data.guess_columns

    def said(self, column: str) -> Said:
        """What a column says of each row; ProjectError where it is none of guesses."""
        if column not in self.columns:
            of = listed(self.columns, 8) or "none in this project"
            raise ProjectError(
                f'The column "{column}" holds no guesses to be checked. Choose one of: {of}.'
            )
        with self._opened.lock:
            self._opened.take_in()
            names = self._names()
            known = self._said.get(column)
            if known is None or known[0] != names:
                found = what_they_say(self._opened.data.table.text[column], dict(names))
                self._said[column] = known = names, found
            return known[1]

    def _names(self) -> tuple[tuple[str, str], ...]:
        """Answers as they may be spelt in the file, those of the start too, and their present
        names."""
        classes = self._opened.state.classes
        first = [(name, classes.now(name, 0)) for name in classes.start]
        return *first, *((name, name) for name in self._opened.classes)

    def _checked(self) -> tuple[Rows, Labels, Rows]:
        """Answered check rows, their answers, and those passed that have none."""
        state = self._opened.state
        if self._opened.kind == "oracle":
            return *self._opened.tested_on(), np.empty(0, dtype=np.intp)
        passed = state.check_rows[: min(state.n_reserved, state.prefix()[0])]
        told = np.asarray([row in state.rows.answers for row in passed.tolist()], dtype=bool)
        rows = passed[told]
        names = [state.rows.answers[row].label for row in rows.tolist()]
        return rows, np.asarray(names, dtype=np.str_), passed[~told]

    def _score(
        self, column: str, rows: Rows, truth: Labels, untold: Rows, app_right: pd.Series[bool]
    ) -> GuessScore:
        said = self.said(column)
        given, open_ones = said.answers[rows], said.answers[untold]
        has_guess = given != ""
        is_right = given[has_guess] == truth[has_guess].astype(object)
        right, alone = int(is_right.sum()), _alone(is_right, rows[has_guess], app_right)
        n, n_unanswered = int(has_guess.sum()), int((open_ones != "").sum())
        low, high = exact_range(right, n, n_unknown=n_unanswered)
        wanted = min(self._opened.settings.check_first, self._opened.state.n_reserved)
        ready = n > 0 and (len(rows) >= wanted or self._opened.kind == "oracle")
        words = share_words(right / n, low, high) if ready else ""
        n_blank = int((~has_guess).sum() + (open_ones == "").sum())
        mixed = _mixed(given[has_guess], truth[has_guess])
        return GuessScore(
            column,
            right,
            n,
            n_unanswered,
            n_blank,
            low,
            high,
            ready,
            words,
            said.no_answers,
            mixed,
            alone,
        )


def _alone(
    is_right: NDArray[np.bool_], rows: Rows, app_right: pd.Series[bool]
) -> tuple[int, int] | None:
    """On how many rows the column alone was right, and on how many the app alone; None where the
    app is not tested on them: without a model, and where rows of the file test it. A row that was
    answered a moment ago may be on one side only: it is left out."""
    on_both = np.isin(rows, app_right.index)
    if not on_both.any():
        return None
    theirs, apps = is_right[on_both], app_right[rows[on_both]].to_numpy(dtype=bool)
    return int((theirs & ~apps).sum()), int((apps & ~theirs).sum())


def _mixed(given: Names, truth: Labels) -> tuple[tuple[str, str, int, int], ...]:
    """Each answer and what it was taken for, the most frequent first; no answers are left out."""
    told, of = truth.tolist(), Counter(truth.tolist())
    pairs = Counter(
        (right, guess)
        for right, guess in zip(told, given.tolist(), strict=True)
        if guess is not None and guess != right
    )
    found = [(right, guess, n, of[right]) for (right, guess), n in pairs.items()]
    return tuple(sorted(found, key=lambda one: (-one[2], one[3], one[0], one[1])))


def what_they_say(cells: pd.Series, names: dict[str, str]) -> Said:
    """Each cell as an answer. names: answers as they may be spelt, and their present names.

    Letter by letter where there is one, else whatever the capitals and blanks, where that leaves
    no doubt.

    >>> cells = pd.Series(["Yes ", "no", "", "n/a", "maybe"])
    >>> found = what_they_say(cells, {"yes": "y", "no": "no"})
    >>> found.answers.tolist(), found.no_answers
    (['y', 'no', '', '', None], (('maybe', 1),))
    """
    codes, values = pd.factorize(cells.fillna(""))
    alike: dict[str, set[str]] = {}
    for name, now in names.items():
        alike.setdefault(spelling_key(name), set()).add(now)
    meant = [_answer(str(value), names, alike) for value in values]
    counts = np.bincount(codes, minlength=len(meant)).tolist()
    others: Counter[str] = Counter()
    for value, answer, n in zip(values, meant, counts, strict=True):
        if answer is None:
            others[visible(str(value))] += n
    return Said(np.asarray([*meant, ""], dtype=object)[codes], tuple(others.most_common()))


def _answer(value: str, names: dict[str, str], alike: dict[str, set[str]]) -> str | None:
    """The answer that a cell means; "" for none, None where it is no answer of the project."""
    exact = names.get(visible(value))
    if exact is not None:
        return exact
    found = alike.get(spelling_key(value), set())
    if len(found) == 1:
        return next(iter(found))
    return None if answer_key(value) else ""
