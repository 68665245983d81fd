"""The model's opinion of a row, and why the row was asked."""

from __future__ import annotations

from typing import Any

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from al_core.learning import Matrix, Status, class_probabilities, fit_model
from al_core.learning.models.sureness import CALIBRATED_FROM, Sureness, learn_sureness
from al_core.learning.models.threads import one_thread
from al_core.learning.records import text_labels
from al_core.projects.model.current import CurrentModel
from al_core.projects.model.pulls import neighbours, terms
from al_core.projects.model.train import Trained
from al_core.projects.model.word_pulls import words_and_cells
from al_core.projects.opened import Opened
from al_core.projects.records import Explanation, Term
from al_core.projects.words import guessed_left_words

# Rows whose probabilities are held at once; a choice, which trades calls against memory.
_CHUNK = 20_000
# Seconds that the first model after opening may take; a choice: whoever asks waits for a fit.
_LONGEST_FIRST = 30.0
_SAID = {Status.LABELLED: "labelled", Status.SKIPPED: "skipped", Status.DONT_KNOW: "don't know"}
STATUS_NAMES = np.array([_SAID.get(status, "unlabelled") for status in Status])


class Opinions:
    """Guesses and their reasons, of the current model and of the final one."""

    def __init__(self, opened: Opened, model: CurrentModel) -> None:
        self._opened, self._model = opened, model
        self._predictions: pd.DataFrame | None = None
        self._predictions_at: tuple[object, ...] | None = None
        self._sureness: tuple[object, Sureness] = (None, Sureness())

    def guess(self, row: int) -> dict[str, float]:
        """The chance of each answer, as far as the current model can tell; empty while there is
        none, or while it still knows an answer of this row that was taken back.

        From 20 answered check rows on the chance of its guess is the share of such guesses that
        were right there (but never below the next answer's); the others share the rest.
        """
        row = self._opened.check_row(row)
        trained = self._for_guess(row)
        if trained is None:
            return {}
        chances = as_sure_as(self.sureness(trained), self._chances(trained, row))
        return {name: chances.get(name, 0.0) for name in self._opened.classes}

    def _for_guess(self, row: int) -> Trained | None:
        """The current model, unless it has learned an answer of this row that holds no more: it
        would say that answer."""
        trained = self._model.now
        if trained is None or self._opened.state.rows.status[row] == Status.LABELLED:
            return trained
        return None if bool((trained.rows == row).any()) else trained

    def sureness(self, trained: Trained | None) -> Sureness:
        """How often the guesses of this model are right, on the check rows it never learned from;
        its own word while fewer than 20 of them are answered."""
        if trained is None:
            return Sureness()
        with self._opened.lock:
            rows, truth = self._opened.tested_on()
        key = (id(trained), len(rows), self._opened.position())
        if self._sureness[0] != key:
            learned = Sureness()
            if len(rows):
                with one_thread():
                    chances = class_probabilities(trained.model, trained.X[rows])
                right = text_labels(trained.known)[chances.argmax(axis=1)] == truth
                learned = learn_sureness(chances.max(axis=1), right)
            self._sureness = key, learned
        return self._sureness[1]

    def _chances(self, trained: Trained, row: int) -> dict[str, float]:
        with one_thread():
            chances = class_probabilities(trained.model, trained.X[[row]])[0]
        return dict(zip(trained.known, map(float, chances), strict=True))

    def explain(self, row: int) -> Explanation:
        """Why this row: the model's doubt, its place in the ranking, what pulls each way, and the
        nearest labelled rows. Computed for this row alone."""
        row = self._opened.check_row(row)
        trained = self._for_guess(row)
        with self._opened.lock:
            rows, labels = self._opened.state.taught()
        X = self._opened.X if trained is None else trained.X
        near = neighbours(X, row, rows, labels)
        if trained is None:
            return Explanation({}, None, 0, 0, 0.0, [], near)
        guess = self.guess(row)
        first, second = sorted(trained.known, key=lambda name: -guess[name])[:2]
        place = trained.places.get(row)
        return Explanation(
            probabilities=guess,
            torn=(first, second),
            rank=0 if place is None else place + 1,
            ranked_of=trained.ranked_of,
            utility=0.0 if place is None else float(trained.utilities[place]),
            terms=self._terms(trained, row, (first, second)),
            neighbours=near,
            letters_alone=self._opened.data.n_beside(trained.X) > 0,
        )

    def _terms(self, trained: Trained, row: int, torn: tuple[str, str]) -> list[Term]:
        if not self._opened.data.has_text:
            return terms(trained.model, self._opened.data, trained.X, row, torn)
        return words_and_cells(trained.model, self._opened.data, trained.X, row, torn)

    def predictions(self) -> pd.DataFrame:
        """The final model's opinion of every row: row, prediction, confidence (0 to 1).

        Confidence: the chance that the prediction is right; from 20 answered check rows on it is
        learned there, from the current model (:meth:`sureness`). The final model is fitted on all
        labels, check rows included; empty opinions (None, nan) while there are labels of fewer than
        two answers. Kept until labels come in.
        """
        meaning = self._opened.data.meaning
        sureness = self.final_sureness()
        read = 0 if meaning is None else int(meaning.read.sum())
        key = *self._opened.position(), read, sureness
        if self._predictions is None or self._predictions_at != key:
            self._predictions, self._predictions_at = self._predict_all(sureness), key
        return self._predictions.copy()

    def guessed_left(self, answer: str) -> str:
        """How many of the rows without an answer the app guesses to have this one, in words; ""
        while there is no model. Costs what :meth:`predictions` does."""
        guess = self.predictions()["prediction"].to_numpy(dtype=object)
        if not len(guess) or guess[0] is None:
            return ""
        blank = ~np.isin(self._opened.state.rows.status, (Status.LABELLED, Status.DONT_KNOW))
        return guessed_left_words(answer, int((guess[blank] == answer).sum()), int(blank.sum()))

    def final_sureness(self) -> Sureness:
        """How often the guesses of the final model are right, as :meth:`predictions` says it."""
        return self.sureness(self._measured())

    def is_calibrated(self) -> bool:
        """Whether how sure a guess is was learned on check rows, and is not the model's word."""
        with self._opened.lock:
            n = len(self._opened.tested_on()[0])
        return n >= CALIBRATED_FROM and self._measured() is not None

    def on_check_rows(self) -> pd.DataFrame:
        """The rows that score the current model: row, label (its guess), confidence, right; none
        while there is no model or no such row."""
        trained = self._measured()
        with self._opened.lock:
            rows, truth = self._opened.tested_on()
        if trained is None or not len(rows):
            rows, truth, sure, guesses = rows[:0], truth[:0], np.empty(0), text_labels([])
        else:
            with one_thread():
                chances = class_probabilities(trained.model, trained.X[rows])
            guesses = text_labels(trained.known)[chances.argmax(axis=1)]
            sure = self.sureness(trained)(chances.max(axis=1))
        right = guesses == truth
        return pd.DataFrame({"row": rows, "label": guesses, "confidence": sure, "right": right})

    def wait_for_first(self) -> None:
        """Right after opening: wait for the model, as no score is known without."""
        self._measured()

    def _measured(self) -> Trained | None:
        """The current model; right after opening it is waited for, as nothing is known without."""
        if self._model.now is None and self._opened.state.n_classes_taught() > 1:
            self._model.wait(_LONGEST_FIRST)
        return self._model.now

    def _predict_all(self, sureness: Sureness) -> pd.DataFrame:
        n = self._opened.data.n_rows
        best, sure = np.full(n, None, dtype=object), np.full(n, np.nan)
        X = self._opened.X
        model = self.final_model(X)
        if model is not None:
            names: NDArray[Any] = np.asarray(model.classes_, dtype=object)
            with one_thread():
                for start in range(0, n, _CHUNK):
                    chances = class_probabilities(model, X[start : start + _CHUNK])
                    best[start : start + _CHUNK] = names[chances.argmax(axis=1)]
                    sure[start : start + _CHUNK] = sureness(chances.max(axis=1))
        return pd.DataFrame({"row": np.arange(n), "prediction": best, "confidence": sure})

    def final_model(self, X: Matrix | None = None) -> Any:
        """Fitted on all labels, check rows included; None for labels of one answer.

        X: the encoded rows to fit it on; by default those of the project.
        """
        with self._opened.lock:
            self._opened.take_in()
            rows, labels = self._opened.state.all_labels()
        if len(set(labels.tolist())) < 2:
            return None
        X = self._opened.X if X is None else X
        return fit_model(self._opened.estimator, X[rows], labels, self._opened.seed)

    def row_state(self) -> pd.DataFrame:
        """One line a row for the map: row, status, label ("" for none), check, prediction,
        confidence. Opinions are those of :meth:`predictions`."""
        opinions = self.predictions()
        with self._opened.lock:
            rows, labels = self._opened.state.all_labels()
            opinions["status"] = STATUS_NAMES[self._opened.state.rows.status]
            opinions["check"] = self._opened.state.rows.is_check.copy()
        text = np.full(self._opened.data.n_rows, "", dtype=object)
        text[rows] = labels
        opinions["label"] = text
        return opinions[["row", "status", "label", "check", "prediction", "confidence"]]


def as_sure_as(sureness: Sureness, chances: dict[str, float]) -> dict[str, float]:
    """Chances in which that of the guess is as learned; the others keep their ratios.

    >>> as_sure_as(Sureness(0.0, 1.0), {"a": 0.9, "b": 0.1})["a"].__round__(2)
    0.73
    >>> as_sure_as(Sureness(0.0, -1.0), {"a": 0.9, "b": 0.1})["a"].__round__(2)
    0.5
    """
    guess = max(chances, key=lambda name: chances[name])
    rest = 1.0 - chances[guess]
    if rest <= 0 or sureness == Sureness():
        return chances
    next_best = max((v for k, v in chances.items() if k != guess), default=0.0) / rest
    sure = float(sureness(np.array([chances[guess]]))[0])
    sure = max(sure, next_best / (1.0 + next_best))
    others = {k: v / rest * (1.0 - sure) for k, v in chances.items() if k != guess}
    return {name: others.get(name, sure) for name in chances}
