"""What every part of an opened project stands on: its journal, its state, its data, its lock."""

from __future__ import annotations

import secrets
from datetime import datetime
from pathlib import Path
from threading import RLock
from typing import Any, Literal

import numpy as np
import pandas as pd

from al_core.errors import PoolError, ProjectError
from al_core.learning import Advice, Baseline, Fitter, Matrix, Round, Rows, get_model, get_strategy
from al_core.projects.journal.events import Event, Recorded, SettingsChanged
from al_core.projects.journal.store import Journal
from al_core.projects.measuring.kept import Kept
from al_core.projects.model.background import Trainer
from al_core.projects.model.train import MOST_CANDIDATES, Task, candidates
from al_core.projects.records import Question, ScoreNow
from al_core.projects.replay.state import State
from al_core.projects.starting.data import ProjectData
from al_core.projects.starting.settings import Settings, read_settings
from al_core.tables import Role, Table

WATCHED = 2000


class ProjectBase:
    """The inner parts; the doors are in the classes that build on this one."""

    def __init__(
        self,
        folder: Path,
        journal: Journal,
        state: State,
        data: ProjectData,
        background: bool,
    ) -> None:
        self.folder, self.data = folder, data
        self.opener = secrets.token_hex(6)
        self.notices: list[str] = []
        self._journal, self._state = journal, state
        self._background = background
        self._lock = RLock()
        self._closed = False
        self._has_asked = False
        self._questions: list[Question] = []
        self._given_back: dict[str, int] = {}
        self._again: list[int] = []
        self._together: list[int] = []
        self._living: set[str] = set()
        self._opened_at = state.last_id
        self._settings = read_settings(state.settings)
        rng = np.random.default_rng([self._settings.seed, 2])
        self._watched = np.sort(rng.choice(data.n_rows, min(WATCHED, data.n_rows), replace=False))
        self._order: Rows | None = None
        self._scores: dict[bytes, tuple[float, float, float]] = {}
        self._measured_rounds: list[Round] = []
        self._measured_at: tuple[object, ...] | None = None
        self._baseline: Baseline | None = None
        self._baseline_at: tuple[object, ...] | None = None
        self._kept = Kept(folder)
        self._print: tuple[Matrix, str] | None = None
        self._predictions: pd.DataFrame | None = None
        self._predictions_at: tuple[object, ...] | None = None
        self._advice: tuple[object, Advice] | None = None
        self._score_now: ScoreNow | None = None
        self._score_key: object = None
        self._trainer = Trainer(self, ProjectBase._make_task)

    # -- what it is -----------------------------------------------------------------------------

    @property
    def id(self) -> str:
        """The name of its folder; stands in the URL."""
        return self.folder.name

    @property
    def is_open(self) -> bool:
        """Whether it was not closed here."""
        return not self._closed

    @property
    def name(self) -> str:
        """The name a person reads."""
        return self._state.name

    @property
    def table(self) -> Table:
        """The table as it was read."""
        return self.data.table

    @property
    def roles(self) -> dict[str, Role]:
        """What each column is used for."""
        return self.data.roles

    @property
    def settings(self) -> Settings:
        """The settings that hold now."""
        return self._settings

    @property
    def classes(self) -> list[str]:
        """The answers in order."""
        with self._lock:
            return self._state.class_names()

    @property
    def kind(self) -> Literal["live", "oracle"]:
        """Who answers: a person, or the file's own answers as well."""
        return "oracle" if self._state.kind == "oracle" else "live"

    @property
    def metric(self) -> str:
        """What is measured: the setting, and accuracy where that is "auto"."""
        return "accuracy" if self._settings.metric == "auto" else self._settings.metric

    @property
    def saved_at(self) -> datetime | None:
        """When the last event was recorded, with time zone."""
        return datetime.fromisoformat(self._state.saved_at) if self._state.saved_at else None

    @property
    def seed(self) -> int:
        """The seed of every random choice."""
        return self._settings.seed

    @property
    def model_name(self) -> str:
        """The name of the model, the recommended one where the setting is "auto"."""
        return self.data.model_name(self._settings.model)

    @property
    def estimator(self) -> Any:
        """A new, unfitted estimator, seeded as every model of this project is."""
        return Fitter(get_model(self.model_name).make(), self.seed).template

    @property
    def X(self) -> Matrix:
        """The encoded rows (n_rows, n_features) as this project's model takes them."""
        return self.data.matrix(self._settings.model)

    @property
    def check_rows(self) -> Rows:
        """The reserved rows in the order in which they are asked."""
        return self._state.check_rows

    @property
    def test_rows(self) -> Rows:
        """The rows that score the model; in an oracle project all check rows."""
        return self._state.check_rows if self.kind == "oracle" else self._state.checked()[0]

    # -- events ---------------------------------------------------------------------------------

    def _take_in(self) -> None:
        """Learn of what this and other openers have recorded."""
        if self._closed:
            return
        for recorded in self._journal.read_after(self._state.last_id):
            self._state.apply(recorded)
            if isinstance(recorded.event, SettingsChanged):
                self._settings = read_settings(self._state.settings)

    def _record(self, event: Event, *, by: str, release: list[int] | None = None) -> int | None:
        """Keep an event for good; its id, or None for a press that was taken before."""
        self._check_open()
        with self._journal.writing() as journal:
            event_id = journal.append(event, opener=self.opener, by=by)
            if event_id is not None and release:
                journal.release(release)
        self._take_in()
        return event_id

    def _is_mine(self, recorded: Recorded) -> bool:
        """Given here, or before this opener began by one that was gone by then."""
        if recorded.opener == self.opener:
            return True
        return recorded.id <= self._opened_at and recorded.opener not in self._living

    def _check_open(self) -> None:
        if self._closed:
            raise ProjectError("This project has been closed here. Open it again.")

    def _check_row(self, row: int) -> int:
        if isinstance(row, bool) or not isinstance(row, int | np.integer):
            raise PoolError(f"{row!r} is no row number. Give a whole number.")
        if not 0 <= row < self.data.n_rows:
            raise PoolError(
                f"There is no row {row}. Rows are numbered from 0 to {self.data.n_rows - 1}."
            )
        return int(row)

    # -- training -------------------------------------------------------------------------------

    def _training_key(self) -> tuple[Any, ...]:
        """Changes whenever a new training would have another outcome."""
        s = self._settings
        return (self._state.rows.teach_version, s.model, s.strategy, s.batch_size)

    def _make_task(self) -> Task | None:
        """What the next training has to do; None if the model is fresh or cannot be trained."""
        with self._lock:
            key = self._training_key()
            current = self._trainer.current
            fresh = current is not None and current.key == key
            if self._closed or fresh or self._state.n_classes_taught() < 2:
                return None
            rows, labels = self._state.taught()
            status, classes = self._state.rows.status.copy(), self._state.class_names()
        s = self._settings
        limit = MOST_CANDIDATES if self.kind == "live" or self._background else len(status)
        limit = min(limit, get_strategy(s.strategy).max_pool)
        return Task(
            key=key,
            X=self.X,
            rows=rows,
            labels=labels,
            candidates=candidates(status, self._state.rows.is_check, s.seed, len(rows), limit),
            classes=classes,
            estimator=get_model(self.model_name).make(),
            strategy=s.strategy,
            seed=s.seed,
            batch_size=s.batch_size,
            check_rows=self.check_rows,
            watch_rows=self._watched,
            exact=not self._background,
            diverse=self.kind == "live",
        )

    def _labels_came_in(self) -> None:
        """Wake the trainer if the model does not know all labels."""
        if not self._background or self._closed:
            return
        current = self._trainer.current
        if current is not None and current.key == self._training_key():
            return
        if self._state.n_classes_taught() >= 2:
            known = current.n_labels if current else 0
            self._trainer.wake(abs(self._state.n_teach() - known), self._settings.train_every)
