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
