"""From a line of confidence to filled rows on telco: checked, filled in, and all taken back."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from al_core.projects import Project
from al_core.tables import guess_roles, read_table
from tests.browser.desk_cases import drawn, open_desk, press, row_on, until
from tests.shared_data import shared_data

pytestmark = pytest.mark.browser
ANSWERS = ("No", "Yes")


def telco(home: Path, labels: int) -> list[str]:
    """A project over telco without its answers, some rows labelled by a script; the answers."""
    table = read_table(shared_data("csv/telco_churn.csv"))
    truth = table.text["Churn"].tolist()
    blank = table.text.drop(columns=["Churn"]).to_csv(index=False).encode()
    table = read_table(blank, name="telco.csv")
    settings = {"classes": ANSWERS, "model": "logistic_regression", "budget": 500}
    project = Project.create(home / "telco", table, guess_roles(table), settings, background=False)
    checks = project.check_rows.tolist()
    others = np.setdiff1d(np.random.default_rng(0).permutation(len(truth)), checks)
    for row in [*checks[:20], *np.random.default_rng(1).permutation(others)[:labels].tolist()]:
        project.label(int(row), truth[row])
    project.close()
    return truth


def at_finish(page, server) -> None:
    page.goto(f"{server.url}/export?project=telco")
    page.locator(".st-key-filling").wait_for()
    drawn(page)


def test_a_line_is_checked_with_59_rows_filled_in_and_taken_back(server, page):
    truth = telco(server.home, 60)
    at_finish(page, server)
    page.locator(".st-key-filling summary").first.click()
    page.locator(".st-key-line input").focus()
    for _ in range(3):
        page.keyboard.press("ArrowLeft")
    drawn(page)
    page.get_by_text("Nobody has checked these.").wait_for()
    page.locator(".st-key-fill_check button").click()
    page.locator(".st-key-row_id").wait_for(state="attached")
    drawn(page)
    page.get_by_text("Final check: 0 of 59").wait_for()
    asked = []
    for _ in range(59):
        asked.append(row_on(page))
        press(page, str(1 + ANSWERS.index(truth[asked[-1]])))
    page.locator(".st-key-final_card").wait_for()
    page.locator(".st-key-final_result_button button").click()
    page.locator(".st-key-fill_result").wait_for()
    drawn(page)
    told = page.locator(".st-key-fill_result").inner_text()
    with Project.open(server.home / "telco", background=False) as project:
        check = project.fill_check()
        assert list(check.check.rows) == asked
        assert check.check.right == sum(
            project.label_of(row) == guess
            for row, guess in zip(
                asked, project._opened.state.final_checks.latest.drawn.guesses, strict=True
            )
        )
        assert f"{check.check.right} of 59 right" in told
        over = check.count
    page.locator(".st-key-fill_result").get_by_role("button", name="Fill in").click()
    page.get_by_text(f"{over - 59:,} rows are filled in").wait_for()
    with Project.open(server.home / "telco", background=False) as project:
        assert project.filled().count == over - 59
        assert not set(asked) & set(project.rows_filled()["row"])
        assert project.counts().labelled == 80 + 59
    page.locator(".st-key-unfill button").click()
    page.locator(".st-key-unfill").wait_for(state="detached")
    with Project.open(server.home / "telco", background=False) as project:
        assert project.filled() is None
        assert project.counts().labelled == 80 + 59


def test_enter_takes_the_answer_that_stands_ready_and_the_clicked_button_does_not(server, page):
    """First a click, so that another button has the focus; then Enter, on the rows a line left."""
    telco(server.home, 60)
    with Project.open(server.home / "telco", background=False) as project:
        project.fill(project.plan_fill().highest)
        left = project.rows_left()
        checks = set(project.check_rows.tolist())
    guesses = dict(zip(left["row"].tolist(), left["label"].tolist(), strict=True))
    at_finish(page, server)
    page.locator(".st-key-review_left button").click()
    page.locator(".st-key-queue").wait_for()
    drawn(page)
    given = []
    while len(given) < 4:
        row = row_on(page)
        if row in checks or guesses[row] == "Yes":
            press(page, "s")  # nothing stands ready for a row that is kept for testing
        elif not given:
            page.locator('[class*="st-key-answers"] button', has_text="Yes").click()
            until(lambda row=row: row_on(page) != row)
            given.append((row, "Yes"))
        else:
            page.get_by_text("Enter takes").wait_for()
            press(page, "Enter")
            given.append((row, guesses[row]))
        drawn(page)
    with Project.open(server.home / "telco", background=False) as project:
        assert [(row, project.label_of(row)) for row, _ in given] == given
        assert project.counts().labelled == 80 + len(given)


def test_a_row_that_was_walked_to_with_tab_is_pressed_by_enter(server, page):
    """Who went to a button with Tab means that button."""
    telco(server.home, 60)
    with Project.open(server.home / "telco", background=False) as project:
        project.fill(project.plan_fill().highest)
        guesses = project.rows_left().set_index("row")["label"]
    at_finish(page, server)
    page.locator(".st-key-review_left button").click()
    page.locator(".st-key-queue").wait_for()
    drawn(page)
    row = row_on(page)
    other = {"Yes": "No", "No": "Yes"}[guesses[row]]
    page.keyboard.press("Tab")
    page.locator('[class*="st-key-answers"] button', has_text=other).focus()
    press(page, "Enter")
    with Project.open(server.home / "telco", background=False) as project:
        assert project.label_of(row) == other


def test_the_bar_leads_back_to_what_the_app_chooses(server, page):
    telco(server.home, 30)
    open_desk(page, server, "/label?project=telco")
    assert page.locator(".st-key-queue").count() == 0
    page.get_by_role("button", name="More").click()
    page.get_by_text("Find a row").click()
    page.get_by_label("Words in the row").fill("7590")
    page.keyboard.press("Enter")
    page.locator(".st-key-label_found button").click()
    page.locator(".st-key-queue").wait_for()
    assert "Rows you found: 1 left" in page.locator(".st-key-queue").inner_text()
    page.locator(".st-key-leave_queue button").click()
    page.locator(".st-key-queue").wait_for(state="detached")
