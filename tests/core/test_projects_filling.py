"""Filling in: a line, its final check, rows that are no labels, and all of it taken back."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from al_core.errors import ProjectError
from al_core.learning.scoring.exact_ranges import at_least
from al_core.projects import Project, Wanted, import_project
from al_core.projects.filling.lines import LIKELY
from al_core.projects.journal.events import RowsFilled
from al_core.tables import read_table
from tests.projects_cases import answer, live, rehearsal, truth_of


def ready(folder: Path, n: int = 500, labels: int = 40, **settings: object) -> Project:
    """A project whose guesses are good, with rows left to fill in."""
    project = live(folder, n=n, **settings)
    answer(project, labels)
    return project


def go_through(project: Project, wrong: int = 0) -> list[int]:
    """Answer all rows of the open check as the frozen model does, ``wrong`` of them otherwise."""
    (latest,) = [c for c in project._opened.state.final_checks.drawn if c.is_open]
    guesses = dict(zip(latest.drawn.rows, latest.drawn.guesses, strict=True))
    done: list[int] = []
    while asked := project.ask_final():
        row = asked[0].row
        other = {"yes": "no", "no": "yes"}[guesses[row]]
        given = other if len(done) < wrong else guesses[row]
        project.label(row, given, token=asked[0].token)
        done.append(row)
    return done


def test_a_line_is_proposed_with_its_reason_and_the_rest_stays_to_the_person(
    tmp_path: Path,
) -> None:
    with ready(tmp_path / "p") as project:
        plan = project.plan_fill()
        assert plan.possible
        assert plan.proposed
        assert plan.rule.startswith("Proposed:" if plan.likely else "Over no line")
        assert plan.count + plan.stay == 500 - project.counts().labelled
        assert sum(n for _, n in plan.per_answer) == plan.count
        assert plan.lowest <= plan.line <= plan.highest


def test_the_line_proposed_spares_most_rows_of_those_whose_check_is_likelier_to_pass_than_not(
    tmp_path: Path,
) -> None:
    with ready(tmp_path / "p", n=900, labels=80, check_every=2) as project:
        plan = project.plan_fill()
        assert plan.likely
        assert plan.rule.startswith("Proposed: the most rows")
        check = project.plan_fill_check(plan.line, allowed=plan.allowed)
        assert check.chance is not None
        assert check.chance >= LIKELY
        for line in np.arange(plan.lowest, plan.highest, 0.01):
            for allowed in range(3):
                other = project.plan_fill_check(round(float(line), 2), allowed=allowed)
                if other.chance is not None and other.chance >= LIKELY:
                    spared = project.plan_fill(round(float(line), 2)).count - other.n
                    assert spared <= plan.count - check.n


def test_where_no_check_is_likely_to_pass_one_sentence_says_what_to_do(tmp_path: Path) -> None:
    with live(tmp_path / "p", n=500, check_first=20, check_every=2) as project:
        answer(project, 24)
        rng = np.random.default_rng(0)
        for row in project.labels()["row"].tolist():
            project.label(row, "yes" if rng.random() < 0.5 else "no")  # nothing to learn
        plan = project.plan_fill()
        assert not plan.likely
        assert plan.rule.startswith("Over no line is a final check likelier to pass than not. ")
        assert "Label more" in plan.rule
        assert "Proposed" not in plan.rule


def test_a_line_that_is_raised_takes_fewer_rows_in(tmp_path: Path) -> None:
    with ready(tmp_path / "p") as project:
        low, high = project.plan_fill(0.6), project.plan_fill(0.9)
        assert low.count > high.count > 0
        sure = project.predictions()["confidence"].to_numpy()
        left = np.setdiff1d(np.arange(500), project.labels()["row"])
        assert high.count == int((sure[left] >= 0.9).sum())


def test_a_rehearsal_and_a_project_without_two_answers_say_why_nothing_can_be_filled(
    tmp_path: Path,
) -> None:
    with rehearsal(tmp_path / "r") as project:
        project.answer_with_oracle(20)
        assert "rehearsal" in project.plan_fill().sentence
    with live(tmp_path / "l") as project:
        assert "two different answers" in project.plan_fill().sentence
        with pytest.raises(ProjectError, match="two different answers"):
            project.fill(0.5)


def test_rows_filled_are_no_labels_are_not_counted_and_not_learned_from(tmp_path: Path) -> None:
    with ready(tmp_path / "p") as project:
        counts, labels = project.counts(), project.labels()
        model = project.predictions()
        found = project.fill(0.8)
        assert found.count == project.plan_fill(0.8).count > 0
        assert project.counts() == counts
        assert project.labels().equals(labels)
        assert project.predictions().equals(model)
        assert project.score() == project.score()
        assert found.sentence.endswith("Not checked: nobody knows how many of them are wrong.")
        assert not found.checked


def test_the_list_lies_beside_the_journal_and_one_event_names_it(tmp_path: Path) -> None:
    with ready(tmp_path / "p") as project:
        found = project.fill(0.8)
        events = project._opened.journal.read_after(0)
        (event,) = [one.event for one in events if isinstance(one.event, RowsFilled)]
        assert (event.line, event.count, event.check) == (0.8, found.count, 0)
        assert len(event.key) == 16
        assert [path.stem for path in (tmp_path / "p" / "filled").iterdir()] == [event.digest]


def test_what_is_filled_in_outlives_a_restart(tmp_path: Path) -> None:
    with ready(tmp_path / "p") as project:
        project.fill(0.8)
        before = project.rows_filled()
    with Project.open(tmp_path / "p", background=False) as project:
        assert project.rows_filled().equals(before)


def test_rows_filled_stand_in_the_final_column_and_in_the_report_until_taken_back(
    tmp_path: Path,
) -> None:
    with ready(tmp_path / "p") as project:
        n, labelled = project.fill(0.8).count, len(project.labels())
        column = project.final_name()[0]
        written = read_table(project.export_file(Wanted("excel_csv")).data).frame
        assert int((written["al_source"] == "filled").sum()) == n
        assert int(written[column].notna().sum()) == labelled + n
        assert f"{n:,} filled in by the app" in project.report_page().decode()
        assert "not checked" in project.report_page().decode().lower()
        project.unfill()
        written = read_table(project.export_file(Wanted("excel_csv")).data).frame
        assert int(written[column].notna().sum()) == labelled


def test_one_press_takes_all_of_it_back(tmp_path: Path) -> None:
    with ready(tmp_path / "p") as project:
        project.fill(0.8)
        assert project.unfill()
        assert (project.filled(), len(project.rows_filled())) == (None, 0)
        assert not project.unfill()
    with Project.open(tmp_path / "p", background=False) as project:
        assert project.filled() is None


def test_undo_on_the_desk_leaves_what_is_filled_in_alone(tmp_path: Path) -> None:
    with ready(tmp_path / "p") as project:
        n = project.fill(0.8).count
        last = project.labels().sort_values("at")["row"].iloc[-1]
        assert project.undo().row == last
        now = project.filled()
        assert now is not None
        assert now.count == n


def test_the_answer_of_a_person_always_wins(tmp_path: Path) -> None:
    with ready(tmp_path / "p") as project:
        n = project.fill(0.8).count
        first, second = project.rows_filled()["row"].tolist()[:2]
        project.label(first, "yes")
        project.dont_know(second)
        assert not set(project.rows_filled()["row"]) & {first, second}
        now = project.filled()
        assert now is not None
        assert now.count == n - 2
        project.undo()
        assert second in set(project.rows_filled()["row"])


def test_an_answer_that_is_renamed_is_renamed_among_rows_filled(tmp_path: Path) -> None:
    with ready(tmp_path / "p") as project:
        project.fill(0.8)
        project.rename_class("yes", "indeed")
        assert set(project.rows_filled()["label"]) == {"indeed", "no"}
        assert project.fill_changes() == 0


def test_more_labels_say_how_many_rows_would_change_and_a_refresh_changes_them(
    tmp_path: Path,
) -> None:
    with ready(tmp_path / "p", labels=8) as project:
        found = project.fill(0.5)
        assert project.fill_changes() == 0
        before = project.rows_filled().set_index("row")["label"]
        answer(project, 40)
        now = project.predictions()["prediction"]
        rows = project.rows_filled()["row"]
        differ = sum(now[row] != before[row] for row in rows)
        assert project.fill_changes() == differ > 0
        again = project.fill(found.line)
        assert project.fill_changes() == 0
        assert again.n_labels == 48


# -- the final check of these very rows


def test_the_plan_of_a_check_is_59_93_or_124_rows_and_says_how_likely_it_passes(
    tmp_path: Path,
) -> None:
    with ready(tmp_path / "p", check_first=20, check_every=2) as project:
        plans = [project.plan_fill_check(0.6, allowed=allowed) for allowed in range(3)]
        assert [plan.n for plan in plans] == [59, 93, 124]
        assert [project.plan_fill_check(0.6, 0.1, k).n for k in range(3)] == [29, 46, 61]
        first = plans[0]
        assert first.possible
        assert "None wrong would show: at most 5 in 100 wrong." in first.sentence
        assert 0 < first.right <= first.seen
        assert first.chance is not None
        assert "times in 100" in first.sentence


def test_a_passed_check_of_59_shows_at_most_5_in_100_wrong_and_then_they_are_filled_in(
    tmp_path: Path,
) -> None:
    with ready(tmp_path / "p") as project:
        plan = project.plan_fill(0.8)
        open_ = project.start_fill_check(0.8)
        assert open_.passed is None
        assert project.fill_check_is_open()
        rows = go_through(project)
        assert len(rows) == 59
        found = project.fill_check()
        assert found is not None
        assert found.passed
        assert found.check.at_least == at_least(59, 59) >= 0.95
        assert f"59 of 59 right: at most 5 in 100 of the {plan.count} rows" in found.sentence
        filled = project.fill()
        assert filled.checked
        assert filled.count == plan.count - 59
        assert not set(rows) & set(project.rows_filled()["row"])
        assert "59 of 59 right" in filled.sentence
        assert not project.fill_check_is_open()


def test_what_is_filled_in_after_a_check_is_what_was_checked_though_labels_came_since(
    tmp_path: Path,
) -> None:
    with ready(tmp_path / "p", labels=10) as project:
        project.start_fill_check(0.6)
        frozen = project.predictions()
        go_through(project)
        answer(project, 30)
        project.fill()
        rows = project.rows_filled()
        said = frozen.set_index("row")["prediction"]
        assert rows["label"].tolist() == said[rows["row"]].tolist()


def test_one_wrong_row_of_59_fails_and_of_93_passes(tmp_path: Path) -> None:
    with ready(tmp_path / "p") as project:
        project.start_fill_check(0.8)
        go_through(project, wrong=1)
        found = project.fill_check()
        assert found is not None
        assert found.passed is False
        assert found.sentence.startswith("Not passed: 58 of 59 right: at most 8 in 100")
    with ready(tmp_path / "q") as project:
        project.start_fill_check(0.8, allowed=1)
        assert len(go_through(project, wrong=1)) == 93
        found = project.fill_check()
        assert found is not None
        assert found.passed


def test_a_check_that_failed_is_told_where_its_rows_are_filled_in_all_the_same(
    tmp_path: Path,
) -> None:
    with ready(tmp_path / "p") as project:
        project.start_fill_check(0.8)
        go_through(project, wrong=9)
        filled = project.fill()
        assert not filled.checked
        assert "Not passed: 50 of 59 right" in filled.sentence


def test_a_second_check_draws_fresh_rows_and_needs_more_of_them(tmp_path: Path) -> None:
    with ready(tmp_path / "p", n=800) as project:
        project.start_fill_check(0.7)
        first = go_through(project, wrong=5)
        assert project.fill_check() is not None
        plan = project.plan_fill_check(0.7)
        assert (plan.n, plan.alpha) == (72, 0.025)
        assert "An earlier check has spent part of the error" in plan.sentence
        project.start_fill_check(0.7)
        second = go_through(project)
        assert not set(first) & set(second)
        found = project.fill_check()
        assert found is not None
        assert found.passed


def test_an_older_fill_keeps_its_check_while_a_later_one_is_open(tmp_path: Path) -> None:
    with ready(tmp_path / "p", n=800) as project:
        project.start_fill_check(0.8)
        go_through(project)
        project.fill()
        project.start_fill_check(0.7)
        now = project.filled()
        assert now is not None
        assert now.checked


def test_a_check_outlives_a_restart_in_its_middle(tmp_path: Path) -> None:
    with ready(tmp_path / "p") as project:
        project.start_fill_check(0.8)
        for question in project.ask_final(10):
            project.label(question.row, truth_of(question.values["x"]), token=question.token)
    with Project.open(tmp_path / "p", background=False) as project:
        assert project.final_progress() == (10, 59)
        assert project.fill_check_is_open()
        go_through(project)
        assert project.fill().checked


def test_too_few_rows_over_the_line_are_no_check(tmp_path: Path) -> None:
    with ready(tmp_path / "p", n=90, labels=20) as project:
        plan = project.plan_fill_check(project.plan_fill().highest)
        assert not plan.possible
        assert "Lower the line." in plan.sentence
        with pytest.raises(ProjectError, match="Lower the line"):
            project.start_fill_check(project.plan_fill().highest)


def test_there_is_one_check_at_a_time(tmp_path: Path) -> None:
    with ready(tmp_path / "p") as project:
        project.start_final_check(n=20)
        with pytest.raises(ProjectError, match="A final check is open"):
            project.start_fill_check(0.8)
        assert not project.fill_check_is_open()


def test_the_result_counts_the_rows_over_the_line_by_answer_under_their_present_names(
    tmp_path: Path,
) -> None:
    with ready(tmp_path / "p") as project:
        project.start_fill_check(0.8)
        counted = project.plan_fill(0.8).per_answer
        go_through(project)
        found = project.fill_check()
        assert found is not None
        assert sum(n for _, n in found.per_answer) == found.count
        project.rename_class("yes", "indeed")
        again = project.fill_check()
        assert again is not None
        assert dict(again.per_answer) == {
            "no": dict(found.per_answer)["no"],
            "indeed": dict(found.per_answer)["yes"],
        }
        assert {name for name, _ in counted} == {"no", "yes"}


def test_an_answer_changed_after_the_result_is_told_and_rows_of_an_open_check_stay_there(
    tmp_path: Path,
) -> None:
    with ready(tmp_path / "p", n=800) as project:
        project.start_fill_check(0.8)
        rows = go_through(project)
        assert project.fill_check() is not None
        project.label(rows[0], {"yes": "no", "no": "yes"}[str(project.label_of(rows[0]))])
        found = project.fill_check()
        assert found is not None
        assert "1 answer was changed after the result was known" in found.sentence
        project.fill()
        open_ = project.start_fill_check(0.7)
        assert not set(open_.check.rows) & set(project.rows_left()["row"])


def test_the_rows_left_are_those_without_an_answer_that_are_not_filled_in_surest_first(
    tmp_path: Path,
) -> None:
    with ready(tmp_path / "p") as project:
        filled = project.fill(0.8).count
        left = project.rows_left()
        assert len(left) == 500 - project.counts().labelled - filled
        assert left["confidence"].is_monotonic_decreasing
        assert set(left["label"]) == {"yes", "no"}


# -- the list on disk, and the project elsewhere


@pytest.mark.parametrize("harm", ["gone", "changed", "empty"])
def test_a_list_that_is_missing_or_changed_is_told_in_words_and_labels_are_safe(
    tmp_path: Path, harm: str
) -> None:
    with ready(tmp_path / "p") as project:
        project.fill(0.8)
        n = project.counts().labelled
    (path,) = (tmp_path / "p" / "filled").iterdir()
    data = path.read_bytes()
    if harm == "gone":
        path.unlink()
    else:
        path.write_bytes(data[:-9] + b"x" + data[-8:] if harm == "changed" else b"")
    with Project.open(tmp_path / "p", background=False) as project:
        found = project.filled()
        assert found is not None
        word = {"gone": "is missing"}.get(harm, "was changed")
        assert word in found.problem
        assert "Take the filling in back, or fill in again." in found.sentence
        with pytest.raises(ProjectError, match=word):
            project.rows_filled()
        assert project.counts().labelled == n
        assert project.fill(0.8).problem == ""


def test_a_project_file_takes_what_is_filled_in_along(tmp_path: Path) -> None:
    with ready(tmp_path / "p") as project:
        project.start_fill_check(0.8)
        go_through(project)
        project.fill()
        before, data = project.rows_filled(), project.project_file_bytes()
    place = import_project(data, tmp_path / "elsewhere")
    with Project.open(place, background=False) as project:
        assert project.rows_filled().equals(before)
        now = project.filled()
        assert now is not None
        assert now.checked


def test_a_journal_of_before_knows_of_nothing_filled_in(tmp_path: Path) -> None:
    with ready(tmp_path / "p", labels=5) as project:
        assert (project.filled(), project.fill_check()) == (None, None)


# -- labels that look wrong


def test_labels_given_wrongly_are_listed_and_those_of_check_rows_never_are(tmp_path: Path) -> None:
    with live(tmp_path / "p", n=300, check_every=2) as project:
        rows, wrong = answer(project, 80), []
        checks = set(project.check_rows.tolist())
        for row in [r for r in rows if abs(float(project.row_values(r)["x"])) > 0.7]:
            in_turn = len([r for r in wrong if r in checks]) < 2 or row not in checks
            if len(wrong) < 6 and in_turn:
                right = truth_of(project.row_values(row)["x"])
                project.label(row, {"yes": "no", "no": "yes"}[right])
                wrong.append(row)
        taught = [row for row in wrong if row not in checks]
        assert len(taught) >= 3
        found = project.doubtful_labels()
        assert set(taught) <= {one.row for one in found}
        assert not checks & {one.row for one in found}
        first = found[0]
        assert first.row in taught
        assert {first.label, first.guess} == {"yes", "no"}
        assert first.guess_chance > first.label_chance


def test_a_label_that_was_kept_in_a_second_look_is_not_listed_again(tmp_path: Path) -> None:
    with live(tmp_path / "p", n=300) as project:
        rows = answer(project, 60)
        checks = set(project.check_rows.tolist())
        row = next(
            r for r in rows if r not in checks and abs(float(project.row_values(r)["x"])) > 0.8
        )
        wrong = {"yes": "no", "no": "yes"}[truth_of(project.row_values(row)["x"])]
        project.label(row, wrong)
        assert row in {one.row for one in project.doubtful_labels()}
        project.label(row, wrong)
        assert row not in {one.row for one in project.doubtful_labels()}
        project.undo()
        assert row in {one.row for one in project.doubtful_labels()}
