"""The label desk in a real browser; each test ends with what the journal holds."""

from __future__ import annotations

from pathlib import Path

import pytest

from pages.components.desk.presses import AHEAD
from tests.browser.desk_cases import (
    answers,
    drawn,
    journal,
    labels,
    make_project,
    more,
    open_desk,
    press,
    row_on,
    spent_on,
    until,
)

TOOLS = ["Skip for now", "Can't tell", "Undo", "Note", "More", "New answer"]
# Hands of tens of milliseconds: a machine that stands still stretches them (docs/decisions.md).
pytestmark = [
    pytest.mark.browser,
    pytest.mark.flaky(reruns=1, only_rerun=["AssertionError", "TimeoutError"]),
]
# Keys pressed by the page itself, with milliseconds between them: the driver's own presses are too
# far apart on a busy machine. All are made before the first is sent, so that their times hold.
KEYS = """(steps) => {
  const rest = (end) => { while (performance.now() < end); }
  const made = steps.map((step) =>
    typeof step === "number"
      ? rest(performance.now() + step)
      : new KeyboardEvent("keydown", { key: step, bubbles: true, composed: true }))
  made.filter(Boolean).forEach((event) => document.body.dispatchEvent(event))
}"""


def test_a_double_press_of_a_key_labels_one_row(server, page):
    make_project(server.home)
    open_desk(page, server)
    first = row_on(page)
    page.evaluate(KEYS, ["1", "1"])
    until(lambda: row_on(page) != first)
    page.wait_for_timeout(800)
    assert answers(server.home) == [(first, "Billing")]
    assert spent_on(page) == 1


def test_two_keys_under_one_finger_label_one_row_and_two_in_a_row_label_two(server, page):
    make_project(server.home)
    open_desk(page, server)
    first = row_on(page)
    page.evaluate(KEYS, ["1", "2"])
    page.get_by_text("Two presses at once were counted as one.").wait_for()
    until(lambda: len(answers(server.home)) == 1)
    second = row_on(page)
    page.evaluate(KEYS, ["1", 30, "2"])
    until(lambda: len(answers(server.home)) == 3)
    page.wait_for_timeout(500)
    assert answers(server.home)[:2] == [(first, "Billing"), (second, "Billing")]
    assert [label for _, label in answers(server.home)] == ["Billing", "Billing", "Delivery"]


def test_a_double_click_labels_one_row(server, page):
    make_project(server.home)
    open_desk(page, server)
    first = row_on(page)
    page.locator(".st-key-answers button").nth(1).dblclick()
    until(lambda: row_on(page) != first)
    page.wait_for_timeout(800)
    assert answers(server.home) == [(first, "Delivery")]


def test_a_held_key_is_one_press(server, page):
    make_project(server.home)
    open_desk(page, server)
    first = row_on(page)
    for _ in range(25):
        page.keyboard.down("1")
        page.wait_for_timeout(33)
    page.keyboard.up("1")
    page.wait_for_timeout(800)
    assert answers(server.home) == [(first, "Billing")]


def test_presses_count_for_the_rows_shown_while_the_server_is_busy(server, page):
    """The next rows are shown without the server, and each press reaches the row it was for."""
    make_project(server.home)
    open_desk(page, server)
    rows = []
    server.hold()
    for key in "121":
        rows.append(row_on(page))
        page.keyboard.press(key)
        page.wait_for_timeout(200)
    assert len(set(rows)) == 3
    server.go_on()
    until(lambda: spent_on(page) == 3)
    assert answers(server.home) == list(zip(rows, ["Billing", "Delivery", "Billing"], strict=True))


def test_a_press_past_the_rows_in_hand_is_dropped_with_a_word(server, page):
    make_project(server.home)
    open_desk(page, server)
    server.hold()
    for _ in range(1 + AHEAD + 1):
        page.keyboard.press("1")
        page.wait_for_timeout(200)
    server.go_on()
    page.get_by_text("That press came before the next row").wait_for()
    until(lambda: spent_on(page) == 1 + AHEAD)
    assert len(answers(server.home)) == 1 + AHEAD


def test_undo_after_a_fast_hand_takes_back_the_last_of_its_answers(server, page):
    make_project(server.home)
    open_desk(page, server)
    server.hold()
    first = row_on(page)
    page.keyboard.press("1")
    page.wait_for_timeout(200)
    second = row_on(page)
    page.keyboard.press("2")
    page.wait_for_timeout(200)
    page.keyboard.press("u")
    server.go_on()
    until(lambda: row_on(page) == second)
    assert answers(server.home) == [(first, "Billing")]


def test_a_burst_of_thirty_presses_at_eight_a_second_labels_the_thirty_rows_shown(server, page):
    make_project(server.home)
    open_desk(page, server)
    page.evaluate(
        """() => { window.seen = []; document.addEventListener("keydown", (e) =>
        window.seen.push([Number(document.querySelector(".st-key-row_id").innerText), e.key]),
        true) }"""
    )
    for turn in range(30):
        shown = row_on(page)
        page.keyboard.press("12"[turn % 2])
        page.wait_for_timeout(125)
        until(lambda shown=shown: row_on(page) != shown)  # a busy machine may be behind
    until(lambda: spent_on(page) == 30)
    pressed = [
        (row, {"1": "Billing", "2": "Delivery"}[key]) for row, key in page.evaluate("window.seen")
    ]
    assert len(pressed) == 30
    assert answers(server.home) == pressed


def test_undo_walks_ten_answers_back(server, page):
    make_project(server.home)
    open_desk(page, server)
    rows = []
    for turn in range(12):
        rows.append(row_on(page))
        press(page, "12"[turn % 2])
    for row in reversed(rows[2:]):
        page.keyboard.press("u")
        until(lambda row=row: row_on(page) == row)
        assert row_on(page) == row
    until(lambda: len(answers(server.home)) == 2)
    assert [row for row, _ in answers(server.home)] == rows[:2]
    assert sum(item.undone for item in journal(server.home)) == 10
    for row in rows[2:4]:
        page.keyboard.press("Shift+U")
        until(lambda row=row: row_on(page) != row)
    until(lambda: len(answers(server.home)) == 4)
    assert [row for row, _ in answers(server.home)] == rows[:4]


def said_of_rows(home: Path) -> list[tuple[str, int]]:
    """(what, row) of the events about rows, oldest first."""
    return [(item.what, item.row) for item in journal(home) if item.row is not None]


def test_skip_and_cannot_tell_are_kept_apart(server, page):
    make_project(server.home)
    open_desk(page, server)
    skipped = row_on(page)
    page.locator(".st-key-skip button").click()
    until(lambda: row_on(page) != skipped)
    unknown = row_on(page)
    press(page, "d")
    said = [("skipped", skipped), ("can't tell", unknown)]
    until(lambda: said_of_rows(server.home) == said)  # the next row is there before it is saved
    assert said_of_rows(server.home) == said
    assert spent_on(page) == 0


def test_letters_typed_in_a_field_label_nothing(server, page):
    make_project(server.home)
    open_desk(page, server)
    first = row_on(page)
    more(page, "Find a row")
    field = page.get_by_label("Words in the row")
    field.fill("")
    field.press_sequentially("1 2 sud")
    page.wait_for_timeout(600)
    assert field.input_value() == "1 2 sud"
    assert row_on(page) == first
    assert answers(server.home) == []


def test_a_found_row_is_labelled_as_chosen_by_the_person(server, page):
    make_project(server.home)
    open_desk(page, server)
    more(page, "Find a row")
    page.get_by_label("Words in the row").fill("number 77")
    page.keyboard.press("Enter")
    page.locator(".st-key-label_found button").click()
    until(lambda: row_on(page) == 77)
    press(page, "2")
    frame = labels(server.home)
    assert frame[["row", "label", "purpose"]].values.tolist() == [[77, "Delivery", "chosen"]]


def test_a_renamed_answer_is_renamed_in_all_labels(server, page):
    make_project(server.home)
    open_desk(page, server)
    first = row_on(page)
    press(page, "1")
    more(page, "Answers: rename or merge")
    page.get_by_label("New name").fill("Invoices *and* refunds")
    page.get_by_label("New name").press("Enter")
    page.locator(".st-key-rename_answer button").click()
    button = page.locator(".st-key-answers button", has_text="Invoices *and* refunds")
    button.wait_for()
    assert answers(server.home) == [(first, "Invoices *and* refunds")] or labels(
        server.home
    ).label.tolist() == ["Invoices *and* refunds"]


def test_a_new_answer_can_be_added_at_any_moment(server, page):
    make_project(server.home)
    open_desk(page, server)
    page.locator(".st-key-new_answer_menu button").click()
    page.get_by_role("textbox", name="New answer").fill("Spam")
    page.get_by_role("textbox", name="New answer").press("Enter")
    page.locator(".st-key-answers button", has_text="Spam").wait_for()
    page.get_by_role("textbox", name="New answer").wait_for(state="detached")
    drawn(page)
    first = row_on(page)
    press(page, "3")
    until(lambda: bool(answers(server.home)))
    assert answers(server.home) == [(first, "Spam")]


def test_four_buttons_and_more_stand_below_the_answers_and_each_entry_has_a_key(server, page):
    make_project(server.home)
    open_desk(page, server)
    tools = [
        words.split("\n")[0] for words in page.locator(".st-key-tools button").all_inner_texts()
    ]
    assert [word.strip() for word in tools] == TOOLS
    page.locator(".st-key-more button").click()
    groups = page.locator(".st-key-more_groups")
    groups.get_by_text("Find a row").wait_for()
    heads = groups.locator("[data-testid=stCaptionContainer]").all_inner_texts()
    assert heads == ["This row", "My answers", "What is asked"]
    page.keyboard.press("l")
    groups.wait_for(state="detached")
    panel = page.locator(".st-key-panel_open")
    panel.get_by_role("heading", name="History").wait_for()
    drawn(page)
    card, beside = page.locator(".st-key-row").bounding_box(), panel.bounding_box()
    assert beside["x"] > card["x"] + card["width"], "it opens beside the row, which stays in sight"
    assert abs(beside["y"] - card["y"]) < 200
    assert 0 < card["y"] < 200
    first = row_on(page)
    page.keyboard.press("f")
    page.keyboard.type("number 77")  # letters at once, though the field is not there yet
    until(lambda: page.get_by_label("Words in the row").input_value() == "number 77")
    page.keyboard.press("Enter")
    page.locator(".st-key-label_found button").wait_for()
    assert (row_on(page), answers(server.home)) == (first, [])
    page.keyboard.press("Escape")
    page.keyboard.press("a")
    page.keyboard.type("Spam")
    field = page.get_by_role("textbox", name="New answer")
    until(lambda: field.input_value() == "Spam")
    page.keyboard.press("Enter")
    page.locator(".st-key-answers button", has_text="Spam").wait_for()
    field.wait_for(state="detached")
    drawn(page)
    press(page, "3")
    until(lambda: bool(answers(server.home)))
    assert answers(server.home) == [(first, "Spam")]


def test_the_field_under_twenty_five_answers_stays_in_sight_where_a_guess_is_shown(server, page):
    names = tuple(f"Category {i:02d} of some things" for i in range(1, 26))
    make_project(server.home, names, text="A letter of many words. " * 210, show_guess=True)
    open_desk(page, server)
    page.locator(".st-key-guess_said").wait_for()
    field, tools = (
        page.locator(f".st-key-{key}").bounding_box() for key in ("answer_filter", "tools")
    )
    assert field["y"] + field["height"] <= tools["y"]
    assert tools["y"] + tools["height"] <= 900


def test_twenty_five_answers_and_long_rows_are_worked_through_by_keys(server, page):
    names = tuple(f"Team {i:02d} {'VAT' if i == 17 else 'desk'}" for i in range(1, 26))
    make_project(server.home, names, text="A letter of many words. " * 210)
    page.set_viewport_size({"width": 420, "height": 800})
    open_desk(page, server)
    assert page.locator(".st-key-answers button").count() == 25
    assert page.evaluate("document.activeElement.tagName") != "INPUT"
    tools = page.locator(".st-key-tools").bounding_box()
    assert tools["y"] + tools["height"] <= 800, "the buttons below never leave the screen"
    assert page.locator(".st-key-answers").get_attribute("translate") == "no"
    assert page.locator(".al-card").get_attribute("translate") == "no"
    unfolded = "document.querySelector('details.al-more').open"
    assert not page.evaluate(unfolded)
    page.keyboard.press("x")
    assert page.evaluate(unfolded)
    first = row_on(page)
    page.keyboard.press("/")
    page.keyboard.type("vat")
    until(lambda: page.locator(".st-key-answers button:visible").count() == 1)
    page.keyboard.press("Enter")
    until(lambda: row_on(page) != first)
    drawn(page)
    second = row_on(page)
    assert page.evaluate(unfolded), "as the person left it"
    assert page.locator(".st-key-answers button:visible").count() == 25
    page.keyboard.press("0")
    press(page, "a")
    third = row_on(page)
    press(page, "9")
    until(lambda: len(answers(server.home)) == 3)
    given = [(first, names[16]), (second, names[18]), (third, names[8])]
    assert answers(server.home) == given


def test_the_keyboard_alone_is_enough(server, page):
    make_project(server.home)
    open_desk(page, server)
    first = row_on(page)
    page.keyboard.press("h")
    page.locator(".st-key-panel_open").wait_for()
    page.keyboard.press("h")
    page.locator(".st-key-panel_open").wait_for(state="detached")
    page.locator(".st-key-answers button").first.focus()
    page.keyboard.press("Tab")
    focused = page.evaluate("getComputedStyle(document.activeElement).outlineStyle")
    page.keyboard.press("Enter")
    until(lambda: row_on(page) != first)
    drawn(page)
    assert focused != "none"
    assert "Delivery" in page.evaluate("document.activeElement.innerText")
    assert answers(server.home) == [(first, "Delivery")]


def test_the_buttons_stand_still_whatever_the_length_of_the_row(server, page):
    make_project(server.home)
    open_desk(page, server)
    places = set()
    for _ in range(6):
        places.add(page.locator(".st-key-answers").bounding_box()["y"])
        press(page, "1")
    assert len(places) == 1


def test_the_next_row_comes_into_sight_on_a_page_scrolled_to_a_panel(server, page):
    make_project(server.home)
    page.set_viewport_size({"width": 700, "height": 450})  # a window of 1400 at 200 %
    open_desk(page, server)
    page.keyboard.press("h")
    panel = page.locator(".st-key-panel_open")
    panel.wait_for()
    drawn(page, 1_000)
    card = "document.querySelector('.st-key-reading').getBoundingClientRect().top"
    heading = "document.querySelector('.st-key-panel_open h2').getBoundingClientRect().top"
    assert page.evaluate(card) < 0
    assert 50 < page.evaluate(heading) < 400
    press(page, "1")
    drawn(page)
    assert 0 <= page.evaluate(card) < 400


def test_the_goal_brings_a_card_and_fifty_more_goes_on(server, page):
    make_project(server.home, budget=2)
    open_desk(page, server)
    press(page, "1")
    press(page, "2")
    page.locator(".st-key-goal_card").wait_for()
    page.locator(".st-key-goal_more button").click()
    page.locator(".st-key-row_id").wait_for()
    press(page, "1")
    until(lambda: len(answers(server.home)) == 3)
    assert len(answers(server.home)) == 3


def test_a_press_on_a_page_whose_server_was_killed_is_saved_or_said_not_to_be(server, page):
    make_project(server.home)
    open_desk(page, server)
    press(page, "1")
    row = row_on(page)
    server.kill()
    server.start()
    page.keyboard.press("1")
    said = page.get_by_text("Your last press was not saved")
    until(lambda: said.is_visible() or (row, "Billing") in answers(server.home), 60)
    assert said.is_visible() or (row, "Billing") in answers(server.home)


def test_presses_and_a_held_key_while_the_server_dies_are_saved_once_when_it_is_back(server, page):
    make_project(server.home)
    open_desk(page, server)
    server.hold()
    rows = []
    for key in "121":
        rows.append(row_on(page))
        page.keyboard.press(key)
        page.wait_for_timeout(200)
    rows.append(row_on(page))
    page.keyboard.down("2")  # and is held while the server is away
    server.kill()
    page.keyboard.down("2")  # as the keyboard repeats it
    server.start()
    page.keyboard.down("2")
    until(lambda: len(answers(server.home)) == 4, 90)
    page.keyboard.down("2")
    page.keyboard.up("2")
    given = ["Billing", "Delivery", "Billing", "Delivery"]
    assert answers(server.home) == list(zip(rows, given, strict=True))


def test_keys_are_left_to_a_menu_or_a_field_that_lies_over_the_desk(server, page):
    make_project(server.home)
    open_desk(page, server)
    first = row_on(page)
    for opener in ("more", "new_answer_menu"):
        page.locator(f".st-key-{opener} button").click()
        page.locator("[role=menu], [role=dialog]").first.wait_for()
        page.keyboard.press("d")
        page.keyboard.press("1")
        page.wait_for_timeout(500)
        page.keyboard.press("Escape")
        page.locator("[role=menu], [role=dialog]").first.wait_for(state="detached")
    assert row_on(page) == first
    assert not [item for item in journal(server.home) if item.row is not None]
    press(page, "2")
    until(lambda: bool(answers(server.home)))
    assert answers(server.home) == [(first, "Delivery")]
