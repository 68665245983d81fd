"""Guesses from elsewhere beside the app's: they have no confidence, agreement is one."""

from __future__ import annotations

import numpy as np
import pandas as pd

from al_core.learning import Status
from al_core.projects.filling.records import BesideGuesses
from al_core.projects.measuring.guesses import GuessesFromElsewhere
from al_core.projects.model.opinions import Opinions
from al_core.projects.opened import Opened


class Agreement:
    """Holds the app's guesses against those of a column, on rows that have no answer."""

    def __init__(self, opened: Opened, opinions: Opinions, guesses: GuessesFromElsewhere) -> None:
        self._opened, self._opinions, self._guesses = opened, opinions, guesses

    def beside_guesses(self, column: str) -> BesideGuesses | None:
        """The rows without an answer on which the app and a column of guesses agree, differ, or the
        column says nothing; None while there is no model.

        Raises ProjectError where the column is none of guesses.
        """
        said = self._guesses.said(column).answers
        left = self._left()
        if not len(left):
            return None
        theirs = said[left["row"].to_numpy()]
        same = theirs == left["prediction"].to_numpy(dtype=object)
        blank = theirs == ""
        differ = left[~same & ~blank].sort_values(["confidence", "row"], ascending=[False, True])
        return BesideGuesses(
            column=column,
            agree=int(same.sum()),
            differ=tuple(differ["row"].tolist()),
            blank=int(blank.sum()),
        )

    def only_agreeing(self, guesses: pd.DataFrame, column: str) -> pd.DataFrame:
        """Of guesses (row, label, ...) those that the column agrees with; all for column ""."""
        if not column:
            return guesses
        theirs = self._guesses.said(column).answers[guesses["row"].to_numpy()]
        same = theirs == guesses["label"].to_numpy(dtype=object)
        agreeing: pd.DataFrame = guesses[same].reset_index(drop=True)
        return agreeing

    def _left(self) -> pd.DataFrame:
        """Row, prediction and confidence of the rows that wait for an answer."""
        frame = self._opinions.predictions()
        with self._opened.lock:
            state = self._opened.state
            waits = ~np.isin(state.rows.status, (Status.LABELLED, Status.DONT_KNOW))
            waits[list(state.final_checks.open_rows)] = False  # asked by their final check
        left: pd.DataFrame = frame[waits & frame["prediction"].notna().to_numpy()]
        return left
