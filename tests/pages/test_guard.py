"""Parts that fail: the page around them stays, and a person reads words."""

from __future__ import annotations

import sqlite3
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from al_core.projects.journal.store import FILE
from tests.projects_cases import live

ROOT = Path(__file__).resolve().parents[2]


@pytest.fixture
def app(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> AppTest:
    monkeypatch.setenv("AL_WORKBENCH_HOME", str(tmp_path))
    live(tmp_path / "points").close()
    test = AppTest.from_file(str(ROOT / "app.py"), default_timeout=60)
    test.query_params["project"] = "points"
    return test.run()


@pytest.mark.parametrize("name", ["label", "curves"])
def test_a_project_that_was_closed_meanwhile_is_opened_again(app: AppTest, name: str) -> None:
    app.switch_page(f"pages/{name}.py").run()
    app.session_state["_open_project"].close()
    app.run()
    assert not app.exception
    assert not app.error
    assert app.session_state["_open_project"].is_open


def test_what_is_missing_is_said_above_the_page_until_it_was_read(
    app: AppTest, tmp_path: Path
) -> None:
    project = app.session_state["_open_project"]
    project.label(3, "yes")
    project.label(4, "yes")
    project.close()
    path = tmp_path / "points" / FILE
    path.write_bytes(path.read_bytes().replace(b'"label": "yes"', b'"label": "yds"', 1))
    app.run()
    assert "1 answer is not there" in app.warning[0].value
    app.button(key="notices_read").click().run()
    assert not app.warning
    assert not app.exception


def test_a_press_is_recorded_though_the_project_was_closed_meanwhile(
    app: AppTest, tmp_path: Path
) -> None:
    app.switch_page("pages/label.py").run()
    app.session_state["_open_project"].close()
    next(button for button in app.button if "yes" in button.label).click()
    app.run()
    assert not app.exception
    assert len(app.session_state["_open_project"].labels()) == 1


@pytest.mark.parametrize("name", ["label", "curves"])
def test_a_failing_sidebar_leaves_the_page_with_words(
    app: AppTest, tmp_path: Path, name: str
) -> None:
    app.switch_page(f"pages/{name}.py").run()
    with sqlite3.connect(tmp_path / "points" / FILE) as journal:
        journal.execute("ALTER TABLE events RENAME TO hidden")
    app.run()
    assert not app.exception
    assert app.error
    with sqlite3.connect(tmp_path / "points" / FILE) as journal:
        journal.execute("ALTER TABLE hidden RENAME TO events")
    app.run()
    assert not app.exception
    assert not app.error


def test_a_fault_in_a_part_leaves_what_stands_around_it() -> None:
    def script() -> None:
        import streamlit as st

        from al_core.errors import ProjectError
        from pages.components.shell.guard import guarded

        with guarded("A part"):
            raise ZeroDivisionError
        with guarded("A part"):
            raise ProjectError("The disk is full.")
        st.text("what comes after")

    app = AppTest.from_function(script, default_timeout=30).run()
    assert not app.exception
    assert [text.value for text in app.text] == ["what comes after"]
    assert "not in your data" in app.error[0].value
    assert "The disk is full" in app.error[1].value


@pytest.mark.parametrize("value", ["a" * 4000, "..", ".", "../points", ".bin", "a\0b", "/etc", "~"])
def test_an_address_that_names_no_project_says_so_without_a_place_of_the_server(
    app: AppTest, tmp_path: Path, value: str
) -> None:
    app.query_params["project"] = value
    app.run()
    assert not app.exception
    assert "There is no project" in app.error[0].value
    assert str(tmp_path) not in app.error[0].value
    assert len(app.error[0].value) < 400
