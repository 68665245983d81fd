"""The first page is drawn before what takes long to import; what comes next finds it imported."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
DRAW = f"""
import json, sys
from streamlit.testing.v1 import AppTest

before = set(sys.modules)
import pages.components.shell.warm as warm
warm._PAUSE = 1000
page = AppTest.from_file({str(ROOT / "app.py")!r}).run(timeout=60)
assert not page.exception, page.exception
drawn = [button.key for button in page.button]
new = {{name.split(".")[0] for name in set(sys.modules) - before}}
warm.warmed()
after = {{name.split(".")[0] for name in sys.modules}}
print(json.dumps([drawn, sorted(new), sorted(after)]))
"""
SLOW = {"sklearn", "scipy", "pandas", "pyarrow", "joblib", "openpyxl", "skops"}


def drawn_by_itself(tmp_path: Path) -> list[list[str]]:
    """Buttons of the first page, packages loaded for it, packages loaded once all is warm."""
    environment = {"AL_WORKBENCH_HOME": str(tmp_path), "PYTHONPATH": str(ROOT)}
    done = subprocess.run(
        [sys.executable, "-c", DRAW],
        cwd=ROOT,
        env=environment,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    told: list[list[str]] = json.loads(done.stdout.splitlines()[-1])
    return told


def test_the_first_page_is_drawn_without_models_tables_or_statistics(tmp_path: Path) -> None:
    drawn, loaded, after = drawn_by_itself(tmp_path)
    assert "demo_digits" in drawn
    assert not SLOW & set(loaded)
    assert {"sklearn", "scipy", "pandas", "pyarrow", "joblib"} <= set(after)
