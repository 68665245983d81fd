"""A project against a plain model of it: pressed, closed, killed and opened again at random.

``AL_FAULT_STEPS`` sets the number of steps, for long runs.
"""

from __future__ import annotations

import os
import shutil
import tempfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, Phase, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule

from al_core.errors import UserError
from al_core.projects import Project, import_project
from al_core.tables import Role
from tests.projects_cases import FEATURES, points
from tests.properties.test_projects_replay import Simple, _check, _check_partition

STEPS = int(os.environ.get("AL_FAULT_STEPS", "500"))  # of all examples together
EACH = 25  # steps of one example
N = 24
TABLE = points(N, answers="part")
ROLES = {**FEATURES, "answer": Role("label", "test")}
ROWS = st.integers(0, N - 1)
TEXTS = st.sampled_from(["", "a", "é ' \"", "<b>", "=1+1", "\x00", "\u202e", "a\nb", "n" * 400])
NAMES = st.sampled_from(["no", "yes", "maybe", "Yes", "=1+1", "<b>", "n" * 400])


class WithNotes(Simple):
    """The plain model, and the notes on its rows."""

    def __init__(self, labels: dict[int, str], classes: list[str]) -> None:
        super().__init__(labels, classes)
        self.now["notes"] = {}

    def add_note(self, row: int, text: str) -> None:
        self.now["notes"][row] = text


class ProjectMachine(RuleBasedStateMachine):
    """``simple``: labels, answers, notes and what can be undone; ``told``: name and settings."""

    def __init__(self) -> None:
        super().__init__()
        self.home = Path(tempfile.mkdtemp())
        self.number = 0

    @initialize()
    def begin(self) -> None:
        given = {"model": "naive_bayes", "classes": ["no", "yes"]}
        folder = self.home / "0" / "p"
        self.project = Project.create(folder, TABLE, ROLES, given, background=False)
        labels = self.project.labels().set_index("row")["label"].to_dict()
        self.simple, self.undone = WithNotes(labels, ["no", "yes"]), list[dict[str, Any]]()
        self.told: dict[str, Any] = {"budget": 100, "name": self.project.name}

    def teardown(self) -> None:
        if hasattr(self, "project"):
            self.project.close()
        shutil.rmtree(self.home)

    # -- what is pressed --------------------------------------------------------------------------

    def _pressed(self, verb: str, *given: Any, model: str = "") -> None:
        """Do it to the project; if it was acknowledged, to the model."""
        try:
            recorded = getattr(self.project, verb)(*given).recorded
        except UserError:
            return
        if recorded:
            self.simple.do(model or verb, *[*given, None, None][:2])
            self.undone.clear()

    @rule(row=ROWS, name=NAMES)
    def label(self, row: int, name: str) -> None:
        self._pressed("label", row, name)

    @rule(name=NAMES)
    def answer_what_is_asked(self, name: str) -> None:
        for question in self.project.ask():
            held = self.project.label_of(question.row)
            assert held is None or question.purpose != "learn"
            if name in self.project.classes:
                assert self.project.label(question.row, name, token=question.token).recorded
                again = self.project.label(question.row, name, token=question.token)
                assert not again.recorded  # the same press twice counts once
                self.simple.do("label", question.row, name)
                self.undone.clear()

    @rule(rows=st.lists(ROWS, min_size=1, max_size=5, unique=True), name=NAMES)
    def label_many(self, rows: list[int], name: str) -> None:
        if name not in self.project.classes:
            with pytest.raises(UserError):
                self.project.label_many(rows, name)
        elif self.project.label_many(rows, name).recorded:
            before = len(self.simple.before)
            for row in rows:
                self.simple.do("label", row, name)
            del self.simple.before[before + 1 :]  # one undo takes all of them back
            self.undone.clear()

    @rule(row=ROWS, verb=st.sampled_from(["skip", "dont_know"]))
    def put_off(self, row: int, verb: str) -> None:
        self._pressed(verb, row)

    @rule(row=ROWS)
    def remove(self, row: int) -> None:
        self._pressed("remove_label", row, model="remove")

    @rule(name=st.one_of(NAMES, TEXTS))
    def add_class(self, name: str) -> None:
        self._pressed("add_class", name)

    @rule(old=NAMES, new=NAMES)
    def rename_class(self, old: str, new: str) -> None:
        self._pressed("rename_class", old, new, model="rename")

    @rule()
    def undo(self) -> None:
        if self.project.undo().recorded:
            self.undone.append(self.simple.now)
            self.simple.do("undo", None, None)

    @rule()
    def redo(self) -> None:
        if self.project.redo().recorded:
            self.simple.before.append(self.simple.now)
            self.simple.now = self.undone.pop()

    @rule(row=ROWS, text=TEXTS)
    def note(self, row: int, text: str) -> None:
        self._pressed("add_note", row, text)

    @rule(budget=st.integers(1, 500))
    def change(self, budget: int) -> None:
        self.project.change(budget=budget)
        self.told["budget"] = budget

    @rule(name=TEXTS)
    def rename(self, name: str) -> None:
        if name.strip():
            self.project.rename(name)
            self.told["name"] = name.strip()

    @rule(row=st.sampled_from([-1, N, 10**30]))
    def a_row_that_is_none_is_refused(self, row: int) -> None:
        for verb in (self.project.skip, self.project.remove_label):
            with pytest.raises(UserError):
                verb(row)

    @rule()
    def look_and_take_away(self) -> None:
        self.project.rounds()
        self.project.summary()
        self.project.export_bytes()
        self.project.report_bytes()

    # -- what happens to it -----------------------------------------------------------------------

    @rule()
    def reopen(self) -> None:
        self.project.close()
        self._opened(self.project.folder)

    @rule()
    def crash(self) -> None:
        """Its files as a killed process leaves them, its log and presence beside them."""
        self._elsewhere(lambda to: shutil.copytree(self.project.folder, to))

    @rule()
    def travel(self) -> None:
        data = self.project.project_file_bytes()
        self._elsewhere(lambda to: import_project(data, to.parent))

    def _elsewhere(self, bring: Callable[[Path], object]) -> None:
        self.number += 1
        bring(self.home / str(self.number) / "p")
        self.project.close()
        (folder,) = (self.home / str(self.number)).iterdir()
        self._opened(folder)

    def _opened(self, folder: Path) -> None:
        self.project = Project.open(folder, background=False, data=self.project.data)
        assert self.project.notices == []

    # -- what must always hold --------------------------------------------------------------------

    @invariant()
    def it_holds_what_was_acknowledged(self) -> None:
        if not hasattr(self, "project"):
            return
        _check(self.project._opened.state, self.simple)
        _check_partition(self.project._opened.state)
        notes = self.simple.now["notes"]
        assert [self.project.note(row) for row in range(N)] == [notes.get(n, "") for n in range(N)]
        assert self.project.settings.budget == self.told["budget"]
        assert self.project.name == self.told["name"]


ProjectMachine.TestCase.settings = settings(
    max_examples=max(1, STEPS // EACH),
    stateful_step_count=EACH,
    deadline=None,
    derandomize="AL_FAULT_STEPS" not in os.environ,  # CI tries the same; a long run tries others
    phases=[Phase.generate],
    suppress_health_check=list(HealthCheck),
)
TestProject = ProjectMachine.TestCase
