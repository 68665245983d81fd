"""The labelled file and the same file dropped in again, in a real browser."""

from __future__ import annotations

from pathlib import Path

import pytest

from al_core.projects import list_projects

pytestmark = pytest.mark.browser

FILE = "note,size\n" + "\n".join(
    f"parcel {i} was {'late' if i % 3 else 'lost'},{i * 7 % 13}" for i in range(60)
)
ANSWERS = ("+ve", "N/A")


def drop(page, name: str, data: bytes) -> None:
    file = {"name": name, "mimeType": "text/csv", "buffer": data}
    page.locator(".st-key-upload input[type=file]").set_input_files(file)


def press(page, key: str) -> None:
    page.locator(f".st-key-{key} button").click()


def label_some(page, server, open_page, n: int = 4) -> None:
    """Drop the file, ask a new question with answers that look like blanks, answer some rows."""
    open_page(page, server)
    drop(page, "parcels.csv", FILE.encode())
    page.get_by_text("A new question", exact=True).click()
    typed = page.locator(".st-key-question_answers textarea")
    typed.fill("\n".join(ANSWERS))
    typed.press("Control+Enter")
    page.get_by_text("0 of 60 labelled.").wait_for()
    press(page, "start")
    page.wait_for_selector(".st-key-row_id")
    for turn in range(n):
        before = page.locator(".st-key-row_id").inner_text()
        page.wait_for_timeout(400)  # a press on a row that has just come is not taken
        page.locator(".st-key-answers button").nth(turn % 2).click()
        page.wait_for_function(
            "before => document.querySelector('.st-key-row_id')?.innerText !== before", arg=before
        )


def labelled_file(page) -> bytes:
    page.goto(page.url.replace("/label", "/export"))
    with page.expect_download() as download:
        press(page, "download_labels")
    return Path(download.value.path()).read_bytes()


def test_the_same_file_dropped_twice_goes_on_where_it_was(page, server, open_page) -> None:
    label_some(page, server, open_page)
    [info] = list_projects(server.home)
    open_page(page, server)
    drop(page, "parcels.csv", FILE.encode())
    page.get_by_text("You have a project of this file: 4 of 60 labelled.").wait_for()
    press(page, f"go_on_{info.id}")
    page.wait_for_url(f"**/label?project={info.id}")
    assert len(list_projects(server.home)) == 1


def test_a_labelled_file_dropped_in_again_offers_its_project_and_its_labels(
    page, server, open_page
) -> None:
    label_some(page, server, open_page)
    data = labelled_file(page)
    assert b"+ve" in data, "written as the file writes it"
    assert b"'+ve" not in data
    open_page(page, server)
    drop(page, "parcels_labelled.csv", data)
    page.get_by_text("You have a project of this file: 4 of 60 labelled.").wait_for()
    press(page, "go_on_labels")
    page.get_by_text("4 of 60 rows have an answer already.").wait_for()
    box = page.locator(".st-key-label_column input")
    assert box.input_value() == "al_label"
    press(page, "start")
    page.wait_for_selector(".st-key-row_id")
    words = page.locator(".st-key-row").inner_text()
    assert "al_" not in words
    assert page.locator(".st-key-all_columns").count() == 0, "there is no other column to be seen"
    labelled = sorted(info.n_labelled for info in list_projects(server.home))
    assert labelled == [4, 4]


def test_starting_anew_from_a_labelled_file_asks_for_a_new_question(
    page, server, open_page
) -> None:
    label_some(page, server, open_page, 2)
    data = labelled_file(page)
    open_page(page, server)
    drop(page, "parcels_labelled.csv", data)
    press(page, "start_anew")
    page.locator(".st-key-question_answers textarea").wait_for()
    assert page.locator(".st-key-start_anew").count() == 0
