"""Small tables and projects for tests of the projects wing."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import numpy as np

from al_core.projects import Project
from al_core.tables import Role, Table, guess_roles, read_table

FEATURES = {"x": Role("number", "test"), "y": Role("number", "test")}
ANSWERS = ["no", "yes"]


def points(n: int = 120, seed: int = 0, answers: str = "none") -> Table:
    """Two numbers and their answer (x above 0); ``answers``: "none", "full" or "part" of them."""
    rng = np.random.default_rng(seed)
    rows = ["x,y,answer"]
    for number, (x, y) in enumerate(rng.normal(size=(n, 2))):
        known = answers == "full" or (answers == "part" and number % 4 == 0)
        rows.append(f"{x:.4f},{y:.4f},{truth_of(x) if known else ''}")
    return read_table("\n".join(rows).encode(), name="points.csv")


def truth_of(x: float | str) -> str:
    """The right answer for a row of ``points``."""
    return "yes" if float(x) > 0 else "no"


def live(folder: Path, n: int = 120, background: bool = False, **settings: Any) -> Project:
    """A project without any answer; a linear model, for speed."""
    given = {"classes": ANSWERS, "model": "logistic_regression", **settings}
    return Project.create(folder, points(n), FEATURES, given, background=background)


def rehearsal(folder: Path, n: int = 120, background: bool = False, **settings: Any) -> Project:
    """A project in which the file's answers stand in."""
    roles = {**FEATURES, "answer": Role("label", "test")}
    given = {"model": "logistic_regression", **settings}
    table = points(n, answers="full")
    return Project.create(folder, table, roles, given, background=background)


def answer(project: Project, n: int = 1) -> list[int]:
    """Answer ``n`` questions rightly, one after the other; the rows asked."""
    rows = []
    for _ in range(n):
        (question,) = project.ask()
        project.label(question.row, truth_of(question.values["x"]), token=question.token)
        rows.append(question.row)
    return rows


def roles_of(table: Table, label: str) -> dict[str, Role]:
    """Guessed roles with one column as the answer."""
    return {**guess_roles(table), label: Role("label", "test")}
