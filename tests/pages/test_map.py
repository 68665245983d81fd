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


def test_every_row_of_a_small_pool_is_on_the_map(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
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
        charts = test.get("plotly_chart")
        if charts:
            break
        time.sleep(0.1)
        test.run()
    assert not test.exception
    traces = json.loads(charts[0].proto.spec)["data"]
    assert {trace["type"] for trace in traces} == {"scattergl"}
