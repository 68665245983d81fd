"""The answers a project starts with: none that cannot be told apart, and how to give a column."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from al_core.errors import LabelError, SettingsError
from al_core.projects import Project
from al_core.tables import Role, read_table
from tests.projects_cases import FEATURES, points


def start(folder: Path, classes: list[str], **more: Any) -> list[str]:
    settings = {"classes": classes, "model": "logistic_regression"}
    project = Project.create(folder, points(40), FEATURES, settings, background=False, **more)
    found = [*project.classes]
    project.close()
    return found


@pytest.mark.parametrize("pair", [("Yes", "yes"), ("no", "no "), ("a b", "a  b")])
def test_answers_that_look_alike_are_refused_as_the_page_does(tmp_path: Path, pair: Any) -> None:
    with pytest.raises(LabelError, match=r"look alike|nothing that can be seen|given twice"):
        start(tmp_path / "p", [*pair, "other"])
    assert not (tmp_path / "p").exists()


def test_answers_that_differ_by_capitals_are_two_where_the_person_says_so(tmp_path: Path) -> None:
    with pytest.raises(LabelError, match="apart=True"):
        start(tmp_path / "a", ["Yes", "yes"])
    assert start(tmp_path / "b", ["Yes", "yes"], apart=True) == ["Yes", "yes"]


def test_what_nobody_can_see_apart_is_never_two_answers(tmp_path: Path) -> None:
    with pytest.raises(LabelError, match="one of them"):
        start(tmp_path / "p", ["yes", "yes\u200b"], apart=True)


def test_twins_that_the_file_keeps_apart_need_no_word(tmp_path: Path) -> None:
    rows = "x,answer\n" + "\n".join(f"{i},{'Yes' if i % 2 else 'yes'}" for i in range(40))
    table = read_table(rows.encode(), name="rows.csv")
    roles = {"x": Role("number", ""), "answer": Role("label", "", flags=("keep_apart",))}
    project = Project.create(tmp_path / "p", table, roles, background=False)
    assert sorted(project.classes) == ["Yes", "yes"]
    project.close()


@pytest.mark.parametrize("settings", [{}, {"kind": "oracle"}], ids=["live", "oracle"])
def test_roles_without_a_label_say_how_to_give_one(tmp_path: Path, settings: Any) -> None:
    with pytest.raises((LabelError, SettingsError)) as told:
        Project.create(tmp_path / "p", points(40, answers="full"), FEATURES, settings)
    assert "guess_roles(table, answer=" in str(told.value)
    assert 'Role("label", ' in str(told.value)
