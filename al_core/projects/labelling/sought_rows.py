"""Which row is asked for a rare answer while the model does not know it: words and unusual rows."""

from __future__ import annotations

import numpy as np

from al_core.learning.querying.seeking import Kind, hinted_order, takes_hinted
from al_core.projects.labelling.start_rows import StartRows
from al_core.projects.model.train import Trained
from al_core.projects.opened import Opened
from al_core.projects.replay.rows import ASKABLE

_STREAM = 11  # of random numbers; those below it are drawn from elsewhere


def why_sought(answer: str, of: int, kind: Kind) -> str:
    """Why a row was asked while rows with an answer are sought, and of which kind it is.

    >>> why_sought("Spam", 4812, "likely")
    'Spam is sought: one of the rows likeliest to be it, of 4,812.'
    >>> why_sought("Spam", 4812, "torn")
    'Spam is sought: a row that may just be it or just not be, which teaches most, of 4,812.'
    """
    if kind == "hinted":
        return f"{why_hinted(answer)[:-1]}, the likeliest first."
    if kind == "likely":
        return f"{answer} is sought: one of the rows likeliest to be it, of {of:,}."
    return (
        f"{answer} is sought: a row that may just be it or just not be, which teaches most, "
        f"of {of:,}."
    )


def why_hinted(answer: str) -> str:
    """Why a row with the person's words was asked."""
    return f"{answer} is sought: this row holds words that you gave."


def why_unusual(answer: str) -> str:
    """Why a row was asked while the app knows none with the answer sought."""
    return f"{answer} is sought, and none is known to learn from: a row unlike those seen so far."


class SoughtRows:
    """Rows that hold the person's words and rows unlike all that were seen, in turn.

    From the first row of the answer on that a model has learned, its ranking is asked instead.
    """

    def __init__(self, opened: Opened, start: StartRows) -> None:
        self._opened, self._start = opened, start
        self._order: tuple[int, list[int]] = 0, []

    def next(
        self, taken: set[int], n_ahead: int, trained: Trained | None
    ) -> tuple[int, str] | None:
        """The next row and why it is asked; None where nothing is sought or the model knows it.

        taken: rows on any screen; n_ahead: questions to learn from before this one.
        """
        sought = self._opened.sought
        if not sought or (trained is not None and sought in trained.known):
            return None
        if takes_hinted(self._opened.state.n_teach() + n_ahead):
            row = self._hinted(taken)
            if row is not None:
                return row, why_hinted(sought)
        found = self._start.unusual(taken)
        return None if found is None else (found, why_unusual(sought))

    def _hinted(self, taken: set[int]) -> int | None:
        rows = self._opened.state.rows
        for row in self._hinted_order():
            if rows.status[row] in ASKABLE and not rows.is_check[row] and row not in taken:
                return row
        return None

    def _hinted_order(self) -> list[int]:
        seekings = self._opened.state.seekings
        if self._order[0] != seekings.id:
            rng = np.random.default_rng([self._opened.seed, _STREAM, seekings.id])
            hits = self._opened.word_rows.hits(seekings.words)
            self._order = seekings.id, hinted_order(hits, rng).tolist()
        return self._order[1]
