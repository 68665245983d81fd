"""A project from its start to its end: creating, asking, answering, opening again."""

from __future__ import annotations

import sqlite3
import subprocess
import sys
from itertools import pairwise
from pathlib import Path

import pytest

from al_core.errors import (
    LabelError,
    PoolError,
    ProjectError,
    ProjectTooNew,
    SettingsError,
)
from al_core.projects import Project, list_projects
from al_core.projects.journal.store import FILE
from al_core.projects.replay.turns import ONE_IN
from al_core.tables import Role
from tests.projects_cases import FEATURES, answer, live, points, rehearsal


def test_a_new_project_asks_a_row_with_its_text(tmp_path: Path) -> None:
    with live(tmp_path / "p") as project:
        (question,) = project.ask()
        assert set(question.values) == {"x", "y", "answer"}
        assert question.values["x"] == project.table.text["x"][question.row]
        assert question.purpose == "start"


def test_the_same_question_comes_until_it_is_answered(tmp_path: Path) -> None:
    with live(tmp_path / "p") as project:
        first, again = project.ask(), project.ask()
        assert first == again
        project.label(first[0].row, "yes", token=first[0].token)
        assert project.ask()[0].row != first[0].row


def test_a_double_click_labels_one_row(tmp_path: Path) -> None:
    with live(tmp_path / "p") as project:
        (question,) = project.ask()
        assert project.label(question.row, "yes", token=question.token).recorded
        second = project.label(question.row, "no", token=question.token)
        assert not second.recorded
        assert second.sentence == f"Line {question.row + 2} was answered already."
        assert project.labels()["label"].tolist() == ["yes"]


def test_a_skip_after_a_label_with_the_same_press_is_dropped(tmp_path: Path) -> None:
    with live(tmp_path / "p") as project:
        (question,) = project.ask()
        project.label(question.row, "yes", token=question.token)
        assert not project.skip(question.row, token=question.token).recorded
        assert project.counts().skipped == 0


def test_a_receipt_says_what_was_saved(tmp_path: Path) -> None:
    with live(tmp_path / "p") as project:
        assert project.label(7, "no").sentence == "Saved: line 9 is no."
        assert project.undo().sentence == "Undone: line 9 was no."
        assert project.undo().sentence == "Nothing to undo."


def test_opening_again_gives_the_same_labels_and_the_same_question(tmp_path: Path) -> None:
    with live(tmp_path / "p") as project:
        answer(project, 9)
        before, counts = project.labels(), project.counts()
        question = project.ask()[0]
    with Project.open(tmp_path / "p", background=False) as project:
        assert project.labels().equals(before)
        assert project.counts() == counts
        assert project.ask()[0].row == question.row


def test_the_same_seed_asks_the_same_rows(tmp_path: Path) -> None:
    rows = []
    for name in ("a", "b"):
        with live(tmp_path / name, seed=5) as project:
            rows.append(answer(project, 30))
    assert rows[0] == rows[1]


def test_another_seed_reserves_other_check_rows(tmp_path: Path) -> None:
    with live(tmp_path / "a", seed=1) as one, live(tmp_path / "b", seed=2) as two:
        assert set(one.check_rows.tolist()) != set(two.check_rows.tolist())


def test_undo_restores_the_place_of_a_row_and_asks_it_again(tmp_path: Path) -> None:
    with live(tmp_path / "p") as project:
        answer(project, 3)
        before = project.counts()
        (question,) = project.ask()
        assert question.purpose == "check"
        project.label(question.row, "yes", token=question.token)
        project.undo()
        assert project.counts() == before
        again = project.ask()[0]
        assert (again.row, again.purpose) == (question.row, "check")
        assert again.token != question.token


def test_undo_walks_back_over_ten_answers(tmp_path: Path) -> None:
    with live(tmp_path / "p") as project:
        start = project.counts()
        answer(project, 10)
        for _ in range(10):
            assert project.undo().recorded
        assert project.counts() == start
        assert not project.undo().recorded


def test_undo_reaches_back_over_a_restart(tmp_path: Path) -> None:
    with live(tmp_path / "p") as project:
        (row,) = answer(project, 1)
    with Project.open(tmp_path / "p", background=False) as project:
        assert project.undo().row == row
        assert project.counts().spent == 0


def test_skipped_rows_come_back_when_nothing_else_is_left_and_cant_tell_rows_do_not(
    tmp_path: Path,
) -> None:
    with live(tmp_path / "p", n=12) as project:
        skipped = project.ask()[0]
        project.skip(skipped.row, token=skipped.token)
        unknown = project.ask()[0]
        project.dont_know(unknown.row, token=unknown.token)
        rows = answer(project, 10)
        assert not {skipped.row, unknown.row} & set(rows)
        assert [question.row for question in project.ask(5)] == [skipped.row]


def test_a_skipped_row_comes_back_after_fifty_answers_and_says_so(tmp_path: Path) -> None:
    with live(tmp_path / "p", check_share=0.1) as project:
        skipped = project.ask()[0]
        project.skip(skipped.row, token=skipped.token)
        assert skipped.row not in answer(project, 50)
        back = next(i for i in range(ONE_IN) if _is_asked(project, skipped.row))
        (question,) = project.ask()
        assert question.why.startswith(f"You skipped this row {50 + back} answers ago.")


def test_each_further_skip_puts_a_row_off_for_twice_as_long(tmp_path: Path) -> None:
    with live(tmp_path / "p", n=260, check_share=0.1) as project:
        row = project.ask()[0].row
        for waits in (50, 100):
            project.skip(row, token=project.ask()[0].token)
            assert row not in answer(project, waits)
            assert any(_is_asked(project, row) for _ in range(ONE_IN))
        project.undo()
        assert project.counts().skipped == 1


def test_rows_that_come_back_are_one_in_five_at_most(tmp_path: Path) -> None:
    with live(tmp_path / "p", n=200, check_share=0.1) as project:
        skipped = [_skip_next(project) for _ in range(6)]
        asked = answer(project, 50 + 6 * ONE_IN)
        places = [i for i, row in enumerate(asked) if row in skipped]
        assert [asked[i] for i in places] == skipped[: len(places)]
        assert len(places) >= 5
        assert all(later - one >= ONE_IN for one, later in pairwise(places))


def _skip_next(project: Project) -> int:
    (question,) = project.ask()
    project.skip(question.row, token=question.token)
    return question.row


def _is_asked(project: Project, row: int) -> bool:
    """Whether the row is the next question; any other is answered."""
    if project.ask()[0].row == row:
        return True
    answer(project)
    return False


def test_skipped_rows_come_back_on_request(tmp_path: Path) -> None:
    with live(tmp_path / "p") as project:
        skipped = project.ask()[0]
        project.skip(skipped.row, token=skipped.token)
        answer(project, 1)
        assert project.show_skipped() == 1
        assert project.ask()[0].row == skipped.row


def test_every_row_answered_leaves_no_question(tmp_path: Path) -> None:
    with live(tmp_path / "p", n=10) as project:
        assert len(answer(project, 10)) == 10
        assert project.ask() == []
        assert project.counts().left == 0


def test_many_rows_are_one_event_and_one_undo(tmp_path: Path) -> None:
    with live(tmp_path / "p") as project:
        assert project.label_many([3, 4, 5, 4], "yes").sentence == "Saved: 3 rows are yes."
        assert project.labels()["row"].tolist() == [3, 4, 5]
        project.undo()
        assert project.counts().spent == 0


def test_renaming_an_answer_renames_its_labels_and_can_be_undone(tmp_path: Path) -> None:
    with live(tmp_path / "p") as project:
        project.label(3, "yes")
        project.rename_class("yes", "sure")
        assert project.classes == ["no", "sure"]
        assert project.labels()["label"].tolist() == ["sure"]
        project.label(4, "sure")
        project.undo()
        project.undo()
        assert project.classes == ["no", "yes"]
        assert project.labels()["label"].tolist() == ["yes"]


def test_a_new_answer_that_differs_by_capitals_alone_is_refused(tmp_path: Path) -> None:
    with live(tmp_path / "p") as project, pytest.raises(LabelError, match="answer 'yes' already"):
        project.add_class("Yes")


def test_a_new_answer_that_differs_by_capitals_is_added_where_it_is_meant(tmp_path: Path) -> None:
    with live(tmp_path / "p") as project:
        project.add_class("Yes", apart=True)
        assert project.classes == ["no", "yes", "Yes"]
        for same in ("yes", " yes", "yes\u200b"):
            with pytest.raises(LabelError, match="answer 'yes' already"):
                project.add_class(same, apart=True)


def test_an_answer_that_no_button_could_hold_is_refused(tmp_path: Path) -> None:
    with live(tmp_path / "p") as project:
        for give in (project.add_class, lambda name: project.rename_class("yes", name)):
            with pytest.raises(LabelError, match="501 characters; at most 500"):
                give("y" * 501)
        assert project.classes == ["no", "yes"]


def test_what_is_taken_back_tells_its_note(tmp_path: Path) -> None:
    with live(tmp_path / "p") as project:
        project.label(3, "yes", note="a guess")
        assert project.undo().note == "a guess"


def test_renaming_to_an_answer_that_exists_merges_the_two(tmp_path: Path) -> None:
    with live(tmp_path / "p", classes=["a", "b", "c"]) as project:
        project.label(1, "a")
        project.label(2, "b")
        project.rename_class("a", "b")
        assert project.classes == ["b", "c"]
        assert project.counts().per_class == {"b": 2, "c": 0}


def test_an_added_answer_can_be_given(tmp_path: Path) -> None:
    with live(tmp_path / "p") as project:
        with pytest.raises(LabelError, match=r"no answer 'maybe'. Known: no, yes"):
            project.label(1, "maybe")
        project.add_class("maybe")
        assert project.label(1, "maybe").recorded
        with pytest.raises(LabelError, match="is an answer 'maybe' already"):
            project.add_class("maybe")


def test_a_removed_label_is_gone_until_undo(tmp_path: Path) -> None:
    with live(tmp_path / "p") as project:
        project.label(1, "yes")
        project.remove_label(1)
        assert project.labels().empty
        project.undo()
        assert project.labels()["label"].tolist() == ["yes"]


def test_a_changed_answer_is_current_and_both_stand_in_the_history(tmp_path: Path) -> None:
    with live(tmp_path / "p") as project:
        project.label(1, "yes", note="first thought")
        project.label(1, "no")
        assert project.labels()["label"].tolist() == ["no"]
        assert [item.label for item in project.history() if item.what == "labelled"] == [
            "no",
            "yes",
        ]
        assert project.history()[1].note == "first thought"


def test_the_files_own_labels_are_seed_rows_and_cost_nothing(tmp_path: Path) -> None:
    table = points(120, answers="part")
    roles = {**FEATURES, "answer": Role("label", "test")}
    with Project.create(tmp_path / "p", table, roles, background=False) as project:
        assert project.kind == "live"
        counts = project.counts()
        assert (counts.file_labels, counts.labelled, counts.spent) == (30, 30, 0)
        assert project.ask()[0].purpose == "learn"
        assert "answer" not in project.ask()[0].values
        project.label(0, "no")
        assert project.counts().labelled == 30
        assert project.labels().set_index("row").loc[0, "source"] == "person"
        project.undo()
        assert project.labels().set_index("row").loc[0, "source"] == "file"


def test_a_full_answer_column_proposes_a_rehearsal(tmp_path: Path) -> None:
    with rehearsal(tmp_path / "p") as project:
        assert project.kind == "oracle"
        assert project.counts().labelled == 0


@pytest.mark.parametrize(
    ("settings", "error", "words"),
    [
        ({"bugdet": 5, "classes": ["a", "b"]}, SettingsError, "no setting named 'bugdet'"),
        ({"classes": ["a"]}, LabelError, "Give at least two"),
        ({"classes": ["a", "a"]}, LabelError, "'a' is given twice"),
        ({"classes": ["a", " "]}, LabelError, "is blank"),
        ({}, LabelError, "no answers to choose from"),
        ({}, LabelError, r"guess_roles\(table, answer=\.\.\.\)"),
        ({"kind": "oracle"}, SettingsError, r"guess_roles\(table, answer=\.\.\.\)"),
        ({"classes": ["a", "b"], "budget": 0}, SettingsError, "budget is 0"),
        ({"classes": ["a", "b"], "model": "magic"}, SettingsError, "Choose one of: auto"),
        ({"classes": ["a", "b"], "kind": "oracle"}, SettingsError, "every row has its answer"),
    ],
)
def test_a_bad_start_is_refused_and_leaves_nothing(
    tmp_path: Path, settings: dict[str, object], error: type[Exception], words: str
) -> None:
    with pytest.raises(error, match=words):
        Project.create(tmp_path / "p", points(), FEATURES, settings)
    assert not (tmp_path / "p").exists()


def test_a_folder_with_a_project_is_not_overwritten(tmp_path: Path) -> None:
    live(tmp_path / "p").close()
    with pytest.raises(ProjectError, match=r"a project in .* already"):
        live(tmp_path / "p")


def test_settings_change_from_here_on_and_fixed_ones_do_not(tmp_path: Path) -> None:
    with live(tmp_path / "p") as project:
        project.change(budget=300, strategy="random")
        assert project.counts().budget == 300
        with pytest.raises(SettingsError, match="'seed' is fixed"):
            project.change(seed=4)
    with Project.open(tmp_path / "p") as project:
        assert project.settings.strategy == "random"


def test_a_project_of_a_newer_version_says_so(tmp_path: Path) -> None:
    live(tmp_path / "p").close()
    with sqlite3.connect(tmp_path / "p" / FILE) as connection:
        connection.execute("PRAGMA user_version = 99")
    connection.close()
    with pytest.raises(ProjectTooNew, match="newer version"):
        Project.open(tmp_path / "p")
    assert "newer version" in list_projects(tmp_path)[0].problem


def test_a_folder_that_cannot_be_made_is_a_sentence(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("no folder")
    with pytest.raises(ProjectError, match="cannot be written to"):
        live(tmp_path / "file" / "p")


_AS_NOBODY = """
import os
from al_core.projects import Project
from al_core.errors import ProjectReadOnly
Project.open({folder!r}, background=False).close()  # imports all it needs: nobody may not read it
os.chmod({folder!r} + "/journal.sqlite3", 0o644)
os.chmod({folder!r}, 0o755)
os.setuid(65534)
for background in (False, True):
    with Project.open({folder!r}, background=background) as project:
        print(project.notices)
        print(project.counts().spent, len(project.export_bytes()) > 100)
        assert project.report_bytes()
        tries = [
            project.ask, project.undo, project.start_final_check,
            lambda: project.label(5, "yes"), lambda: project.rename("x"),
            lambda: project.change(budget=5),
        ]
        for attempt in tries:
            try:
                attempt()
            except ProjectReadOnly as problem:
                print(problem)
"""


@pytest.mark.skipif(
    sys.platform == "win32" or __import__("os").geteuid() != 0,
    reason="needs the right to become another user",
)
def test_a_project_that_cannot_be_written_to_opens_for_reading_and_says_so(tmp_path: Path) -> None:
    with live(tmp_path / "p") as project:
        answer(project, 8)
    for folder in (tmp_path, *tmp_path.parents):
        if folder.stat().st_uid == 0 and str(folder).count("/") > 1:
            folder.chmod(0o755)
    before = (tmp_path / "p" / FILE).read_bytes()
    done = subprocess.run(
        [sys.executable, "-c", _AS_NOBODY.format(folder=str(tmp_path / "p"))],
        cwd=Path(__file__).parents[2],
        capture_output=True,
        text=True,
        check=False,
    )
    lines = done.stdout.splitlines()
    assert len(lines) == 16, done.stderr
    assert all("open for reading only" in line for line in lines if line[:2] != "8 ")
    assert lines[1].startswith("8 True")
    assert (tmp_path / "p" / FILE).read_bytes() == before


def test_a_row_that_does_not_exist_is_refused(tmp_path: Path) -> None:
    with live(tmp_path / "p") as project, pytest.raises(PoolError, match="no row 120"):
        project.label(120, "yes")


def test_a_closed_project_says_so(tmp_path: Path) -> None:
    project = live(tmp_path / "p")
    project.close()
    project.close()
    with pytest.raises(ProjectError, match="closed"):
        project.ask()


def test_find_looks_through_all_columns(tmp_path: Path) -> None:
    with live(tmp_path / "p") as project:
        text = project.table.text["y"][17]
        assert 17 in project.find(text)
        assert project.find(text, column="x") == []
        assert len(project.find("", limit=5)) == 5


def test_pace_needs_three_answers(tmp_path: Path) -> None:
    with live(tmp_path / "p", budget=10) as project:
        answer(project, 2)
        assert project.pace().seconds_per_label is None
        answer(project, 2)
        pace = project.pace()
        assert pace.seconds_per_label is not None
        assert pace.seconds_left == pytest.approx(6 * pace.seconds_per_label)
