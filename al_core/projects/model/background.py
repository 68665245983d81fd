"""Training in the background: one daemon thread, woken by labels, never waited for."""

from __future__ import annotations

import logging
import os
import weakref
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from threading import BoundedSemaphore, Condition, Thread
from time import monotonic
from typing import Any

import numpy as np
from numpy.typing import NDArray

from al_core.errors import UserError
from al_core.learning.records import text_labels
from al_core.projects.model.train import Task, Trained, train

PAUSE = 0.25  # seconds without a press after which a training starts
QUICK = 0.02  # a training this short is started at once and waited for
# Models whose opinions are kept for the advice; a choice: it looks at seven at a time.
MOST_PAST = 200
# Trainings at the same time in this process, whatever the number of projects: one core is left to
# whoever presses (benchmarks/twenty.py).
_TURNS = BoundedSemaphore(max(1, (os.cpu_count() or 2) - 1))
_LOOKS_FOR_TURN = 0.1  # seconds between looks whether it was stopped meanwhile; a choice
_log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class PastOpinions:
    """What an earlier model answered on the check rows, kept small: names, and a place a row; and
    on the sample of rows that is watched."""

    names: NDArray[Any]
    codes: NDArray[np.int16]
    watched: NDArray[Any]

    @classmethod
    def of(cls, trained: Trained) -> PastOpinions:
        """The opinions of a model, in the order of the check rows."""
        given = text_labels(trained.opinions.values())
        names, codes = np.unique(given, return_inverse=True)
        return cls(names, codes.astype(np.int16), trained.watched)


class Trainer:
    """Keeps ``current`` as fresh as it can. ``make_task`` gives the work, or None for nothing.

    ``make_task`` is a method held weakly: nothing here keeps a project in memory.
    """

    def __init__(self, make_task: Callable[[], Task | None]) -> None:
        self.current: Trained | None = None
        self.swaps = 0
        self.past: dict[bytes, PastOpinions] = {}
        self.looked = 0
        self._look = False
        self.problem = ""
        self._make_task = weakref.WeakMethod(make_task)
        self._past_task: weakref.WeakMethod[Callable[[], Task | None]] | None = None
        self._changed = Condition()
        self._wanted, self._stopped, self._busy = False, False, False
        self._last_press = 0.0
        self._behind, self._every = 0, 1
        self._began = 0.0
        self._thread: Thread | None = None

    def start(self) -> None:
        """Begin working in the background."""
        self._thread = Thread(target=self._run, name="al-training", daemon=True)
        self._thread.start()

    def wake(self, behind: int, every: int) -> None:
        """Labels came in: ``behind`` not learned yet; train at the latest when ``every`` are."""
        with self._changed:
            self._last_press = monotonic()
            self._wanted, self._behind, self._every = True, behind, every
            self._changed.notify_all()

    def look_back(self, past_task: Callable[[], Task | None]) -> None:
        """Fit what ``past_task`` names, until it names nothing, once nothing else is to be done.

        A method, held weakly.
        """
        with self._changed:
            self._past_task, self._look = weakref.WeakMethod(past_task), True
            self._changed.notify_all()

    def look_at(self, task: Task) -> None:
        """Fit a model of fewer labels and remember what it says, the latest of these only."""
        opinions = PastOpinions.of(train(task))
        with self._changed:
            self.past[task.key[0]] = opinions
            while len(self.past) > MOST_PAST:
                del self.past[next(iter(self.past))]
            self.looked += 1

    @property
    def busy(self) -> bool:
        """Whether a training is running or waiting."""
        return self._busy or self._wanted

    def wait(self, timeout: float | None) -> bool:
        """Until nothing is left to do; False if that took longer."""
        with self._changed:
            self._last_press = 0.0  # whoever waits does not press
            self._changed.notify_all()
            return self._changed.wait_for(lambda: self._stopped or not self.busy, timeout)

    def wait_if_near(self, longest: float) -> None:
        """Wait at most ``longest`` seconds, and only if a training should end within them."""
        with self._changed:
            usual = self.current.seconds if self.current else 0.0
            begun = self._began or monotonic()
            near = self.busy and begun + usual - monotonic() <= longest
            soon = self._busy or usual <= QUICK
            if near and soon and not self._stopped:
                seen = self.swaps
                self._changed.wait_for(lambda: self.swaps > seen or self._stopped, longest)

    def stop(self) -> None:
        """End the thread; a training that runs is finished but not used."""
        with self._changed:
            self._stopped = True
            self._changed.notify_all()

    def join(self, timeout: float) -> None:
        """Wait for the thread to end."""
        if self._thread is not None:
            self._thread.join(timeout)

    def train_now(self, task: Task) -> Trained:
        """Train here and now, for a project without a background thread."""
        self._swap(train(task, self.current))
        if self.current is None:
            raise RuntimeError("a training left no model")
        return self.current

    def _run(self) -> None:
        while self._wait_for_work():
            with self._turn():
                make_task = self._make_task()
                task = make_task() if make_task is not None else None
                del make_task  # while training, nothing here may keep the project in memory
                if task is not None and not self._stopped:
                    self._work(task)
            with self._changed:
                self._busy, self._began = False, 0.0
                self._changed.notify_all()
            self._look_while_idle()

    def _look_while_idle(self) -> None:
        """Models of fewer labels, one after the other until a label comes in."""
        while self._look and not self._wanted and not self._stopped:
            past_task = self._past_task() if self._past_task else None
            task = past_task() if past_task is not None else None
            del past_task
            if task is None:
                self._look = False
                return
            try:
                with self._turn():
                    self.look_at(task)
            except Exception:
                _log.exception("looking back failed")
                self._look = False

    @contextmanager
    def _turn(self) -> Iterator[None]:
        """When it is this project's turn to train; at once where it was stopped meanwhile."""
        has_it = False
        while not has_it and not self._stopped:
            has_it = _TURNS.acquire(timeout=_LOOKS_FOR_TURN)
        try:
            yield
        finally:
            if has_it:
                _TURNS.release()

    def _wait_for_work(self) -> bool:
        """Sleep until it is time to train; False when the project is closed."""
        with self._changed:
            while not self._stopped:
                wait = self._seconds_to_wait()
                if self._look and not self._wanted:
                    return True
                if wait is not None and wait <= 0:
                    self._wanted, self._busy, self._began = False, True, monotonic()
                    return True
                self._changed.wait(wait)
            return False

    def _seconds_to_wait(self) -> float | None:
        if not self._wanted:
            return None
        quick = self.current is None or self.current.seconds <= QUICK
        if quick or self._behind >= self._every:
            return 0.0
        return self._last_press + PAUSE - monotonic()

    def _work(self, task: Task) -> None:
        try:
            trained = train(task, self.current)
        except UserError as problem:
            self.problem = str(problem)
        except Exception:
            # A fault of ours must not end the thread: labels go on, and the log says what happened.
            _log.exception("training failed")
            self.problem = "The app could not learn from the last labels. They are saved."
        else:
            self._swap(trained)

    def _swap(self, trained: Trained) -> None:
        with self._changed:
            if self._stopped:
                return
            self.problem = ""
            self.current = trained
            self.swaps += 1
            self._changed.notify_all()
