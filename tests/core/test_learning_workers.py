"""The worker processes of a comparison: they give way to whoever labels on the same machine."""

from __future__ import annotations

import os
import sys
import time
from typing import Any

import numpy as np
import pytest

from al_core.learning import compare, get_model
from al_core.learning.comparison import workers


def _rank(desk: Any) -> tuple[int, int, int]:
    """In a worker: its process, and how it stands among others once it has stepped aside twice."""
    workers._step_aside(desk)
    workers._step_aside(desk)
    return os.getpid(), os.nice(0), os.sched_getscheduler(0)


@pytest.mark.skipif(sys.platform != "linux", reason="the idle class is Linux's")
def test_workers_are_of_the_idle_class_and_the_process_that_asked_stays_as_it_was() -> None:
    here = os.nice(0), os.sched_getscheduler(0)
    with workers._desk([], [], workers.Workers()) as desk:
        found = workers._pool(2)([workers.delayed(_rank)(desk) for _ in range(4)])
        assert {rank[1:] for rank in found} == {(19, os.SCHED_IDLE)}
        assert _rank(desk) == (os.getpid(), *here)


def test_workers_are_told_to_rest_while_others_go_first_and_no_longer() -> None:
    busy = [True]
    with workers._desk([], [], workers.Workers(gives_way=lambda: bool(busy))) as desk:
        _until(desk.rests)
        busy.clear()
        _until(lambda: not desk.rests())
        assert not desk.stopped()


def test_a_worker_that_is_told_to_rest_does_so_after_each_round_and_for_a_second_at_most(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    clock, rested = [0.0], []
    monkeypatch.setattr(workers, "monotonic", lambda: clock[0])
    monkeypatch.setattr(workers, "sleep", rested.append)
    with workers._desk([], [], workers.Workers()) as desk:
        rounds = workers._Rounds(desk)
        stopped = rounds.stopped
        clock[0] += 0.02
        assert not stopped()
        assert rested == []
        desk.rest(True)
        for worked in (0.02, 5.0):
            clock[0] += worked
            assert not stopped()
        assert rested == pytest.approx([0.08, 1.0])
        assert rounds.rested == pytest.approx(1.08)  # no part of the seconds that a run took
        desk.stop()
        assert stopped()


def test_a_comparison_that_gives_way_all_the_time_comes_to_the_same_numbers() -> None:
    rng = np.random.default_rng(3)
    X = rng.normal(size=(120, 4))
    y = np.where(X[:, 0] + 0.3 * rng.normal(size=120) > 0, "a", "b")
    model = get_model("logistic_regression").make()
    given = {"estimators": {"m": model}, "strategies": ["margin"], "seeds": 2, "budget": 30}
    alone = compare(X, y, n_jobs=2, **given)
    beside = compare(X, y, n_jobs=2, gives_way=lambda: True, **given)
    assert [(run.key, run.scores) for run in beside.runs] == [
        (run.key, run.scores) for run in alone.runs
    ]


def _until(there: Any, seconds: float = 20.0) -> None:
    end = time.monotonic() + seconds
    while not there():
        assert time.monotonic() < end, "It did not come."
        time.sleep(0.02)
