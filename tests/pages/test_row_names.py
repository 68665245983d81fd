"""Whoever reads a row's number on a page finds that row on that line of their spreadsheet."""

from __future__ import annotations

import io
import time
from pathlib import Path

import pandas as pd
import pytest
from streamlit.testing.v1 import AppTest

from al_core.projects import Project
from al_core.tables import guess_roles, read_table

ROOT = Path(__file__).resolve().parents[2]
# A title and a blank line above the names: row 0 stands on line 4. Two columns have the names that
# the app gives to its own.
ABOVE = 4
NAMES = "Ticket,Message,Amount,Line,Row,Answer by now,The app's guess"
FILE = "Tickets of May\n\n" + NAMES + "\n" + "".join(
    f"{1000 + i * 3:07d},parcel {i} is {('late', 'lost', 'here')[i % 3]} again,{i * 7 % 13},"
    f"{'xyz'[i % 3]},{'uv'[i % 2]},{'no' if i % 2 else 'yes'},{'pq'[i % 2]}\n"
    for i in range(60)
)  # fmt: skip


@pytest.fixture
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("AL_WORKBENCH_HOME", str(tmp_path))
    table = read_table(FILE.encode(), name="tickets.csv")
    given = {"kind": "live", "classes": ("Billing", "Delivery"), "model": "logistic_regression"}
    Project.create(tmp_path / "tickets", table, guess_roles(table), given, background=False).close()
    return tmp_path


def opened(page: str, **state: object) -> AppTest:
    app = AppTest.from_file(str(ROOT / "app.py"), default_timeout=60)
    app.query_params["project"] = "tickets"
    app.run()
    app = app.switch_page(f"pages/{page}.py")
    for key, value in state.items():
        app.session_state[key] = value
    app.run()
    assert not app.exception
    return app


def name(row: int) -> str:
    return f"Ticket {1000 + row * 3:07d}, line {row + ABOVE}"


def row_on(app: AppTest) -> int:
    return int(next(t.value for t in app.text if t.value.isdigit()))


def html(app: AppTest) -> str:
    return " ".join(one.value for one in app.get("html"))


def infos(app: AppTest) -> str:
    return " ".join(line.value for line in app.info).replace("\\", "")


def press(app: AppTest, words: str) -> AppTest:
    next(button for button in app.button if words in button.label).click().run()
    assert not app.exception
    return app


def test_the_card_and_what_was_pressed_name_the_row_by_its_id_and_line(home: Path) -> None:
    app = opened("label")
    row = row_on(app)
    assert name(row) in html(app)
    press(app, "Delivery")
    assert any(
        f"Saved: {name(row)} is Delivery" in line.value.replace("\\", "") for line in app.info
    )
    press(app, "Undo")
    assert f"Undone: {name(row)} was" in infos(app)


def test_a_row_is_found_by_its_line_though_columns_have_the_names_of_the_app(home: Path) -> None:
    app = opened("label", desk_panel="find")
    assert app.number_input(key="find_number").label == "or line number"
    app.number_input(key="find_number").set_value(9).run()
    assert not app.exception
    found = next(one.value for one in app.dataframe if "Ticket" in one.value)
    assert found.iloc[0, 0] == 9
    assert found["Ticket"].tolist() == [f"{1000 + 5 * 3:07d}"]
    assert found["Line"].tolist() == ["z"]
    press(app, "Label line 9")
    assert row_on(app) == 5


def test_the_map_names_rows_by_their_lines_though_columns_have_the_names_of_the_app(
    home: Path,
) -> None:
    app = opened("map")
    for _ in range(200):
        if app.get("plotly_chart"):
            break
        time.sleep(0.1)
        app.run()
    app.number_input(key="map_row").set_value(9).run()
    assert not app.exception
    found = app.dataframe[0].value
    assert found.iloc[0, 0] == 9
    assert found["The app's guess"].tolist() == ["q"]
    assert f"line {ABOVE}" in str(app.get("plotly_chart")[0].proto)


def test_several_at_once_the_history_and_the_panels_name_rows_alike(home: Path) -> None:
    app = opened("label", desk_several=3)
    shown = [int(t.value) for t in app.text if t.value.isdigit()]
    assert [name(row) for row in shown] == [t.value for t in app.text if "line" in t.value]
    with Project.open(home / "tickets", background=False) as project:
        project.label(20, "Billing")
    app = opened("label", desk_panel="history", history_words="24")
    history = next(one.value for one in app.dataframe if "What" in one.value)
    assert history["Line"].tolist() == [20 + ABOVE]
    app = opened("label", desk_panel="why")
    assert f"Why line {row_on(app) + ABOVE}?" in [heading.value for heading in app.header]


def test_the_guesses_that_are_downloaded_count_as_the_file_does(home: Path) -> None:
    with Project.open(home / "tickets", background=False) as project:
        guesses = pd.read_csv(io.BytesIO(project.predictions_bytes()), encoding="utf-8-sig")
        assert project.predictions()["row"].tolist() == list(range(60))
    assert guesses["line"].tolist() == list(range(ABOVE, 60 + ABOVE))


def test_the_preview_counts_as_the_file_does(tmp_path: Path, monkeypatch) -> None:  # type: ignore[no-untyped-def]
    monkeypatch.setenv("AL_WORKBENCH_HOME", str(tmp_path))
    app = AppTest.from_file(str(ROOT / "app.py"), default_timeout=60).run()
    app.file_uploader(key="upload").upload("tickets.csv", FILE.encode()).run()
    shown = app.dataframe[0].value
    assert (shown.index.name, shown.index[0], shown.index[-1]) == ("Line", ABOVE, 59 + ABOVE)
