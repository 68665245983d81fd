"""The final check: fixed before the first row is read, known after the last, and kept for good."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest
from scipy import stats

from al_core.errors import PoolError, ProjectError
from al_core.learning.scoring.exact_ranges import at_least, exact_range
from al_core.projects import FinalCheck, Project, Question
from al_core.projects.journal.events import Asked
from tests.projects_cases import answer, live, rehearsal, truth_of

ROOT = Path(__file__).resolve().parents[2]


def settled(folder: Path, n: int = 400, labels: int = 30, **settings: object) -> Project:
    """A project with labels, ready for a final check."""
    project = live(folder, n=n, **settings)
    answer(project, labels)
    return project


def go_through(project: Project, n: int = 1000, wrong: int = 0) -> int:
    """Answer up to ``n`` rows of the open check, the first ``wrong`` of them wrongly."""
    done = 0
    while done < n and (asked := project.ask_final()):
        right = truth_of(asked[0].values["x"])
        other = {"yes": "no", "no": "yes"}[right]
        project.label(asked[0].row, other if done < wrong else right, token=asked[0].token)
        done += 1
    return done


def result(project: Project) -> FinalCheck:
    found = project.final_check()
    assert found is not None
    return found


def only(project: Project) -> Question:
    (question,) = project.ask_final()
    return question


def test_what_it_can_show_is_said_before(tmp_path: Path) -> None:
    with settled(tmp_path / "p") as project:
        plan = project.plan_final_check()
        assert (plan.possible, plan.n, plan.number, plan.alpha) == (True, 60, 1, 0.05)
        assert plan.shows_at_best == pytest.approx(0.05 ** (1 / 60))
        assert plan.left == 370
        assert plan.sentence == (
            "60 of 60 right would show at least 95 in 100 of the 370 rows left."
        )
        assert project.final_check() is None


def test_the_rows_left_are_told_from_the_blank_ones_of_the_file(tmp_path: Path) -> None:
    with settled(tmp_path / "p") as project:
        project.ask(1)
        [row] = answer(project, 1)
        project.undo()
        project.dont_know(row)
        project.ask(1)
        plan, blank = project.plan_final_check(), project.counts().blank
        assert (plan.left, blank) == (368, 369)
        assert plan.sentence.endswith(
            "of the 368 rows left that nobody has read (369 without a given answer)."
        )


def test_it_draws_rows_that_nobody_has_read(tmp_path: Path) -> None:
    with settled(tmp_path / "p") as project:
        on_screen = [question.row for question in project.ask(4)]
        undone = answer(project, 1)
        project.undo()
        project.add_note(7, "looked at")
        read = {row for row in range(400) if project.label_of(row)}
        check = project.start_final_check()
        assert len(set(check.rows)) == 60
        assert not set(check.rows) & {*read, *on_screen, *undone, 7}
        assert check.left < 370


def test_its_rows_are_drawn_at_random_from_all_that_are_left(tmp_path: Path) -> None:
    """Every row left is as likely as any other, reserved check rows among them."""
    times = np.zeros(100)
    for seed in range(20):
        with settled(tmp_path / f"p{seed}", n=100, labels=8, seed=seed) as project:
            times[list(project.start_final_check(n=30).rows)] += 1
    chance = stats.binom(20, 30 / 92)
    assert times.max() <= chance.ppf(1 - 1e-4)
    assert times.sum() == 20 * 30


def test_nothing_is_known_before_the_last_row_and_then_all_of_it(tmp_path: Path) -> None:
    with settled(tmp_path / "p") as project:
        started = project.start_final_check()
        assert (started.state, started.answered, started.to_go) == ("open", 0, 60)
        go_through(project, 59, wrong=3)
        before = result(project)
        assert (before.state, before.right, before.at_least) == ("open", None, None)
        assert before.sentence == (
            "Final check: 59 of 60 rows answered. The result comes after the last."
        )
        go_through(project)
        found = result(project)
        assert (found.state, found.to_go, project.ask_final()) == ("done", 0, [])
        frozen = project.final_guesses(found).set_index("row").prediction
        given = {row: project.label_of(row) for row in found.rows}
        assert found.right == sum(frozen[row] == name for row, name in given.items())
        assert found.at_least == at_least(found.right, 60)
        assert (found.low, found.high) == exact_range(found.right, 60)
        assert f"{found.right} of 60 right" in found.sentence


def test_no_score_moves_while_it_is_open(tmp_path: Path) -> None:
    """Not even where all other check rows are answered, so that its own would be next."""
    with settled(tmp_path / "p", n=200, labels=20, check_cap=12, check_every=2) as project:
        answer(project, 12)
        project.wait()
        assert project.score().n_check == 12
        project.start_final_check(n=20)
        project.wait()
        before = project.score()
        go_through(project, 19)
        project.wait()
        assert project.score() == before
        go_through(project)
        result(project)
        project.wait()
        assert project.score().n_check == 32


def test_the_model_is_frozen_whatever_is_labelled_meanwhile(tmp_path: Path) -> None:
    with settled(tmp_path / "p", labels=14) as project:
        check = project.start_final_check(n=40)
        frozen = project.final_guesses(check)
        answer(project, 40)
        pd_equal = project.final_guesses(check).equals(frozen)
        assert pd_equal
        now = project.predictions()
        assert not now.confidence.equals(frozen.confidence)
        go_through(project)
        guessed = frozen.set_index("row").prediction
        found = result(project)
        assert found.n_labels == 14
        assert found.right == sum(guessed[r] == project.label_of(r) for r in found.rows)


def test_skipped_and_cant_tell_count_against(tmp_path: Path) -> None:
    with settled(tmp_path / "p") as project:
        project.start_final_check(n=20)
        question = only(project)
        project.skip(question.row, token=question.token)
        question = only(project)
        project.dont_know(question.row, token=question.token)
        go_through(project)
        found = result(project)
        assert found.n_unanswered == 2
        assert found.right is not None
        assert found.right <= 18
        assert found.at_least == at_least(found.right, 20)
        assert found.low == exact_range(found.right, 20)[0]
        assert found.high == exact_range(found.right + 2, 20)[1]
        assert "2 rows without an answer counted as wrong" in found.sentence


def test_an_answer_changed_afterwards_is_flagged_and_changes_no_result(tmp_path: Path) -> None:
    with settled(tmp_path / "p") as project:
        project.start_final_check(n=20)
        go_through(project, wrong=1)
        before = result(project)
        wrong = before.rows[0]
        right = {"yes": "no", "no": "yes"}[str(project.label_of(wrong))]
        project.label(wrong, right)
        after = result(project)
        assert after.changed == (wrong,)
        assert (after.right, after.at_least) == (before.right, before.at_least)
        assert "1 answer was changed after the result was known" in after.sentence
        project.undo()
        assert result(project) == before


def test_before_the_result_is_known_an_answer_may_be_taken_back(tmp_path: Path) -> None:
    with settled(tmp_path / "p") as project:
        project.start_final_check(n=20)
        first = only(project)
        project.label(first.row, "yes", token=first.token)
        project.undo()
        assert only(project).row == first.row
        assert first.row not in [question.row for question in project.ask(5)]
        go_through(project)
        assert result(project).changed == ()


def test_an_answer_given_on_the_map_is_said_to_come_from_elsewhere(tmp_path: Path) -> None:
    with settled(tmp_path / "p") as project:
        check = project.start_final_check(n=20)
        project.label(check.rows[5], "yes")
        assert check.rows[5] not in [q.row for q in project.ask_final(50)]
        go_through(project)
        assert result(project).elsewhere == (check.rows[5],)
        assert "outside of the check" in result(project).sentence


def test_renamed_answers_are_the_same_answers(tmp_path: Path) -> None:
    with settled(tmp_path / "p") as project:
        project.start_final_check(n=20)
        go_through(project, 10)
        project.rename_class("yes", "ja")
        while asked := project.ask_final():
            right = {"yes": "ja", "no": "no"}[truth_of(asked[0].values["x"])]
            project.label(asked[0].row, right, token=asked[0].token)
        found = result(project)
        assert found.right is not None
        assert found.right >= 15
        project.rename_class("ja", "oui")
        assert result(project).changed == ()


def test_a_second_one_draws_fresh_rows_and_splits_its_error(tmp_path: Path) -> None:
    with settled(tmp_path / "p") as project:
        first = project.start_final_check(n=40)
        go_through(project)
        result(project)
        plan = project.plan_final_check()
        assert (plan.number, plan.alpha) == (2, 0.025)
        assert plan.shows_at_best == pytest.approx(0.025 ** (1 / 60))
        assert "second check" in plan.sentence
        second = project.start_final_check()
        assert not set(first.rows) & set(second.rows)
        go_through(project)
        both = project.final_checks()
        assert [one.number for one in both] == [1, 2]
        assert [one.alpha for one in both] == [0.05, 0.025]


def test_one_that_was_given_up_spends_nothing_and_its_rows_are_asked_like_others(
    tmp_path: Path,
) -> None:
    with settled(tmp_path / "p", n=100) as project:
        check = project.start_final_check(n=20)
        go_through(project, 5)
        assert project.drop_final_check()
        assert not project.drop_final_check()
        assert result(project).state == "dropped"
        assert result(project).right is None
        again = project.start_final_check(n=20)
        assert (again.number, again.alpha) == (2, 0.05)
        assert not set(again.rows) & set(check.rows)
        project.drop_final_check()
        answer(project, project.counts().left)
        assert project.ask() == []
        assert all(project.label_of(row) for row in check.rows)


def test_its_rows_are_never_learned_from_while_the_project_goes_on(tmp_path: Path) -> None:
    with settled(tmp_path / "p") as project:
        check = project.start_final_check(n=20)
        go_through(project)
        result(project)
        answer(project, 20)
        assert not set(project._opened.state.taught()[0].tolist()) & set(check.rows)
        assert set(project._opened.state.all_labels()[0].tolist()) >= set(check.rows)
        assert set(check.rows) <= set(project.check_rows.tolist())


def test_two_presses_start_one_check_and_two_openers_share_it(tmp_path: Path) -> None:
    with settled(tmp_path / "p") as project, Project.open(tmp_path / "p") as other:
        one = project.start_final_check(n=20)
        assert project.start_final_check(n=20).id == one.id == other.start_final_check(n=20).id
        asked = {project.ask_final()[0].row, other.ask_final()[0].row}
        assert len(asked) == 2
        assert len(project.final_checks()) == 1


def test_it_needs_twelve_unread_rows_and_two_answers(tmp_path: Path) -> None:
    with live(tmp_path / "new") as project:
        assert not project.plan_final_check().possible
        with pytest.raises(ProjectError, match="two different answers"):
            project.start_final_check()
    with settled(tmp_path / "few", n=41, labels=30) as project:
        assert project.plan_final_check().sentence.startswith("11 rows are left")
        with pytest.raises(ProjectError, match="needs 12"):
            project.start_final_check()
        with pytest.raises(PoolError, match="Ask for 12 or more"):
            project.plan_final_check(n=5)
    with settled(tmp_path / "some", n=50, labels=30) as project:
        assert project.start_final_check().n == 20


def test_a_rehearsal_needs_none(tmp_path: Path) -> None:
    with rehearsal(tmp_path / "p") as project:
        project.answer_with_oracle(20)
        assert "every answer is known" in project.plan_final_check().sentence


def test_it_may_be_drawn_among_some_rows_alone(tmp_path: Path) -> None:
    with settled(tmp_path / "p") as project:
        sure = project.predictions().query("confidence > 0.9").row.tolist()
        plan = project.plan_final_check(among=sure)
        check = project.start_final_check(among=sure, scope="surest")
        assert set(check.rows) <= set(sure)
        assert (check.left, check.scope) == (plan.left, "surest")
        assert "of these" in plan.sentence


def test_after_a_restart_the_same_row_comes_under_the_same_token(tmp_path: Path) -> None:
    with settled(tmp_path / "p") as project:
        project.start_final_check(n=20)
        go_through(project, 7)
        before = only(project)
    with Project.open(tmp_path / "p", background=False) as project:
        assert before.row not in [question.row for question in project.ask(3)]
        again = only(project)
        assert (again.row, again.token, again.purpose) == (before.row, before.token, "final")
        assert result(project).answered == 7
        assert project.label(again.row, "yes", token=again.token).recorded
        assert not project.label(again.row, "no", token=again.token).recorded
        go_through(project)
        assert result(project).state == "done"


KILLED = """
import os, sys
from pathlib import Path
from tests.core.test_projects_final_check import go_through, settled
project = settled(Path(sys.argv[1]))
project.start_final_check(n=20)
go_through(project, int(sys.argv[2]))
project.ask_final()
os._exit(9)
"""


@pytest.mark.parametrize("answered", [0, 11, 20])
def test_a_killed_program_loses_nothing_of_it(answered: int, tmp_path: Path) -> None:
    command = [sys.executable, "-c", KILLED, str(tmp_path / "p"), str(answered)]
    done = subprocess.run(
        command, cwd=ROOT, env={**os.environ, "PYTHONPATH": str(ROOT)}, check=False
    )
    assert done.returncode == 9
    with Project.open(tmp_path / "p", background=False) as project:
        found = result(project)
        assert found.answered == answered
        assert found.state == ("done" if answered == 20 else "open")
        go_through(project)
        first = result(project)
        assert first.state == "done"
    with Project.open(tmp_path / "p") as project:
        assert result(project) == first


def test_each_step_is_in_the_history_and_in_the_journal(tmp_path: Path) -> None:
    with settled(tmp_path / "p") as project:
        project.start_final_check(n=12)
        go_through(project)
        result(project)
        said = [item.what for item in project.history()]
        assert said[0] == "final check done"
        assert said[13] == "final check started"
        events = project._opened.journal.read_after(0)
        asked = [
            e.event for e in events if isinstance(e.event, Asked) and e.event.purpose == "final"
        ]
        assert len(asked) == 12


def test_the_pace_knows_its_answers_and_the_turn_of_check_rows_does_not(tmp_path: Path) -> None:
    with settled(tmp_path / "p") as project:
        turns = len(project._opened.state.turns)
        project.start_final_check(n=12)
        go_through(project)
        assert len(project._opened.state.turns) == turns
        assert len(project._opened.state.seconds) == 42


@pytest.mark.parametrize("truth", [0.8, 0.95])
def test_of_a_hundred_final_checks_at_most_five_show_too_much(truth: float) -> None:
    """Rows drawn without replacement from those left, as they are; 2,000 checks."""
    rng = np.random.default_rng(3)
    left, n = 500, 60
    right = round(truth * left)
    hits = rng.hypergeometric(right, left - right, n, size=2000)
    bounds = {int(h): (at_least(int(h), n), exact_range(int(h), n)) for h in set(hits.tolist())}
    too_much = sum(bounds[int(h)][0] > right / left for h in hits)
    outside = sum(not bounds[int(h)][1][0] <= right / left <= bounds[int(h)][1][1] for h in hits)
    for missed in (too_much, outside):
        assert stats.binomtest(missed, 2000, 0.05, alternative="greater").pvalue > 0.025
    assert too_much + outside > 0


def test_the_report_lists_every_one_that_was_started(tmp_path: Path) -> None:
    with settled(tmp_path / "p") as project:
        assert "Final checks" not in project.report_bytes().decode()
        project.start_final_check(n=20, scope="the *surest*")
        go_through(project)
        project.start_final_check(n=20)
        project.drop_final_check()
        project.start_final_check(n=20)
        report = project.report_bytes().decode()
        first = project.final_checks()[0]
        assert f"1. {first.sentence} Such a check says too much 5 times in 100." in report
        assert r"Drawn from: the \*surest\*." in report
        assert "2. Given up after 0 of 20 rows." in report
        assert "3. Final check: 0 of 20 rows answered." in report


def test_one_that_was_gone_through_cannot_be_given_up_unread(tmp_path: Path) -> None:
    """Else somebody could look at the answers and give up what went badly."""
    with settled(tmp_path / "p") as project:
        project.start_final_check(n=20)
        go_through(project)
        assert not project.drop_final_check()
        assert project.start_final_check(n=20).alpha == 0.025
        assert [one.state for one in project.final_checks()] == ["done", "open"]
