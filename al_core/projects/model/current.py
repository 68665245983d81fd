"""The model that has learned from the labels: trained behind the person's back, or on demand."""

from __future__ import annotations

from typing import Any

import numpy as np

from al_core.learning import Rows, get_model, get_strategy
from al_core.projects.model.background import Trainer
from al_core.projects.model.sample import sampled_rows
from al_core.projects.model.train import MOST_CANDIDATES, Task, Trained, candidates
from al_core.projects.opened import Opened
from al_core.projects.records import Freshness
from al_core.wording import count

WATCHED = 2000
"""Rows of a fixed sample whose predicted answers are compared from model to model."""
LONGEST_WAIT = 0.04  # seconds that a question waits for a ranking that is about to land
FIRST_WAIT = 1.0  # the same after opening a project, when nobody has pressed anything yet
ONE_ON_CHECK_ROWS = (
    "The app starts learning soon: so far one of the answers stands only on rows kept for testing."
)


class CurrentModel:
    """The current model and its ranking, and how fresh they are."""

    def __init__(self, opened: Opened) -> None:
        self._opened = opened
        rng = np.random.default_rng([opened.seed, 2])
        n = opened.data.n_rows
        self.watched = np.sort(rng.choice(n, min(WATCHED, n), replace=False))
        self.trainer = Trainer(self.make_task)
        self._has_waited = False

    @property
    def now(self) -> Trained | None:
        """The model as it is now; None before the first."""
        return self.trainer.current

    def ranking(self) -> Trained | None:
        """The current ranking; without a background thread always a fresh one."""
        if self._opened.state.n_classes_taught() < 2:
            return None
        if self._opened.background:
            return self.now
        task = self.make_task()
        return self.now if task is None else self.trainer.train_now(task)

    def labels_came_in(self) -> None:
        """Wake the trainer if the model does not know all labels."""
        opened = self._opened
        if not opened.background or opened.closed or self._is_fresh():
            return
        if opened.state.n_classes_taught() >= 2:
            known = self.now.n_labels if self.now else 0
            behind = abs(opened.state.n_teach() - known)
            self.trainer.wake(behind, opened.settings.train_every)

    def wait_a_moment(self) -> None:
        """Wait for a ranking that is about to land; a little longer for the first one."""
        if self._opened.background and not self._opened.closed:
            first = not self._has_waited and self.now is None
            self._has_waited = True
            if first:
                self.trainer.wait(FIRST_WAIT)
            else:
                self.trainer.wait_if_near(LONGEST_WAIT)

    def wait(self, timeout: float | None = None) -> bool:
        """Until the model knows all labels; False if that took longer than ``timeout`` seconds."""
        with self._opened.lock:
            self._opened.check_open()
            self._opened.take_in()
            self.labels_came_in()
        if self._opened.background:
            return self.trainer.wait(timeout)
        with self._opened.lock:
            self.ranking()
        return True

    def make_task(self) -> Task | None:
        """What the next training has to do; None if the model is fresh or cannot be trained."""
        opened = self._opened
        state, s = opened.state, opened.settings
        with opened.lock:
            key = self._key()
            if opened.closed or self._is_fresh() or state.n_classes_taught() < 2:
                return None
            rows, labels = state.taught()
            status, classes = state.rows.status.copy(), state.class_names()
            X, read = opened.X, self._read_rows()
        limit = MOST_CANDIDATES if opened.kind == "live" or opened.background else len(status)
        limit = min(limit, get_strategy(s.strategy).max_pool)
        return Task(
            key=key,
            X=X,
            rows=rows,
            labels=labels,
            candidates=candidates(status, state.rows.is_check, s.seed, len(rows), limit, read),
            classes=classes,
            estimator=get_model(opened.model_name).make(),
            strategy=s.strategy,
            seed=s.seed,
            batch_size=s.batch_size,
            check_rows=opened.opinion_rows,
            watch_rows=self.watched,
            exact=not opened.background,
            diverse=opened.kind == "live",
            sought=opened.sought,
            hits=opened.sought_hits(),
        )

    def freshness(self) -> Freshness:
        """How many labels the current model knows; cheap."""
        with self._opened.lock:
            state, trained = self._opened.state, self.now
            labels, known = state.n_teach(), trained.n_labels if trained else 0
            behind = 0 if self._is_fresh() else max(1, abs(labels - known)) if labels else 0
            sentence = self.trainer.problem or _fresh_sentence(known, labels, behind)
            if not known and state.n_classes_taught() < 2 and self._n_answers_given() >= 2:
                sentence = ONE_ON_CHECK_ROWS
            changed = trained.changed if trained else None
            busy, swaps = self.trainer.busy, self.trainer.swaps
            return Freshness(known, labels, behind, changed, sentence, busy, swaps)

    def _key(self) -> tuple[Any, ...]:
        """Changes whenever a new training would have another outcome."""
        s = self._opened.settings
        version, features = self._opened.state.rows.teach_version, self._opened.features
        sought = self._opened.state.seekings.id if self._opened.sought else 0
        return (version, s.model, s.strategy, s.batch_size, features, sought)

    def _read_rows(self) -> Rows | None:
        """While meaning is used, the rows of a very large table that it is known of; None: all."""
        opened = self._opened
        if not opened.features:
            return None
        return sampled_rows(opened.data.n_rows, opened.state.rows.is_check, opened.seed)

    def _is_fresh(self) -> bool:
        return self.now is not None and self.now.key == self._key()

    def _n_answers_given(self) -> int:
        """How many different answers were given, on rows kept for testing too."""
        return sum(self._opened.state.rows.in_use(name) for name in self._opened.classes)


def _fresh_sentence(known: int, labels: int, behind: int) -> str:
    if known == 0:
        return "The app starts learning once it has seen two different answers."
    if behind == 0:
        return f"Learned from all {count(labels, 'label')}."
    if behind == 1:
        return "Learned from all but your last label."
    return f"Learned from all but your last {behind:,} labels."
