"""Guesses from elsewhere beside the app's: they have no confidence, agreement is one."""

from __future__ import annotations

import numpy as np
import pandas as pd

from al_core.learning import Status
from al_core.projects.filling.records import Agreed, BesideGuesses
from al_core.projects.measuring.guesses import GuessesFromElsewhere
from al_core.projects.model.opinions import Opinions
from al_core.projects.opened import Opened

_BELIEF = 1.0
"""A choice: what is believed of a column beforehand weighs as much as one wrong row that the app
expects; ten such rows on check rows, and nine tenths are theirs (simulated in the tests)."""


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

    def right_where_agreed(self, column: str, unread: pd.DataFrame) -> Agreed:
        """What it says of the app's guesses that the column says the same.

        On answered check rows; ``unread`` (row, label): where beforehand it is seen how often they
        differ.
        """
        checked = self._opinions.on_check_rows()
        both = self.only_agreeing(checked, column)
        theirs = self._guesses.said(column).answers[unread["row"].to_numpy()]
        told = theirs != ""
        differ = theirs[told] != unread["label"].to_numpy(dtype=object)[told]
        right, expected = int(both["right"].sum()), float((1.0 - both["confidence"]).sum())
        share = share_left(len(both) - right, expected, float(differ.mean()) if told.any() else 1.0)
        return Agreed(column, right, len(both), share)

    def _left(self) -> pd.DataFrame:
        """Row, prediction and confidence of the rows that wait for an answer."""
        frame = self._opinions.predictions()
        with self._opened.lock:
            state = self._opened.state
            waits = ~np.isin(state.rows.status, (Status.LABELLED, Status.DONT_KNOW))
            waits[list(state.final_checks.open_rows)] = False  # asked by their final check
        left: pd.DataFrame = frame[waits & frame["prediction"].notna().to_numpy()]
        return left


def share_left(wrong: int, expected: float, differ: float) -> float:
    """Of the wrong guesses that are to be expected by how sure the app is, the share that is left
    where a column of guesses says the same; at most all of them.

    On check rows where both agree the app expected so many to be ``wrong`` as ``expected``.
    Beforehand it is believed to lie midway between 1, a column that repeats the app's errors, and
    ``differ``, how often they differ: about what two would leave whose errors are independent.

    >>> round(share_left(0, 14.0, 0.24), 2), share_left(0, 0.0, 0.24)
    (0.04, 0.62)
    >>> share_left(12, 10.0, 0.0)
    1.0
    """
    believed = (1.0 + differ) / 2.0
    return min(1.0, (wrong + _BELIEF * believed) / (expected + _BELIEF))
