"""Which rows are asked before there is a model: typical ones, then unusual ones."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
from numpy.typing import NDArray

from al_core.learning import Matrix, Rows, Status, UnusualRows, looks_for_second
from al_core.projects.opened import Opened
from al_core.projects.replay.rows import ASKABLE
from al_core.projects.starting.files import MEANING_FOLDER
from al_core.projects.words import LOOKING, START
from al_core.tables import readable_rows
from al_core.tables.features.meaning.reading import vectors_in
from al_core.tables.features.meaning.texts import row_texts

# Rows of the order looked at in one go; a choice.
_CHUNK = 4096


class StartRows:
    """Typical rows, and while these have one answer only, the least like all that were seen.

    Free text has no distances that mean anything before its meaning is known: until then random
    rows follow the typical ones, and from then on rows that mean something else.
    """

    def __init__(self, opened: Opened) -> None:
        self._opened = opened
        self._order: Rows | None = None
        self._unusual: UnusualRows | None = None
        self._unusual_of = ""

    def next(self, taken: set[int], n_seen: int | None = None) -> tuple[int, str] | None:
        """The next row and why it is asked; None where no row is left.

        taken: rows on any screen. n_seen: how many rows were seen so far; by default all that are
        set aside or taken.
        """
        seen = self._seen(taken)
        if self.looks_for_second(len(seen) if n_seen is None else n_seen):
            row = self._unusual_rows().next(seen, taken)
            if row is not None:
                return row, LOOKING
        typical = self._typical_row(taken)
        return None if typical is None else (typical, START)

    def unusual(self, taken: set[int]) -> int | None:
        """A row unlike all that were seen, however many answers are known: a rare one may have it.

        While a few typical rows have not been seen, or nothing lies far apart, another one.
        """
        seen = self._seen(taken)
        row = None
        if self._has_distances() and looks_for_second(len(seen)):
            row = self._unusual_rows().next(seen, taken)
        return self._typical_row(taken) if row is None else row

    def looks_for_second(self, n_seen: int) -> bool:
        """Whether so many rows were seen, and so far only one answer."""
        if not self._has_distances() or self._opened.state.n_classes_taught() >= 2:
            return False
        return looks_for_second(n_seen)

    def _has_distances(self) -> bool:
        return not self._opened.data.has_text or bool(self._opened.features)

    def n_answered(self) -> int:
        """Rows to learn from that have an answer or were set aside."""
        return len(self._seen(set()))

    def _seen(self, taken: set[int]) -> set[int]:
        """Rows to learn from that are set aside by an answer or without, or are taken."""
        rows = self._opened.state.rows
        done = np.flatnonzero(~np.isin(rows.status, ASKABLE) & ~rows.is_check)
        return {*done.tolist(), *(row for row in taken if not rows.is_check[row])}

    def _unusual_rows(self) -> UnusualRows:
        features = self._opened.features
        if self._unusual is None or self._unusual_of != features:
            data, is_check = self._opened.data, self._opened.state.rows.is_check
            self._unusual_of = features
            self._unusual = UnusualRows(
                self._numbers(),
                np.flatnonzero(self._may_be_asked() & ~is_check),
                self._opened.seed,
                lambda rows: readable_rows(data.table, data.roles, rows),
            )
        return self._unusual

    def _numbers(self) -> Matrix | Callable[[Rows], Matrix]:
        """The numbers in which rows lie far apart that differ: of texts the vectors of what they
        mean. Not their letters, among which the farthest are the odd ones, nor the components that
        a model learns from: these are made of what many texts have in common
        (``benchmarks/first_answers.py --live``)."""
        data = self._opened.data
        if data.meaning is None:
            return self._opened.X
        kept = vectors_in(self._opened.folder / MEANING_FOLDER)
        frame, columns = data.table.frame, data.text_columns
        return lambda rows: kept.vectors_or_zeros(row_texts(frame.iloc[rows], columns))

    def _may_be_asked(self) -> NDArray[np.bool_]:
        """Of texts those whose meaning is known."""
        meaning = self._opened.data.meaning
        return np.ones(self._opened.data.n_rows, bool) if meaning is None else meaning.read

    def _typical_row(self, taken: set[int]) -> int | None:
        """A typical row, and after these any row in a fixed random order."""
        rows = self._opened.state.rows
        for row in self._opened.state.start_rows:
            if rows.status[row] in ASKABLE and row not in taken and not rows.is_check[row]:
                return int(row)
        order = self._random_order()
        for start in range(0, len(order), _CHUNK):
            part = order[start : start + _CHUNK]
            free = part[(rows.status[part] == Status.UNLABELLED) & ~rows.is_check[part]]
            for row in free.tolist():
                if row not in taken:
                    return int(row)
        return None

    def _random_order(self) -> Rows:
        if self._order is None:
            rng = np.random.default_rng([self._opened.seed, 3])
            self._order = rng.permutation(self._opened.data.n_rows)
        return self._order
