"""Doubtful labels: those that models which did not learn from them speak against."""

from __future__ import annotations

import numpy as np

from al_core.learning import Rows
from al_core.learning.scoring.label_errors import doubt_labels
from al_core.projects.filling.records import DoubtfulLabel
from al_core.projects.journal.events import AnyLabelled
from al_core.projects.opened import Labels, Opened

MOST = 3_000
"""A choice: labels that are judged at once, a person's own before those of the file; ten models
learn from them."""


class DoubtfulLabels:
    """Looks only at taught rows: to change a check row because the model disputes it would raise
    the score by itself."""

    def __init__(self, opened: Opened) -> None:
        self._opened = opened

    def doubtful_labels(self) -> list[DoubtfulLabel]:
        """Labels that look wrong, the most doubtful first; none that were given twice.

        Takes as long as ten fits. Empty while there are too few labels of two answers.
        """
        opened = self._opened
        with opened.lock:
            opened.take_in()
            rows, labels = self._judged(*opened.state.taught())
            given_twice = {row for row in rows.tolist() if self._is_given_twice(row)}
            X, estimator, seed = opened.X, opened.estimator, opened.seed
        found = doubt_labels(X[rows], labels, estimator, seed)
        judged = zip(
            found.places, found.guesses, found.own, found.other, found.doubtful, strict=True
        )
        return [
            DoubtfulLabel(
                int(rows[place]), str(labels[place]), str(guess), float(own), float(other)
            )
            for place, guess, own, other, doubtful in judged
            if doubtful and int(rows[place]) not in given_twice
        ]

    def _judged(self, rows: Rows, labels: Labels) -> tuple[Rows, Labels]:
        """All taught rows, or of very many those of the person and a random part of the others."""
        if len(rows) <= MOST:
            return rows, labels
        own = np.isin(rows, list(self._opened.state.rows.answers))
        rng = np.random.default_rng([self._opened.seed, 17])
        lots = rng.random(len(rows)) - own  # a person's come first
        kept = np.sort(np.argsort(lots)[:MOST])
        return rows[kept], labels[kept]

    def _is_given_twice(self, row: int) -> bool:
        """Whether the label was given and, the row in sight once more, kept."""
        rows = self._opened.state.rows
        given = [
            self._opened.state.classes.now(entry.event.label, entry.id)
            for entry in rows.entries.get(row, ())
            if isinstance(entry.event, AnyLabelled) and entry.id not in rows.undone
        ]
        if rows.has_file_label(row):
            given.insert(0, rows.file_label(row))
        return len(given) > 1 and given[-1] == given[-2]
