"""Rows that are the same: answered once, undone together, and counted once by a range."""

from __future__ import annotations

from pathlib import Path

import numpy as np

from al_core.projects import Project
from al_core.projects.starting.check_rows import reserve
from al_core.tables import guess_roles, read_table

TEXTS = ["late parcel", "wrong invoice", "no login", "thank you", "broken box"]
ROWS = 60


def same_rows(folder: Path, **settings: object) -> Project:
    """Sixty tickets of twenty texts, three times each; only their numbers differ."""
    lines = [f"{i},{TEXTS[i % 5]} in the week of the feast {i % 20}" for i in range(ROWS)]
    table = read_table(("No,Message\n" + "\n".join(lines)).encode(), name="tickets.csv")
    given = {"kind": "live", "classes": ("a", "b"), "model": "logistic_regression", **settings}
    return Project.create(folder, table, guess_roles(table), given, background=False)


def test_a_press_answers_all_rows_that_are_the_same_and_undo_takes_all_back(tmp_path: Path) -> None:
    with same_rows(tmp_path / "p") as project:
        question = project.ask()[0]
        row = question.row
        same = sorted(other for other in range(ROWS) if other % 20 == row % 20)
        receipt = project.label(row, "a", token=question.token, twins=True)
        assert receipt.sentence.endswith("is a, and so are 2 rows that are the same.")
        assert project.labels()["row"].tolist() == same
        assert not project.label(row, "b", token=question.token, twins=True).recorded
        following = project.ask()[0]
        assert following.row not in same
        undone = project.undo()
        assert (undone.row, project.counts().spent) == (row, 0)
        assert undone.sentence.endswith("was a, as were 2 rows that are the same.")
        assert project.ask()[0].row == row
        project.redo()
    with Project.open(tmp_path / "p", background=False) as project:
        assert project.labels()["row"].tolist() == same
        assert set(project.labels()["label"]) == {"a"}


def test_rows_asked_ahead_are_never_the_same(tmp_path: Path) -> None:
    with same_rows(tmp_path / "p") as project:
        asked = project.ask(9)
        assert len({question.row % 20 for question in asked}) == 9


def test_a_row_that_has_an_answer_or_can_not_be_told_keeps_it(tmp_path: Path) -> None:
    with same_rows(tmp_path / "p") as project:
        project.label(3, "b")
        project.dont_know(23)
        project.label(43, "a", twins=True)
        assert project.labels()[["row", "label"]].values.tolist() == [[3, "b"], [43, "a"]]
        assert project.counts().dont_know == 1


def test_by_itself_a_label_is_of_its_row_alone(tmp_path: Path) -> None:
    with same_rows(tmp_path / "p") as project:
        project.label(3, "b")
        assert project.labels()["row"].tolist() == [3]


def test_no_row_is_learned_from_whose_twin_tests_and_a_range_counts_each_group_once(
    tmp_path: Path,
) -> None:
    with same_rows(tmp_path / "p") as project:
        checks = project.check_rows.tolist()
        groups = [row % 20 for row in checks]
        assert len(checks) == 15
        assert len(set(groups)) == 5
        assert sorted(groups[:5]) == sorted(set(groups)), "one of each group comes first"
        for _ in range(8):
            question = project.ask()[0]
            project.label(question.row, "ab"[question.row % 2], token=question.token, twins=True)
        labels = project.labels()
        taught = {row % 20 for row in labels["row"] if row not in checks}
        assert not taught & set(groups)
        tested = labels[labels["row"].isin(checks)]
        answered_groups = {row % 20 for row in tested["row"]}
        assert len(tested) == 3 * len(answered_groups)
        assert project.score().n_check == len(answered_groups)


def test_rows_that_differ_are_reserved_in_the_order_they_always_were() -> None:
    X = np.random.default_rng(0).normal(size=(100, 2)).astype(np.float32)
    rows = reserve(X, np.arange(100), share=0.25, cap=2000, seed=1).tolist()
    rng = np.random.default_rng([1, 1])
    shuffled = rng.permutation(np.arange(100))
    assert rows == rng.permutation(shuffled[:25]).tolist()
