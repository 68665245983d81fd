"""Doing the runs of a comparison: here, in worker processes, or on a Dask cluster.

A run depends on its task and the data alone, so that where and in which order runs are done changes
no number. Results come as they finish.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Generator, Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass, replace
from pathlib import Path
from tempfile import TemporaryDirectory
from threading import Event, Thread
from time import monotonic, sleep
from typing import Any

from joblib import Parallel, delayed, parallel_config
from joblib.externals.loky.process_executor import TerminatedWorkerError
from numpy.typing import NDArray

from al_core.errors import SettingsError
from al_core.learning.comparison.runs import Run, Task, do_task
from al_core.learning.comparison.shared_matrix import Shared, share
from al_core.learning.matrices import Matrix

Cancelled = Callable[[], bool]
# A choice: a press of Stop is heard at once to a person, at no cost.
_POLL_SECONDS = 0.1
# While it is asked to give way a worker rests so many times as long as it worked, but at most so
# many seconds. Choices: most presses of others then meet no worker, and it still gets on.
_RESTS, _LONGEST_REST = 4.0, 1.0
# The priority of a worker, the lowest of Unix: beside somebody who is busy it gets a seventieth of
# a core (weights of the Linux scheduler: 15 to 1,024), all of it where nobody else works. But
# whoever wakes up may wait until its turn of some milliseconds is over; a press wakes many threads,
# one after the other. So on Linux it is of the idle class as well, which gives way at once
# (man 7 sched; benchmarks/twenty.py).
_NICE = 19


def never() -> bool:
    """What nobody asks for."""
    return False


@dataclass(frozen=True)
class Workers:
    """Where runs are done, and who may stop them.

    n_jobs: worker processes on this machine, -1: one a core. dask_scheduler: the address of a Dask
    scheduler that takes the runs instead. cancelled: polled; once true, no more runs come.
    gives_way: polled; while it is true the processes rest four fifths of the time.
    """

    n_jobs: int = 1
    dask_scheduler: str | None = None
    cancelled: Cancelled = never
    gives_way: Cancelled = never


def finished_runs(
    tasks: Sequence[Task], X: Matrix, y: NDArray[Any], workers: Workers
) -> Generator[Run, None, None]:
    """Each run as it finishes, in any order. A worker that dies takes down its own run at most."""
    cancelled = workers.cancelled
    if workers.dask_scheduler is not None:
        yield from _on_dask(tasks, X, y, cancelled, workers.dask_scheduler)
    elif workers.n_jobs == 1 or len(tasks) < 2:
        yield from _here(tasks, X, y, cancelled)
    else:
        yield from _in_processes(tasks, X, y, workers)


def _here(tasks: Sequence[Task], X: Matrix, y: NDArray[Any], cancelled: Cancelled) -> Iterator[Run]:
    for task in tasks:
        run = None if cancelled() else do_task(task, X, y, cancelled)
        if run is None:
            return
        yield run


@dataclass(frozen=True)
class _Desk:
    """What the workers of this machine share: the data, and a folder of small flags."""

    X: Shared
    y: Shared
    folder: str
    owner: int

    def stopped(self) -> bool:
        return os.path.exists(f"{self.folder}/stop")

    def stop(self) -> None:
        Path(self.folder, "stop").touch()

    def rests(self) -> bool:
        return os.path.exists(f"{self.folder}/rest")

    def rest(self, wanted: bool) -> None:
        if wanted:
            Path(self.folder, "rest").touch()
        else:
            Path(self.folder, "rest").unlink(missing_ok=True)

    def begun(self, number: int) -> Path:
        return Path(self.folder, f"begun-{number}")


def _work(desk: _Desk, number: int, task: Task) -> tuple[int, Run | None]:
    """In a worker: one run. Should the process die, the flag tells whose run it was."""
    _step_aside(desk)
    if desk.stopped():
        return number, None
    desk.begun(number).touch()
    rounds = _Rounds(desk)
    run = do_task(task, desk.X.open(), desk.y.open(), rounds.stopped)
    return number, run and replace(run, seconds=run.seconds - rounds.rested)


class _Rounds:
    """Between the rounds of a run: rests while others go first. ``rested``: so many seconds, which
    are not the run's."""

    def __init__(self, desk: _Desk) -> None:
        self._desk, self._since, self.rested = desk, monotonic(), 0.0

    def stopped(self) -> bool:
        """Asked after each round."""
        if self._desk.rests():
            rest = min(_LONGEST_REST, _RESTS * (monotonic() - self._since))
            sleep(rest)
            self.rested += rest
        self._since = monotonic()
        return self._desk.stopped()


def _step_aside(desk: _Desk) -> None:
    """Whoever labels meanwhile goes first; on a machine where nobody does, nothing is lost."""
    if os.getpid() == desk.owner:
        return
    if hasattr(os, "nice"):
        os.nice(max(0, _NICE - os.nice(0)))
    if sys.platform == "linux":
        with suppress(OSError):  # a container may forbid it
            os.sched_setscheduler(0, os.SCHED_IDLE, os.sched_param(0))


def _in_processes(
    tasks: Sequence[Task], X: Matrix, y: NDArray[Any], workers: Workers
) -> Iterator[Run]:
    left = dict(enumerate(tasks))
    with _desk(X, y, workers) as desk:
        while left and not desk.stopped():
            yield from _until_a_death(desk, left, workers.n_jobs)
            suspects = [number for number in left if desk.begun(number).exists()]
            for number in suspects:
                yield from _alone(desk, number, left.pop(number))


@contextmanager
def _desk(X: Matrix, y: NDArray[Any], workers: Workers) -> Iterator[_Desk]:
    """Lay the data down for the workers; whatever ends the block stops them."""
    with TemporaryDirectory(ignore_cleanup_errors=True) as folder:
        desk = _Desk(share(X, Path(folder), "X"), share(y, Path(folder), "y"), folder, os.getpid())
        over = Event()
        watcher = Thread(target=_watch, args=(workers, desk, over), daemon=True)
        watcher.start()
        try:
            yield desk
        finally:
            desk.stop()
            over.set()
            watcher.join()


def _watch(workers: Workers, desk: _Desk, over: Event) -> None:
    rests = False
    while not over.wait(_POLL_SECONDS):
        if workers.cancelled():
            desk.stop()
            return
        if workers.gives_way() is not rests:
            rests = not rests
            desk.rest(rests)


def _until_a_death(desk: _Desk, left: dict[int, Task], n_jobs: int) -> Iterator[Run]:
    """Do what is left, in parallel; returns early where a worker process died."""
    jobs = [delayed(_work)(desk, number, task) for number, task in left.items()]
    results = _pool(n_jobs)(jobs)
    try:
        for number, run in results:
            del left[number]
            if run is not None:
                yield run
    except TerminatedWorkerError:
        return
    except GeneratorExit:
        # Whoever asked has had enough: the workers see the flag at their next round.
        desk.stop()
        for _ in results:
            pass
        raise


def _alone(desk: _Desk, number: int, task: Task) -> Iterator[Run]:
    """Once more, with nothing beside it: if the process dies again, this run kills it."""
    try:
        for _, run in _pool(2)([delayed(_work)(desk, number, task)]):
            if run is not None:
                yield run
    except TerminatedWorkerError:
        told = "The process that did this run died, twice. It may need more memory than there is."
        yield Run(*task.key, (), (), error=told)


def _pool(n_jobs: int) -> Parallel:
    return Parallel(n_jobs, backend="loky", batch_size=1, return_as="generator_unordered")


def _on_dask(
    tasks: Sequence[Task], X: Matrix, y: NDArray[Any], cancelled: Cancelled, address: str
) -> Iterator[Run]:
    """On a Dask cluster, through joblib; Dask itself repeats what a lost worker had begun."""
    with _client(address) as client:
        with parallel_config(backend="dask", client=client):
            pool = Parallel(batch_size=1, return_as="generator_unordered")
        for run in pool(delayed(do_task)(task, X, y) for task in tasks):
            if run is not None:
                yield run
            if cancelled():
                return


def _client(address: str) -> Any:
    """A connection to the scheduler; a SettingsError says what to do where there is none."""
    try:
        from distributed import Client
    except ImportError:
        raise SettingsError(
            "A Dask scheduler is set but Dask is not installed. "
            "Run pip install -r requirements-dask.txt, or leave the address blank."
        ) from None
    try:
        connect: Any = Client
        return connect(address, set_as_default=False)
    except (OSError, ValueError):
        raise SettingsError(
            f"No Dask scheduler answers at {address!r}. Start it, or correct the address."
        ) from None
