"""The package as pip installs it: its command starts the app, and cold links find their page."""

from __future__ import annotations

import os
import re
import subprocess
from pathlib import Path

import pytest

pytestmark = pytest.mark.browser

ROOT = Path(__file__).resolve().parents[2]
PLACE = os.environ.get("AL_WORKBENCH_INSTALLED", "")
"""An environment into which the built wheel was installed, and nothing else; CI makes one."""


@pytest.fixture
def installed() -> Path:
    if not PLACE:
        pytest.skip("no environment with the built wheel: CI makes one (.ci/wheel)")
    return Path(PLACE)


def test_the_readmes_lines_run_with_nothing_but_the_package(installed: Path, tmp_path: Path):
    readme = (ROOT / "README.md").read_text(encoding="utf-8")
    lines = re.search(r"```python\n(.*?)```", readme, re.DOTALL)
    assert lines
    code = lines[1] + "\nimport al_core; print(al_core.__file__)"
    python = installed / "bin" / "python"
    done = subprocess.run(
        [python, "-c", code], cwd=tmp_path, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stderr
    score, place = done.stdout.split()
    assert 0.5 < float(score) <= 1
    assert Path(place).is_relative_to(installed)


@pytest.mark.parametrize("path", ["/label", "/", "/compare"])
def test_a_cold_link_shows_the_whole_frame_of_the_installed_app(
    installed: Path, server_of, page, path: str
):
    server = server_of([installed / "bin" / "al-workbench"])
    page.goto(server.url + path)
    page.wait_for_selector(".st-key-menu")
    heading = {"/label": "No project open", "/": "Label fewer rows", "/compare": "Does choosing"}
    page.get_by_role("heading", name=heading[path]).wait_for()
