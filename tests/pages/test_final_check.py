"""The final check on the pages: offered on Progress, answered on the desk, told on Progress."""

from __future__ import annotations

import re
from pathlib import Path
from threading import Event

import pytest
from streamlit.testing.v1 import AppTest

from al_core.projects import Project
from tests.pages.one_page import keys, page_alone, words
from tests.projects_cases import answer, live, truth_of


@pytest.fixture(autouse=True)
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("AL_WORKBENCH_HOME", str(tmp_path))


def settled(folder: Path, labels: int = 70) -> Project:
    """A project that looks settled: one number tells the answer."""
    project = live(folder / "p", n=400, check_every=2)
    answer(project, labels)
    return project


def opened(page: str) -> AppTest:
    return quiet(page_alone(page))


def quiet(app: AppTest) -> AppTest:
    """Run again until nothing is worked out any more; a browser asks for the page again itself."""
    for _ in range(300):
        if "stop_work" not in keys(app) and "One moment" not in words(app):
            return app.run()
        Event().wait(0.3)
        app.run()
    raise AssertionError(words(app))


def button(app: AppTest, key: str):  # type: ignore[no-untyped-def]
    return next(b for b in app.button if b.key == key)


def blue(app: AppTest) -> list[str]:
    return [b.key for b in app.button if b.proto.type == "primary"]


def through(project: Project, n: int) -> None:
    for _ in range(n):
        (question,) = project.ask_final()
        project.label(question.row, truth_of(question.values["x"]), token=question.token)


def on_desk(app: AppTest) -> int:
    return int(next(one.value for one in app.text if one.value.isdigit()))


def press(app: AppTest, project: Path, wanted: str | None = None) -> int:
    """Answer the row on the desk rightly; its number."""
    row = on_desk(app)
    with Project.open(project, background=False) as reader:
        right = wanted or truth_of(reader.row_values(row)["x"])
    place = ["no", "yes"].index(right)
    next(
        b
        for b in app.button
        if (b.key or "").startswith(f"answer_{row}_") and b.key.endswith(f"_{place}")
    ).click()
    app.run()
    return row


def test_what_looks_settled_offers_a_final_check_and_says_first_what_it_can_show(tmp_path):
    project = settled(tmp_path)
    said = project.plan_final_check().sentence
    assert project.advice().title == "Looks settled"
    project.close()
    app = opened("curves")
    assert "Looks settled." in words(app)
    assert said in words(app)
    assert blue(app) == ["final_check"]
    assert button(app, "final_check").label.startswith("Final check: 60 rows")
    assert {"label_more", "finish"} <= keys(app)


def test_a_target_is_set_on_progress_and_said_to_look_reached(tmp_path):
    settled(tmp_path).close()
    app = opened("curves")
    assert "target of" not in words(app)
    target(app).set_value(50)
    app.run()
    assert "Looks as if the target of 50 in 100 is reached." in words(app)
    assert target(app).value == 50
    assert blue(app) == ["final_check"]
    with Project.open(tmp_path / "p", background=False) as project:
        assert project.settings.target == 50
    target(app).set_value(None)
    app.run()
    assert "target of" not in words(app)


def target(app: AppTest):  # type: ignore[no-untyped-def]
    return next(one for one in app.number_input if (one.key or "").startswith("target_"))


def test_it_is_said_that_a_range_holds_for_one_look(tmp_path):
    settled(tmp_path).close()
    assert words(opened("curves")).count("A range holds for one look.") == 1


def test_before_it_looks_settled_labelling_on_is_blue(tmp_path):
    settled(tmp_path, labels=32).close()
    app = opened("curves")
    assert blue(app) == ["label_more"]


def test_the_plainest_rival_stands_beside_the_score(tmp_path):
    project = settled(tmp_path)
    rival = project.score().rival_sentence
    project.close()
    app = opened("curves")
    assert rival.startswith("Always \u201c")
    assert words(app).count(rival) == 1


def test_the_evidence_of_the_advice_is_told_in_words(tmp_path):
    project = settled(tmp_path)
    enough, _, settled_part = project.advice().evidence
    project.close()
    said = words(opened("curves"))
    teach, check = re.findall(r"[\d,]+", enough.words)
    assert said.count(f"labelled: {teach} teach, {check} check.") == 1
    assert said.count(settled_part.words) == 1


def test_the_press_draws_the_rows_and_the_desk_asks_them_with_nothing_of_a_guess(tmp_path):
    settled(tmp_path).close()
    button(opened("curves"), "final_check").click().run()
    with Project.open(tmp_path / "p", background=False) as project:
        check = project.final_check()
        project.change(show_guess=True)
    assert check.n == 60
    app = opened("label")
    assert "Final check: 0 of 60" in words(app)
    assert on_desk(app) == check.rows[0]
    assert not [one for one in app.caption if "The app's guess:" in one.value]
    assert not {"open_why_button", "more"} & keys(app)
    assert "Right about" not in words(app)


def test_answers_count_no_score_is_told_before_the_last_and_then_the_result_is(tmp_path):
    project = settled(tmp_path)
    check = project.start_final_check(12)
    through(project, 10)
    project.close()
    app = opened("label")
    assert "Final check: 10 of 12" in words(app)
    assert press(app, tmp_path / "p") == check.rows[10]
    assert "Final check: 11 of 12" in words(app)
    assert " right" not in words(app)
    press(app, tmp_path / "p")
    assert "The final check is answered." in words(app)
    assert " right" not in words(app)
    with Project.open(tmp_path / "p", background=False) as reader:
        assert reader.final_progress() == (12, 12)  # drawn, and still nothing is made known
    result = words(opened("curves"))
    with Project.open(tmp_path / "p", background=False) as reader:
        assert reader.final_check().state == "done"
        assert reader.final_check().sentence in result


def test_the_last_answer_can_be_taken_back_until_the_result_is_looked_at(tmp_path):
    project = settled(tmp_path)
    check = project.start_final_check(12)
    through(project, 11)
    project.close()
    app = opened("label")
    press(app, tmp_path / "p")
    next(b for b in app.button if b.label == "Undo").click()
    app.run()
    assert on_desk(app) == check.rows[11]
    assert "Final check: 11 of 12" in words(app)


def test_back_to_labelling_asks_other_rows_and_progress_leads_in_again(tmp_path):
    project = settled(tmp_path)
    check = project.start_final_check()
    through(project, 3)
    project.change(budget=500)
    project.close()
    app = opened("label")
    button(app, "leave_final_check").click().run()
    assert on_desk(app) not in check.rows
    assert "Final check:" not in words(app)
    app.session_state["_open_project"].close()  # as when its tab is gone: its rows are free
    progress = opened("curves")
    assert blue(progress) == ["final_check"]
    assert button(progress, "final_check").label == "Go on with the final check: 3 of 60"
    progress.session_state["final_check_put_off"] = "p"
    button(progress, "final_check").click().run()
    assert "final_check_put_off" not in progress.session_state
    progress.session_state["_open_project"].close()
    assert on_desk(opened("label")) == check.rows[3]


def test_no_row_can_be_put_off_and_what_cannot_be_told_goes_on(tmp_path):
    project = settled(tmp_path)
    project.start_final_check(12)
    project.close()
    app = opened("label")
    assert not [b for b in app.button if b.label == "Skip for now"]
    assert "One without an answer counts as wrong." in words(app)
    next(b for b in app.button if b.label == "Can't tell").click()
    app.run()
    assert "Final check: 1 of 12" in words(app)


def test_rows_on_the_screen_of_another_tab_are_not_called_answered(tmp_path):
    project = settled(tmp_path)
    project.start_final_check(12)
    held = project.ask_final(12)
    assert len(held) == 12
    app = opened("label")
    assert "12 rows are open in another tab." in words(app)
    assert "final_result_button" not in keys(app)
    project.close()


def test_a_check_row_lets_no_guess_through_in_the_why_panel(tmp_path):
    project = settled(tmp_path)
    project.start_final_check(12)
    project.close()
    app = opened("label")
    app.session_state["desk_panel"] = "why"
    app.run()
    assert "The app's guess is kept back for check rows" in words(app)
    assert "The app's guess now" not in words(app)


def test_the_goal_does_not_stand_in_its_way(tmp_path):
    project = settled(tmp_path)
    project.change(budget=10)
    check = project.start_final_check()
    project.close()
    assert on_desk(opened("label")) == check.rows[0]


def test_after_the_result_the_file_is_next_and_more_labels_allow_another(tmp_path):
    project = settled(tmp_path)
    project.start_final_check(12)
    through(project, 12)
    folder = project.folder
    project.close()
    assert blue(opened("curves")) == ["finish"]
    with Project.open(folder, background=False) as again:
        answer(again, 10)
        assert again.advice().stop
    app = opened("curves")
    assert blue(app) == ["final_check"]
    assert "It is the second check, so it has to show more." in words(app)


def test_one_that_was_given_up_is_gone_and_another_can_begin(tmp_path):
    project = settled(tmp_path)
    project.start_final_check()
    project.close()
    app = opened("curves")
    button(app, "drop_final_check").click().run()
    assert button(app, "final_check").label.startswith("Final check: 60 rows")


def test_a_rehearsal_is_offered_none(tmp_path):
    from tests.projects_cases import rehearsal

    project = rehearsal(tmp_path / "p")
    project.answer_with_oracle(12)
    project.close()
    assert "final_check" not in keys(opened("curves"))


def test_before_the_first_score_the_open_check_is_the_only_blue_button(tmp_path):
    project = settled(tmp_path, labels=10)
    assert not project.score().ready
    project.start_final_check()
    project.close()
    assert blue(opened("curves")) == ["final_check"]


def a_rare_answer(folder: Path) -> Project:
    """A project in which one answer is rare, with enough check rows to see that."""
    project = live(folder / "p", n=400, check_every=2)
    checks = project.check_rows.tolist()
    others = [row for row in range(400) if row not in set(checks)]
    for row in [*checks[:24], *others[:60]]:
        project.label(row, rare_truth(project, row))
    return project


def rare_truth(project: Project, row: int) -> str:
    return "yes" if float(project.row_values(row)["x"]) > 1.5 else "no"


def unfolded(app: AppTest, key: str) -> AppTest:
    """The page with that part open; AppTest cannot press on its title."""
    app.session_state[key] = True
    return quiet(app.run())


def test_whether_all_were_found_is_asked_only_where_an_answer_is_rare(tmp_path):
    settled(tmp_path).close()
    app = opened("curves")
    assert "Have we found them all?" not in [one.label for one in app.expander]


def test_the_price_of_finding_them_all_is_said_before_the_press_that_begins_it(tmp_path):
    project = a_rare_answer(tmp_path)
    prices = {level: project.plan_recall_check("yes", level) for level in (0.8, 0.9)}
    project.close()
    app = opened("curves")
    assert "Have we found them all?" in [one.label for one in app.expander]
    assert "recall_start" not in keys(app)
    app = unfolded(app, "recall")
    assert prices[0.8].sentence in words(app)
    level = next(one for one in app.radio if (one.key or "").startswith("recall_level_"))
    level.set_value(level.options[2])
    app.run()
    assert prices[0.9].sentence in words(app)
    assert button(app, "recall_start").label == f"Read {prices[0.9].to_read} rows at random"
    button(app, "recall_start").click().run()
    with Project.open(tmp_path / "p", background=False) as reader:
        (check,) = reader.recall_checks()
        assert (check.answer, check.level, check.state) == ("yes", 0.9, "open")


def test_the_search_is_answered_on_the_desk_and_its_result_is_told_on_progress(tmp_path):
    project = a_rare_answer(tmp_path)
    project.start_recall_check("yes", 0.7)
    while (to_go := project.recall_progress()) and to_go[1] - to_go[0] > 1:
        (question,) = project.ask_recall()
        project.label(question.row, "no", token=question.token)
    (last,) = project.ask_recall()
    project.change(show_guess=True)
    project.close()
    progress = opened("curves")
    assert blue(progress) == ["final_check"]
    assert button(progress, "final_check").label == "Go on with the search"
    assert f"{to_go[0]} of {to_go[1]} rows read." in words(progress)
    assert "Have we found them all?" not in [one.label for one in progress.expander]
    progress.session_state["_open_project"].close()
    app = opened("label")
    assert f"Have all \u201cyes\u201d been found? {to_go[0]} of {to_go[1]} read" in words(app)
    assert on_desk(app) == last.row
    assert "The app's guess:" not in words(app)
    assert not [b for b in app.button if b.label == "Skip for now"]
    press(app, tmp_path / "p", "no")
    assert "The search is answered." in words(app)
    with Project.open(tmp_path / "p", background=False) as reader:
        assert reader.recall_progress() == (to_go[1], to_go[1])  # nothing is made known yet
    result = words(opened("curves"))
    with Project.open(tmp_path / "p", background=False) as reader:
        (check,) = reader.recall_checks()
        assert check.state == "done"
        assert check.sentence in result
        assert check.sentence.startswith("At least 70 in 100 of all")


def test_a_search_that_was_given_up_leaves_labelling_as_it_was(tmp_path):
    project = a_rare_answer(tmp_path)
    project.start_recall_check("yes")
    project.close()
    app = opened("curves")
    button(app, "drop_final_check").click().run()
    assert "Have we found them all?" in [one.label for one in app.expander]
    app.session_state["_open_project"].close()
    assert "been found?" not in words(opened("label"))


def test_a_check_of_the_surest_rows_says_nothing_of_all_rows_on_progress(tmp_path: Path) -> None:
    with settled(tmp_path) as project:
        project.start_fill_check(0.8)
        while asked := project.ask_final():
            right = truth_of(asked[0].values["x"])
            project.label(asked[0].row, right, token=asked[0].token)
        assert project.fill_check() is not None
    assert "right. That shows" not in words(opened("curves"))
