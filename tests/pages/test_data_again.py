"""A file of which there is a project: it is asked once whether to go on or to start anew."""

from __future__ import annotations

from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from al_core.projects import Project, list_projects, move_to_bin
from al_core.tables import guess_roles, load_demo, read_table

ROOT = Path(__file__).resolve().parents[2]
FILE = b"note,size\n" + b"".join(b"parcel %d came late,%d\n" % (i, i * 7 % 13) for i in range(60))


@pytest.fixture
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("AL_WORKBENCH_HOME", str(tmp_path))
    return tmp_path


def make(home: Path, folder: str, labelled: int, data: bytes = FILE) -> None:
    table = read_table(data, name="parcels.csv")
    settings = {"kind": "live", "classes": ("late", "lost")}
    project = Project.create(home / folder, table, guess_roles(table), settings, background=False)
    for row in range(labelled):
        project.label(row, "late")
    project.close()


def dropped(data: bytes = FILE, name: str = "parcels.csv") -> AppTest:
    app = AppTest.from_file(str(ROOT / "app.py"), default_timeout=120).run()
    app.file_uploader(key="upload").upload(name, data).run()
    assert not app.exception
    return app


def keys(app: AppTest) -> list[str]:
    return [str(button.key) for button in app.button]


def said(app: AppTest) -> str:
    return " ".join(one.value for kind in (app.text, app.caption, app.markdown) for one in kind)


def test_the_file_of_a_project_offers_to_go_on_with_it(home: Path) -> None:
    make(home, "mine", 3)
    app = dropped()
    assert "You have a project of this file: 3 of 60 labelled." in said(app)
    app.button(key="go_on_mine").click().run()
    assert not app.exception
    assert app.session_state["_open_project"].id == "mine"
    assert len(list_projects(home)) == 1


def test_starting_anew_asks_no_second_time_and_makes_a_project_of_its_own(home: Path) -> None:
    make(home, "mine", 3)
    app = dropped()
    app.button(key="start_anew").click().run()
    assert "start_anew" not in keys(app)
    app.radio(key="question_kind").set_value("new").run()
    app.text_area(key="question_answers").set_value("late\nlost").run()
    assert "start_anew" not in keys(app)
    app.button(key="start").click().run()
    assert not app.exception
    assert sorted(info.n_labelled for info in list_projects(home)) == [0, 3]


def test_of_several_projects_of_the_file_the_latest_comes_first(home: Path) -> None:
    for folder, labelled in (("first", 3), ("second", 4), ("third", 2)):
        make(home, folder, labelled)
    app = dropped()
    assert "You have 3 projects of this file." in said(app)
    offered = [key for key in keys(app) if key.startswith("go_on_")]
    assert offered == ["go_on_third", "go_on_second", "go_on_first"]
    app.button(key="go_on_second").click().run()
    assert app.session_state["_open_project"].id == "second"


def test_the_same_table_is_known_under_another_name(home: Path) -> None:
    make(home, "mine", 3)
    assert "go_on_mine" in keys(dropped(name="copy of parcels.csv"))


@pytest.mark.parametrize(
    "data",
    [
        FILE.replace(b"parcel 59", b"packet 59"),
        FILE.replace(b"note,size", b"text,size"),
        FILE + b"parcel 60 came late,4\n",
    ],
    ids=["a cell", "a name", "a row"],
)
def test_another_table_of_the_same_name_is_no_project_of_it(home: Path, data: bytes) -> None:
    make(home, "mine", 3)
    assert "start_anew" not in keys(dropped(data))


def test_a_project_in_the_bin_is_not_offered(home: Path) -> None:
    make(home, "mine", 3)
    move_to_bin(home / "mine")
    assert "start_anew" not in keys(dropped())


def test_a_project_whose_table_is_damaged_is_not_offered(home: Path) -> None:
    make(home, "mine", 3)
    (home / "mine" / "table" / "text.parquet").write_bytes(b"PAR1 no more")
    assert "start_anew" not in keys(dropped())


def test_a_demo_set_pressed_again_offers_its_project(home: Path) -> None:
    table = load_demo("iris")
    roles = guess_roles(table)
    Project.create(
        home / "iris", table, roles, {"kind": "live", "classes": ("a", "b")}, background=False
    ).close()
    app = AppTest.from_file(str(ROOT / "app.py"), default_timeout=120).run()
    app.button(key="demo_iris").click().run()
    assert "You have a project of this demo set: 0 of 150 labelled." in said(app)
    app.button(key="start_anew").click().run()
    assert "start_anew" not in keys(app)


@pytest.fixture
def copies(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path / "copies"))
    (tmp_path / "copies").mkdir()
    return tmp_path / "copies"


def test_the_copy_of_a_dropped_file_goes_when_a_project_starts_from_it(
    home: Path, copies: Path
) -> None:
    app = dropped()
    assert [path.read_bytes() for path in copies.rglob("file")] == [FILE]
    app.text_area(key="question_answers").set_value("late\nlost").run()
    app.button(key="start").click().run()
    if app.button and "start" in keys(app):
        app.button(key="start").click().run()
    assert not app.exception
    assert len(list_projects(home)) == 1
    assert list(copies.rglob("file")) == []


def test_the_copy_of_a_dropped_file_goes_when_another_is_wanted(home: Path, copies: Path) -> None:
    app = dropped()
    next(one for one in app.button if one.label == "Use another file").click().run()
    assert list(copies.rglob("file")) == []
    app.file_uploader(key="upload").upload("no.csv", b"").run()  # cannot be read
    app.file_uploader(key="upload").upload("parcels.csv", FILE).run()
    assert not app.exception
    assert [path.read_bytes() for path in copies.rglob("file")] == [FILE]
