"""A disk that takes half a second for each write: others wait their turn, and a kill loses nothing.

SQLite is made to wait at each COMMIT while it holds the lock, as it does where ``fsync`` is slow.
"""

from __future__ import annotations

import subprocess
import sys
import threading
import time
from pathlib import Path

from al_core.projects import Project
from tests.projects_cases import live

ROOT = Path(__file__).parents[2]
SECONDS = 0.5
_LABELLING = """
import sys
from al_core.projects import Project
from tests.faults.test_slow_disk import slow
project = slow(Project.open(sys.argv[1], background=False))
for row in range(100):
    project.label(row, "no")
    print(row, flush=True)
"""


def slow(project: Project) -> Project:
    """Have each of its writes take that long."""

    def wait(statement: str) -> None:
        if statement == "COMMIT":
            time.sleep(SECONDS)

    project._opened.journal._connection.set_trace_callback(wait)
    return project


def test_openers_on_a_slow_disk_wait_for_each_other_and_lose_nothing(tmp_path: Path) -> None:
    live(tmp_path / "p").close()
    openers = [slow(Project.open(tmp_path / "p", background=False)) for _ in range(3)]
    went_wrong: list[Exception] = []

    def press(project: Project, first: int) -> None:
        try:
            for row in range(first, first + 4):
                project.ask()
                assert project.label(row, "yes").recorded
        except Exception as error:
            went_wrong.append(error)

    threads = [
        threading.Thread(target=press, args=(project, 10 * n)) for n, project in enumerate(openers)
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert went_wrong == []
    for project in openers:
        project.close()
    with Project.open(tmp_path / "p", background=False) as project:
        rows = [10 * n + more for n in range(3) for more in range(4)]
        assert project.labels()["row"].tolist() == rows
        assert project.notices == []


def test_a_kill_on_a_slow_disk_loses_no_acknowledged_answer(tmp_path: Path) -> None:
    live(tmp_path / "p").close()
    run = [sys.executable, "-c", _LABELLING, str(tmp_path / "p")]
    child = subprocess.Popen(run, cwd=ROOT, stdout=subprocess.PIPE, text=True)
    assert child.stdout is not None
    said = [int(child.stdout.readline()) for _ in range(4)]
    child.kill()  # in the middle of the next write
    child.wait()
    said += [int(line) for line in child.stdout.read().split()]
    with Project.open(tmp_path / "p", background=False) as project:
        assert set(said) <= set(project.labels()["row"])
        assert len(project.labels()) <= len(said) + 1
        assert project.notices == []
