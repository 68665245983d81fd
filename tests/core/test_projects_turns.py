"""Projects of one process train in turns, so that whoever presses has a core."""

from __future__ import annotations

import os
import threading
import time
from typing import Any, ClassVar, Self

import numpy as np
import pytest
from sklearn.base import BaseEstimator, ClassifierMixin

from al_core.projects.model.background import Trainer
from al_core.projects.model.train import Task

X = np.arange(12.0)[:, None]
NONE = np.empty(0, dtype=np.intp)


class Counting(ClassifierMixin, BaseEstimator):
    """Counts how many of its kind are being fitted at the same time."""

    lock: ClassVar[threading.Lock] = threading.Lock()
    at_once: ClassVar[list[int]] = []
    now: ClassVar[int] = 0

    def fit(self, X: Any, y: Any) -> Self:
        with self.lock:
            type(self).now += 1
            self.at_once.append(self.now)
        time.sleep(0.05)
        with self.lock:
            type(self).now -= 1
        self.classes_ = np.unique(y)
        return self

    def predict_proba(self, X: Any) -> Any:
        return np.full((len(X), len(self.classes_)), 1 / len(self.classes_))

    def predict(self, X: Any) -> Any:
        return np.full(len(X), self.classes_[0])


class Work:
    """Gives a trainer the same task again and again."""

    def task(self) -> Task:
        rows, left = np.arange(4), np.arange(4, 12)
        labels = np.array(["no", "yes", "no", "yes"], dtype=object)
        return Task(
            ("key",), X, rows, labels, left, ["no", "yes"], Counting(), "margin", 0, 1, NONE, NONE
        )


@pytest.fixture
def trainers() -> Any:
    works = [Work() for _ in range(6)]
    made = [Trainer(work.task) for work in works]
    for trainer in made:
        trainer.start()
    yield made
    for trainer in made:
        trainer.stop()
        trainer.join(5)


def test_one_core_is_left_however_many_projects_train(trainers: list[Trainer]) -> None:
    Counting.at_once.clear()
    for trainer in trainers:
        trainer.wake(1, 1)
    for trainer in trainers:
        assert trainer.wait(30)
        assert trainer.problem == ""
    assert len(Counting.at_once) >= len(trainers)
    assert max(Counting.at_once) <= max(1, (os.cpu_count() or 2) - 1)


def test_a_project_closed_while_it_waits_for_its_turn_ends_at_once(trainers: list[Trainer]) -> None:
    for trainer in trainers:
        trainer.wake(1, 1)
    trainers[-1].stop()
    trainers[-1].join(5)
    assert trainers[-1].current is None or trainers[-1].swaps == 1
    assert trainers[0].wait(30)
    assert trainers[0].current is not None
