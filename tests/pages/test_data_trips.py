"""A labelled file dropped in again, and words in an answer column that may be no answers."""

from __future__ import annotations

from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from al_core.projects import Project, list_projects
from al_core.tables import guess_roles, read_table

ROOT = Path(__file__).resolve().parents[2]
FILE = "note,size\n" + "\n".join(
    f"parcel {i} was {'late' if i % 3 else 'lost'},{i * 7 % 13}" for i in range(60)
)


@pytest.fixture
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("AL_WORKBENCH_HOME", str(tmp_path / "home"))
    return tmp_path / "home"


def downloaded(folder: Path, labelled: int = 20) -> bytes:
    table = read_table(FILE.encode(), name="parcels.csv")
    given = {"kind": "live", "classes": ("+ve", "N/A"), "question": "Good or bad?"}
    made = Project.create(folder, table, guess_roles(table), given, background=False)
    for row in range(labelled):
        made.label(row, ("+ve", "N/A")[row % 2])
    data = made.export_bytes()
    made.close()
    return data


def dropped(data: bytes, name: str = "parcels.csv") -> AppTest:
    app = AppTest.from_file(str(ROOT / "app.py"), default_timeout=120).run()
    app.file_uploader(key="upload").upload(name, data).run()
    assert not app.exception
    return app


def keys(app: AppTest) -> list[str]:
    return [str(button.key) for button in app.button]


def press(app: AppTest, start: str) -> AppTest:
    """Press the one button whose key begins so."""
    [key] = [key for key in keys(app) if key.startswith(start)]
    app.button(key=key).click().run()
    assert not app.exception
    return app


def said(app: AppTest) -> str:
    return " ".join(one.value for kind in (app.text, app.caption, app.markdown) for one in kind)


def started(app: AppTest, home: Path, n: int) -> Project:
    app.button(key="start").click().run()
    assert not app.exception
    assert len(list_projects(home)) == n
    return app.session_state["_open_project"]


def test_a_labelled_file_goes_on_with_its_labels(home: Path, tmp_path: Path) -> None:
    app = dropped(downloaded(tmp_path / "elsewhere"))
    assert "This file was labelled with this app: 20 of 60 rows have a label." in said(app)
    press(app, "go_on_labels")
    assert app.selectbox(key="label_column").value == "al_label"
    assert "start_anew" not in keys(app)
    assert "20 of 60 rows have an answer already" in said(app)
    project = started(app, home, 1)
    assert project.classes == ["+ve", "N/A"]
    assert project.counts().labelled == 20
    assert set(project.row_values(0)) == {"note", "size"}


def test_starting_anew_leaves_the_labels_of_the_file_out(home: Path, tmp_path: Path) -> None:
    app = press(dropped(downloaded(tmp_path / "elsewhere")), "start_anew")
    assert app.session_state["label_column"] != "al_label"
    assert app.radio(key="question_kind").value == "new"
    app.text_area(key="question_answers").set_value("late\nlost").run()
    assert "start_anew" not in keys(app)
    project = started(app, home, 1)
    assert project.counts().labelled == 0
    assert set(project.row_values(0)) == {"note", "size"}


def test_the_project_of_a_labelled_file_is_offered_and_so_are_its_labels(home: Path) -> None:
    app = dropped(downloaded(home / "mine"))
    assert "You have a project of this file: 20 of 60 labelled." in said(app)
    assert [k for k in keys(app) if k in ("go_on_mine", "go_on_labels", "start_anew")] == [
        "go_on_mine",
        "go_on_labels",
        "start_anew",
    ]
    press(app, "go_on_mine")
    assert app.session_state["_open_project"].id == "mine"
    assert len(list_projects(home)) == 1


def test_the_file_itself_offers_the_project_that_went_on_with_its_labels(
    home: Path, tmp_path: Path
) -> None:
    app = press(dropped(downloaded(tmp_path / "elsewhere")), "go_on_labels")
    started(app, home, 1)
    assert "start_anew" in keys(dropped(FILE.encode()))


def test_a_downloaded_file_without_any_label_is_asked_about_like_every_other(
    home: Path, tmp_path: Path
) -> None:
    assert "start_anew" not in keys(dropped(downloaded(tmp_path / "elsewhere", 0)))


def pending(*words: str) -> AppTest:
    cells = ("yes", "no", *words)
    rows = [f"parcel {i} came late,{i * 7 % 13},{cells[i % len(cells)]}" for i in range(60)]
    app = dropped("\n".join(["note,size,answer", *rows]).encode(), "waiting.csv")
    assert app.selectbox(key="label_column").value == "answer"
    return app


@pytest.mark.parametrize("word", ["pending", "-1"])
def test_it_cannot_start_before_it_is_said_whether_a_word_is_an_answer(
    home: Path, word: str
) -> None:
    app = pending(word)
    assert f'20 rows say "{word}": not answered yet?' in said(app)
    assert app.button(key="start").disabled
    press(app, "not_yet_0")
    assert not app.button(key="start").disabled
    project = started(app, home, 1)
    assert (project.kind, project.classes) == ("live", ["no", "yes"])
    assert project.counts().labelled == 40


def test_a_word_that_is_an_answer_is_one_with_one_press_and_back_with_another(home: Path) -> None:
    app = press(pending("pending"), "is_answer_0")
    assert "All 60 rows have an answer already." in said(app)
    press(app, "otherwise_0")
    assert "40 of 60 rows have an answer already." in said(app)
    press(app, "otherwise_0")
    project = started(app, home, 1)
    assert project.classes == ["no", "pending", "yes"]


def test_a_word_for_missing_is_told_and_can_be_an_answer(home: Path) -> None:
    app = pending("N/A")
    assert not app.button(key="start").disabled
    assert "counts as not answered yet" in said(app)
    press(app, "otherwise_0")
    assert "All 60 rows have an answer already." in said(app)


def test_several_words_are_asked_about_one_after_the_other(home: Path) -> None:
    app = pending("TODO", "[]")
    press(press(app, "not_yet_0"), "not_yet_0")
    assert "30 of 60 rows have an answer already." in said(app)


def test_guesses_of_another_model_cannot_be_made_features(home: Path, tmp_path: Path) -> None:
    from pages.components.data.columns.roles import refuse_kind

    table = read_table(downloaded(tmp_path / "elsewhere"))
    assert "never reads those" in refuse_kind(table, ["al_prediction"], "category")
    assert refuse_kind(table, ["note"], "text") == ""
