"""A tab that goes from project to project holds the one that is open, not all it ever had."""

from __future__ import annotations

import gc
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from al_core.projects import Project
from tests.projects_cases import live

ROOT = Path(__file__).resolve().parents[2]


@pytest.fixture
def app(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> AppTest:
    monkeypatch.setenv("AL_WORKBENCH_HOME", str(tmp_path))
    for name in ("one", "two"):
        live(tmp_path / name).close()
    app = AppTest.from_file(str(ROOT / "app.py"), default_timeout=120)
    app.query_params["project"] = "one"
    app.switch_page("pages/label.py").run()
    assert not app.exception
    return app


def answer(app: AppTest) -> None:
    first = next(b for b in app.button if str(b.key).startswith("answer_"))
    first.click().run()
    assert not app.exception


def go_to(app: AppTest, name: str) -> None:
    switcher = next(s for s in app.selectbox if str(s.key).startswith("switch_"))
    switcher.set_value(name).run()
    assert not app.exception
    assert app.session_state["_open_project"].id == name


def test_a_project_that_was_left_is_held_by_nothing(app: AppTest) -> None:
    for _ in range(3):
        answer(app)
        go_to(app, "two")
        answer(app)
        go_to(app, "one")
    gc.collect()
    held = [one for one in gc.get_objects() if isinstance(one, Project)]
    assert len([one for one in held if not one.is_open]) <= 1
    assert len(held) <= 2
