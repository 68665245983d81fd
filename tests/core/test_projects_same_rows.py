"""Rows that are the same: answered once, undone together, and counted once by a range."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import numpy as np

from al_core.projects import Project
from al_core.projects.starting.check_rows import reserve
from al_core.tables import Role, guess_roles, read_table

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


def test_check_rows_that_are_copies_of_others_are_counted_apart(tmp_path: Path) -> None:
    with same_rows(tmp_path / "p") as project:
        for row in project.check_rows.tolist():
            project.label(row, "a")
        counts, different = project.counts(), len(project._opened.state.counted_checks())
        assert counts.check == len(project.check_rows) > different
        assert counts.check_copies == counts.check - different
        one = "1 is a copy of another" if counts.check_copies == 1 else ""
        several = f"{counts.check_copies} are copies of others"
        now = replace(project.summary(), counts=counts)
        now = replace(now, score=replace(now.score, score=0.8, n_check=different))
        told = f"The score was tested on {different} of the check rows; {one or several}."
        assert now.tested_on == told
        assert replace(now, score=replace(now.score, n_check=counts.check)).tested_on == ""


def test_rows_that_differ_are_reserved_in_the_order_they_always_were() -> None:
    X = np.random.default_rng(0).normal(size=(100, 2)).astype(np.float32)
    rows = reserve(X, np.arange(100), share=0.25, cap=2000, seed=1).tolist()
    rng = np.random.default_rng([1, 1])
    shuffled = rng.permutation(np.arange(100))
    assert rows == rng.permutation(shuffled[:25]).tolist()


def test_a_range_counts_groups_though_every_check_row_is_answered(tmp_path: Path) -> None:
    with same_rows(tmp_path / "p", check_first=100) as project:
        checks = project.check_rows.tolist()
        for row in range(ROWS):
            project.label(row, "ab"[row % 2])
        groups = {row % 20 for row in checks}
        assert project.wait()
        assert len(checks) > len(groups)
        assert project.score().n_check == len(groups)
        assert len(project.test_rows) == len(groups)
        assert project.counts().check_answered_in_order == len(groups)


def partly_answered(folder: Path, n_groups: int = 120, known: int = 70) -> Project:
    """Texts three times each; of the first groups one row came with its answer."""
    lines = ["No,Message,Team"]
    for row in range(3 * n_groups):
        group = row % n_groups
        team = "ab"[group % 2] if row < known else ""
        lines.append(f"{row},{TEXTS[group % 5]} number {group} of the week,{team}")
    for row in range(3 * n_groups, 3 * n_groups + 80):  # answered, and like no other
        lines.append(f"{row},{TEXTS[row % 5]} alone {row * 7},{'ab'[row % 2]}")
    table = read_table("\n".join(lines).encode(), name="tickets.csv")
    roles = {**guess_roles(table), "Team": Role("label", "")}
    settings = {"kind": "live", "model": "logistic_regression"}
    return Project.create(folder, table, roles, settings, background=False)


def test_no_twin_of_a_row_that_came_with_an_answer_tests(tmp_path: Path) -> None:
    n_groups, known = 120, 70
    with partly_answered(tmp_path / "p", n_groups, known) as project:
        checks = project.check_rows.tolist()
        assert len(checks) > 12
        assert not {row % n_groups for row in checks} & set(range(known))
        held = set(project.test_rows.tolist())
        assert held, "answers of the file test until there are check rows"
        assert not {row for row in held if row < 3 * n_groups}, "a twin of theirs may be asked"


def test_no_twin_of_a_row_of_a_final_check_teaches(tmp_path: Path) -> None:
    with same_rows(tmp_path / "p", check_share=0.1) as project:
        for row in (0, 1, 2, 3):
            project.label(row, "ab"[row % 2])
        project.start_final_check(12)
        drawn = [question.row for question in project.ask_final(12)]
        assert not {row % 20 for row in drawn} & {0, 1, 2, 3}, "their twin has taught"
        for row in drawn:
            project.label(row, "ab"[row % 2])
        project.final_check()
        for _ in range(12):
            for question in project.ask():
                project.label(question.row, "ab"[question.row % 2], token=question.token)
        taught = set(project.labels()["row"]) - {*project.check_rows.tolist()}
        assert not {row % 20 for row in drawn} & {row % 20 for row in taught}


def test_rows_that_differ_in_numbers_or_signs_alone_are_nearly_the_same(tmp_path: Path) -> None:
    texts = ["Parcel 12 is late!", "parcel  9 is LATE", "Parcel 9 is lost", "parcel 9 is LATE."]
    lines = [*texts, "parcel  9 is LATE", "12", "34"] + [f"other {'x' * i}" for i in range(20)]
    table = read_table(("Message\n" + "\n".join(f'"{one}"' for one in lines)).encode())
    settings = {"kind": "live", "classes": ("a", "b"), "check_share": 0.0}
    roles = {"Message": Role("text", "")}
    with Project.create(tmp_path / "p", table, roles, settings, background=False) as project:
        assert project.rows_nearly_same(0) == [1, 3, 4]
        assert project.rows_nearly_same(1) == [0, 3], "row 4 is the very same"
        assert project.rows_nearly_same(2) == []
        project.label_many([3], "a")
        assert project.rows_nearly_same(0) == [1, 4]


def test_rows_nearly_the_same_never_mix_those_that_test_with_others(tmp_path: Path) -> None:
    lines = [f"The parcel {row} is late" for row in range(40)]
    table = read_table(("Message\n" + "\n".join(lines)).encode())
    settings = {"kind": "live", "classes": ("a", "b")}
    roles = {"Message": Role("text", "")}
    with Project.create(tmp_path / "p", table, roles, settings, background=False) as project:
        checks = {*project.check_rows.tolist()}
        assert checks
        for row in (min(checks), min(set(range(40)) - checks)):
            near = {*project.rows_nearly_same(row), row}
            assert near == (checks if row in checks else set(range(40)) - checks)


def test_a_check_row_that_counts_no_more_takes_no_turn_from_rows_to_learn_from(
    tmp_path: Path,
) -> None:
    with same_rows(tmp_path / "p", check_first=100) as project:
        checks, purposes = {*project.check_rows.tolist()}, list[str]()
        for _ in range(ROWS):  # one label a press: rows that are the same stay to be asked
            [question] = project.ask()
            project.label(question.row, "ab"[question.row % 2], token=question.token)
            purposes.append("check" if question.row in checks else "learn")
        n_groups, n_learn = len({row % 20 for row in checks}), ROWS - len(checks)
        assert purposes[: n_groups + n_learn].count("check") == n_groups
        assert set(purposes[n_groups + n_learn :]) == {"check"}
