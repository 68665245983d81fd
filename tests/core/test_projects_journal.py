"""The journal: append-only, whole after a crash, in words when damaged; and docs/journal.md."""

from __future__ import annotations

import json
import re
import signal
import sqlite3
import subprocess
import sys
from dataclasses import fields
from pathlib import Path

import pytest

from al_core.errors import ProjectDamaged, ProjectTooNew
from al_core.projects import Project
from al_core.projects.journal.events import KINDS, Labelled, Undone
from al_core.projects.journal.recorded import body_of, kind_of, read_event
from al_core.projects.journal.store import FILE, SCHEMA, Journal
from tests.projects_cases import answer, live

ROOT = Path(__file__).parents[2]


def test_events_cannot_be_changed_or_deleted(tmp_path: Path) -> None:
    live(tmp_path / "p").close()
    connection = sqlite3.connect(tmp_path / "p" / FILE)
    for command in ("UPDATE events SET at = ''", "DELETE FROM events"):
        with pytest.raises(sqlite3.IntegrityError, match="append-only"):
            connection.execute(command)
    connection.close()


def test_the_journal_is_written_through_and_carries_its_version(tmp_path: Path) -> None:
    journal = Journal.create(tmp_path / FILE)
    with journal.writing():
        pragmas = {
            name: journal._connection.execute(f"PRAGMA {name}").fetchone()[0]
            for name in ("journal_mode", "synchronous", "user_version")
        }
    journal.close()
    assert pragmas == {"journal_mode": "wal", "synchronous": 2, "user_version": SCHEMA}


def test_the_same_row_and_token_are_kept_once(tmp_path: Path) -> None:
    journal = Journal.create(tmp_path / FILE)
    press = Labelled(3, "yes", "person", "learn", "token")
    with journal.writing():
        assert journal.append(press, opener="a", by="person") == 1
        assert journal.append(press, opener="b", by="person") is None
        assert journal.append(Labelled(4, "yes", "person", "learn", "token"), opener="a", by="p")
    assert [recorded.event.row for recorded in journal.read_after(0)] == [3, 4]
    journal.close()


def _append_and_fail(journal: Journal) -> None:
    with journal.writing():
        journal.append(Undone(1), opener="a", by="person")
        raise RuntimeError("halfway")


def test_a_transaction_that_fails_leaves_nothing(tmp_path: Path) -> None:
    journal = Journal.create(tmp_path / FILE)
    with pytest.raises(RuntimeError, match="halfway"):
        _append_and_fail(journal)
    assert journal.read_after(0) == []
    journal.close()


@pytest.mark.parametrize("kind", sorted(KINDS))
def test_every_event_comes_back_from_text_as_it_was(kind: str) -> None:
    samples = {"int": 3, "str": "é ' \"", "list[int]": [1, 2], "list[str]": ["a"], "bool": True,
               "float": 0.25, "dict[str, Any]": {"a": [1]}, "str | None": "t"}  # fmt: skip
    event = KINDS[kind](**{f.name: samples[str(f.type)] for f in fields(KINDS[kind])})
    row, token = getattr(event, "row", None), getattr(event, "token", None)
    assert read_event(kind_of(event), row, token, body_of(event)) == event


def test_an_event_of_a_later_version_is_not_read_as_something_else() -> None:
    with pytest.raises(ProjectTooNew, match="'labelled_twice'"):
        read_event("labelled_twice", 1, None, "{}")


def test_asks_record_how_many_labels_their_model_knew(tmp_path: Path) -> None:
    with live(tmp_path / "p") as project:
        answer(project, 20)
    connection = sqlite3.connect(tmp_path / "p" / FILE)
    asked = [json.loads(b) for (b,) in connection.execute(
        "SELECT body FROM events WHERE kind = 'asked' ORDER BY id")]  # fmt: skip
    connection.close()
    learned = [event for event in asked if event["purpose"] == "learn"]
    assert learned
    assert all(event["known_labels"] == event["n_labels"] > 0 for event in learned)


_LABELLING = """
from al_core.projects import Project
project = Project.open({folder!r}, background=True)
while True:
    question = project.ask()[0]
    project.label(question.row, "yes" if question.row % 2 else "no", token=question.token)
    print(question.row, flush=True)
"""


def test_a_kill_in_the_middle_of_labelling_loses_nothing_acknowledged(tmp_path: Path) -> None:
    live(tmp_path / "p", n=400).close()
    script = _LABELLING.format(folder=str(tmp_path / "p"))
    process = subprocess.Popen(
        [sys.executable, "-c", script], cwd=ROOT, stdout=subprocess.PIPE, text=True
    )
    assert process.stdout is not None
    seen = [int(process.stdout.readline()) for _ in range(25)]
    process.send_signal(signal.SIGKILL if hasattr(signal, "SIGKILL") else signal.SIGTERM)
    seen += [int(line) for line in process.stdout if line.endswith("\n")]
    process.wait()
    process.stdout.close()
    with Project.open(tmp_path / "p", background=False) as project:
        labelled = project.labels()["row"].tolist()
        assert set(seen) <= set(labelled)
        assert len(labelled) <= len(seen) + 1
        assert project.ask()[0].row not in labelled


def test_a_question_on_screen_at_the_crash_is_asked_again_with_its_token(tmp_path: Path) -> None:
    live(tmp_path / "p").close()
    script = _LABELLING.replace("while True:", "for _ in range(1):").replace(
        "    project.label",
        "    print(question.row, question.token)\n    import os; os._exit(9)\n#",
    )
    script = script.format(folder=str(tmp_path / "p"))
    done = subprocess.run(
        [sys.executable, "-c", script],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
    )
    row, token = done.stdout.split()
    with Project.open(tmp_path / "p", background=False) as project:
        (question,) = project.ask()
        assert (question.row, question.token) == (int(row), token)


def _cut(path: Path, share: float) -> None:
    data = path.read_bytes()
    path.write_bytes(data[: int(len(data) * share)])


def test_a_torn_journal_opens_as_far_as_it_can_be_read(tmp_path: Path) -> None:
    with live(tmp_path / "p", n=1000) as project:
        for row in range(0, 900, 3):
            project.label(row, "yes")
    _cut(tmp_path / "p" / FILE, 0.7)
    with Project.open(tmp_path / "p", background=False) as project:
        labelled = project.labels()["row"].tolist()
        assert labelled
        assert set(labelled) < set(range(0, 900, 3))
        assert re.search(r"damaged.* entries could be read", project.notices[0])
        assert f"{300 - len(labelled)} answers are not there" in project.notices[0]
        assert list((tmp_path / "p").glob("journal.damaged-*.sqlite3"))
        answer(project, 1)


def test_a_journal_that_is_no_journal_says_so_and_is_left_alone(tmp_path: Path) -> None:
    live(tmp_path / "p").close()
    path = tmp_path / "p" / FILE
    path.write_bytes(b"this is no database" * 100)
    with pytest.raises(ProjectDamaged, match="Restore it from a copy"):
        Project.open(tmp_path / "p")
    assert path.read_bytes() == b"this is no database" * 100


@pytest.mark.parametrize("name", [FILE, "roles.json", "answers.json"])
def test_a_missing_file_is_named(tmp_path: Path, name: str) -> None:
    live(tmp_path / "p").close()
    (tmp_path / "p" / name).unlink()
    with pytest.raises(ProjectDamaged, match=re.escape(name)):
        Project.open(tmp_path / "p")


def test_the_journals_page_lists_every_event_and_field() -> None:
    page = (ROOT / "docs" / "journal.md").read_text(encoding="utf-8")
    assert f"format {SCHEMA}" in page
    for kind, event in KINDS.items():
        line = next((x for x in page.splitlines() if x.startswith(f"| `{kind}` |")), "")
        assert line, f"docs/journal.md has no line for {kind}"
        named = set(re.findall(r"`(\w+)`", line)) - {kind}
        assert named == {f.name for f in fields(event)}, f"fields of {kind} differ"
