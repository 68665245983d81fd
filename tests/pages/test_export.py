"""Finish: the file first, what else is taken away folded, and an empty state that still serves."""

from __future__ import annotations

from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from al_core.projects import Project
from al_core.tables import Role, guess_roles, read_table
from pages.components.export import final_file

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
    [question] = project.ask()
    project.dont_know(question.row, token=question.token)
    app = export_page(project)
    assert "1 answered by you, 1 can't tell, 38 blank." in words(app)
    assert "the app's guess and how sure" not in words(app)


def test_guesses_and_model_come_with_the_second_different_answer(project: Project) -> None:
    app = export_page(project)
    assert app.get_by_key("download_model").proto.disabled
    assert app.button(key="use_elsewhere").disabled
    answer(project, "good")
    answer(project, "bad")
    app = export_page(project)
    assert not app.get_by_key("download_model").proto.disabled
    assert not app.button(key="use_elsewhere").disabled
    assert "The blank ones carry the app's guess" in words(app)


def test_the_format_of_the_file_comes_first_and_each_says_what_it_does(project: Project) -> None:
    app = export_page(project)
    assert app.selectbox(key="format").value == "csv"
    assert "outside of the new cells every byte stays" in words(app)
    app.selectbox(key="format").select("xlsx").run()
    assert "header stays in sight" in words(app)
    assert app.get_by_key("download_labels").proto.label.endswith("\\.xlsx")


def test_the_column_of_a_new_question_has_a_name_that_can_be_changed(project: Project) -> None:
    app = export_page(project)
    field = app.text_input(key=f"final_name_{project.id}")
    assert field.value == "answer"
    field.set_value("note").run()
    assert "already\\. Type another name" in "\n".join(error.value for error in app.error)
    assert app.get_by_key("download_labels").proto.disabled
    app.text_input(key=f"final_name_{project.id}").set_value("Team").run()
    assert not app.error
    assert not app.get_by_key("download_labels").proto.disabled


def test_a_chosen_column_is_filled_and_needs_no_name(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("AL_WORKBENCH_HOME", str(tmp_path))
    rows = ROWS.replace(b"size,note", b"size,team").replace(b"note 5\n", b"\n")
    table = read_table(rows, name="teams.csv")
    roles = {"size": Role("number", "test"), "team": Role("label", "test")}
    made = Project.create(tmp_path / "teams", table, roles, {}, background=False)
    try:
        app = export_page(made)
        assert not [field for field in app.text_input if "final_name" in str(field.key)]
        assert "came with the file" in words(app)
    finally:
        made.close()


def test_a_large_file_is_made_first_and_then_downloaded_as_it_stands(
    project: Project, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(final_file, "_AT_ONCE", 10)
    app = export_page(project)
    assert not [button for button in app.get("download_button") if "labels" in button.proto.id]
    app.button(key="make_labels").click().run()
    assert not app.get_by_key("download_labels").proto.disabled
    answer(project, "good")
    app.run()
    assert "Make it again" in words(app)


def test_another_file_gets_guesses_warnings_and_a_way_back(project: Project) -> None:
    answer(project, "good")
    answer(project, "bad")
    app = export_page(project)
    app.button(key="use_elsewhere").click().run()
    assert "Use it on another file" in [title.value for title in app.title]
    other = b"size,note\n" + b"".join(b"%d,other %d\n" % (n + 900, n) for n in range(7))
    app.file_uploader(key="another_upload").upload("new.csv", other).run()
    assert "7 rows guessed" in words(app)
    warnings = "\n".join(warning.value for warning in app.warning)
    assert "never seen" in warnings
    assert not app.get_by_key("download_guesses").proto.disabled
    app.button(key="back_to_finish").click().run()
    assert "Finish" in [title.value for title in app.title]


def test_a_file_that_lacks_columns_is_refused_in_words(project: Project) -> None:
    answer(project, "good")
    answer(project, "bad")
    app = export_page(project)
    app.button(key="use_elsewhere").click().run()
    app.file_uploader(key="another_upload").upload("new.csv", b"a,b\n1,2\n3,4\n").run()
    assert "lacks" in "\n".join(error.value for error in app.error)
