"""Whole or absent: what a program writes when it is killed, and what is swept later."""

from __future__ import annotations

import os
import subprocess
import sys
import time
from pathlib import Path

import pytest

from al_core.projects import Project, import_project, list_projects, sweep_leftovers
from tests.projects_cases import FEATURES, answer, live, points

ROOT = Path(__file__).parents[2]

# Runs what it is given and dies, as by SIGKILL, in the middle of the n-th write of a file.
_DYING = """
import builtins, io, os, sys
left = int(sys.argv[1])
from tests.projects_cases import FEATURES, points
from al_core.projects import Project, import_project
import al_core.projects.takeaways.exporting, al_core.projects.journal.rescue, pyarrow.parquet
def count(event, arguments):
    global left

    if event in ("os.rename", "os.mkdir", "sqlite3.connect") or (
        event == "open" and isinstance(arguments[1], str) and "w" in arguments[1]
    ):
        left -= 1
        if left == 0:
            os._exit(9)
sys.addaudithook(count)
{what}
"""


def _die(what: str, at: int) -> bool:
    """Whether it died; False where it ended before."""
    run = [sys.executable, "-c", _DYING.format(what=what), str(at)]
    return subprocess.run(run, cwd=ROOT, check=False, capture_output=True).returncode == 9


@pytest.mark.parametrize("at", [1, 2, 4, 6, 7, 9])
def test_a_project_whose_making_was_killed_is_whole_or_not_there(at: int, tmp_path: Path) -> None:
    folder = tmp_path / "p"
    what = f"Project.create({str(folder)!r}, points(), FEATURES, {{'classes': ['a', 'b']}})"
    _die(what, at)
    if folder.exists():
        with Project.open(folder, background=False) as project:
            assert project.notices == []
    assert [info.problem for info in list_projects(tmp_path)] == [""] * folder.exists()
    with Project.create(folder.with_name("q"), points(), FEATURES, {"classes": ["a", "b"]}):
        pass


def test_a_project_is_made_in_a_folder_that_holds_other_files(tmp_path: Path) -> None:
    (tmp_path / "p").mkdir()
    live(tmp_path / "p").close()
    (tmp_path / "q").mkdir()
    (tmp_path / "q" / "notes.txt").write_text("mine")
    with live(tmp_path / "q") as project:
        answer(project, 1)
    assert (tmp_path / "q" / "notes.txt").read_text() == "mine"
    assert [path.name for path in tmp_path.iterdir() if path.name.startswith(".")] == []


def test_an_export_that_cannot_be_finished_leaves_the_file_as_it_was(tmp_path: Path) -> None:
    what = (
        f"project = Project.open({str(tmp_path / 'p')!r}, background=False)\n"
        f"left = 2\nproject.export({str(tmp_path / 'out.csv')!r})"
    )
    with live(tmp_path / "p") as project:
        answer(project, 3)
    (tmp_path / "out.csv").write_text("an earlier one")
    assert _die(what, 10_000)
    assert (tmp_path / "out.csv").read_text() == "an earlier one"


def test_what_is_older_than_a_day_is_swept_and_nothing_else(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path / "tmp"))
    live(tmp_path / "home" / "p").close()
    old = ["home/.import-1/project/x", "home/.new-2/p/x", "home/p/a.part"]
    old.append("tmp/al-workbench-3/file")
    new = ["home/.import-4/project/x", "tmp/al-workbench-5/file", "tmp/other/file"]
    for name in old + new:
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_text("x")
    long_ago = time.time() - 2 * 24 * 3600
    for name in [*old, "tmp/other/file"]:
        for path in (tmp_path / name, *(tmp_path / name).parents):
            if path.name.startswith((".", "al-", "other")) or path.name in "a.part x file project":
                os.utime(path, (long_ago, long_ago))
    assert sweep_leftovers(tmp_path / "home") == len(old)
    assert [name for name in old if (tmp_path / name).exists()] == []
    assert [name for name in new if not (tmp_path / name).exists()] == []
    Project.open(tmp_path / "home" / "p", background=False).close()


def test_a_project_file_whose_unpacking_was_killed_leaves_no_project(tmp_path: Path) -> None:
    with live(tmp_path / "p") as project:
        answer(project, 3)
        (tmp_path / "p.zip").write_bytes(project.project_file_bytes())
    home = tmp_path / "home"
    what = f"import_project(open({str(tmp_path / 'p.zip')!r}, 'rb').read(), {str(home)!r})"
    for at in (2, 5, 8):
        assert _die(what, at)
        assert list_projects(home) == []
    with Project.open(import_project((tmp_path / "p.zip").read_bytes(), home)) as project:
        assert project.counts().spent == 3
