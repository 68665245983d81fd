"""Have all rows with a rare answer been found? Asked of rows left at random, and kept for good."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
from scipy import stats

from al_core.errors import LabelError, ProjectError
from al_core.learning import Recall
from al_core.projects import Project, Question
from tests.projects_cases import live, rehearsal

RARE = 1.5  # of two normal numbers the first lies above it in about 7 of 100 rows


def truth(question: Question) -> str:
    return "yes" if float(question.values["x"]) > RARE else "no"


def truth_at(project: Project, row: int) -> str:
    return "yes" if float(project.row_values(int(row))["x"]) > RARE else "no"


def labelled(folder: Path, labels: int = 90, n: int = 400, **settings: object) -> Project:
    """A project with labels, in which one answer is rare."""
    project = live(folder, n=n, **settings)
    checks = project.check_rows.tolist()
    others = [row for row in range(n) if row not in set(checks)]
    for row in [*checks[: labels // 3], *others[: labels - labels // 3]]:
        project.label(row, truth_at(project, row))
    return project


def read_on(project: Project, n: int = 10_000) -> list[int]:
    """Answer up to ``n`` rows of the open search rightly; the rows asked."""
    rows = list[int]()
    while len(rows) < n and (asked := project.ask_recall()):
        project.label(asked[0].row, truth(asked[0]), token=asked[0].token)
        rows.append(asked[0].row)
    return rows


def test_the_price_is_said_before_anything_else(tmp_path: Path) -> None:
    with labelled(tmp_path / "p") as project:
        plans = [project.plan_recall_check("yes", level) for level in (0.7, 0.8, 0.9)]
        assert all(plan.possible for plan in plans)
        assert [plan.to_read for plan in plans] == sorted({plan.to_read for plan in plans})
        plan, found = plans[1], project.counts().per_class["yes"]
        assert (plan.found, plan.left, plan.alpha) == (found, 310, 0.05)
        assert plan.to_read == Recall(0.8).price(found, 310)
        assert plan.sentence.startswith(
            f"{found} found and 310 left: to show that at least 80 in 100 are found, "
            f"{plan.to_read} rows picked at random ({100 * plan.to_read / 310:.0f} in 100 of the "
            "rest) have to be read"
        )
        assert project.recall_checks() == []


def test_rare_answers_are_known_from_the_check_rows_alone(tmp_path: Path) -> None:
    with labelled(tmp_path / "p", labels=36) as early:
        assert early.score().n_check < 20
        assert early.rare_answers() == []
    with labelled(tmp_path / "q") as project:
        assert project.rare_answers() == ["yes"]


def test_rows_are_read_in_an_order_drawn_from_all_that_are_left(tmp_path: Path) -> None:
    with labelled(tmp_path / "p") as project:
        left = {row for row in range(400) if project.label_of(row) is None}
        project.start_recall_check("yes")
        asked = read_on(project, 40)
        assert len(set(asked)) == 40
        assert set(asked) <= left
        assert asked != sorted(asked)
        place = np.searchsorted(sorted(left), asked) / len(left)
        assert stats.kstest(place, "uniform").pvalue > 0.01


def test_a_row_that_was_put_off_is_left_too(tmp_path: Path) -> None:
    with labelled(tmp_path / "p", labels=80, n=100) as project:
        left = project.plan_recall_check("yes").left
        (question,) = project.ask()
        project.skip(question.row, token=question.token)
        assert project.plan_recall_check("yes").left == left
        project.start_recall_check("yes", 0.9)
        assert question.row in read_on(project)


def test_it_goes_on_until_the_share_is_shown_and_says_so(tmp_path: Path) -> None:
    with labelled(tmp_path / "p") as project:
        plan = project.plan_recall_check("yes")
        project.start_recall_check("yes")
        assert project.recall_progress() == (0, plan.to_read)
        asked = read_on(project)
        progress = project.recall_progress()
        assert progress == (len(asked), len(asked))  # not made known yet
        (check,) = project.recall_checks()
        assert check.state == "done"
        more = sum(project.label_of(row) == "yes" for row in asked)
        assert (check.found, check.more, check.read) == (plan.found, more, len(asked))
        assert check.read >= Recall(0.8).to_read(plan.found, plan.left, more)
        assert check.sentence.startswith(
            f"At least 80 in 100 of all \u201cyes\u201d are found: {plan.found + more}."
        )
        assert project.recall_progress() is None
        assert project.ask_recall() == []
        assert check.sentence.split(".")[0] in project.report_bytes().decode()


def test_a_further_one_found_raises_the_price(tmp_path: Path) -> None:
    with labelled(tmp_path / "p") as project:
        plan = project.plan_recall_check("yes")
        project.start_recall_check("yes")
        (question,) = project.ask_recall()
        project.label(question.row, "yes", token=question.token)
        dearer = Recall(0.8).to_read(plan.found, plan.left, 1)
        assert dearer > plan.to_read
        assert project.recall_progress() == (1, dearer)


def test_where_nobody_can_tell_the_row_counts_as_not_found(tmp_path: Path) -> None:
    with labelled(tmp_path / "p") as project:
        plan = project.plan_recall_check("yes")
        project.start_recall_check("yes")
        (question,) = project.ask_recall()
        project.dont_know(question.row, token=question.token)
        dearer = Recall(0.8).to_read(plan.found, plan.left, 0, 1)
        assert project.recall_progress() == (1, dearer)
        assert read_on(project)
        (check,) = project.recall_checks()
        assert "1 row without an answer counted as not found." in check.sentence


def test_a_search_goes_on_where_it_was_after_a_restart(tmp_path: Path) -> None:
    with labelled(tmp_path / "p") as project:
        project.start_recall_check("yes", 0.7)
        read_on(project, 12)
        waiting = project.ask_recall(3)
        progress = project.recall_progress()
    with Project.open(tmp_path / "p", background=False) as again:
        assert again.recall_progress() == progress
        assert [q.token for q in again.ask_recall(3)] == [q.token for q in waiting]
        assert {q.row for q in waiting}.isdisjoint(q.row for q in again.ask(5))


def test_what_is_labelled_out_of_the_order_moves_no_row_of_it(tmp_path: Path) -> None:
    with labelled(tmp_path / "p") as project:
        project.start_recall_check("yes")
        order = list(project._opened.state.recall_checks.drawn[0].rows)
        to_read = project.recall_progress()
        later = [row for row in order[100:] if truth_at(project, row) == "yes"][:2]
        for row in later:
            project.label(int(row), "yes", purpose="chosen")
        assert project.recall_progress() == to_read
        assert read_on(project, 20) == order[:20]


def test_undo_takes_back_what_was_found_and_asks_the_row_again(tmp_path: Path) -> None:
    with labelled(tmp_path / "p") as project:
        project.start_recall_check("yes")
        before = project.recall_progress()
        (question,) = project.ask_recall()
        project.label(question.row, "yes", token=question.token)
        project.undo()
        assert project.recall_progress() == before
        assert project.ask_recall()[0].row == question.row


def test_an_answer_changed_afterwards_changes_no_result_and_is_told(tmp_path: Path) -> None:
    with labelled(tmp_path / "p") as project:
        project.start_recall_check("yes")
        asked = read_on(project)
        (before,) = project.recall_checks()
        project.label(asked[0], "yes" if project.label_of(asked[0]) == "no" else "no")
        (after,) = project.recall_checks()
        assert (after.read, after.more, after.found) == (before.read, before.more, before.found)
        assert not before.changed
        assert "the result is that of before" in after.sentence


def test_the_rows_it_read_teach_and_check_rows_among_them_stay_check_rows(tmp_path: Path) -> None:
    with labelled(tmp_path / "p") as project:
        n_check, taught = len(project.check_rows), project.counts().teach
        project.start_recall_check("yes")
        asked = read_on(project, 60)
        checks = set(project.check_rows.tolist())
        assert len(checks) == n_check
        assert project.counts().teach == taught + len(set(asked) - checks)
        assert set(asked) & checks


def test_each_search_that_was_looked_at_makes_the_next_one_show_more(tmp_path: Path) -> None:
    with labelled(tmp_path / "p") as project:
        project.start_recall_check("yes")
        assert project.drop_recall_check()
        assert project.plan_recall_check("yes").alpha == 0.05  # no row of it was read
        project.start_recall_check("yes", 0.9)
        read_on(project, 5)
        assert project.drop_recall_check()
        assert not project.drop_recall_check()
        assert project.plan_recall_check("yes").alpha == 0.025
        assert project.plan_recall_check("no").alpha == 0.05
        assert "Given up after 5 rows." in project.recall_checks()[-1].sentence


def test_giving_a_search_up_takes_no_row_from_the_screen_of_somebody_else(tmp_path: Path) -> None:
    with labelled(tmp_path / "p") as project, Project.open(tmp_path / "p", background=False) as b:
        (elsewhere,) = b.ask()
        project.start_recall_check("yes", 0.9)
        order = project._opened.state.recall_checks.drawn[0].rows.tolist()
        asked = project.ask_recall(3)
        project.drop_recall_check()
        claims = project._opened.journal.claims()
        assert elsewhere.row in order
        assert claims[elsewhere.row][0] == b.opener
        assert not {q.row for q in asked} & set(claims)


def test_at_most_one_check_is_open(tmp_path: Path) -> None:
    with labelled(tmp_path / "p") as project:
        first = project.start_recall_check("yes")
        assert project.start_recall_check("yes", 0.9).id == first.id
        assert "A search" in project.plan_final_check().sentence
        project.drop_recall_check()
        project.start_final_check(12)
        assert not project.plan_recall_check("yes").possible
        with pytest.raises(ProjectError, match="final check is open"):
            project.start_recall_check("yes")


def test_an_answer_that_was_renamed_is_searched_under_its_new_name(tmp_path: Path) -> None:
    with labelled(tmp_path / "p") as project:
        project.start_recall_check("yes")
        read_on(project, 30)
        progress = project.recall_progress()
        project.rename_class("yes", "aye")
        assert project.recall_progress() == progress
        assert project.recall_checks()[0].answer == project.recall_sought() == "aye"


def test_an_unknown_answer_and_a_rehearsal_are_refused(tmp_path: Path) -> None:
    with labelled(tmp_path / "p") as project, pytest.raises(LabelError, match="no answer 'maybe'"):
        project.plan_recall_check("maybe")
    with rehearsal(tmp_path / "r") as played:
        assert "rehearsal" in played.plan_recall_check("yes").sentence
        assert played.rare_answers() == []


def test_rows_that_a_search_drew_are_no_chosen_rows_beside_random_ones(tmp_path: Path) -> None:
    with labelled(tmp_path / "p", labels=60) as project:
        order = project._opened.state.teach_order().tolist()
        project.start_recall_check("yes")
        asked = read_on(project, 10)
        taught = project._opened.state.teach_order()
        assert set(asked) & set(taught.tolist())
        assert project._beside._chosen(taught).tolist() == order
