"""Finish on telco: the story from sixty answers to what is handed over, and the one queue."""

from __future__ import annotations

import shutil
from pathlib import Path

import numpy as np
import pytest

from al_core.projects import Project
from al_core.tables import guess_roles, read_table
from tests.browser.desk_cases import drawn, open_desk, press, row_on, until
from tests.elsewhere import unpacked
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


def fetched(page, key: str, into: Path) -> Path:
    """The file that comes when the button is pressed."""
    with page.expect_download() as download:
        page.locator(f".st-key-{key} button").first.click()
    return Path(shutil.copy(download.value.path(), into / download.value.suggested_filename))


def unfold(page, key: str) -> None:
    page.locator(f".st-key-{key} summary").first.click()
    drawn(page)


def at_the_desk(page) -> None:
    page.locator(".st-key-row_id").wait_for(state="attached")
    drawn(page)


def test_from_sixty_answers_to_a_file_a_report_and_a_model_used_elsewhere_and_all_undone(
    server, page, tmp_path: Path
):
    """The story of an afternoon; a row's true answer is known, the person gives it."""
    truth = telco(server.home, 40)
    at_finish(page, server)

    # -- the line, and its final check
    unfold(page, "filling")
    page.get_by_text("Nobody has checked these.").wait_for()
    page.get_by_text("What the check has to show").click()
    drawn(page)  # while it unfolds, an opened list would be closed again
    page.locator('[class*="st-key-fill_allowed"] input').click()
    page.get_by_role("option", name="none").click()
    page.get_by_role("button", name="Final check: 59 of them").click()
    at_the_desk(page)
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
    with reader(server) as project:
        check = project.fill_check()
        frozen = project._opened.state.final_checks.latest.drawn.guesses
        right = [truth[row] == guess for row, guess in zip(asked, frozen, strict=True)]
        assert list(check.check.rows) == asked
        assert check.check.right == sum(right)
        assert f"{sum(right)} of 59 right" in told
        assert project.counts().labelled == 60 + 59

    # -- filled in, and two doubtful labels changed
    page.locator(".st-key-fill_result").get_by_role("button", name="Fill in").click()
    page.get_by_text(f"{check.count - 59:,} rows are filled in").wait_for()
    unfold(page, "doubtful")
    page.locator(".st-key-find_doubtful button").click()
    page.locator(".st-key-look_doubtful button").first.click()
    page.get_by_text("Doubtful labels:").wait_for()
    at_the_desk(page)
    changed = []
    for _ in range(2):
        changed.append(row_on(page))
        press(page, str(2 - ANSWERS.index(truth[changed[-1]])))
    page.get_by_role("link", name="Finish", exact=True).click()
    page.locator(".st-key-unfill").wait_for()
    drawn(page)
    with reader(server) as project:
        stand = project.labels().set_index("row").label.to_dict()
        filled = project.rows_filled().set_index("row").label.to_dict()
        sure, column = project.predictions(), project.final_name()[0]
    assert len(filled) == check.count - 59
    assert {row for row, label in stand.items() if label != truth[row]} == set(changed)

    # -- what is taken away
    page.locator(".st-key-format input").first.click()
    page.get_by_role("option", name="Excel", exact=False).last.click()
    drawn(page)
    book = fetched(page, "download_labels", tmp_path)
    assert book.suffix == ".xlsx"
    table = read_table(book).text
    assert {row: table[column][row] for row in (*stand, *filled)} == {**filled, **stand}
    assert (table[column] == "").sum() == len(table) - len(stand) - len(filled)
    unfold(page, "more_report")
    report = fetched(page, "download_report", tmp_path).read_text(encoding="utf-8")
    assert f"{sum(right)} of 59 right" in report
    unfold(page, "more_model")
    elsewhere = unpacked(fetched(page, "download_model", tmp_path), tmp_path / "elsewhere")

    # -- the model on new rows, without the app
    new = read_table(shared_data("csv/telco_churn.csv")).text.drop(columns=["Churn"]).tail(40)
    new.to_csv(elsewhere.folder / "new.csv", index=False)
    assert "40 rows guessed" in elsewhere.run("predict.py", "new.csv", "out.csv")
    out = read_table(elsewhere.folder / "out.csv").text
    assert out["guess"].tolist() == sure["prediction"].tail(40).tolist()
    said = out["how sure"].astype(float)
    assert np.allclose(said, sure["confidence"].tail(40), atol=1e-4)

    # -- all undone
    page.locator(".st-key-unfill button").click()
    page.locator(".st-key-unfill").wait_for(state="detached")
    page.get_by_role("link", name="Label", exact=True).click()
    at_the_desk(page)
    for _ in range(2):
        press(page, "u")
    with reader(server) as project:
        assert project.filled() is None
        labels = project.labels().set_index("row").label.to_dict()
    assert labels == {row: truth[row] for row in stand}


def reader(server) -> Project:
    return Project.open(server.home / "telco", background=False)


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


def test_the_bar_outlives_a_reload_and_leads_back_to_what_the_app_chooses(server, page):
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
    drawn(page)
    row = row_on(page)
    page.reload()
    page.locator(".st-key-queue").wait_for()
    drawn(page)
    assert "Rows you found: 1 left" in page.locator(".st-key-queue").inner_text()
    assert row_on(page) == row
    page.locator(".st-key-leave_queue button").click()
    page.locator(".st-key-queue").wait_for(state="detached")
