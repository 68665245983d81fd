"""A project whose folder cannot be written to any more, in the middle of labelling."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest

from al_core.projects import Project
from tests.projects_cases import live

ROOT = Path(__file__).parents[2]
# Nobody labels until he is told that the folder is shut, opens it again, and reads.
_LABELLING = """
import os, sys
from al_core.errors import ProjectError, ProjectReadOnly
from al_core.projects import Project
folder = sys.argv[1]
Project.open(folder, background=False).close()  # imports all it needs
for path in (folder, *(os.path.join(at, name) for at, dirs, files in os.walk(folder)
                       for name in dirs + files)):
    os.chown(path, 65534, 65534)
os.setuid(65534)
project = Project.open(folder, background=False)
for row in range(10):
    project.label(row, "yes")
print("labelled", flush=True)
sys.stdin.readline()
project.close()
project = Project.open(folder, background=False)
print(len(project.labels()), "reading only" in project.notices[-1], flush=True)
try:
    project.label(11, "no")
except ProjectReadOnly:
    print("refused", flush=True)
project.close()
"""


@pytest.mark.skipif(
    sys.platform == "win32" or os.geteuid() != 0, reason="needs the right to become another user"
)
def test_a_folder_shut_in_the_middle_loses_nothing_and_is_read_from_then_on() -> None:
    with TemporaryDirectory() as home:  # pytest's own folders are shut to others
        Path(home).chmod(0o755)
        folder = Path(home) / "p"
        live(folder).close()
        run = [sys.executable, "-c", _LABELLING, str(folder)]
        child = subprocess.Popen(
            run, cwd=ROOT, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
        )
        assert child.stdout is not None
        assert child.stdout.readline() == "labelled\n"
        for path in (folder, *folder.rglob("*")):
            path.chmod(0o555 if path.is_dir() else 0o444)
        told, _ = child.communicate("shut\n")
        assert told.splitlines() == ["10 True", "refused"]
        for path in (folder, *folder.rglob("*")):
            path.chmod(0o755 if path.is_dir() else 0o644)
        with Project.open(folder, background=False) as project:
            assert project.labels()["row"].tolist() == list(range(10))
            assert project.notices == []
