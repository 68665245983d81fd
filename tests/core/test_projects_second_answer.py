"""A project with one answer so far looks for another among unusual rows, and says so."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from al_core.projects import Project, Question
from al_core.projects.words import CHECK, LOOKING, START
from al_core.tables import Role, Table, guess_roles, read_table
from tests.projects_cases import roles_of

FAR = 6


def crowd(seed: int = 0, n: int = 300) -> Table:
    """A crowd of rows and, in the middle of the file, a few that lie apart."""
    rng = np.random.default_rng(seed)
    values = rng.normal(size=(n, 3))
    values[150 : 150 + FAR] += 9
    far = ["no"] * 150 + ["yes"] * FAR + ["no"] * (n - 150 - FAR)
    lines = [f"{a:.4f},{b:.4f},{c:.4f},{y}" for (a, b, c), y in zip(values, far, strict=True)]
    return read_table("\n".join(["a,b,c,answer", *lines]).encode(), name="crowd.csv")


def live(folder: Path, table: Table, **settings: object) -> Project:
    roles = {k: r for k, r in guess_roles(table).items() if k != "answer"}
    roles["answer"] = Role("ignored", "kept from the app")
    given = {"kind": "live", "classes": ("no", "yes"), **settings}
    return Project.create(folder, table, roles, given, background=False)


def answer(project: Project, question: Question) -> str:
    label = str(project.table.text["answer"].iloc[question.row])
    project.label(question.row, label, token=question.token)
    return label


@pytest.mark.parametrize("seed", range(5))
def test_the_second_answer_is_found_within_ten_questions_where_it_lies_apart(
    tmp_path: Path, seed: int
) -> None:
    with live(tmp_path / "p", crowd(seed), seed=seed) as project:
        asked = [project.ask(1)[0]]
        while answer(project, asked[-1]) == "no" or asked[-1].purpose == "check":
            asked.append(project.ask(1)[0])
            assert len(asked) <= 10
    assert asked[0].why == START
    assert asked[-1].why == LOOKING


def test_once_two_answers_were_seen_no_row_is_asked_for_being_unusual(tmp_path: Path) -> None:
    with live(tmp_path / "p", crowd()) as project:
        for _ in range(20):
            [question] = project.ask(1)
            project.label(question.row, "yes" if question.row % 2 else "no")
        questions = [project.ask(1)[0]]
        project.label(questions[0].row, "no")
        questions += project.ask(4)
        assert {q.purpose for q in questions} <= {"learn", "check"}


def test_a_project_that_is_opened_again_goes_on_looking_where_it_was(tmp_path: Path) -> None:
    rows: list[list[int]] = []
    for name, reopens in (("one", False), ("two", True)):
        project = live(tmp_path / name, crowd(), seed=2)
        rows.append([])
        for place in range(14):
            [question] = project.ask(1)
            rows[-1].append(question.row)
            project.label(question.row, "no", token=question.token)
            if reopens and place % 3 == 2:
                project.close()
                project = Project.open(tmp_path / name, background=False)
        project.close()
    assert rows[0] == rows[1]


def test_rows_that_are_mostly_blank_are_not_what_is_looked_for(tmp_path: Path) -> None:
    rng = np.random.default_rng(0)
    lines = [",".join(f"{v:.3f}" for v in row) for row in rng.normal(size=(200, 4))]
    for place in range(0, 200, 10):
        lines[place] = ",,,9.9"
    table = read_table(("a,b,c,d\n" + "\n".join(lines)).encode(), name="t.csv")
    settings = {"kind": "live", "classes": ("a", "b"), "check_share": 0.0}
    with Project.create(
        tmp_path / "p", table, guess_roles(table), settings, background=False
    ) as project:
        found = []
        for _ in range(15):
            [question] = project.ask(1)
            found.append(question)
            project.label(question.row, "a", token=question.token)
        unusual = [q for q in found if q.why == LOOKING]
        assert len(unusual) > 5
        assert not [q for q in unusual if not q.values["a"]]


def test_rows_asked_ahead_give_way_once_unusual_rows_are_looked_for(tmp_path: Path) -> None:
    with live(tmp_path / "p", crowd(), check_first=0) as project:
        ahead = project.ask(8)
        assert {q.why for q in ahead} == {START, CHECK}
        for question in ahead[:5]:
            project.label(question.row, "no", token=question.token)
        assert project.choose_again(keep=1)
        again = project.ask(6)
        assert again[0].token == ahead[5].token
        assert {q.why for q in again[1:]} == {LOOKING, CHECK}
        assert not project.choose_again(keep=1)


def test_a_rehearsal_starts_with_the_rows_that_it_said_it_would_start_with(tmp_path: Path) -> None:
    table = crowd(3)
    with Project.create(
        tmp_path / "p", table, roles_of(table, "answer"), {"seed": 1}, background=False
    ) as project:
        foretold = project.first_rows.tolist()
        project.answer_with_oracle(len(foretold))
        assert project.labels()["row"].tolist() == sorted(foretold)
        assert project.labels()["label"].nunique() == 2
        assert len(foretold) <= 6
