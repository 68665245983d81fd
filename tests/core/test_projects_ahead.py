"""Questions asked ahead: they stay until a newer model is there, and nobody else gets them."""

from __future__ import annotations

from pathlib import Path

import pytest

from al_core.projects import Project, Question
from al_core.tables import Role, guess_roles, read_table

FILE = "a,b\n" + "\n".join(f"{i * 7 % 50},{i * 3 % 11}" for i in range(200))


@pytest.fixture
def project(tmp_path: Path) -> Project:
    table = read_table(FILE.encode(), name="pool.csv")
    settings = {"kind": "live", "classes": ("no", "yes"), "check_every": 10, "check_first": 0}
    return Project.create(tmp_path / "pool", table, guess_roles(table), settings)


def answered(project: Project, n: int) -> None:
    for i in range(n):
        question = project.ask()[0]
        project.label(question.row, "no" if i % 2 else "yes", token=question.token)
    project.wait()


def asked_ahead_of_a_newer_model(project: Project) -> list[Question]:
    """Four questions, the first of which has been answered and learned from."""
    answered(project, 6)
    ahead = project.ask(4)
    project.label(ahead[0].row, "no", token=ahead[0].token)
    project.wait()
    return ahead


def test_rows_asked_ahead_become_the_next_questions_in_order(project: Project) -> None:
    ahead = project.ask(4)
    project.label(ahead[0].row, "no", token=ahead[0].token)
    assert [q.token for q in project.ask(4)[:3]] == [q.token for q in ahead[1:]]
    project.close()


def test_a_newer_model_chooses_again_for_all_but_the_row_on_the_screen(project: Project) -> None:
    ahead = asked_ahead_of_a_newer_model(project)
    assert project.choose_again(keep=1)
    again = project.ask(4)
    assert again[0] == ahead[1]
    learning = [q for q in again[1:] if q.purpose == "learn"]
    assert learning
    assert {q.known_labels for q in learning} == {project.freshness().known_labels}
    project.close()


def test_without_a_newer_model_the_questions_stay(project: Project) -> None:
    answered(project, 6)
    ahead = project.ask(4)
    assert not project.choose_again(keep=1)
    assert project.ask(4) == ahead
    project.close()


def test_rows_given_back_are_free_for_another_opener(project: Project) -> None:
    ahead = asked_ahead_of_a_newer_model(project)
    project.choose_again(keep=1)
    other = Project.open(project.folder, background=False)
    theirs = {q.row for q in other.ask(150)}
    assert ahead[1].row not in theirs
    assert {q.row for q in ahead[2:] if q.purpose == "learn"} <= theirs
    other.close()
    project.close()


def test_a_press_for_a_row_given_back_is_still_recorded(project: Project) -> None:
    ahead = asked_ahead_of_a_newer_model(project)
    project.choose_again(keep=1)
    receipt = project.label(ahead[3].row, "yes", token=ahead[3].token)
    assert receipt.recorded
    assert ahead[3].row in project.labels()["row"].tolist()
    project.close()


def test_a_row_given_back_keeps_what_it_was_asked_for_also_after_undo(project: Project) -> None:
    answered(project, 6)
    project.change(check_every=2)
    asked = {q.row: q for q in project.ask_together(6)}
    assert {q.purpose for q in asked.values()} == {"check", "learn"}
    learning = next(row for row, question in asked.items() if question.purpose == "learn")
    project.label(learning, "no", token=asked[learning].token)
    project.wait()
    assert project.choose_again(keep=1)
    for row, question in asked.items():
        if row != learning:
            project.label(row, "yes", token=question.token)
    given = project.labels().set_index("row")["purpose"]
    assert {row: given[row] for row in asked} == {row: q.purpose for row, q in asked.items()}
    for _ in asked:
        project.undo()
    again = project.ask_together(6)
    assert {q.row: q.purpose for q in again} == {row: q.purpose for row, q in asked.items()}
    project.close()


def test_a_typical_row_taken_back_is_asked_as_one_again(project: Project) -> None:
    asked = project.ask_together(6)
    for question, label in zip(asked, ("no", "yes") * 3, strict=True):
        project.label(question.row, label, token=question.token)
    project.undo()
    assert [q.purpose for q in asked] == ["start"] * 6
    assert project.ask(1)[0].purpose == "start"
    project.close()


def test_an_answer_taken_back_is_no_guess_while_the_model_still_knows_it(project: Project) -> None:
    answered(project, 6)
    question = project.ask_together(1)[0]
    project.label(question.row, "no", token=question.token)
    project.wait()
    knows_it, other = project.freshness().known_labels, project.ask(1)[0].row
    project.close()
    again = Project.open(project.folder, background=False)  # learns only when it asks
    again.wait()
    assert again.guess(question.row)
    again.undo()
    assert again.freshness().known_labels == knows_it
    assert again.guess(question.row) == {}
    assert again.explain(question.row).probabilities == {}
    assert again.guess(other)
    again.wait()
    assert again.guess(question.row), "a model that never saw the answer may guess"
    again.close()


def test_rows_asked_together_differ_from_one_another(tmp_path: Path) -> None:
    known = [*range(10), *range(11, 21)]  # the boundary is at 10, where thirty rows are alike
    values = [*known, *[10] * 30, *[8, 9, 11, 12, 13] * 6]
    table = read_table(("a\n" + "\n".join(map(str, values)) + "\n").encode(), name="twins.csv")
    settings = {"kind": "live", "classes": ("no", "yes"), "check_first": 0, "check_every": 100}
    settings["model"] = "logistic_regression"
    roles = {"a": Role("number", "")}
    created = Project.create(tmp_path / "twins", table, roles, settings, background=False)
    with created as project:
        for row, value in enumerate(known):
            project.label(row, "yes" if value > 10 else "no")
        alike = {tuple(q.values.values()) for q in project.ask(6)}
        together = project.ask_together(6)
        assert len({q.row for q in together}) == 6
        assert len(alike) == 6, "of rows that are the same one is asked: they are answered together"
        assert len({tuple(q.values.values()) for q in together}) >= 4
        assert [q.row for q in project.ask(6)] == [q.row for q in together]


def test_questions_that_were_open_can_be_asked_together_or_by_others(project: Project) -> None:
    answered(project, 6)
    project.ask(4)
    rows = [q.row for q in project.ask_together(3)]
    assert len(rows) == 3
    other = Project.open(project.folder)
    assert not set(rows) & {q.row for q in other.ask(6)}
    other.close()


def test_the_question_that_is_read_comes_first_though_it_was_given_back(project: Project) -> None:
    ahead = asked_ahead_of_a_newer_model(project)
    given_back = next(q for q in ahead[2:] if q.purpose == "learn")
    project.choose_again(keep=1)
    project.ask(4)
    assert project.keep_first(given_back)
    assert project.ask(4)[0] == given_back
    project.close()
    again = Project.open(project.folder, background=False)
    assert given_back.token in [q.token for q in again.ask(5)]
    again.close()


def test_a_question_that_another_tab_has_by_now_is_not_kept(project: Project) -> None:
    ahead = asked_ahead_of_a_newer_model(project)
    given_back = next(q for q in ahead[2:] if q.purpose == "learn")
    project.choose_again(keep=1)
    other = Project.open(project.folder, background=False)
    assert given_back.row in {q.row for q in other.ask(150)}
    assert not project.keep_first(given_back)
    assert given_back not in project.ask(4)
    other.close()
    project.close()


def test_an_answered_question_is_not_kept(project: Project) -> None:
    question = project.ask(3)[0]
    project.label(question.row, "no", token=question.token)
    assert not project.keep_first(question)
    project.close()
