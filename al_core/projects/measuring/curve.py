"""The learning curve as a function of the journal: models refitted on the first n labels."""

from __future__ import annotations

from collections.abc import Callable
from hashlib import blake2b

import numpy as np
from numpy.typing import NDArray

from al_core.learning import Round, Rows, fit_model, get_metric, label_grid
from al_core.learning.models.threads import one_thread
from al_core.projects.labelling.questions import Asking
from al_core.projects.measuring.kept import print_of

Progress = Callable[[float, str], None]
Cancelled = Callable[[], bool]
Labels = NDArray[np.str_]
Scores = tuple[float, float, float]


class Rounds(Asking):
    """rounds, first_rows and what they are measured on."""

    @property
    def first_rows(self) -> Rows:
        """The rows before the first model, in order: labels of two answers at last.

        In a rehearsal that has not come so far, the rows that will be asked first.
        """
        with self._lock:
            order = self._state.teach_order()
            n = self._n_first(order)
            if self.kind == "oracle" and n == 0:
                return self._first_rows_to_come(order)
            return order[: n or len(order)]

    def rounds(
        self, on_progress: Progress | None = None, cancelled: Cancelled | None = None
    ) -> list[Round]:
        """The learning curve of this project, refitted from its labels.

        In a rehearsal one round a label, tested on all check rows; in a live project at most 25
        rounds, tested on the check rows answered by now (none answered: no rounds). Models are
        kept, so that a second call only computes what came new. Stops early when ``cancelled``.
        """
        with self._lock:
            self._take_in()
            order, taught = self._state.teach_order(), dict(zip(*self._state.taught(), strict=True))
            test, truth = self._tested_on()
            position = self._position()
            first = self._n_first(order)
        if first == 0 or len(test) == 0:
            return []
        last = len(order)
        grid = range(first, last + 1) if self.kind == "oracle" else label_grid(first, last)
        rounds: list[Round] = []
        for done, n in enumerate(grid):
            if cancelled and cancelled():
                return rounds
            if on_progress:
                on_progress(done / len(grid), f"curve, {n} of {last} rows")
            new = order[rounds[-1].n_labels if rounds else 0 : n]
            rows = np.sort(order[:n])
            labels = np.asarray([taught[row] for row in rows.tolist()], dtype=np.str_)
            rounds.append(self._round(rows, labels, new, test, truth))
        self._measured_rounds, self._measured_at = rounds, position
        return rounds

    def _round(self, rows: Rows, labels: Labels, new: Rows, test: Rows, truth: Labels) -> Round:
        key = self._round_key(rows, labels, test, truth)
        scores = self._known_scores(key)
        if scores is None:
            with one_thread():
                model = fit_model(self.estimator, self.X[rows], labels, self.seed)
                predicted = np.asarray(model.predict(self.X[test]), dtype=np.str_)
            metric = get_metric(self.metric)
            among = truth, predicted, self.classes
            scores = (metric.score(*among), *metric.interval(*among))
            self._keep_scores(key, scores)
        return Round(len(rows), scores[0], new, scores[1], scores[2], len(test), 0.0)

    def _keep_round(self, played: Round) -> None:
        """Remember a round that was played, so that the curve need not fit it again."""
        rows, labels = self._state.taught()
        if len(rows) == played.n_labels:
            key = self._round_key(rows, labels, *self._tested_on())
            self._keep_scores(key, (played.score, played.low, played.high))

    def _known_scores(self, key: bytes) -> Scores | None:
        """Scores of this session, or those that a rehearsal has kept in its folder."""
        if key not in self._scores and self.kind == "oracle":
            for score, low, high in self._kept.values(self._kept_key(key)):
                self._scores[key] = score, low, high
        return self._scores.get(key)

    def _keep_scores(self, key: bytes, scores: Scores) -> None:
        """A rehearsal's are kept on disk: the check rows that give them stay the same."""
        self._scores[key] = scores
        if self.kind == "oracle":
            self._kept.add(self._kept_key(key), scores)

    def _kept_key(self, digest: bytes) -> str:
        """A key for the disk: what is measured, and on which numbers."""
        X = self.X
        if self._print is None or self._print[0] is not X:
            self._print = X, print_of(X)
        return f"{self._print[1]} {digest.hex()}"

    def _round_key(self, rows: Rows, labels: Labels, test: Rows, truth: Labels) -> bytes:
        """Everything that the score of a round depends on, as a digest."""
        settings = (self.model_name, self.metric, self.seed, sorted(self.classes))
        digest = blake2b(repr(settings).encode(), digest_size=16)
        for part in (rows.astype(np.int64), test.astype(np.int64)):
            digest.update(part.tobytes())
        for names in (labels, truth):
            digest.update("\n".join(names.tolist()).encode())
        return digest.digest()

    def _tested_on(self) -> tuple[Rows, Labels]:
        """(check rows that score the model, their labels)."""
        if self.kind == "oracle":
            test = self._state.check_rows
            return test, self._file_names()[test]
        return self._state.checked()

    def _n_first(self, order: Rows) -> int:
        """How many labels stand before the first model; 0 while there is none."""
        labels = dict(zip(*self._state.taught(), strict=True))
        seen: set[str] = set()
        n_file = self._state.n_file_labels()
        for n, row in enumerate(order.tolist(), start=1):
            seen.add(labels[row])
            if len(seen) > 1:
                return max(n, n_file)
        return 0

    def _first_rows_to_come(self, order: Rows) -> Rows:
        rows = order.tolist()
        seen = {self._file_name(row) for row in rows}
        while len(seen) < 2:
            row = self._start_row(set(rows))
            if row is None:
                break
            rows.append(row)
            seen.add(self._file_name(row))
        return np.asarray(rows, dtype=np.intp)

    def _file_name(self, row: int) -> str:
        """The file's answer of a row, under its present name."""
        return self._state.classes.now(self.data.file_classes[self.data.file_codes[row]], 0)

    def _file_names(self) -> Labels:
        names = [self._state.classes.now(name, 0) for name in self.data.file_classes]
        return np.asarray(names)[self.data.file_codes]

    def _position(self) -> tuple[object, ...]:
        """Where the journal stands, as far as the curve depends on it."""
        rows, classes = self._state.rows, tuple(self.classes)
        return rows.teach_version, rows.check_version, self.settings.model, self.metric, classes
