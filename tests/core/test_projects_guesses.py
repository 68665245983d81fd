"""Guesses from elsewhere: never read, never shown, checked blind, and held against the app's."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import numpy as np
import pytest

from al_core.errors import ProjectError
from al_core.learning.scoring.exact_ranges import exact_range
from al_core.projects import Project, guesses_tested_on, import_project, prepare_replay
from al_core.tables import Role, Table, guess_columns, guess_role, read_table
from tests.projects_cases import FEATURES, answer, points, rehearsal, truth_of

ANSWERS = ["no", "yes"]


def guessed(n: int = 300, right: float = 0.8, seed: int = 1, **cells: str) -> Table:
    """``points`` with a column of somebody's guesses, right so often; ``cells``: others by row."""
    rng, table = np.random.default_rng(seed), points(n)
    rows = ["x,y,gpt_guess,second"]
    for row, (x, y) in enumerate(zip(table.text["x"], table.text["y"], strict=True)):
        truth = truth_of(x)
        other = {"yes": "no", "no": "yes"}[truth]
        guess = cells.get(f"row_{row}", truth if rng.random() < right else other)
        rows.append(f"{x},{y},{guess},{'YES ' if truth == 'yes' else 'No'}")
    return read_table("\n".join(rows).encode(), name="guessed.csv")


ROLES = {**FEATURES, "gpt_guess": guess_role("test"), "second": guess_role("test")}


def started(folder: Path, table: Table, roles: dict[str, Role] | None = None, **settings: object):
    given = {"classes": ANSWERS, "model": "logistic_regression", "check_every": 2, **settings}
    return Project.create(folder, table, roles or ROLES, given, background=False)


def counted(project: Project, column: str, spelt: dict[str, str]) -> tuple[int, int]:
    """Counted by hand: of the check rows answered, with a guess, how many say the same."""
    labels = project.labels().set_index("row")["label"]
    cells = project.table.text[column]
    rows = [r for r in project.check_rows.tolist() if r in labels.index]
    pairs = [(spelt.get(cells[r], cells[r]), labels[r]) for r in rows if cells[r].strip()]
    return sum(a == b for a, b in pairs), len(pairs)


def test_guesses_are_never_read_and_never_shown(tmp_path: Path) -> None:
    with started(tmp_path / "p", guessed()) as project:
        assert project.X.shape[1] == 2
        (question,) = project.ask()
        assert set(question.values) == {"x", "y"}
        assert "gpt_guess" not in project.row_values(0)
        assert project.find("YES ") == []


def test_how_right_they_are_is_counted_on_check_rows_alone_with_the_exact_range(
    tmp_path: Path,
) -> None:
    with started(tmp_path / "p", guessed()) as project:
        answer(project, 80)
        first, second = project.guess_scores()
        right, n = counted(project, "gpt_guess", {})
        assert (first.column, first.right, first.n) == ("gpt_guess", right, n)
        assert 12 <= n < 80  # those that taught the app are not among them
        assert (first.low, first.high) == exact_range(right, n)
        low, high = f"{100 * first.low:.0f}", f"{100 * first.high:.0f}"
        assert first.words == f"{100 * right / n:.0f} in 100 ({low} to {high})"
        assert (second.right, second.n) == counted(project, "second", {"YES ": "yes", "No": "no"})
        assert second.right == second.n


def test_nothing_is_said_of_them_before_the_first_score(tmp_path: Path) -> None:
    with started(tmp_path / "p", guessed()) as project:
        assert project.guess_scores() == [] or not project.guess_scores()[0].ready
        answer(project, 6)
        one = project.guess_scores()[0]
        assert not one.ready
        assert one.n < 12
        assert one.words == ""


def test_check_rows_without_an_answer_count_once_as_right_and_once_as_wrong(
    tmp_path: Path,
) -> None:
    with started(tmp_path / "p", guessed()) as project:
        answer(project, 60)
        before = project.guess_scores()[0]
        passed = [r for r in project.check_rows.tolist() if project.label_of(r)]
        project.dont_know(passed[0])
        project.skip(passed[1])
        after = project.guess_scores()[0]
        assert (after.n, after.n_unanswered) == (before.n - 2, 2)
        assert (after.low, after.high) == exact_range(after.right, after.n, n_unknown=2)
        project.undo()
        project.undo()
        assert project.guess_scores()[0] == before


def test_a_value_that_is_no_answer_counts_as_wrong_and_a_blank_one_does_not_count(
    tmp_path: Path,
) -> None:
    plain = started(tmp_path / "plain", guessed(right=1.0))
    some = plain.check_rows[:3].tolist()
    plain.close()
    odd = guessed(right=1.0, **{f"row_{some[0]}": "maybe", f"row_{some[1]}": "", "row_9": "maybe"})
    with started(tmp_path / "p", odd) as project:
        assert project.check_rows[:3].tolist() == some
        answer(project, 60)
        (one, _) = project.guess_scores()
        assert (one.n - one.right, one.n_blank) == (1, 1)
        others = {odd.text["gpt_guess"][row] for row in range(300)} - {"yes", "no", ""}
        assert dict(one.no_answers) == {"maybe": 2 if some[0] != 9 else 1}
        assert others == {"maybe"}
        project.add_class("maybe")
        assert project.guess_scores()[0].no_answers == ()


def test_column_and_app_are_held_against_each_other_on_the_rows_where_one_alone_is_right(
    tmp_path: Path,
) -> None:
    told = {}
    for name, right in (("alike", 0.98), ("worse", 0.3)):
        with started(tmp_path / name, guessed(right=right)) as project:
            answer(project, 100)
            (one, _) = project.guess_scores()
            told[name] = one.alone, guesses_tested_on(project.kind, [one])
    (theirs, apps), words = told["worse"]
    assert apps > 5 * theirs
    assert f"just one of gpt_guess and the app was right: the app on {apps}" in words
    assert words.endswith("So the app is right more often.")
    assert "more often" not in told["alike"][1]


def test_what_they_take_for_what_is_counted_of_the_check_rows_with_that_answer(
    tmp_path: Path,
) -> None:
    with started(tmp_path / "p", guessed()) as project:
        answer(project, 100)
        one, second = project.guess_scores()
        assert sum(n for *_, n, _ in one.mixed) == one.n - one.right
        assert sum(of for *_, of in one.mixed) == one.n  # two answers, each taken for the other
        assert [n for *_, n, _ in one.mixed] == sorted((n for *_, n, _ in one.mixed), reverse=True)
        assert second.mixed == ()


def test_they_follow_an_answer_that_is_renamed(tmp_path: Path) -> None:
    with started(tmp_path / "p", guessed()) as project:
        answer(project, 60)
        before = project.guess_scores()[0]
        project.rename_class("yes", "certainly")
        after = project.guess_scores()[0]
        assert (after.right, after.n) == (before.right, before.n)


def test_rows_of_a_check_that_was_drawn_where_the_guesses_agree_say_nothing_of_all_of_them(
    tmp_path: Path,
) -> None:
    with started(tmp_path / "p", guessed(700), check_share=0.03) as project:
        answer(project, 60)
        own = project.check_rows.tolist()
        for row in own:
            project.label(row, truth_of(project.table.text["x"][row]))
        before = project.guess_scores()[0]
        assert before.n == len(own)
        project.start_fill_check(0.5, agreeing_with="gpt_guess")
        while asked := project.ask_final():
            project.label(asked[0].row, truth_of(asked[0].values["x"]), token=asked[0].token)
        assert project.fill_check() is not None  # its result is known from here on
        assert project.score().n_check > len(own)
        assert project.guess_scores()[0] == before


def test_a_rehearsal_knows_at_once_how_right_they_are(tmp_path: Path) -> None:
    lines = guessed().text
    rows = ["x,y,gpt_guess,answer"]
    rows += [f"{x},{y},{g},{truth_of(x)}" for x, y, g, _ in lines.itertuples(index=False)]
    table = read_table("\n".join(rows).encode(), name="known.csv")
    roles = {**FEATURES, "gpt_guess": guess_role("test"), "answer": Role("label", "test")}
    settings = {"model": "logistic_regression"}
    with Project.create(tmp_path / "p", table, roles, settings, background=False) as project:
        (one,) = project.guess_scores()
        assert one.n == len(project.check_rows)
        assert one.ready


def test_beside_the_app_they_agree_differ_or_say_nothing(tmp_path: Path) -> None:
    odd = guessed(row_5="", row_6="maybe")
    with started(tmp_path / "p", odd) as project:
        assert project.beside_guesses("gpt_guess") is None  # no model yet
        answer(project, 60)
        found = project.beside_guesses("gpt_guess")
        assert found is not None
        left = project.rows_left().set_index("row")["label"]
        cells = odd.text["gpt_guess"]
        same = [r for r in left.index if cells[r] == left[r]]
        differ = [r for r in left.index if cells[r] and cells[r] != left[r]]
        assert (found.agree, sorted(found.differ)) == (len(same), sorted(differ))
        assert {5, 6} <= set(left.index)
        assert found.blank == 1
        assert 6 in found.differ  # what is no answer is looked at too
        assert found.agree + len(found.differ) + found.blank == len(left)
        sure = project.rows_left().set_index("row")["confidence"]
        assert list(found.differ) == sorted(differ, key=lambda r: (-sure[r], r))


def test_of_the_check_rows_on_which_just_one_is_right_it_is_counted_which(
    tmp_path: Path,
) -> None:
    with started(tmp_path / "p", guessed(600, right=0.7, row_5="", row_6="maybe")) as project:
        answer(project, 80)
        (one, _) = project.guess_scores()
        labels = project.labels().set_index("row")["label"]
        cells, names = project.table.text["gpt_guess"], project.classes
        wrong = {r for a in names for b in names if a != b for r in project.mixup_rows(a, b)}
        told = [r for r in project.test_rows.tolist() if cells[r]]
        theirs = {r for r in told if cells[r] == labels[r]}
        assert one.alone == (len(theirs & wrong), len(set(told) - wrong - theirs))
        assert sum(one.alone) > 5


def test_where_rows_of_the_file_test_the_app_nothing_is_said_of_both(tmp_path: Path) -> None:
    with started(tmp_path / "p", guessed()) as project:
        answer(project, 60)
        app = project._opinions.on_check_rows()
        others = np.setdiff1d(np.arange(300), project.check_rows)[: len(app)]
        project._opinions.on_check_rows = lambda: app.assign(row=others)
        (one, _) = project.guess_scores()
        assert one.n >= 12
        assert one.alone is None
        assert "the app" not in guesses_tested_on(project.kind, [one])


def test_rows_on_which_they_agree_are_filled_in_over_the_line_like_any_others(
    tmp_path: Path,
) -> None:
    with started(tmp_path / "p", guessed(600)) as project:
        answer(project, 60)
        line = project.plan_fill().line
        everything = project.plan_fill(line)
        plan = project.plan_fill(line, agreeing_with="gpt_guess")
        assert 0 < plan.count < everything.count
        filled = project.fill(line, agreeing_with="gpt_guess")
        assert filled.count == plan.count
        assert filled.agreeing_with == "gpt_guess"
        assert "gpt_guess says the same" in filled.sentence
        rows = project.rows_filled()
        cells = project.table.text["gpt_guess"]
        assert [cells[r] for r in rows["row"]] == rows["label"].tolist()
        assert project.unfill()
        assert project.fill(line).agreeing_with == ""


def test_the_check_rows_that_speak_for_a_line_are_those_on_which_they_agree(
    tmp_path: Path,
) -> None:
    with started(tmp_path / "p", guessed(600)) as project:
        answer(project, 80)
        checked = project.plan_fill_check(0.0, agreeing_with="gpt_guess")
        everything = project.plan_fill_check(0.0)
        assert checked.seen < everything.seen
        labels = project.labels().set_index("row")["label"]
        cells, (matrix, names) = project.table.text["gpt_guess"], project.mixups()
        wrong = {r for a in names for b in names if a != b for r in project.mixup_rows(a, b)}
        agreeing = [
            r for r in project.test_rows.tolist() if (cells[r] == labels[r]) != (r in wrong)
        ]  # with two answers: theirs is the app's where both are right, or both wrong
        assert checked.seen == len(agreeing)
        assert checked.right == len(set(agreeing) - wrong)
        assert matrix.sum() == everything.seen


def test_a_check_of_rows_on_which_they_agree_fills_in_those_rows_alone_also_after_a_restart(
    tmp_path: Path,
) -> None:
    with started(tmp_path / "p", guessed(900)) as project:
        answer(project, 80)
        line = project.plan_fill(agreeing_with="gpt_guess").line
        plan = project.plan_fill_check(line, agreeing_with="gpt_guess")
        check = project.start_fill_check(line, agreeing_with="gpt_guess")
        assert check.check.n == plan.n
        cells = project.table.text["gpt_guess"]
        (drawn,) = [c.drawn for c in project._opened.state.final_checks.drawn]
        assert [cells[r] for r in drawn.rows] == drawn.guesses
        assert "gpt_guess says the same" in drawn.scope
    with Project.open(tmp_path / "p", background=False) as project:
        while asked := project.ask_final():
            row = asked[0].row
            project.label(row, dict(zip(drawn.rows, drawn.guesses, strict=True))[row],
                          token=asked[0].token)  # fmt: skip
        found = project.fill_check()
        assert found is not None
        assert found.passed
        assert found.agreeing_with == "gpt_guess"
        filled = project.fill()
        assert filled.checked
        assert filled.agreeing_with == "gpt_guess"
        cells = project.table.text["gpt_guess"]
        rows = project.rows_filled()
        assert [cells[r] for r in rows["row"]] == rows["label"].tolist()


def test_agreement_with_a_column_that_holds_no_guesses_is_refused_in_words(tmp_path: Path) -> None:
    with started(tmp_path / "p", guessed()) as project:
        answer(project, 40)
        with pytest.raises(ProjectError, match=r"no guesses to be checked.*gpt_guess"):
            project.plan_fill(agreeing_with="x")
        with pytest.raises(ProjectError, match="no guesses to be checked"):
            project.beside_guesses("nothing")


def test_a_project_keeps_its_guesses_over_a_restart_a_project_file_and_the_script(
    tmp_path: Path,
) -> None:
    file = tmp_path / "guessed.csv"
    file.write_bytes(guessed().text.to_csv(index=False).encode())
    with started(tmp_path / "p", read_table(file)) as project:
        answer(project, 60)
        said = project.guess_scores()
        packed, script = project.project_file_bytes(), project.script_bytes().decode()
    with Project.open(tmp_path / "p", background=False) as again:
        assert again.guess_scores() == said
    folder = import_project(packed, home=tmp_path / "home")
    with Project.open(folder, background=False) as moved:
        assert moved.guess_scores() == said
    recipe: dict[str, Any] = {}
    exec(script.replace("sys.exit(main())", "pass"), recipe)
    prepare_replay(file, recipe["RECIPE"], tmp_path / "replayed")
    with Project.open(tmp_path / "replayed", background=False) as replayed:
        assert replayed.guess_scores() == said


def test_a_project_without_them_says_nothing_of_any(tmp_path: Path) -> None:
    with rehearsal(tmp_path / "p") as project:
        assert project.data.guess_columns == []
        assert project.guess_scores() == []


def test_a_column_is_taken_for_guesses_by_its_name_and_only_where_it_holds_answers() -> None:
    rows = "\n".join(f"{n % 3},text {n},{'ab'[n % 2]},{n * 1.7},{'xy'[n % 2]}" for n in range(40))
    names = "prediction of sales,note,llm_label,y_pred,model"
    table = read_table(f"{names}\n{rows}".encode(), name="t.csv")
    assert guess_columns(table) == ["prediction of sales", "llm_label"]
