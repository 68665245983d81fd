"""The map page without a browser: it waits for its places, then draws every row."""

from __future__ import annotations

import json
import time
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from al_core.projects import Project
from al_core.tables import guess_roles, read_table

ROOT = Path(__file__).resolve().parents[2]


@pytest.fixture
def map_page(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> AppTest:
    """The map of 40 rows, laid out."""
    monkeypatch.setenv("AL_WORKBENCH_HOME", str(tmp_path))
    table = read_table(
        b"x,y\n" + b"".join(b"%d.5,%d.25\n" % (i, i * i % 17) for i in range(40)),
        name="points.csv",
    )
    Project.create(
        tmp_path / "points", table, guess_roles(table), {"classes": ("no", "yes")}, background=False
    ).close()
    test = AppTest.from_file(str(ROOT / "app.py"), default_timeout=60)
    test.query_params["project"] = "points"
    test.run()
    test.switch_page("pages/map.py").run()
    for _ in range(50):
        if test.get("plotly_chart"):
            break
        time.sleep(0.1)
        test.run()
    assert not test.exception
    return test


def test_every_row_of_a_small_pool_is_on_the_map(map_page: AppTest) -> None:
    traces = json.loads(map_page.get("plotly_chart")[0].proto.spec)["data"]
    assert {trace["type"] for trace in traces} == {"scattergl"}


def test_a_row_and_those_nearest_to_it_can_be_chosen_without_a_mouse(map_page: AppTest) -> None:
    map_page.number_input(key="map_row").set_value(7)
    map_page.number_input(key="map_near").set_value(3).run()
    assert not map_page.exception
    assert "4 rows chosen" in [heading.value for heading in map_page.header]
    assert 7 in list(map_page.dataframe[0].value.iloc[:, 0])
    assert map_page.button(key="map_label").label == "Label these 4 rows"


def test_chosen_rows_go_to_the_grid_as_a_queue_and_each_is_gone_through(
    map_page: AppTest, tmp_path: Path
) -> None:
    map_page.number_input(key="map_row").set_value(7)
    map_page.number_input(key="map_near").set_value(3).run()
    rows = sorted(int(number) - 2 for number in map_page.dataframe[0].value.iloc[:, 0])
    assert [one.key for one in map_page.button if one.proto.type == "primary"] == ["map_one_by_one"]
    map_page.button(key="map_on_grid").click().run()
    map_page.switch_page("pages/label.py").run()
    assert not map_page.exception
    tiles = [one for one in map_page.button if one.key and one.key.startswith("tile_button_")]
    assert sorted(int(one.key.removeprefix("tile_button_")) for one in tiles) == rows
    assert "Rows from the map: 4 left" in words(map_page)
    tiles[0].click().run()
    next(one for one in map_page.button if one.label == "Save 1 answer").click().run()
    assert not map_page.exception
    assert "Rows from the map" not in words(map_page)
    with Project.open(tmp_path / "points", background=False) as project:
        frame = project.labels()
    assert frame[["row", "purpose"]].values.tolist() == [
        [int(tiles[0].key.removeprefix("tile_button_")), "chosen"]
    ]


def test_rows_that_were_not_marked_wait_on_where_the_grid_is_left(map_page: AppTest) -> None:
    map_page.number_input(key="map_row").set_value(7)
    map_page.number_input(key="map_near").set_value(3).run()
    map_page.button(key="map_on_grid").click().run()
    map_page.switch_page("pages/label.py").run()
    tile = next(one for one in map_page.button if (one.key or "").startswith("tile_button_"))
    tile.click().run()
    map_page.button(key="one_at_a_time").click().run()
    assert not map_page.exception
    assert "Rows from the map: 3 left" in words(map_page)
    assert not [one for one in map_page.button if (one.key or "").startswith("tile_button_")]


def words(app: AppTest) -> str:
    return " ".join(one.value for one in (*app.markdown, *app.text, *app.caption))
