"""Rehearsals: the file's answers stand in for a person, one fit a label."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np
from numpy.typing import NDArray

from al_core.errors import PoolError, ProjectError
from al_core.learning import (
    Asking,
    Oracle,
    Round,
    Rows,
    RowSets,
    RunSettings,
    get_strategy,
    play,
)
from al_core.learning.records import text_labels
from al_core.projects.journal.events import Labelled
from al_core.projects.labelling.next_row import NextRow
from al_core.projects.labelling.on_screen import OnScreen
from al_core.projects.measuring.curve import Cancelled, Curve
from al_core.projects.model.current import CurrentModel
from al_core.projects.opened import Opened
from al_core.projects.replay.rows import ASKABLE

ORACLE = "oracle"


class Rehearsal:
    """Oracle from the file, through the same generator as ``simulate``."""

    def __init__(
        self,
        opened: Opened,
        model: CurrentModel,
        next_row: NextRow,
        on_screen: OnScreen,
        curve: Curve,
    ) -> None:
        self._opened, self._model = opened, model
        self._next_row, self._on_screen, self._curve = next_row, on_screen, curve

    def answer_with_oracle(
        self,
        n: int,
        on_round: Callable[[Round], None] | None = None,
        cancelled: Cancelled | None = None,
    ) -> list[Round]:
        """Answer ``n`` questions from the file; fewer where no more rows are left.

        Each label is journalled as it is given, so a stop loses nothing. Returns the rounds that
        came new; they equal those of ``simulate`` with this project's first_rows, test_rows, seed
        and estimator. Answering in pieces gives the same rows as in one go (for batches, in whole
        batches). Raises ProjectError in a live project.
        """
        if self._opened.kind != "oracle":
            raise ProjectError("Only a rehearsal can be answered from the file.")
        if isinstance(n, bool) or not isinstance(n, int) or n < 1:
            raise PoolError(f"Asked for {n!r} answers. Ask for 1 or more.")
        with self._opened.lock:
            self._opened.check_open()
            self._opened.take_in()
        given = self._answer_first_rows(n)
        rounds: list[Round] = []
        if self._opened.state.n_classes_taught() >= 2:
            rounds = self._play_on(n - given, given > 0, on_round, cancelled)
        with self._opened.lock:
            self._model.labels_came_in()
        return rounds

    def _answer_first_rows(self, n: int) -> int:
        """Typical rows until two answers have been seen; how many of ``n`` that took."""
        given = 0
        with self._opened.lock:
            while given < n and self._opened.state.n_classes_taught() < 2:
                row = self._next_row.start_row(set())
                if row is None:
                    break
                self._answer_from_file(row, "start")
                given += 1
        return given

    def _play_on(
        self,
        n: int,
        show_first: bool,
        on_round: Callable[[Round], None] | None,
        cancelled: Cancelled | None,
    ) -> list[Round]:
        before, pool = self._opened.state.teach_order(), self._pool_rows()
        with self._opened.lock:
            X, features = self._opened.X, self._opened.features
        n = min(n, len(pool))
        rounds: list[Round] = []
        opened = self._opened
        settings = RunSettings(
            opened.estimator,
            Asking(opened.settings.strategy, opened.seed, sample=sample_size(opened)),
            opened.metric,
            opened.settings.batch_size,
            budget=len(before) + n,
        )
        oracle = Oracle(self._truth(), classes=opened.classes)
        game = play(X, oracle, RowSets(before, opened.test_rows, pool), settings)
        for number, played in enumerate(game):
            with self._opened.lock:
                for row in played.rows.tolist() if number else []:
                    self._answer_from_file(row, "learn")
                self._curve.keep_round(played, features)
            if number or show_first:
                rounds.append(played)
                if on_round:
                    on_round(played)
            if cancelled and cancelled():
                break
        return rounds

    def _answer_from_file(self, row: int, purpose: str) -> None:
        label = self._opened.file_name(row)
        event = Labelled(row, label, ORACLE, purpose)
        self._opened.record(event, by=ORACLE, release=[row])
        self._on_screen.drop({row})

    def _pool_rows(self) -> Rows:
        """Rows that may still be asked: not set aside, not answered, no check rows."""
        status, is_check = self._opened.state.rows.status, self._opened.state.rows.is_check
        return np.flatnonzero(np.isin(status, ASKABLE) & ~is_check)

    def _truth(self) -> NDArray[Any]:
        """The file's answers, and in their place those that a person gave by hand."""
        truth = self._opened.file_names().astype(object)
        for row, answer in self._opened.state.rows.answers.items():
            if not self._opened.state.rows.is_check[row]:
                truth[row] = answer.label
        return text_labels(truth)


def sample_size(opened: Opened, strategy: str | None = None) -> int | None:
    """How many rows a strategy looks at, where it is not meant for all of them; None: all.

    strategy: its name; that of the settings by default.
    """
    most = get_strategy(strategy or opened.settings.strategy).max_pool
    return most if opened.data.n_rows > most else None
