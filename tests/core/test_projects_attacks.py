"""Files and wishes that are wrong: each is refused in words, and nothing is lost."""

from __future__ import annotations

import io
import json
import resource
import subprocess
import sys
import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from al_core.errors import LabelError, ProjectError, ProjectTooNew, SettingsError, TableError
from al_core.projects import Project, import_project, list_projects
from al_core.tables import guess_roles, read_table
from tests.projects_cases import FEATURES, answer, live, points

Change = Callable[[str, bytes], bytes | None]


@pytest.fixture
def packed(tmp_path: Path) -> bytes:
    project = live(tmp_path / "first")
    answer(project, 3)
    data = project.project_file_bytes()
    project.close()
    return data


def repacked(data: bytes, change: Change = lambda name, part: part, extra: str = "") -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(out, "w") as new:
        for name in old.namelist():
            part = change(name, old.read(name))
            if part is not None:
                new.writestr(name, part)
        if extra:
            new.writestr(extra, "x")
    return out.getvalue()


def with_start(data: bytes, **changes: Any) -> bytes:
    def change(name: str, part: bytes) -> bytes:
        if name != "journal.jsonl":
            return part
        first, *rest = part.decode().split("\n")
        event = json.loads(first)
        event[7] = json.dumps({**json.loads(event[7]), **changes})
        return "\n".join([json.dumps(event), *rest]).encode()

    return repacked(data, change)


STARTS: list[dict[str, Any]] = [
    {"n_file_labels": "x"},
    {"start_rows": ["a"]},
    {"check_rows": [9999]},
    {"classes": []},
    {"kind": "zz"},
    {"settings": {"bogus": 1}},
    {"n_rows": 5},
]


@pytest.mark.parametrize("changes", STARTS, ids=[next(iter(start)) for start in STARTS])
def test_a_project_file_with_a_forged_start_is_refused_and_leaves_nothing(
    packed: bytes, changes: dict[str, Any], tmp_path: Path
) -> None:
    home = tmp_path / "home"
    with pytest.raises(ProjectError, match=r"no project file of this app|Download it again"):
        import_project(with_start(packed, **changes), home)
    assert list(home.iterdir()) == []


@pytest.mark.parametrize("name", ["../../evil", "/etc/evil", "table/../../evil", "table/.hidden"])
def test_a_project_file_cannot_write_outside_its_folder(
    packed: bytes, name: str, tmp_path: Path
) -> None:
    home = tmp_path / "deep" / "home"
    with pytest.raises(ProjectError, match="unknown part"):
        import_project(repacked(packed, extra=name), home)
    assert list(home.iterdir()) == []
    assert not list(tmp_path.rglob("evil"))


def test_json_nested_without_end_is_refused(packed: bytes, tmp_path: Path) -> None:
    deep = b"[" * 200_000
    for part in ("project.json", "journal.jsonl"):
        data = repacked(packed, lambda name, old, part=part: deep if name == part else old)  # type: ignore[misc]
        with pytest.raises(ProjectError, match="no project file"):
            import_project(data, tmp_path / "home")


def test_a_damaged_part_is_told_without_the_name_of_a_folder(packed: bytes, tmp_path: Path) -> None:
    data = repacked(packed, lambda name, old: b"PAR1" if name.endswith(".parquet") else old)
    with pytest.raises(ProjectError, match="The project file is damaged: its parts do not fit"):
        import_project(data, tmp_path / "home")


def test_a_project_file_of_a_newer_version_is_told_apart(packed: bytes, tmp_path: Path) -> None:
    newer = repacked(packed, lambda name, old: b'{"format": 99}' if name == "project.json" else old)
    with pytest.raises(ProjectTooNew, match="newer version"):
        import_project(newer, tmp_path / "home")


def test_a_link_in_a_project_file_is_not_followed(packed: bytes, tmp_path: Path) -> None:
    out = io.BytesIO(packed)
    link = zipfile.ZipInfo("table/link")
    link.create_system, link.external_attr = 3, 0o120777 << 16
    with zipfile.ZipFile(out, "a") as archive:
        archive.writestr(link, "/etc/passwd")
    with pytest.raises(ProjectError, match="unknown part"):
        import_project(out.getvalue(), tmp_path / "home")
    assert list((tmp_path / "home").iterdir()) == []


def test_one_broken_project_does_not_keep_the_others_from_the_list(tmp_path: Path) -> None:
    live(tmp_path / "good").close()
    live(tmp_path / "bad").close()
    (tmp_path / "bad" / "journal.sqlite3").write_bytes(b"no database at all" * 100)
    problems = {info.id: info.problem for info in list_projects(tmp_path)}
    assert problems["good"] == ""
    assert "cannot be read" in problems["bad"]


def test_half_a_letter_is_refused_and_nothing_is_lost(tmp_path: Path) -> None:
    project = live(tmp_path / "p")
    for attempt in (project.rename, project.add_class, lambda text: project.add_note(1, text)):
        with pytest.raises(ProjectError, match="half a letter"):
            attempt("a\ud800")
    assert project.classes == ["no", "yes"]
    answer(project)
    project.close()


CLASSES: list[tuple[Any, str]] = [
    ("ab", "Give a list of texts"),
    (["a", 3], "3 is no text"),
    (["a", None], "blank"),
    (["a", " "], "blank"),
    (["a", "a "], "given twice"),
]


@pytest.mark.parametrize(("classes", "words"), CLASSES)
def test_answers_that_cannot_be_are_refused_in_words(
    classes: Any, words: str, tmp_path: Path
) -> None:
    with pytest.raises(LabelError, match=words):
        live(tmp_path / "p", classes=classes)
    assert not (tmp_path / "p").exists()


SETTINGS: list[Any] = [
    [1, 2],
    "abc",
    {"show_guess": "yes"},
    {"allow_images": 3},
    {"columns_shown": "a"},
    {"columns_shown": [1]},
    {"kind": []},
]


@pytest.mark.parametrize("settings", SETTINGS, ids=str)
def test_settings_of_a_wrong_type_are_refused_in_words(settings: Any, tmp_path: Path) -> None:
    with pytest.raises(SettingsError, match=r"Give|Choose"):
        Project.create(tmp_path / "p", points(20), FEATURES, settings)
    assert not (tmp_path / "p").exists()


def test_a_table_without_a_column_that_helps_is_refused(tmp_path: Path) -> None:
    table = read_table(b"a,b\n" + b"1,\n" * 20)
    with pytest.raises(TableError, match="No column is left to learn from"):
        Project.create(tmp_path / "p", table, guess_roles(table), {"classes": ["a", "b"]})
    assert not (tmp_path / "p").exists()


FULL_DISK = """
import resource, signal, sys
from al_core.errors import UserError
from tests.projects_cases import FEATURES, answer, points
from al_core.projects import Project

def at_most(n_bytes):
    resource.setrlimit(resource.RLIMIT_FSIZE, (n_bytes, resource.RLIM_INFINITY))

signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
project = Project.open(sys.argv[1], background=False)
(question,) = project.ask()
at_most(3000)
try:
    project.label(question.row, "yes", token=question.token)
except UserError as error:
    print("refused:", error)
print(project.counts().labelled)
try:
    Project.create(sys.argv[1] + "-new", points(), FEATURES, {"classes": ["no", "yes"]})
except UserError as error:
    print("refused:", error)
at_most(resource.RLIM_INFINITY)
project.label(question.row, "yes", token=question.token)
project.close()
"""


@pytest.mark.skipif(not hasattr(resource, "RLIMIT_FSIZE"), reason="needs a limit on file sizes")
def test_a_full_disk_is_told_and_the_same_press_counts_once_there_is_room(tmp_path: Path) -> None:
    project = live(tmp_path / "p")
    answer(project, 2)
    project.close()
    run = [sys.executable, "-c", FULL_DISK, str(tmp_path / "p")]
    told = subprocess.run(run, capture_output=True, text=True, check=True).stdout.splitlines()
    assert told[0].startswith("refused:")
    assert "Nothing was recorded" in told[0]
    assert told[1] == "2"
    assert "cannot be written" in told[2]
    assert not (tmp_path / "p-new").exists()
    again = Project.open(tmp_path / "p", background=False)
    assert again.counts().labelled == 3
    again.close()
