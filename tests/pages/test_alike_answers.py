"""Answers typed that look like another one: it is asked whether they are one, never guessed."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from streamlit.testing.v1 import AppTest

from al_core.projects import Project, list_projects
from al_core.tables import guess_roles, read_table

ROOT = Path(__file__).resolve().parents[2]
NOTES = b"note,size\n" + b"".join(b"parcel %d came late,%d\n" % (i, i * 7 % 13) for i in range(40))
HALF = b"size,note,answer\n" + b"".join(
    b"%d,parcel %d,%s\n" % (i * 7 % 13, i, (b"Yes", b"No")[i % 2] if i < 20 else b"")
    for i in range(40)
)


@pytest.fixture
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("AL_WORKBENCH_HOME", str(tmp_path))
    return tmp_path


def asking(data: bytes) -> AppTest:
    app = AppTest.from_file(str(ROOT / "app.py"), default_timeout=120).run()
    app.file_uploader(key="upload").upload("notes.csv", data).run()
    return app


def typed(answers: str) -> AppTest:
    app = asking(NOTES)
    app.radio(key="question_kind").set_value("new").run()
    app.text_area(key="question_answers").set_value(answers).run()
    assert not app.exception
    return app


def started(app: AppTest, home: Path) -> list[str]:
    app.button(key="start").click().run()
    assert not app.exception
    [info] = list_projects(home)
    project = Project.open(info.folder, background=False)
    classes = project.classes
    project.close()
    return classes


def words(app: AppTest) -> str:
    return " ".join(one.value for kind in (app.text, app.caption, app.markdown) for one in kind)


@pytest.mark.parametrize(
    ("press", "classes"), [("one_answer", ["Yes", "No"]), ("two_answers", ["Yes", "No", "yes"])]
)
def test_typed_answers_that_look_alike_are_one_or_two_as_the_person_says(
    home: Path, press: str, classes: list[str]
) -> None:
    app = typed("Yes\nNo\nyes ")
    assert '"Yes" and "yes" look alike. Is it one answer?' in words(app)
    app.button(key="start").click().run()
    assert not list_projects(home)
    app.button(key=press).click().run()
    assert "look alike" not in words(app)
    assert started(app, home) == classes


@pytest.mark.parametrize("again", ["Yes", " Yes", "Yes\u200b"])
def test_answers_that_nobody_could_tell_apart_can_only_be_one(home: Path, again: str) -> None:
    app = typed(f"Yes\nNo\n{again}")
    assert '"Yes" is there twice. Is it one answer?' in words(app)
    assert not [button for button in app.button if button.key == "two_answers"]
    app.button(key="one_answer").click().run()
    assert started(app, home) == ["Yes", "No"]


def test_answers_typed_beside_those_of_the_file_are_asked_about_too(home: Path) -> None:
    app = asking(HALF)
    app.selectbox(key="label_column").select("answer").run()
    app.text_area(key="question_more").set_value("No\nYES\nMaybe").run()
    assert '"Yes" and "YES" look alike' in words(app)
    app.button(key="one_answer").click().run()
    assert started(app, home) == ["No", "Yes", "Maybe"]


def desk(home: Path, **state: Any) -> AppTest:
    table = read_table(NOTES, name="notes.csv")
    settings = {"kind": "live", "classes": ("Yes", "No")}
    Project.create(home / "one", table, guess_roles(table), settings, background=False).close()
    app = AppTest.from_file(str(ROOT / "app.py"), default_timeout=120)
    app.query_params["project"] = "one"
    app.run()
    for key, value in state.items():
        app.session_state[key] = value
    return app.switch_page("pages/label.py").run()


def classes_of(app: AppTest) -> list[str]:
    return list(app.session_state["_open_project"].classes)


def add(app: AppTest, name: str) -> None:
    app.text_input(key="new_answer").set_value(name)
    next(button for button in app.button if button.label == "Add it").click().run()
    assert not app.exception


@pytest.mark.parametrize(
    ("press", "classes"), [("one_answer", ["Yes", "No"]), ("two_answers", ["Yes", "No", "yes"])]
)
def test_a_new_answer_that_looks_like_another_is_asked_about(
    home: Path, press: str, classes: list[str]
) -> None:
    app = desk(home)
    add(app, "yes ")
    assert classes_of(app) == ["Yes", "No"]
    assert '"Yes" and "yes" look alike. Is it one answer?' in words(app)
    app.button(key=f"new_{press}").click().run()
    assert classes_of(app) == classes
    assert "look alike" not in words(app)


def test_a_new_answer_unlike_all_others_is_added_at_once(home: Path) -> None:
    app = desk(home)
    add(app, "Maybe")
    assert classes_of(app) == ["Yes", "No", "Maybe"]


@pytest.mark.parametrize(
    ("press", "classes"),
    [("one_answer", ["Yes", "Maybe"]), ("two_answers", ["Yes", "yes", "Maybe"])],
)
def test_a_new_name_that_looks_like_another_answer_is_asked_about(
    home: Path, press: str, classes: list[str]
) -> None:
    app = desk(home, desk_panel="answers")
    add(app, "Maybe")
    app.selectbox(key="rename_old").select("No").run()
    app.text_input(key="rename_new_0").set_value("yes")
    app.button(key="rename_answer").click().run()
    assert classes_of(app) == ["Yes", "No", "Maybe"]
    app.button(key=f"rename_{press}").click().run()
    assert not app.exception
    assert classes_of(app) == classes


def test_an_answer_can_be_spelt_anew_without_a_question(home: Path) -> None:
    app = desk(home, desk_panel="answers")
    app.text_input(key="rename_new_0").set_value("YES").run()
    app.button(key="rename_answer").click().run()
    assert classes_of(app) == ["YES", "No"]


def test_both_questions_can_stand_on_the_page_at_once(home: Path) -> None:
    app = desk(home, desk_panel="answers")
    add(app, "yes")
    app.selectbox(key="rename_old").select("No").run()
    app.text_input(key="rename_new_0").set_value("YES").run()
    assert not app.exception
    app.button(key="rename_two_answers").click().run()
    app.button(key="new_two_answers").click().run()
    assert classes_of(app) == ["Yes", "YES", "yes"]
