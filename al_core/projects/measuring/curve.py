"""The learning curve as a function of the journal: models refitted on the first n labels."""

from __future__ import annotations

from collections.abc import Callable
from hashlib import blake2b

import numpy as np

from al_core.learning import Matrix, Round, Rows, fit_model, get_metric, label_grid
from al_core.learning.models.threads import one_thread
from al_core.learning.records import text_labels
from al_core.progress import Progress
from al_core.projects.labelling.next_row import NextRow
from al_core.projects.measuring.kept import Kept, digest_of
from al_core.projects.opened import Labels, Opened

Cancelled = Callable[[], bool]
Scores = tuple[float, float, float]


class Curve:
    """The first rows, and the score after so many labels; scores are kept, never fitted twice.

    ``measured``: the last curve; ``measured_at``: the position that it was measured at.
    """

    def __init__(self, opened: Opened, next_row: NextRow) -> None:
        self._opened, self._next_row = opened, next_row
        self.kept = Kept(opened.folder)
        self.measured: list[Round] = []
        self.measured_at: tuple[object, ...] | None = None
        self._scores: dict[bytes, Scores] = {}
        self._digest: tuple[Matrix, str] | None = None

    @property
    def first_rows(self) -> Rows:
        """The rows before the first model, in order: labels of two answers at last.

        In a rehearsal that has not come so far, the rows that will be asked first.
        """
        with self._opened.lock:
            order = self._opened.state.teach_order()
            n = self.n_first(order)
            if self._opened.kind == "oracle" and n == 0:
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
        with self._opened.lock:
            self._opened.take_in()
            order, taught = (
                self._opened.state.teach_order(),
                dict(zip(*self._opened.state.taught(), strict=True)),
            )
            test, truth = self._opened.tested_on()
            position = self._opened.position()
            first = self.n_first(order)
        if first == 0 or len(test) == 0:
            return []
        last = len(order)
        grid = range(first, last + 1) if self._opened.kind == "oracle" else label_grid(first, last)
        rounds: list[Round] = []
        for done, n in enumerate(grid):
            if cancelled and cancelled():
                return rounds
            if on_progress:
                on_progress(done / len(grid), f"curve, {n} of {last} rows")
            new = order[rounds[-1].n_labels if rounds else 0 : n]
            rows = np.sort(order[:n])
            labels = text_labels(taught[row] for row in rows.tolist())
            rounds.append(self._round(rows, labels, new, test, truth))
        self.measured, self.measured_at = rounds, position
        return rounds

    def _round(self, rows: Rows, labels: Labels, new: Rows, test: Rows, truth: Labels) -> Round:
        with self._opened.lock:
            key, X = self.round_key(rows, labels, test, truth), self._opened.X
        scores = self.known_scores(key)
        if scores is None:
            with one_thread():
                model = fit_model(self._opened.estimator, X[rows], labels, self._opened.seed)
                predicted = text_labels(model.predict(X[test]))
            metric = get_metric(self._opened.metric)
            among = truth, predicted, self._opened.classes
            scores = (metric.score(*among), *metric.interval(*among))
            self._keep_scores(key, scores)
        return Round(len(rows), scores[0], new, scores[1], scores[2], len(test), 0.0)

    def keep_round(self, played: Round, features: str) -> None:
        """Remember a round that was played, so that the curve need not fit it again.

        features: what was read beside letters then.
        """
        rows, labels = self._opened.state.taught()
        if len(rows) == played.n_labels and features == self._opened.features:
            key = self.round_key(rows, labels, *self._opened.tested_on())
            self._keep_scores(key, (played.score, played.low, played.high))

    def known_scores(self, key: bytes) -> Scores | None:
        """Scores of this session, or those that a rehearsal has kept in its folder."""
        if key not in self._scores and self._opened.kind == "oracle":
            for score, low, high in self.kept.values(self.kept_key(key)):
                self._scores[key] = score, low, high
        return self._scores.get(key)

    def _keep_scores(self, key: bytes, scores: Scores) -> None:
        """A rehearsal's are kept on disk: the check rows that give them stay the same."""
        self._scores[key] = scores
        if self._opened.kind == "oracle":
            self.kept.add(self.kept_key(key), scores)

    def kept_key(self, digest: bytes, X: Matrix | None = None) -> str:
        """A key for the disk: what is measured, and on which numbers (those of the project)."""
        X = self._opened.X if X is None else X
        if self._digest is None or self._digest[0] is not X:
            self._digest = X, digest_of(X)
        return f"{self._digest[1]} {digest.hex()}"

    def round_key(self, rows: Rows, labels: Labels, test: Rows, truth: Labels) -> bytes:
        """Everything that the score of a round depends on, as a digest."""
        settings = (
            self._opened.model_name,
            self._opened.metric,
            self._opened.seed,
            sorted(self._opened.classes),
            *filter(None, [self._opened.features]),
        )
        digest = blake2b(repr(settings).encode(), digest_size=16)
        for part in (rows.astype(np.int64), test.astype(np.int64)):
            digest.update(part.tobytes())
        for names in (labels, truth):
            digest.update("\n".join(names.tolist()).encode())
        return digest.digest()

    def n_first(self, order: Rows) -> int:
        """How many labels stand before the first model; 0 while there is none."""
        labels = dict(zip(*self._opened.state.taught(), strict=True))
        seen: set[str] = set()
        n_file = self._opened.state.n_file_taught()
        for n, row in enumerate(order.tolist(), start=1):
            seen.add(labels[row])
            if len(seen) > 1:
                return max(n, n_file)
        return 0

    def _first_rows_to_come(self, order: Rows) -> Rows:
        rows = order.tolist()
        seen = {self._opened.file_name(row) for row in rows}
        while len(seen) < 2:
            row = self._next_row.start_row(set(rows))
            if row is None:
                break
            rows.append(row)
            seen.add(self._opened.file_name(row))
        return np.asarray(rows, dtype=np.intp)
