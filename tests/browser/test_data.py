"""The data page in a real browser: drop a file, press start; drop a bad one, read why."""

from __future__ import annotations

import pytest

from tests.browser.desk_cases import drawn
from tests.shared_data import shared_data

pytestmark = pytest.mark.browser

FILES = [
    ("telco_churn.csv", "Churn"),
    ("titanic.csv", "Survived"),
    ("sms_spam.csv", "label"),
    ("penguins.csv", "species"),
]
PHONE = {"width": 420, "height": 900}


def drop(page, name: str, data: bytes) -> None:
    file = {"name": name, "mimeType": "text/csv", "buffer": data}
    page.locator(".st-key-upload input[type=file]").set_input_files(file)


def overflow(page) -> int:
    """Pixels by which the page is wider than its window."""
    return page.evaluate(
        "() => Math.max(...['html', '[data-testid=stMain]'].map(name => {"
        " const e = document.querySelector(name); return e.scrollWidth - e.clientWidth }))"
    )


@pytest.mark.parametrize(("name", "column"), FILES, ids=[name for name, _ in FILES])
def test_a_dropped_file_starts_with_one_press(page, server, open_page, name, column) -> None:
    open_page(page, server)
    drop(page, name, shared_data(f"csv/{name}").read_bytes())
    box = page.locator(".st-key-label_column input")
    box.wait_for()
    assert box.input_value() == column
    page.locator(".st-key-start button").click()
    page.wait_for_url("**/curves?project=*")


def test_typed_answers_start_with_the_first_row(page, server, open_page) -> None:
    open_page(page, server)
    drop(page, "sms.csv", shared_data("csv/sms_spam.csv").read_bytes())
    page.get_by_text("A new question", exact=True).click()
    start = page.locator(".st-key-start button")
    page.get_by_text("Type at least two answers.").wait_for()
    page.locator(".st-key-question_text input").fill("Is this an offer?")
    page.locator(".st-key-question_answers textarea").fill("offer\nno offer")
    start.click()  # at once: the press also takes in what was typed
    page.wait_for_url("**/label?project=*")
    page.wait_for_selector(".st-key-row_id")


def test_a_slow_press_on_start_counts_though_the_page_is_drawn_while_it_lasts(
    page, server, open_page
) -> None:
    """The button may not move from under the pointer when the field above it is left."""
    open_page(page, server)
    drop(page, "sms.csv", shared_data("csv/sms_spam.csv").read_bytes())
    page.get_by_text("A new question", exact=True).click()
    page.get_by_text("Type at least two answers.").wait_for()
    drawn(page)
    page.locator(".st-key-question_answers textarea").fill("offer\nno offer")
    page.locator(".st-key-start button").hover()
    page.mouse.down()
    page.get_by_text("Type at least two answers.").wait_for(state="detached")
    drawn(page)
    page.mouse.up()
    page.wait_for_url("**/label?project=*")


def test_the_support_tickets_come_with_their_question_and_show_no_answer(
    page, server, open_page
) -> None:
    open_page(page, server)
    page.locator(".st-key-demo_set").get_by_role("button", name="Support tickets").first.click()
    page.wait_for_url("**/label?project=*")
    page.wait_for_selector(".st-key-row_id")
    page.get_by_text("Which team should handle this?").first.wait_for()
    answers = page.locator(".st-key-answers button")
    assert [text.split()[1] for text in answers.all_inner_texts()] == [
        "Billing",
        "Delivery",
        "Technical",
        "Other",
    ]
    row = page.locator(".st-key-row")
    row.get_by_text("Message", exact=True).wait_for()
    assert row.get_by_text("Team", exact=True).count() == 0


def test_a_bad_file_is_explained_where_it_was_dropped_and_a_good_one_follows(
    page, server, open_page
) -> None:
    open_page(page, server)
    drop(page, "picture.csv", shared_data("messy/20_png_renamed.csv").read_bytes())
    page.get_by_text("This is a PNG image").wait_for()
    drop(page, "penguins.csv", shared_data("csv/penguins.csv").read_bytes())
    page.locator(".st-key-start button").wait_for()


def test_another_file_starts_from_an_empty_drop_zone(page, server, open_page) -> None:
    open_page(page, server)
    drop(page, "penguins.csv", shared_data("csv/penguins.csv").read_bytes())
    page.locator(".st-key-start button:enabled").wait_for()
    drawn(page, 1_000)  # the drop zone is cleared once the page is wholly drawn
    page.get_by_text("Use another file").click()
    page.locator(".st-key-demo_set").wait_for()
    assert "penguins" not in page.locator(".st-key-upload").inner_text()


def test_bad_lines_are_downloaded_and_left_out_by_choice(page, server, open_page) -> None:
    open_page(page, server)
    drop(page, "ragged.csv", shared_data("messy/10_ragged_rows.csv").read_bytes())
    with page.expect_download() as download:
        page.locator(".st-key-download_bad_rows button").click()
    lines = download.value.path().read_text(encoding="utf-8-sig").splitlines()
    assert [line.split(",")[0] for line in lines] == ["line", "21", "41"]
    page.locator(".st-key-leave_out_bad_rows button").click()
    page.get_by_text("58 rows").first.wait_for()


def test_a_file_that_reads_wrong_can_be_read_another_way(page, server, open_page) -> None:
    open_page(page, server)
    drop(page, "latin.csv", shared_data("messy/03_latin1.csv").read_bytes())
    page.get_by_text("Reads wrong?").click()
    page.locator(".st-key-read_header input").first.click()
    page.get_by_role("option", name="There are no names").click()
    page.get_by_role("button", name="Read it this way").click()
    page.get_by_text("no names in the file").wait_for()
    page.get_by_text("61 rows").first.wait_for()


def hard() -> bytes:
    """A file of which there is much to say: odd letters, notes, dates, zeros, a total, twins."""
    names = "Straße;day;when the parcel came to the shop;zip;amount;amount;mixed;low"
    lines = [
        f"Köln {i};0{1 + i % 9}/0{1 + i % 8}/2024;0{1 + i % 8}/0{1 + i % 9}/2023;0{1000 + i};"
        f"1.{100 + i};"
        f"2,5;{i if i % 3 else 'none of these'};{-999 if i % 20 == 7 else i % 9}"
        for i in range(60)
    ]
    above = ["Report of the shop", "made by Ann", ""]
    return "\n".join([*above, names, *lines, "Total;;;;99;99;;9"]).encode("cp1252")


LINES_ABOVE = """() => {
  const box = e => e.getBoundingClientRect();
  const title = box(document.querySelector("[data-testid=stMain] h2")).bottom;
  const rows = box(document.querySelector("[data-testid=stTabs]")).top;
  const tops = new Set();
  for (const p of document.querySelectorAll("[data-testid=stMain] p")) {
    const range = document.createRange();
    range.selectNodeContents(p);
    for (const one of range.getClientRects())
      if (one.height > 5 && one.top > title - 3 && one.bottom < rows + 3)
        tops.add(Math.round((one.top + one.bottom) / 16));
  }
  return tops.size;
}"""


def test_three_lines_stand_above_the_rows_decisions_first_and_the_question_is_in_sight(
    page, server, open_page
) -> None:
    page.set_viewport_size({"width": 1400, "height": 900})
    open_page(page, server)
    drop(page, "hard.csv", hard())
    question = page.get_by_role("heading", name="What do you want to know about each row?")
    question.wait_for()
    page.wait_for_timeout(500)
    assert page.evaluate(LINES_ABOVE) <= 3
    assert page.locator(".st-key-question_kind").bounding_box()["y"] < 900
    told = page.locator("[data-testid=stMain] [data-testid=stCaptionContainer]")
    assert "Names taken from line 4" in told.nth(0).inner_text()
    assert "the day was taken to come first" in told.nth(1).inner_text()
    page.get_by_text("Reads wrong?").click()
    page.get_by_text("zip stays text, because its numbers have leading zeros.").wait_for()
    page.get_by_text("The last row begins with").wait_for()


def test_cell_and_column_text_is_never_run_or_drawn_as_html(page, server, open_page) -> None:
    page.on("dialog", lambda dialog: pytest.fail(f"a script ran: {dialog.message}"))
    open_page(page, server)
    drop(page, "xss.csv", shared_data("messy/42_xss_cells.csv").read_bytes())
    page.locator(".st-key-start").wait_for()
    page.get_by_text("Each column").click()
    drawn(page, 1_000)
    assert page.locator("[data-testid=stMain] img[src=x]").count() == 0


@pytest.mark.parametrize("name", ["telco_churn.csv", "sms_spam.csv"])
def test_nothing_is_wider_than_a_phone(page, server, open_page, name) -> None:
    page.set_viewport_size(PHONE)
    page.goto(server.url)
    page.wait_for_selector(".st-key-upload")
    assert overflow(page) <= 0
    drop(page, name, shared_data(f"csv/{name}").read_bytes())
    page.locator(".st-key-start").wait_for()
    assert overflow(page) <= 0


GROUPS = b"Region,Sales,,Costs,\n,net,gross,net,gross\nN,1,2,3,4\nS,2,3,4,5\nF,3,4,5,6\nD,4,5,6,7\n"


def test_the_line_of_names_is_changed_with_one_press_and_back(page, server, open_page) -> None:
    open_page(page, server)
    drop(page, "groups.csv", GROUPS)
    line = page.locator(".st-key-names_line")
    line.get_by_text("Names taken from lines 1 and 2.").wait_for()
    page.get_by_role("button", name="Take another").click()
    page.get_by_text("Line 2: column 1, net", exact=False).click()
    line.get_by_text("Names taken from line 2; what stands above them was left out.").wait_for()
    page.get_by_text("4 rows, 5 columns").wait_for()
    page.get_by_text("Reads wrong?").click()
    assert page.locator(".st-key-read_header_line input").input_value() == "2"
    page.get_by_role("button", name="Take another").click()
    page.get_by_text("As found: Region, Sales: net", exact=False).click()
    line.get_by_text("Names taken from lines 1 and 2.").wait_for()
    box = page.locator(".st-key-read_header input").first
    box.wait_for()
    assert box.input_value() == "as found"


def test_names_that_are_uncertain_are_asked_about_first(page, server, open_page) -> None:
    open_page(page, server)
    drop(page, "towns.csv", b"Oslo\nRome\nBern\nRiga\nCork\n")
    line = page.locator(".st-key-names_line")
    line.get_by_text("Is that right?", exact=False).wait_for()
    now = line.get_by_text("There are no names", exact=False).count()
    other = "Line 1: Oslo" if now else "No names: column 1"
    line.get_by_text(other, exact=False).click()
    page.get_by_text("4 rows" if now else "5 rows").first.wait_for()
    line.get_by_text("Is that right?", exact=False).wait_for(state="detached")
