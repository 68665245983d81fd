"""The download page: what is in the file in one sentence, and an empty state that still serves."""

from __future__ import annotations

from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from al_core.projects import Project
from al_core.tables import guess_roles, read_table
from pages.components.export import downloads

ROOT = Path(__file__).resolve().parents[2]
ROWS = b"size,note\n" + b"".join(b"%d,note %d\n" % (n, n * 7 % 13) for n in range(40))


@pytest.fixture
def project(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Project:
    monkeypatch.setenv("AL_WORKBENCH_HOME", str(tmp_path))
    table = read_table(ROWS, name="notes.csv")
    settings = {"classes": ("good", "bad"), "question": "Good?"}
    made = Project.create(
        tmp_path / "notes", table, guess_roles(table), settings, background=False, name="notes.csv"
    )
    yield made
    made.close()


def export_page(project: Project) -> AppTest:
    app = AppTest.from_file(str(ROOT / "app.py"), default_timeout=120)
    app.query_params["project"] = project.id
    app.run()
    app.switch_page("pages/export.py").run()
    assert not app.exception
    return app


def words(app: AppTest) -> str:
    kinds = (app.text, app.markdown, app.caption)
    return "\n".join(element.value for kind in kinds for element in kind)


def answer(project: Project, label: str) -> None:
    [question] = project.ask()
    project.label(question.row, label, token=question.token)


def test_with_nothing_labelled_the_file_can_still_be_had(project: Project) -> None:
    app = export_page(project)
    assert "Nothing labelled yet." in words(app)
    assert not app.get_by_key("download_labels").proto.disabled


def test_the_sentence_says_what_is_in_the_file(project: Project) -> None:
    answer(project, "good")
    app = export_page(project)
    assert "1 answer added" in words(app)
    assert "guess" not in words(app).split("More to take away")[0].split("added")[1].split(".")[0]


def test_guesses_and_model_come_with_the_second_different_answer(project: Project) -> None:
    assert export_page(project).get_by_key("download_model").proto.disabled
    answer(project, "good")
    answer(project, "bad")
    app = export_page(project)
    assert not app.get_by_key("download_model").proto.disabled
    assert "38 rows carry the app's guess" in words(app)


def test_a_large_file_is_made_first_and_then_downloaded_as_it_stands(
    project: Project, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(downloads, "_AT_ONCE", 10)
    app = export_page(project)
    assert not [button for button in app.get("download_button") if "labels" in button.proto.id]
    app.button(key="make_labels").click().run()
    assert not app.get_by_key("download_labels").proto.disabled
    answer(project, "good")
    app.run()
    assert "Make it again" in words(app)
