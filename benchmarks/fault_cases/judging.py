"""Projects to break, and what opening one afterwards came to."""

from __future__ import annotations

import shutil
from dataclasses import dataclass, field
from pathlib import Path

import numpy as np
import pandas as pd

from al_core import UserError
from al_core.projects import Project, ProjectData, list_projects
from al_core.projects.journal.events import ChainStarted
from al_core.projects.journal.recorded import Recorded
from al_core.projects.journal.store import FILE
from al_core.tables import Role, Table

N_ROWS = 300
WAL, SHM, LAST = f"{FILE}-wal", f"{FILE}-shm", "journal.last"
ROLES = {name: Role("number", "benchmark") for name in ("x", "y")}


@dataclass
class Outcome:
    """How the tries of one fault went. ``wrong``: the first few of what must never be."""

    fault: str
    tried: int = 0
    whole: int = 0  # nothing is missing
    told: int = 0  # something is missing or was repaired, and that was said
    refused: int = 0  # in words, and no byte was changed
    lost: int = 0  # answers that were acknowledged, are not there, and nobody said so
    changed: int = 0  # events that are not as they were written
    raw: int = 0  # errors that are no sentence
    wrong: list[str] = field(default_factory=list)

    def note(self, what: str, where: object) -> None:
        """Keep what went wrong."""
        if len(self.wrong) < 5:  # a choice: enough to look into
            self.wrong.append(f"{what} ({where})")


def points() -> Table:
    """Two columns of random numbers."""
    values = np.random.default_rng(0).normal(size=(N_ROWS, 2)).round(3)
    frame = pd.DataFrame(values, columns=list(ROLES))
    return Table(frame=frame, text=frame.astype(str), name="points.csv")


def new_project(folder: Path) -> Project:
    """A live project of two answers and a linear model."""
    settings = {"classes": ["no", "yes"], "model": "logistic_regression"}
    return Project.create(folder, points(), ROLES, settings, background=False)


def events_of(project: Project) -> list[Recorded]:
    """All events but those about the journal itself."""
    events = project._opened.journal.read_after(0)
    return [one for one in events if not isinstance(one.event, ChainStarted)]


def parts_of(folder: Path) -> dict[str, bytes]:
    """The files of the journal as they are."""
    names = (FILE, WAL, LAST)
    return {name: (folder / name).read_bytes() for name in names if (folder / name).exists()}


def put(folder: Path, parts: dict[str, bytes]) -> None:
    """Make the journal of a folder consist of these files."""
    for path in folder.glob("journal*"):
        path.unlink()
    shutil.rmtree(folder / "openers", ignore_errors=True)
    for name, data in parts.items():
        (folder / name).write_bytes(data)


def judge(
    folder: Path, data: ProjectData, truths: list[list[Recorded]], outcome: Outcome, where: object
) -> None:
    """Open what was broken. truths: histories of which one must be what comes out, the first one
    being all that was acknowledged."""
    outcome.tried += 1
    before = parts_of(folder)
    try:
        list_projects(folder.parent)
        with Project.open(folder, background=False, data=data) as project:
            found, notices = events_of(project), project.notices
    except UserError:
        if parts_of(folder) == before:
            outcome.refused += 1
        else:
            outcome.raw += 1
            outcome.note("refused, and files were changed", where)
        return
    except Exception as error:
        outcome.raw += 1
        outcome.note(f"{type(error).__name__}: {str(error)[:200]}", where)
        return
    if not any(all(one in truth for one in found) for truth in truths):
        outcome.changed += 1
        outcome.note("an event is not as it was written", where)
    elif len(found) < len(truths[0]) and not notices:
        outcome.lost += 1
        outcome.note(f"{len(truths[0]) - len(found)} events lost in silence", where)
    elif len(found) < len(truths[0]):
        outcome.told += 1
    else:
        outcome.whole += 1
