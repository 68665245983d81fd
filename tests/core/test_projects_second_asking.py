"""Own rows asked a second time: drawn from all of them, answered blind, and no label changed."""

from __future__ import annotations

import html
from pathlib import Path

import pytest

from al_core.errors import LabelError, ProjectError
from al_core.learning.scoring.label_errors import gwet_ac1
from al_core.projects import Project, import_project
from tests.projects_cases import answer, live, rehearsal

OTHER = {"yes": "no", "no": "yes"}


def go_through(project: Project, differing: int = 0) -> list[int]:
    """Give all rows that wait their answer again, the first few the other one."""
    rows = project.start_second_asking()
    for place, row in enumerate(rows):
        first = project.label_of(row)
        assert first is not None
        project.answer_again(row, OTHER[first] if place < differing else first, token=f"t{row}")
    return rows


@pytest.mark.parametrize(
    ("table", "expected"),
    [
        # (both a, a then b, b then a, both b), worked out by hand from the formula.
        # 118, 5, 2, 0: agree .944; P(a) = (123 + 120) / 250 = .972; chance 2 x .972 x .028 = .0544.
        ((118, 5, 2, 0), (0.944 - 0.054432) / (1 - 0.054432)),
        # 40, 9, 6, 45: agree .85; P(a) = (49 + 46) / 200 = .475; chance 2 x .475 x .525 = .49875.
        ((40, 9, 6, 45), (0.85 - 0.49875) / (1 - 0.49875)),
        # None alike, half of each: chance .5, so the least there is.
        ((0, 5, 5, 0), -1.0),
    ],
)
def test_ac1_is_what_the_formula_gives_by_hand(
    table: tuple[int, int, int, int], expected: float
) -> None:
    aa, ab, ba, bb = table
    first = ["a"] * (aa + ab) + ["b"] * (ba + bb)
    second = ["a"] * aa + ["b"] * ab + ["a"] * ba + ["b"] * bb
    assert gwet_ac1(first, second, 2) == pytest.approx(expected)


def test_ac1_of_three_answers_by_hand() -> None:
    # Agree 4 of 6; shares (a, b, c) = (5, 4, 3) / 12; chance (35 + 32 + 27) / 144 / 2 = .326389.
    first, second = list("aaabbc"), list("aabbcc")
    assert gwet_ac1(first, second, 3) == pytest.approx(
        (4 / 6 - 0.326389) / (1 - 0.326389), abs=1e-6
    )
    assert gwet_ac1(["a", "b"], ["a", "b"], 5) == 1.0


def test_rows_are_drawn_from_all_own_answers_check_rows_included_and_each_once(
    tmp_path: Path,
) -> None:
    with live(tmp_path / "p", n=600) as project:
        answer(project, 240)
        first = go_through(project)
        second = go_through(project)
        assert len(first) == len(second) == 12  # 1 in 20
        assert not set(first) & set(second)
        checks = set(project.check_rows.tolist())
        assert 0 < len(checks & {*first, *second}) < 24
        assert first != sorted(first)


def test_a_second_answer_is_no_label_and_changes_no_score_and_no_count(tmp_path: Path) -> None:
    with live(tmp_path / "p") as project:
        answer(project, 40)
        before = project.labels(), project.counts(), project.score(), project.predictions()
        rows = go_through(project, differing=3)
        after = project.labels(), project.counts(), project.score(), project.predictions()
        assert before[0].equals(after[0])
        assert before[1:3] == after[1:3]
        assert before[3].equals(after[3])
        found = project.agreement()
        assert found is not None
        assert (found.same, found.n, found.to_go) == (7, 10, 0)
        assert found.sentence.startswith("You agree with yourself on 7 of 10: 70 in 100 (")
        assert found.differing == tuple(rows[:3])
        assert found.low < 0.7 < found.high
        told = found.for_others
        assert told.startswith("10 rows picked at random were answered a second time")
        assert told in project.report_bytes().decode()
        assert told in html.unescape(project.report_page().decode())


def test_a_row_whose_label_is_then_changed_is_no_longer_among_those_to_look_at(
    tmp_path: Path,
) -> None:
    with live(tmp_path / "p") as project:
        answer(project, 40)
        rows = go_through(project, differing=2)
        now = project.label_of(rows[0])
        assert now is not None
        project.label(rows[0], OTHER[now])
        found = project.agreement()
        assert found is not None
        assert found.differing == (rows[1],)
        assert (found.same, found.n) == (8, 10)


def test_undo_takes_a_second_answer_back_and_the_row_waits_again(tmp_path: Path) -> None:
    with live(tmp_path / "p") as project:
        answer(project, 30)
        row = project.start_second_asking()[0]
        stands = project.label_of(row)
        project.answer_again(row, "yes")
        receipt = project.undo()
        assert "the second answer to" in receipt.sentence
        assert project.agreement() is None
        assert project.start_second_asking()[0] == row
        assert project.label_of(row) == stands


def test_it_outlives_a_restart_and_a_project_file_and_a_press_counts_once(tmp_path: Path) -> None:
    with live(tmp_path / "p") as project:
        answer(project, 30)
        rows = project.start_second_asking()
        assert project.answer_again(rows[0], "yes", token="t").recorded
        assert not project.answer_again(rows[0], "no", token="t").recorded
        project.answer_again(rows[1], "")
        packed = project.project_file_bytes()
        known = project.agreement()
    with Project.open(tmp_path / "p", background=False) as project:
        assert project.agreement() == known
        assert project.start_second_asking() == rows[2:]
        assert "answered again" in {item.what for item in project.history()}
    with Project.open(import_project(packed, tmp_path), background=False) as project:
        assert project.agreement() == known


def test_an_answer_that_is_renamed_meanwhile_still_agrees(tmp_path: Path) -> None:
    with live(tmp_path / "p") as project:
        answer(project, 30)
        go_through(project)
        project.rename_class("yes", "sure")
        found = project.agreement()
        assert found is not None
        assert found.same == found.n


def test_what_cannot_be_asked_again_is_refused_in_words(tmp_path: Path) -> None:
    with live(tmp_path / "p") as project:
        answer(project, 9)
        with pytest.raises(ProjectError, match=r"9 of your own answers .* It takes 10"):
            project.start_second_asking()
        answer(project, 10)
        rows = project.start_second_asking()
        with pytest.raises(LabelError, match="no answer 'perhaps'"):
            project.answer_again(rows[0], "perhaps")
        other = next(row for row in range(120) if row not in rows)
        with pytest.raises(ProjectError, match="not asked a second time"):
            project.answer_again(other, "yes")
    with rehearsal(tmp_path / "q") as project:
        project.answer_with_oracle(30)
        with pytest.raises(ProjectError, match="0 of your own answers"):
            project.start_second_asking()
