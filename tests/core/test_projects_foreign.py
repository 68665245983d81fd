"""Project files by strangers: settings that reach outside are reset, hostile numbers refused."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from al_core.command import hosts_for
from al_core.errors import ProjectError
from al_core.projects import Project, import_project
from tests.core.test_projects_attacks import repacked, with_start
from tests.projects_cases import answer, live, rehearsal


@pytest.fixture(scope="module")
def packed(tmp_path_factory: pytest.TempPathFactory) -> bytes:
    with live(tmp_path_factory.mktemp("packed") / "p") as project:
        answer(project, 3)
        return project.project_file_bytes()


def with_event(data: bytes, kind: str, row: Any, body: dict[str, Any], **changes: Any) -> bytes:
    """The project file with one event more at its end."""

    def change(name: str, part: bytes) -> bytes:
        if name != "journal.jsonl":
            return part
        last = json.loads(part.decode().split("\n")[-1])
        event = [last[0] + 1, last[1], "", "person", kind, row, None, json.dumps(body)]
        places = {"id": 0, "at": 1, "opener": 2, "by": 3}
        for key, value in changes.items():
            event[places[key]] = value
        return part + b"\n" + json.dumps(event).encode()

    return repacked(data, change)


LABEL = {"label": "yes", "source": "person", "purpose": "chosen", "note": "", "in_turn": False}
MANY = {"rows": [-3], "label": "yes", "source": "person", "purpose": "chosen", "note": ""}


def hostile(data: bytes) -> dict[str, bytes]:
    def labelled(row: object, **changes: Any) -> bytes:
        return with_event(data, "labelled", row, LABEL, **changes)

    return {
        "a row beyond all numbers": labelled(10**30),
        "a row before the first": labelled(-1),
        "many rows before the first": with_event(
            data, "many_labelled", None, {**MANY, "rows": [-3]}
        ),
        "more rows than there are": with_start(data, n_rows=10**12),
        "check rows before the first": with_start(data, check_rows=[-1, -2]),
        "start rows beyond the last": with_start(data, start_rows=[10**9]),
        "the highest id": labelled(1, id=2**63 - 1),
        "a year before all": labelled(1, at="0001-01-01T00:00:00+23:59"),
        "no time": labelled(1, at="yesterday"),
        "a name that is no text": labelled(1, by=["person"]),
        "very many answers": with_start(data, classes=[f"answer {n}" for n in range(20_000)]),
        "a rehearsal without answers": with_start(data, kind="oracle"),
        "an unknown file": repacked(data, extra="table/run.exe"),
        "an unknown list": repacked(data, extra="filled/notes.parquet"),
    }


NAMES = (
    "a row beyond all numbers", "a row before the first", "many rows before the first",
    "more rows than there are", "check rows before the first", "start rows beyond the last",
    "the highest id", "a year before all", "no time", "a name that is no text",
    "very many answers", "a rehearsal without answers", "an unknown file", "an unknown list",
)  # fmt: skip


@pytest.mark.parametrize("name", NAMES)
def test_a_hostile_project_file_is_refused_in_words_and_leaves_nothing(
    name: str, packed: bytes, tmp_path: Path
) -> None:
    with pytest.raises(ProjectError, match=r"Choose|Download"):
        import_project(hostile(packed)[name], tmp_path / "home")
    assert list((tmp_path / "home").iterdir()) == []


def test_pictures_from_the_web_are_switched_off_in_what_comes_from_elsewhere_and_that_is_said(
    tmp_path: Path,
) -> None:
    with live(tmp_path / "p", allow_images=True) as project:
        data = project.project_file_bytes()
    place = import_project(data, tmp_path / "home")
    with Project.open(place, background=False) as project:
        assert not project.settings.allow_images
        assert "switched off here" in project.notices[0]
        project.change(allow_images=True)
    with Project.open(place, background=False) as project:
        assert project.settings.allow_images
        assert project.notices == []


def test_a_rehearsal_and_a_project_with_lists_of_filled_rows_still_travel(tmp_path: Path) -> None:
    with rehearsal(tmp_path / "p") as project:
        project.answer_with_oracle(5)
        data = project.project_file_bytes()
    with Project.open(import_project(data, tmp_path / "home"), background=False) as project:
        assert project.counts().spent == 5
        assert project.notices == []


def test_guesses_for_every_row_hold_no_formula(tmp_path: Path) -> None:
    with live(tmp_path / "p", classes=["=1+1", "@no"]) as project:
        for row in range(12):
            project.label(row, "=1+1" if row % 2 else "@no")
        text = project.predictions_bytes().decode("utf-8-sig")
    assert "'=1+1" in text
    assert ",=1+1" not in text
    assert ",@no" not in text


def test_the_command_lists_the_names_under_which_it_may_be_called() -> None:
    for asked in (["--server.address=0.0.0.0"], ["--server.address", "0.0.0.0"]):
        hosts = hosts_for(asked, {})
        assert {"localhost", "127.0.0.1"} < set(hosts)
        assert "0.0.0.0" not in hosts
        assert "*" not in hosts
    assert hosts_for([], {"STREAMLIT_SERVER_ADDRESS": "10.1.2.3"})[-1] == "10.1.2.3"
    assert hosts_for(["--server.address", "localhost"], {}) == []
    assert hosts_for(["--server.address", "0.0.0.0", "--server.allowedHosts", "a"], {}) == []
