"""The whole way in a real browser: a file in, answers by key, the server killed, labels out."""

from __future__ import annotations

import io
import re
from pathlib import Path

import pandas as pd
import pytest

from al_core import Project
from tests.browser.desk_cases import drawn
from tests.shared_data import shared_data

pytestmark = pytest.mark.browser

FILES = [
    ("telco_churn.csv", "Churn"),
    ("titanic.csv", "Survived"),
    ("sms_spam.csv", "label"),
    ("penguins.csv", "species"),
]


def half_answered(name: str, column: str, folder: Path) -> tuple[Path, pd.Series]:
    """The shared file with all answers but 30 blanked, and the answers that were there."""
    frame = pd.read_csv(shared_data(f"csv/{name}"), dtype=str, keep_default_na=False)
    answers = frame[column].copy()
    frame.loc[frame.index[30:], column] = ""
    # each answer at least once among those kept, so that its button exists
    for answer in answers.unique():
        frame.loc[(answers == answer).idxmax(), column] = answer
    path = folder / name
    frame.to_csv(path, index=False)
    return path, answers


def upload(page, path: Path) -> None:
    page.locator(".st-key-upload input[type=file]").set_input_files(str(path))


def choose_label_column(page, column: str) -> None:
    box = page.locator(".st-key-label_column")
    box.wait_for()
    box.locator("input").first.click()
    page.get_by_role("option", name=column, exact=True).click()


def start(page, first_seen: str = "row_id") -> None:
    page.locator(".st-key-start button:enabled").click()
    page.wait_for_selector(f".st-key-{first_seen}")


def shown_row(page) -> int:
    return int("".join(filter(str.isdigit, page.locator(".st-key-row_id").inner_text())))


def wait_for_another_row(page, row: int) -> None:
    page.wait_for_function(
        "row => {const e = document.querySelector('.st-key-row_id');"
        " return e && e.innerText.replace(/\\D/g, '') !== String(row)}",
        arg=row,
    )


def answer(page, answers: pd.Series) -> int:
    """Press the button of the true answer for the row on the screen."""
    row = shown_row(page)
    drawn(page)
    # a button reads: its key, the answer, how often it was given; the key may be a digit like "1"
    named = re.compile(rf"^(\d\s+)?{re.escape(answers[row])}(\s|$)", re.IGNORECASE)
    buttons = page.locator(".st-key-answers button")
    texts = [" ".join(text.split()) for text in buttons.all_inner_texts()]
    exact = [n for n, text in enumerate(texts) if named.match(text)]
    buttons.nth(exact[0]).click()
    wait_for_another_row(page, row)
    return row


def only_project(home: Path) -> Project:
    folders = [folder for folder in home.iterdir() if (folder / "journal.sqlite3").exists()]
    assert len(folders) == 1
    return Project.open(folders[0], background=False)


@pytest.mark.parametrize(("name", "column"), FILES, ids=[name for name, _ in FILES])
def test_a_file_goes_in_answers_are_given_and_a_labelled_file_comes_out(
    name: str, column: str, page, server, open_page, tmp_path: Path
) -> None:
    path, answers = half_answered(name, column, tmp_path)
    open_page(page, server)
    upload(page, path)
    choose_label_column(page, column)
    start(page)

    rows = [answer(page, answers) for _ in range(4)]
    drawn(page, 1_000)
    shown = shown_row(page)

    server.kill()
    server.start()
    page.reload()
    page.wait_for_selector(".st-key-row_id")
    assert shown_row(page) == shown, "a killed server opens the project where it was"

    page.goto(page.url.replace("/label", "/export"))
    with page.expect_download() as download:
        page.locator(".st-key-download_labels button").click()
    out = pd.read_csv(
        io.BytesIO(Path(download.value.path()).read_bytes()),
        dtype=str,
        keep_default_na=False,
        encoding="utf-8-sig",
    )
    assert len(out) == len(answers)
    given = out[out["al_source"] == "person"]
    assert sorted(given.index) == sorted(rows)
    assert (given["al_label"].str.lower() == answers[given.index].str.lower()).all()

    project = only_project(server.home)
    assert project.counts().spent == len(rows)
    project.close()


def test_digits_are_shown_as_a_picture(page, server, open_page) -> None:
    open_page(page, server)
    page.locator(".st-key-demo_set").get_by_role("button", name="digits").first.click()
    start(page, "learning_curve")
    page.get_by_role("link", name="Label", exact=True).click()
    page.wait_for_selector(".st-key-row img, .st-key-row canvas, .st-key-row svg")
