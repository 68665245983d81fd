"""Finish: the rest is filled in over a line, checked or said not to be, and taken back."""

from __future__ import annotations

from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from al_core.projects import Project
from tests.pages.one_page import keys, page_alone, words
from tests.projects_cases import answer, live


@pytest.fixture(autouse=True)
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("AL_WORKBENCH_HOME", str(tmp_path))


def ready(folder: Path, n: int = 500, labels: int = 50) -> None:
    with live(folder / "p", n=n, check_every=2) as project:
        answer(project, labels)


def opened(page: str = "export") -> AppTest:
    return page_alone(page)


def unfolded(app: AppTest, key: str = "filling") -> AppTest:
    app.session_state[key] = True
    app.run()
    assert not app.exception
    return app


def reader(folder: Path) -> Project:
    return Project.open(folder / "p", background=False)


def test_the_line_says_how_many_rows_lie_over_it_and_that_nobody_checked_them(
    tmp_path: Path,
) -> None:
    ready(tmp_path)
    app = unfolded(opened())
    with reader(tmp_path) as project:
        plan = project.plan_fill()
        check = project.plan_fill_check(plan.line, allowed=plan.allowed)
    assert f"The surest {plan.count} rows; {plan.stay} stay for you." in words(app).replace("*", "")
    assert plan.rule in words(app)
    assert check.sentence in words(app)
    assert "Nobody has checked these." in words(app)
    assert "Per answer: no" in words(app)
    assert f"Final check: {check.n} of them" in app.get_by_key("fill_check").label


def test_a_looser_limit_moves_the_line_that_nobody_has_moved_and_the_check_with_it(
    tmp_path: Path,
) -> None:
    ready(tmp_path)
    app = unfolded(opened())
    with reader(tmp_path) as project:
        loose = project.plan_fill(limit=0.1)
        assert loose.line < project.plan_fill().line
    box = app.selectbox(key="fill_limit")
    box.set_value(box.options[1]).run()
    assert app.slider(key="line").value == round(100 * loose.line)
    app.slider(key="line").set_value(95).run()
    box = app.selectbox(key="fill_limit")
    box.set_value(box.options[0]).run()
    assert app.slider(key="line").value == 95


def test_a_line_that_is_moved_takes_other_rows(tmp_path: Path) -> None:
    ready(tmp_path)
    app = unfolded(opened())
    app.slider(key="line").set_value(60).run()
    with reader(tmp_path) as project:
        count = project.plan_fill(0.6).count
    assert f"The surest {count} rows" in words(app)
    assert f"Fill in {count} rows without a check" in app.get_by_key("fill").label


def test_without_a_check_the_page_says_not_checked_and_one_press_takes_it_back(
    tmp_path: Path,
) -> None:
    ready(tmp_path)
    app = unfolded(opened())
    app.button(key="fill").click().run()
    assert "Not checked: nobody knows how many of them are wrong." in words(app)
    with reader(tmp_path) as project:
        assert project.filled() is not None
    app.button(key="unfill").click().run()
    assert "Nobody has checked these." in words(app)
    with reader(tmp_path) as project:
        assert project.filled() is None


def test_a_check_that_passed_offers_its_rows_and_one_that_did_not_offers_more_labels(
    tmp_path: Path,
) -> None:
    ready(tmp_path)
    with reader(tmp_path) as project:
        project.start_fill_check(0.8)
        check = project._opened.state.final_checks.latest
        for row, guess in zip(check.drawn.rows, check.drawn.guesses, strict=True):
            project.label(row, guess)
    app = opened()
    assert "59 of 59 right" in words(app)
    assert "line" not in {one.key for one in app.slider}
    app.button(key="fill").click().run()
    assert "rows are filled in" in words(app)
    assert "59 of 59 right" in words(app)


def test_a_check_that_failed_leads_to_the_line_and_to_more_labels(tmp_path: Path) -> None:
    ready(tmp_path)
    with reader(tmp_path) as project:
        project.start_fill_check(0.8)
        check = project._opened.state.final_checks.latest
        for place, (row, guess) in enumerate(
            zip(check.drawn.rows, check.drawn.guesses, strict=True)
        ):
            project.label(row, guess if place > 6 else {"yes": "no", "no": "yes"}[guess])
    app = opened()
    assert "Not passed: 52 of 59 right" in words(app)
    assert "Raise the line below, or label more." in words(app)
    assert {"fill_all_the_same", "fill", "fill_check"} <= keys(app)
    assert "line" in {one.key for one in app.slider}


def test_a_missing_list_is_told_in_words(tmp_path: Path) -> None:
    ready(tmp_path)
    with reader(tmp_path) as project:
        project.fill(0.8)
    (path,) = (tmp_path / "p" / "filled").iterdir()
    path.unlink()
    app = opened()
    assert "is missing" in words(app)
    app.button(key="unfill").click().run()
    assert "is missing" not in words(app)


def test_more_labels_offer_a_refresh(tmp_path: Path) -> None:
    ready(tmp_path, labels=8)
    with reader(tmp_path) as project:
        project.fill(0.5)
        answer(project, 60)
        changes = project.fill_changes()
        assert changes > 0
    app = opened()
    assert f"{changes} of " in words(app)
    app.button(key="refill").click().run()
    assert "would change" not in words(app)
    assert "refill" not in keys(app)


def test_doubtful_labels_are_listed_on_request(tmp_path: Path) -> None:
    ready(tmp_path, labels=80)
    with reader(tmp_path) as project:
        checks = set(project.check_rows.tolist())
        rows = [
            row
            for row in project.labels()["row"]
            if row not in checks and abs(float(project.row_values(int(row))["x"])) > 0.7
        ]
        label = project.label_of(int(rows[0]))
        project.label(int(rows[0]), {"yes": "no", "no": "yes"}[label])
    app = unfolded(opened(), "doubtful")
    app.button(key="find_doubtful").click().run()
    for _ in range(20):
        if "look_doubtful" in keys(app):
            break
        app.run()
    assert "doubtful label" in app.get_by_key("look_doubtful").label
    listed = app.dataframe[0].value
    assert len(listed) >= 1


def test_rows_that_wait_for_the_desk_have_a_bar_and_a_way_back(tmp_path: Path) -> None:
    ready(tmp_path)
    app = opened("label")
    app.session_state["desk_panel"] = "find"
    app.run()
    app.text_input(key="find_words").set_value("0.1").run()
    app.button(key="label_found").click().run()
    assert "Rows you found: 1 left" in words(app).replace("*", "")
    app.button(key="leave_queue_button").click().run()
    assert "Rows you found" not in words(app)
    assert "leave_queue_button" not in keys(app)


def test_the_answers_given_again_are_told_with_a_way_to_those_that_differ(tmp_path: Path) -> None:
    ready(tmp_path)
    app = unfolded(opened(), "doubtful")
    assert "asked a second time" in words(app)
    assert "ask_again" in keys(app)
    with reader(tmp_path) as project:
        rows = project.start_second_asking()
        for row in rows[:4]:
            project.answer_again(row, "yes")
        found = project.agreement()
    app = unfolded(opened(), "doubtful")
    assert found.sentence in words(app)
    assert app.get_by_key("ask_again").label == "Go on: 6 rows to go"
    assert ("look_differing" in keys(app)) == bool(found.differing)
