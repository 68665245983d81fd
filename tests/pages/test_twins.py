"""Every chooser of the app with twins in it: what is picked acts, and the two look different.

Twins begin alike for longer than a label shows, or have the same name altogether.
"""

from __future__ import annotations

import time
from pathlib import Path
from typing import Any

import pytest
from streamlit.testing.v1 import AppTest

from al_core.projects import Project, list_projects
from al_core.tables import guess_roles, read_table

ROOT = Path(__file__).resolve().parents[2]
LONG = "Complaint about the delivery of a parcel that was sent by the warehouse to "
ANSWERS = (LONG + "an old address", LONG + "somebody else", "Praise")
ASPECT = "How satisfied are you, all things considered, with the following aspect: "
COLUMNS = (ASPECT + "price", ASPECT + "service")
N_ROWS = 60
MAP = f"""
import runpy
from pages.components.shell import state
state.put("_framed", True)
runpy.run_path({str(ROOT / "pages" / "map.py")!r})
"""


def table_of(name: str = "parcels.csv") -> Any:
    rows = [",".join(f'"{column}"' for column in (*COLUMNS, "Message"))]
    rows += [
        f'{i % 7}.5,{i * 3 % 11}.25,"parcel {i} came {("late", "broken")[i % 2]}"'
        for i in range(N_ROWS)
    ]
    return read_table("\n".join(rows).encode(), name=name)


def make(home: Path, folder: str, labelled: int, **settings: Any) -> None:
    table = table_of()
    given = {"kind": "live", "classes": ANSWERS, "model": "logistic_regression", **settings}
    project = Project.create(home / folder, table, guess_roles(table), given, background=False)
    for row in range(labelled):
        project.label(row, "Praise")
    project.close()


@pytest.fixture
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("AL_WORKBENCH_HOME", str(tmp_path))
    return tmp_path


def opened(page: str, project: str = "one") -> AppTest:
    app = AppTest.from_file(str(ROOT / "app.py"), default_timeout=120)
    app.query_params["project"] = project
    app.run()
    app.switch_page(f"pages/{page}.py").run()
    assert not app.exception
    return app


def row_7_on_the_map() -> AppTest:
    """The map by itself: under the whole app a test's press on a button gets lost at the guard."""
    app = AppTest.from_string(MAP, default_timeout=120)
    app.query_params["project"] = "one"
    app.run()
    for _ in range(100):
        if app.get("plotly_chart"):
            break
        time.sleep(0.1)
        app.run()
    return app.number_input(key="map_row").set_value(7).run()


def desk(home: Path, **state: Any) -> AppTest:
    make(home, "one", 0)
    app = opened("label")
    for key, value in state.items():
        app.session_state[key] = value
    return app.run()


def labels(project: str, home: Path) -> list[str]:
    opened_again = Project.open(home / project, background=False)
    found = opened_again.labels()["label"].tolist()
    opened_again.close()
    return [str(label) for label in found]


def places(shown: list[str], beginning: str = LONG[:6]) -> tuple[int, int]:
    """Where the twins stand in a list of labels; they must look different."""
    found = [place for place, label in enumerate(shown) if label.startswith(beginning)]
    assert len(found) == 2
    assert shown[found[0]] != shown[found[1]]
    return found[0], found[1]


@pytest.mark.parametrize("twin", [0, 1])
def test_the_answer_picked_in_rename_is_renamed(home: Path, twin: int) -> None:
    app = desk(home, desk_panel="answers")
    box = app.selectbox(key="rename_old")
    box.select_index(places(box.options)[twin]).run()
    app.text_input(key="rename_new_0").set_value("Other").run()
    app.button(key="rename_answer").click().run()
    project = Project.open(home / "one", background=False)
    left = set(ANSWERS) - set(project.classes)
    project.close()
    assert left == {ANSWERS[twin]}


@pytest.mark.parametrize("twin", [0, 1])
def test_the_answer_in_hand_on_the_grid_is_the_one_recorded(home: Path, twin: int) -> None:
    app = desk(home, desk_several=6)
    hand = next(group for group in app.get("button_group") if group.label == "Give this answer")
    hand.set_value(ANSWERS[twin]).run()
    tile = next(one for one in app.button if str(one.key).startswith("tile_button_"))
    tile.click().run()
    next(one for one in app.button if "Save 1 answer" in one.label).click().run()
    assert not app.exception
    assert labels("one", home) == [ANSWERS[twin]]


def test_the_marks_on_the_grid_and_the_answer_buttons_tell_twins_apart(home: Path) -> None:
    app = desk(home)
    buttons = [one.label for one in app.button if str(one.key).startswith("answer_")]
    assert "address" in buttons[0]
    assert "somebody" in buttons[1]
    app.session_state["desk_several"] = 6
    app.run()
    marks = []
    for answer in ANSWERS[:2]:
        hand = next(group for group in app.get("button_group") if group.label == "Give this answer")
        hand.set_value(answer).run()
        tile = next(one for one in app.button if str(one.key).startswith("tile_button_"))
        tile.click().run()
        marks.append(next(b for b in app.button if str(b.key).startswith("tile_button_")).label)
    assert marks[0] != marks[1]


@pytest.mark.parametrize("twin", [0, 1])
def test_history_shows_the_answer_that_was_picked(home: Path, twin: int) -> None:
    app = desk(home, desk_panel="history")
    for row, answer in enumerate(ANSWERS):
        app.session_state["_open_project"].label(row, answer)
    app.run()
    box = app.selectbox(key="history_kind")
    box.select_index(places(box.options)[twin]).run()
    [found] = [frame.value for frame in app.dataframe if "What" in frame.value]
    assert found["Answer"].tolist() == [ANSWERS[twin]]


@pytest.mark.parametrize("twin", [0, 1])
def test_words_are_looked_for_in_the_column_picked(home: Path, twin: int) -> None:
    app = desk(home, desk_panel="find")
    box = app.selectbox(key="find_column")
    box.select_index(places(box.options, ASPECT[:3])[twin]).run()
    app.text_input(key="find_words").set_value((".5", ".25")[twin]).run()
    assert [f for f in app.dataframe if "Answer by now" in f.value]


@pytest.mark.parametrize("twin", [0, 1])
def test_the_column_picked_stands_on_the_card(home: Path, twin: int) -> None:
    app = desk(home, desk_panel="columns")
    several = app.multiselect(key="set_columns_shown")
    places(several.options, ASPECT[:6])
    several.set_value(["Message", COLUMNS[twin]]).run()
    assert app.session_state["_open_project"].settings.columns_shown == ("Message", COLUMNS[twin])


@pytest.mark.parametrize("twin", [0, 1])
def test_the_answer_picked_on_the_map_goes_to_the_rows(home: Path, twin: int) -> None:
    make(home, "one", 0)
    app = row_7_on_the_map()
    box = app.selectbox(key="map_answer")
    box.select_index(places(box.options)[twin]).run()
    app.button(key="map_label").click().run()
    app.button(key="map_label").click()  # the test's press runs the page that opens the dialog
    app.button(key="map_confirm").click().run()
    assert labels("one", home) == [ANSWERS[twin]]


def test_every_column_of_a_row_picked_on_the_map_is_shown(home: Path) -> None:
    make(home, "one", 0)
    app = row_7_on_the_map()
    shown = app.table[0].value
    assert len(set(shown.index)) == len(COLUMNS) + 1


@pytest.mark.parametrize("other", ["data", "label", "curves", "export"])
def test_a_press_in_the_menu_keeps_the_project_where_two_have_one_name(
    home: Path, other: str
) -> None:
    make(home, "one", 3)
    make(home, "two", 4)
    for mine in ("one", "two"):
        app = opened("curves", mine)
        app.switch_page(f"pages/{other}.py").run()
        app.run()
        assert app.session_state["_open_project"].id == mine


def test_the_switcher_opens_the_project_that_was_picked(home: Path) -> None:
    make(home, "one", 3)
    make(home, "two", 4)
    app = opened("curves", "one")
    [box] = [box for box in app.selectbox if box.label == "Project"]
    assert len(set(box.options)) == 2
    [four] = [place for place, label in enumerate(box.options) if "4 of 60" in label]
    box.select_index(four).run()
    assert app.session_state["_open_project"].id == "two"


@pytest.mark.parametrize("twin", [0, 1])
@pytest.mark.parametrize("questions", [("Is it late?", "Is it dear?"), ("", "")])
def test_projects_of_one_name_and_count_are_told_apart(
    home: Path, questions: tuple[str, str], twin: int
) -> None:
    for folder, question in zip(("one", "two"), questions, strict=True):
        make(home, folder, 3, question=question)
    app = opened("curves", "one")
    [box] = [box for box in app.selectbox if box.label == "Project"]
    assert len(set(box.options)) == 2
    wanted = [info.id for info in list_projects(home)][twin]
    box.select_index(twin).run()
    assert app.session_state["_open_project"].id == wanted


LEAKING = "Outcome as it was written down by the clerk who closed the case, in words: "


def leaking() -> bytes:
    """Two columns that give the answer away, and a question with its answers beside them."""
    rows = [f'"{LEAKING}short","{LEAKING}whole",size,answer']
    rows += [
        f"{('lost', 'found')[i % 2]},{('gone', 'here')[i % 2]},{i * 7 % 13},{('no', 'yes')[i % 2]}"
        for i in range(60)
    ]
    return "\n".join(rows).encode()


def dropped(app: AppTest, name: str, data: bytes) -> AppTest:
    app.file_uploader(key="upload").upload(name, data).run()
    assert not app.exception
    return app


def fresh(home: Path) -> AppTest:
    return AppTest.from_file(str(ROOT / "app.py"), default_timeout=120).run()


@pytest.mark.parametrize("twin", ["short", "whole"])
def test_the_column_picked_among_those_that_give_the_answer_away_is_left_out(
    home: Path, twin: str
) -> None:
    app = dropped(fresh(home), "cases.csv", leaking())
    app.selectbox(key="label_column").select("answer").run()
    [pills] = [group for group in app.pills if group.label == "Leave out"]
    pills.set_value([LEAKING + twin]).run()
    assert app.session_state["_draft"].left_out == {LEAKING + twin}


@pytest.mark.parametrize("twin", [0, 1])
def test_the_column_picked_as_the_answer_is_the_answer(home: Path, twin: int) -> None:
    app = dropped(fresh(home), "cases.csv", leaking())
    box = app.selectbox(key="label_column")
    first, second = places(box.options, LEAKING[:6])
    assert box.options[first][:40] != box.options[second][:40]
    box.select_index((first, second)[twin]).run()
    assert app.selectbox(key="label_column").value == LEAKING + ("short", "whole")[twin]
    assert ("lost", "gone")[twin] in " ".join(m.value for m in app.markdown)


@pytest.mark.parametrize("twin", [0, 1])
def test_the_column_picked_in_the_lab_holds_the_answers(home: Path, twin: int) -> None:
    app = fresh(home).switch_page("pages/compare.py").run()
    app.selectbox(key="lab_data").select("upload").run()
    app.file_uploader(key="lab_upload").upload("cases.csv", leaking()).run()
    [box] = [box for box in app.selectbox if box.label == "The answers stand in"]
    box.select_index(places(box.options, LEAKING[:6])[twin]).run()
    assert not app.exception
    [box] = [box for box in app.selectbox if box.label == "The answers stand in"]
    assert box.value == LEAKING + ("short", "whole")[twin]
