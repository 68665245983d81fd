"""Processes that write and are killed at a random moment, and a disk that is full."""

from __future__ import annotations

import os
import random
import resource
import shutil
import signal
import time
from collections.abc import Callable, Iterator
from contextlib import suppress
from pathlib import Path

from al_core import UserError
from al_core.projects import (
    Project,
    ProjectData,
    import_project,
    list_projects,
    load_data,
    move_to_bin,
    restore,
)
from benchmarks.fault_cases.judging import ROLES, Outcome, new_project, points

Say = Callable[[str], None]
Verb = Callable[[Path, ProjectData, Say], None]
SECONDS = 0.15  # a choice: the longest time until the kill, in which dozens of labels are given
SMALL, LARGE = 1_000, 60_000  # bytes a file may grow to, where the disk is full


def _labels(folder: Path, data: ProjectData, say: Say) -> None:
    with Project.open(folder, background=False, data=data) as project:
        rows = iter(range(data.n_rows))
        for row in rows:
            project.label(row, "yes" if row % 2 else "no")
            say(f"{row}")


def _mixed(folder: Path, data: ProjectData, say: Say) -> None:
    with Project.open(folder, background=False, data=data) as project:
        for row in range(24, data.n_rows - 8, 8):
            project.label(row, "no")
            say(f"{row}")
            project.label_many([row + 1, row + 2], "yes")
            say(f"{row + 1}")
            project.skip(row + 3)
            project.dont_know(row + 4)
            project.add_note(row, "a note")
            project.label(row + 5, "no")
            project.undo()
            project.add_class(f"class {row}")
            project.change(budget=row + 1)
            project.ask()


def _repairing(folder: Path, data: ProjectData, say: Say) -> None:
    """Opening a journal that lost its end, which is rewritten at each turn."""
    while True:
        with Project.open(folder, background=False, data=data) as project:
            row = project.counts().spent
            project.label(row, "no")
        path = folder / "journal.sqlite3"
        os.truncate(path, path.stat().st_size - 100)


def _bin(folder: Path, data: ProjectData, say: Say) -> None:
    place = folder
    while True:
        place = restore(move_to_bin(place))


def _create(folder: Path, data: ProjectData, say: Say) -> None:
    for number in range(100):
        settings = {"classes": ["no", "yes"], "model": "logistic_regression"}
        place = folder.with_name(f"new{number}")
        Project.create(place, points(), ROLES, settings, background=False).close()


def _import(folder: Path, data: ProjectData, say: Say) -> None:
    packed = (folder.parent.parent / "packed.zip").read_bytes()
    while True:
        import_project(packed, folder.parent)


def _export(folder: Path, data: ProjectData, say: Say) -> None:
    with Project.open(folder, background=False, data=data) as project:
        while True:
            project.export(folder.parent / "out.csv")


VERBS: dict[str, Verb] = {
    "labelling": _labels,
    "all kinds of answers and changes": _mixed,
    "repairing": _repairing,
    "to the bin and back": _bin,
    "starting projects": _create,
    "importing": _import,
    "exporting": _export,
}


def kills(home: Path, tries: int, rng: random.Random) -> Iterator[Outcome]:
    """Each verb in a process of its own, killed (SIGKILL) at a random moment."""
    home = home / "kills"
    with new_project(home / "first" / "p") as project:
        for row in range(20):
            project.label(row, "yes" if row % 2 else "no")
        (home / "packed.zip").write_bytes(project.project_file_bytes())
        whole = project.export_bytes()
    data = load_data(home / "first" / "p")
    for name, verb in VERBS.items():
        outcome = Outcome(f"killed while {name}" if name[-3:] == "ing" else f"killed: {name}")
        for _ in range(tries):
            shutil.rmtree(home / "try", ignore_errors=True)
            shutil.copytree(home / "first", home / "try")
            said = _killed(verb, home / "try" / "p", data, rng.random() * SECONDS)
            rows = {*range(20), *map(int, said)}
            _judge(home / "try", data, rows, verb, outcome)
            out = home / "try" / "out.csv"
            if out.exists() and out.read_bytes() != whole:
                outcome.changed += 1
                outcome.note("half a file", out.name)
        yield outcome


def _killed(verb: Verb, folder: Path, data: ProjectData, seconds: float) -> list[str]:
    """What the process acknowledged before it was killed."""
    read, write = os.pipe()
    child = os.fork()
    if not child:
        os.close(read)

        def say(text: str) -> None:
            os.write(write, f"{text}\n".encode())

        with suppress(BaseException):
            os.write(write, b"ready\n")
            verb(folder, data, say)
        os._exit(0)
    os.close(write)
    with os.fdopen(read, "rb") as told:
        told.readline()
        time.sleep(seconds)
        os.kill(child, signal.SIGKILL)
        os.waitpid(child, 0)
        return told.read().decode().split()


def _judge(home: Path, data: ProjectData, rows: set[int], verb: Verb, outcome: Outcome) -> None:
    """No acknowledged row may be missing, and each project is whole or not there."""
    outcome.tried += 1
    problems, notices = [], []
    try:
        infos = list_projects(home) or list_projects(home / ".bin")
        problems = [info.problem for info in infos if info.problem]
        for info in infos:
            with Project.open(info.folder, background=False) as project:
                notices += project.notices
                labelled = set(project.labels()["row"].tolist())
            if info.id == "p" and not rows <= labelled and verb is not _repairing:
                outcome.lost += 1
                outcome.note(f"{len(rows - labelled)} acknowledged answers", verb.__name__)
                return
        stray = [p.name for p in home.iterdir() if p.is_dir() and p.name[0] != "."]
        if len(stray) > len(infos) or not infos:
            outcome.lost += 1
            outcome.note("half a project", verb.__name__)
            return
    except Exception as error:
        outcome.raw += 1
        outcome.note(f"{type(error).__name__}: {str(error)[:200]}", verb.__name__)
        return
    if problems or (notices and verb is not _repairing):
        outcome.raw += 1
        outcome.note(f"alarm without a cause: {(problems + notices)[0][:200]}", verb.__name__)
    elif notices:
        outcome.told += 1
    else:
        outcome.whole += 1


def full_disk(home: Path, tries: int, rng: random.Random) -> Iterator[Outcome]:
    """Files cannot grow beyond a random size; what is refused is refused in words."""
    home = home / "full"
    outcome = Outcome("the disk is full")
    with new_project(home / "first" / "p"):
        pass
    data = load_data(home / "first" / "p")
    for _ in range(tries):
        shutil.rmtree(home / "try", ignore_errors=True)
        shutil.copytree(home / "first", home / "try")
        said = _with_limit(home / "try" / "p", data, rng.randrange(SMALL, LARGE))
        if "raw" in said:
            outcome.tried, outcome.raw = outcome.tried + 1, outcome.raw + 1
            outcome.note("no sentence", said[-1])
            continue
        _judge(home / "try", data, {int(row) for row in said}, _labels, outcome)
    yield outcome


def _with_limit(folder: Path, data: ProjectData, most: int) -> list[str]:
    def verb(folder: Path, data: ProjectData, say: Say) -> None:
        signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
        resource.setrlimit(resource.RLIMIT_FSIZE, (most, most))
        try:
            _labels(folder, data, say)
        except UserError:
            return
        except Exception as error:
            say(f"raw {type(error).__name__}")

    return _killed(verb, folder, data, SECONDS)
