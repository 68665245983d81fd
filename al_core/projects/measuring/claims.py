"""What is claimed of a model while labels come in: it holds though it is looked at again and again.

Looks are taken at fixed numbers of check rows, in a rehearsal (where all of these are known from
the start) at the same numbers of labels. Between looks the last claim stands.
"""

from __future__ import annotations

import math
from hashlib import blake2b

import numpy as np

from al_core.learning import Rows, alpha_at, exact_range, fit_model, latest_look
from al_core.learning.models.threads import one_thread
from al_core.learning.records import text_labels
from al_core.projects.measuring.checks.final_words import shown
from al_core.projects.opened import Labels, Opened
from al_core.projects.records import ClaimNow
from al_core.wording import count


class Claims:
    """The claim of the last look; one fit a look, kept while nothing that it rests on changes."""

    def __init__(self, opened: Opened) -> None:
        self._opened = opened
        self._right: dict[bytes, int] = {}

    def claim(self) -> ClaimNow | None:
        """The share of right guesses of the model at the last look, between exact ends.

        All claims of a project together hold 95 times in 100. None before the first look. Always
        of the share that is right, whatever the project is measured by.
        """
        with self._opened.lock:
            self._opened.take_in()
            order = self._opened.state.teach_order()
            taught = dict(zip(*self._opened.state.taught(), strict=True))
            if self._opened.kind == "oracle":
                j, n_labels = latest_look(len(order))
                rows, n_check, truth = order[:n_labels], *self._all_check_rows()
            else:
                j, n_check = latest_look(self._opened.state.prefix()[0])
                rows, truth = self._taught_before(order, n_check), self._answers(n_check)
        labels = text_labels(taught[row] for row in rows.tolist())
        if not j or not truth or len(set(labels.tolist())) < 2:
            return None
        right, unknown = self._right_of(rows, labels, truth), n_check - len(truth)
        low, high = exact_range(right, len(truth), alpha_at(j), unknown)
        words = f"At {count(len(rows), 'label')}: {shown(low)} to {math.ceil(100 * high - 1e-9)} "
        words += f"in 100, on {count(n_check, 'check row')}; it holds for all looks together."
        return ClaimNow(j, n_check, len(rows), low, high, words)

    def _all_check_rows(self) -> tuple[int, dict[int, str]]:
        rows, names = self._opened.tested_on()
        return len(rows), dict(zip(rows.tolist(), names.tolist(), strict=True))

    def _answers(self, n_check: int) -> dict[int, str]:
        answers = self._opened.state.rows.answers
        rows = self._opened.state.counted_checks()[:n_check].tolist()
        return {row: answers[row].label for row in rows if row in answers}

    def _taught_before(self, order: Rows, n_check: int) -> Rows:
        """The rows that taught the model when the last of these check rows was passed."""
        rows = self._opened.state.rows
        passed = [
            min(one.id for one in rows.entries[row] if one.id not in rows.undone)
            for row in self._opened.state.counted_checks()[:n_check].tolist()
        ]
        n_file, last = self._opened.state.n_file_taught(), max(passed, default=0)
        own = [row for row in order[n_file:].tolist() if rows.answers[row].since < last]
        return np.concatenate([order[:n_file], own]).astype(np.intp)

    def _right_of(self, rows: Rows, labels: Labels, truth: dict[int, str]) -> int:
        """How many of the check rows that model has right."""
        order = np.argsort(rows)
        rows, labels = rows[order], labels[order]
        parts = (self._opened.model_name, rows.tolist(), labels.tolist(), list(truth.items()))
        key = blake2b(repr(parts).encode(), digest_size=16).digest()
        if key not in self._right:
            X = self._opened.X
            with one_thread():
                model = fit_model(self._opened.estimator, X[rows], labels, self._opened.seed)
                guesses = text_labels(model.predict(X[list(truth)]))
            self._right[key] = int((guesses == text_labels(truth.values())).sum())
        return self._right[key]
