"""The worker processes of a comparison: they give way to whoever labels on the same machine."""

from __future__ import annotations

import os
import sys
from typing import Any

import pytest

from al_core.learning.comparison import workers


def _rank(desk: Any) -> tuple[int, int, int]:
    """In a worker: its process, and how it stands among others once it has stepped aside twice."""
    workers._step_aside(desk)
    workers._step_aside(desk)
    return os.getpid(), os.nice(0), os.sched_getscheduler(0)


@pytest.mark.skipif(sys.platform != "linux", reason="the idle class is Linux's")
def test_workers_are_of_the_idle_class_and_the_process_that_asked_stays_as_it_was() -> None:
    here = os.nice(0), os.sched_getscheduler(0)
    with workers._desk([], [], lambda: False) as desk:
        found = workers._pool(2)([workers.delayed(_rank)(desk) for _ in range(4)])
        assert {rank[1:] for rank in found} == {(19, os.SCHED_IDLE)}
        assert _rank(desk) == (os.getpid(), *here)
