"""The same project open twice: two tabs in one process, two processes, tabs that died."""

from __future__ import annotations

import subprocess
import sys
import threading
import weakref
from pathlib import Path

import pytest

from al_core.projects import Project, load_data
from tests.projects_cases import answer, live

ROOT = Path(__file__).parents[2]


@pytest.fixture
def two(tmp_path: Path) -> tuple[Project, Project]:
    one = live(tmp_path / "p")
    return one, Project.open(tmp_path / "p", background=False, data=one.data)


def test_no_row_is_asked_in_two_tabs_at_once(two: tuple[Project, Project]) -> None:
    one, other = two
    for _ in range(15):
        here, there = one.ask(2), other.ask(2)
        assert not {q.row for q in here} & {q.row for q in there}
        one.label(here[0].row, "yes" if here[0].row % 2 else "no", token=here[0].token)
        other.label(there[0].row, "yes" if there[0].row % 2 else "no", token=there[0].token)


def test_each_tab_takes_in_the_others_labels_before_it_asks(two: tuple[Project, Project]) -> None:
    one, other = two
    rows = answer(one, 8)
    other.ask()
    assert other.labels()["row"].tolist() == sorted(rows)
    assert other.counts() == one.counts()


def test_the_later_answer_of_a_row_is_current_and_both_stand(two: tuple[Project, Project]) -> None:
    one, other = two
    one.label(5, "yes")
    other.label(5, "no")
    one.ask()
    assert one.labels()["label"].tolist() == ["no"]
    assert [item.label for item in one.history() if item.row == 5] == ["no", "yes"]


def test_undo_takes_back_this_tabs_own_last_action(two: tuple[Project, Project]) -> None:
    one, other = two
    one.label(5, "yes")
    other.label(6, "yes")
    assert one.undo().row == 5
    assert one.undo().recorded is False
    assert other.labels()["row"].tolist() == [6]


def test_undoing_an_answer_that_was_changed_elsewhere_leaves_the_change(
    two: tuple[Project, Project],
) -> None:
    one, other = two
    one.label(5, "yes")
    other.label(5, "no")
    one.undo()
    assert one.labels()["label"].tolist() == ["no"]
    other.undo()
    assert other.labels().empty


def test_a_row_answered_in_another_tab_leaves_the_screen(two: tuple[Project, Project]) -> None:
    one, other = two
    row = one.ask()[0].row
    other.label(row, "yes")
    assert one.ask()[0].row != row


def test_closing_frees_the_rows_on_screen(two: tuple[Project, Project]) -> None:
    one, other = two
    row = one.ask()[0].row
    one.close()
    assert row in {q.row for q in other.ask(100)}


def test_a_gone_tabs_questions_are_taken_over_with_their_tokens(tmp_path: Path) -> None:
    gone = live(tmp_path / "p")
    (question,) = gone.ask()
    with Project.open(tmp_path / "p", False, data=gone.data, takes_over=[gone.opener]) as here:
        assert here.ask()[0].token == question.token
        assert gone.ask()[0].row != question.row
        here.label(question.row, "yes", token=question.token)
        assert not gone.label(question.row, "no", token=question.token).recorded
    gone.close()


_OTHER = """
import sys
from al_core.projects import Project
project = Project.open({folder!r}, background=False)
print(project.ask()[0].row, flush=True)
sys.stdin.readline()
import os
os._exit(9)
"""


def test_two_processes_never_show_the_same_row_and_a_dead_ones_is_free(tmp_path: Path) -> None:
    one = live(tmp_path / "p")
    script = _OTHER.format(folder=str(tmp_path / "p"))
    with subprocess.Popen(
        [sys.executable, "-c", script],
        cwd=ROOT,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    ) as process:
        assert process.stdout is not None
        theirs = int(process.stdout.readline())
        assert theirs not in {q.row for q in one.ask(60)}
        process.communicate("go\n")
    assert theirs in {q.row for q in one.ask(120)}
    one.close()


def test_a_project_that_is_dropped_ends_its_thread_and_frees_its_rows(tmp_path: Path) -> None:
    project = live(tmp_path / "p", background=True)
    row, ref = project.ask()[0].row, weakref.ref(project)
    thread = project._model.trainer._thread
    assert thread is not None
    del project  # no cycles: a page that freezes its memory must still lose it
    thread.join(10)
    assert ref() is None
    assert not thread.is_alive()
    with Project.open(tmp_path / "p", background=False) as again:
        assert again.ask()[0].row == row
        assert again._opened.living == set()


def test_closing_ends_the_thread(tmp_path: Path) -> None:
    before = set(threading.enumerate())
    project = live(tmp_path / "p", background=True)
    answer(project, 6)
    its_own = set(threading.enumerate()) - before
    assert its_own
    project.close()
    for thread in its_own:
        thread.join(30)  # a fit that has begun is gone through
    assert not [thread for thread in its_own if thread.is_alive()]


def test_shared_data_is_read_once(tmp_path: Path) -> None:
    live(tmp_path / "p").close()
    data = load_data(tmp_path / "p")
    with (
        Project.open(tmp_path / "p", False, data=data) as one,
        Project.open(tmp_path / "p", False, data=data) as other,
    ):
        assert one.X is other.X
