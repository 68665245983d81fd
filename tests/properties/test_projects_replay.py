"""Whatever is pressed, in whatever order: replay equals a simple model kept in memory."""

from __future__ import annotations

import copy
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import numpy as np
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from al_core.errors import LabelError
from al_core.learning import Status
from al_core.projects import Project
from al_core.projects.replay.state import State
from al_core.tables import Role
from tests.projects_cases import FEATURES, points

ROWS = st.integers(0, 11)
NAMES = st.sampled_from(["no", "yes", "maybe", "other"])
ACTIONS = st.lists(
    st.one_of(
        st.tuples(st.just("label"), ROWS, NAMES),
        st.tuples(st.just("skip"), ROWS, st.none()),
        st.tuples(st.just("dont_know"), ROWS, st.none()),
        st.tuples(st.just("remove"), ROWS, st.none()),
        st.tuples(st.just("undo"), st.none(), st.none()),
        st.tuples(st.just("add_class"), NAMES, st.none()),
        st.tuples(st.just("rename"), NAMES, NAMES),
    ),
    max_size=25,
)
TABLE = points(12, answers="part")
ROLES = {**FEATURES, "answer": Role("label", "test")}


class Simple:
    """What a project should be: plain dictionaries, and a copy of everything for each undo."""

    def __init__(self, labels: dict[int, str], classes: list[str]) -> None:
        self.now: dict[str, Any] = {"labels": labels, "classes": classes, "skip": [], "dk": set()}
        self.before: list[dict[str, Any]] = []

    def do(self, action: str, a: Any, b: Any) -> None:
        if action == "undo":
            self.now = self.before.pop() if self.before else self.now
            return
        self.before.append(copy.deepcopy(self.now))
        getattr(self, action)(a, b)

    def _clear(self, row: int) -> None:
        self.now["labels"].pop(row, None)
        self.now["dk"].discard(row)
        self.now["skip"] = [r for r in self.now["skip"] if r != row]

    def label(self, row: int, name: str) -> None:
        self._clear(row)
        self.now["labels"][row] = name

    def skip(self, row: int, _: None) -> None:
        self._clear(row)
        self.now["skip"].append(row)

    def dont_know(self, row: int, _: None) -> None:
        self._clear(row)
        self.now["dk"].add(row)

    def remove(self, row: int, _: None) -> None:
        self._clear(row)

    def add_class(self, name: str, _: None) -> None:
        self.now["classes"].append(name)

    def rename(self, old: str, new: str) -> None:
        names = self.now["classes"]
        if new in names:
            names.remove(old)
        else:
            names[names.index(old)] = new
        self.now["labels"] = {r: new if x == old else x for r, x in self.now["labels"].items()}


def _press(project: Project, action: str, a: Any, b: Any) -> bool:
    """Do it to the project; whether anything was recorded."""
    method = {"remove": "remove_label", "rename": "rename_class"}.get(action, action)
    arguments = [x for x in (a, b) if x is not None]
    if action == "undo":
        arguments = []
    try:
        return bool(getattr(project, method)(*arguments).recorded)
    except LabelError:
        return False


def _check(state: State, simple: Simple) -> None:
    rows, now = state.rows, simple.now
    labels = dict(zip(*(part.tolist() for part in state.all_labels()), strict=True))
    assert labels == now["labels"]
    assert state.class_names() == now["classes"]
    assert set(rows.skipped) == set(now["skip"])
    assert set(np.flatnonzero(rows.status == Status.DONT_KNOW).tolist()) == now["dk"]
    per_class = {n: rows.counts[n] + rows.file_counts[n] for n in now["classes"]}
    assert per_class == {n: list(now["labels"].values()).count(n) for n in now["classes"]}


def _check_partition(state: State) -> None:
    """Every row has one status, and every count agrees with it."""
    rows = state.rows
    sizes = {
        s: int((rows.status == s).sum())
        for s in (Status.UNLABELLED, Status.LABELLED, Status.SKIPPED, Status.DONT_KNOW)
    }
    assert sum(sizes.values()) + int((rows.status == Status.RETURNED).sum()) == state.n_rows
    assert sizes[Status.UNLABELLED] == rows.n_free
    assert sizes[Status.LABELLED] == state.n_spent() + state.n_file_labels()
    assert sizes[Status.SKIPPED] == len(rows.skipped)
    assert sizes[Status.DONT_KNOW] == rows.n_dont_know
    assert rows.n_check == sum(bool(rows.is_check[row]) for row in rows.answers)


@given(ACTIONS)
@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.too_slow])
def test_any_sequence_of_presses_equals_a_simple_model_before_and_after_opening_again(
    actions: list[tuple[str, Any, Any]],
) -> None:
    with TemporaryDirectory() as folder:
        place = Path(folder) / "p"
        given_ = {"model": "naive_bayes", "classes": ["no", "yes"]}
        with Project.create(place, TABLE, ROLES, given_, background=False) as project:
            simple = Simple(project.labels().set_index("row")["label"].to_dict(), ["no", "yes"])
            for action, a, b in actions:
                if _press(project, action, a, b):
                    simple.do(action, a, b)
                _check_partition(project._opened.state)
            _check(project._opened.state, simple)
            data, turns = project.data, project._opened.state.turns.learned_since_check()
        with Project.open(place, background=False, data=data) as project:
            _check(project._opened.state, simple)
            _check_partition(project._opened.state)
            assert project._opened.state.turns.learned_since_check() == turns


PRESSES = st.lists(
    st.tuples(st.booleans(), st.sampled_from(["label", "skip", "undo", "answer"]), ROWS, NAMES),
    max_size=20,
)


@given(PRESSES)
@settings(max_examples=20, deadline=None, suppress_health_check=[HealthCheck.too_slow])
def test_two_openers_and_the_journal_agree_whatever_is_pressed_where(
    presses: list[tuple[bool, str, int, str]],
) -> None:
    with TemporaryDirectory() as folder:
        place, given_ = Path(folder) / "p", {"model": "naive_bayes", "classes": ["no", "yes"]}
        with (
            Project.create(place, TABLE, ROLES, given_, background=False) as one,
            Project.open(place, background=False, data=one.data) as other,
        ):
            for first, action, row, name in presses:
                project = one if first else other
                if action == "answer":
                    for question in project.ask():
                        project.label(question.row, "yes", token=question.token)
                else:
                    _press(project, action, *((row, name) if action == "label" else (row, None)))
                assert not {q.row for q in one.ask(2)} & {q.row for q in other.ask(2)}
            facts = [_facts(project) for project in (one, other)]
            assert facts[0] == facts[1]
        with Project.open(place, background=False, data=one.data) as again:
            assert _facts(again) == facts[0]


def _facts(project: Project) -> tuple[object, ...]:
    """Everything that a person could notice."""
    counts, labels = project.counts(), project.labels().astype(str).to_numpy().tolist()
    status = project.row_state()["status"].tolist()
    return counts, labels, status, len(project.history()), project.classes
