"""Project files by strangers: settings that reach outside are reset, hostile numbers refused."""

from __future__ import annotations

import io
import json
import tracemalloc
import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
import psutil
import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from al_core.apart.importing import import_project_apart
from al_core.apart.limits import ReadLimits
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


def with_part(data: bytes, name: str, part: bytes, how: int = zipfile.ZIP_DEFLATED) -> bytes:
    """The project file with another content of one part."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(out, "w") as new:
        for each in old.namelist():
            new.writestr(each, part if each == name else old.read(each), how)
    return out.getvalue()


def with_answers(data: bytes, **changes: Any) -> bytes:
    """The project file with other answers of its table."""
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        answers = json.loads(archive.read("answers.json"))
    return with_part(data, "answers.json", json.dumps({**answers, **changes}).encode())


def with_list(data: bytes, labels: list[str]) -> bytes:
    """The project file with a list of filled rows."""
    out, whole = io.BytesIO(), io.BytesIO(data)
    rows = {"row": [0] * len(labels), "label": labels, "confidence": [0.5] * len(labels)}
    pq.write_table(pa.table(rows), out)
    with zipfile.ZipFile(whole, "a") as archive:
        archive.writestr(f"filled/{'a' * 64}.parquet", out.getvalue())
    return whole.getvalue()


LONG = "x" * 5_000_000


def hostile(name: str, data: bytes) -> bytes:
    def labelled(row: object, **changes: Any) -> bytes:
        return with_event(data, "labelled", row, LABEL, **changes)

    files: dict[str, Callable[[], bytes]] = {
        "a row beyond all numbers": lambda: labelled(10**30),
        "a row before the first": lambda: labelled(-1),
        "many rows before the first": lambda: with_event(
            data, "many_labelled", None, {**MANY, "rows": [-3]}
        ),
        "more rows than there are": lambda: with_start(data, n_rows=10**12),
        "check rows before the first": lambda: with_start(data, check_rows=[-1, -2]),
        "start rows beyond the last": lambda: with_start(data, start_rows=[10**9]),
        "the highest id": lambda: labelled(1, id=2**63 - 1),
        "a year before all": lambda: labelled(1, at="0001-01-01T00:00:00+23:59"),
        "no time": lambda: labelled(1, at="yesterday"),
        "a name that is no text": lambda: labelled(1, by=["person"]),
        "very many answers": lambda: with_start(
            data, classes=[f"answer {n}" for n in range(20_000)]
        ),
        "a rehearsal without answers": lambda: with_start(data, kind="oracle"),
        "an answer of 5 MB": lambda: with_start(data, classes=["no", LONG]),
        "a label of 5 MB": lambda: with_event(data, "labelled", 1, {**LABEL, "label": LONG}),
        "an answer of 5 MB in the table": lambda: with_answers(data, classes=[LONG]),
        "a renamed answer of 5 MB": lambda: with_event(
            data, "class_renamed", None, {"old": "yes", "new": LONG}
        ),
        "a note of 5 MB": lambda: with_event(data, "labelled", 1, {**LABEL, "note": LONG}),
        "columns that unpack to much": lambda: with_part(data, "roles.json", bytes(100_000_000)),
        "a version that unpacks to much": lambda: with_part(
            data, "project.json", bytes(100_000_000)
        ),
        "a part packed in another way": lambda: with_part(
            data, "roles.json", bytes(100_000_000), zipfile.ZIP_BZIP2
        ),
        "a list of filled rows that unpacks to much": lambda: with_list(data, ["y"] * 400_000),
        "a filled answer of 5 MB": lambda: with_list(data, [LONG]),
        "an unknown file": lambda: repacked(data, extra="table/run.exe"),
        "an unknown list": lambda: repacked(data, extra="filled/notes.parquet"),
    }
    return files[name]()


NAMES = (
    "a row beyond all numbers", "a row before the first", "many rows before the first",
    "more rows than there are", "check rows before the first", "start rows beyond the last",
    "the highest id", "a year before all", "no time", "a name that is no text",
    "an answer of 5 MB", "a label of 5 MB", "an answer of 5 MB in the table",
    "a renamed answer of 5 MB", "a note of 5 MB", "columns that unpack to much",
    "a version that unpacks to much", "a part packed in another way",
    "a list of filled rows that unpacks to much", "a filled answer of 5 MB",
    "very many answers", "a rehearsal without answers", "an unknown file", "an unknown list",
)  # fmt: skip


@pytest.mark.parametrize("name", NAMES)
def test_a_hostile_project_file_is_refused_in_words_and_leaves_nothing(
    name: str, packed: bytes, tmp_path: Path
) -> None:
    data = hostile(name, packed)
    tracemalloc.start()
    try:
        with pytest.raises(ProjectError, match=r"Choose|Download"):
            import_project(data, tmp_path / "home")
        assert tracemalloc.get_traced_memory()[1] < 60_000_000
    finally:
        tracemalloc.stop()
    assert list((tmp_path / "home").iterdir()) == []


def test_a_project_file_with_a_table_that_unpacks_to_much_is_stopped_in_words(
    packed: bytes, tmp_path: Path
) -> None:
    once = pa.DictionaryArray.from_arrays(np.zeros(400_000, np.int32), pa.array(["x" * 2_000]))
    out = io.BytesIO()
    pq.write_table(pa.table({"a": once}), out, store_schema=False)
    path = tmp_path / "p.zip"
    path.write_bytes(with_part(packed, "table/text.parquet", out.getvalue()))
    assert path.stat().st_size < 100_000
    mine = psutil.Process().memory_info().rss
    with pytest.raises(ProjectError, match=r"more than 400 MB of memory.*nothing was taken in"):
        import_project_apart(path, tmp_path / "home", limits=ReadLimits(400_000_000))
    assert psutil.Process().memory_info().rss - mine < 50_000_000
    assert list((tmp_path / "home").iterdir()) == []


@pytest.mark.parametrize("name", ["a row before the first", "an answer of 5 MB", "an unknown file"])
def test_what_is_wrong_with_a_project_file_is_said_the_same_where_it_is_read_apart(
    name: str, packed: bytes, tmp_path: Path
) -> None:
    data = hostile(name, packed)
    (tmp_path / "p.zip").write_bytes(data)
    with pytest.raises(ProjectError) as here:
        import_project(data, tmp_path / "home")
    with pytest.raises(type(here.value)) as apart:
        import_project_apart(tmp_path / "p.zip", tmp_path / "home")
    assert str(apart.value) == str(here.value)
    assert list((tmp_path / "home").iterdir()) == []


def test_a_project_file_read_apart_is_a_project_that_goes_on(packed: bytes, tmp_path: Path) -> None:
    (tmp_path / "p.zip").write_bytes(packed)
    place = import_project_apart(tmp_path / "p.zip", tmp_path / "home")
    assert place.parent == tmp_path / "home"
    with Project.open(place, background=False) as project:
        assert project.counts().spent == 3
        answer(project)


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
