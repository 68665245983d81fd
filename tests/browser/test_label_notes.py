"""Notes on the label desk, written with the keyboard alone; each test ends with the journal."""

from __future__ import annotations

import pytest

from tests.browser.desk_cases import (
    answers,
    drawn,
    journal,
    make_project,
    open_desk,
    press,
    row_on,
    until,
)

pytestmark = pytest.mark.browser


def note_field(page):
    """The field for a note, once it has the focus."""
    field = page.locator(".st-key-note_field textarea")
    field.wait_for()
    until(lambda: page.evaluate("document.activeElement.tagName") == "TEXTAREA")
    return field


def test_a_note_is_written_and_answered_with_the_keyboard_alone(server, page):
    make_project(server.home)
    open_desk(page, server)
    first = row_on(page)
    page.keyboard.press("n")
    page.keyboard.type("sud 12: ask Hannah")  # at once, before the field stands
    field = note_field(page)
    until(lambda: field.input_value() == "sud 12: ask Hannah")
    assert field.input_value() == "sud 12: ask Hannah"
    assert row_on(page) == first
    page.keyboard.press("Escape")
    press(page, "2")
    page.locator(".st-key-panel_open").wait_for(state="detached")
    labelled = [item for item in journal(server.home) if item.what == "labelled"]
    assert [(i.row, i.label, i.note) for i in labelled] == [
        (first, "Delivery", "sud 12: ask Hannah")
    ]


def test_n_leads_back_into_a_note_that_is_still_open_and_the_answers_are_heard_after_it(
    server, page
):
    make_project(server.home)
    open_desk(page, server)
    first = row_on(page)
    for word in ("un", "clear"):
        page.keyboard.press("n")
        field = note_field(page)
        drawn(page)
        page.keyboard.press("End")
        page.keyboard.type(word)
        page.keyboard.press("Escape")
        drawn(page)
    assert field.input_value() == "unclear"
    press(page, "2")
    until(lambda: bool(answers(server.home)))
    [item] = [item for item in journal(server.home) if item.what == "labelled"]
    assert (item.row, item.label, item.note) == (first, "Delivery", "unclear")


def test_escape_leaves_the_goal_and_once_more_closes_it(server, page):
    make_project(server.home)
    open_desk(page, server)
    first = row_on(page)
    page.keyboard.press("o")
    page.keyboard.type("70")  # at once, before the field stands
    field = page.locator(".st-key-set_budget input")
    field.wait_for()
    until(lambda: field.input_value() == "70")
    assert field.input_value() == "70"
    page.keyboard.press("Escape")
    page.get_by_text("of 70 (goal)").wait_for()
    press(page, "1")
    until(lambda: answers(server.home) == [(first, "Billing")])
    assert answers(server.home) == [(first, "Billing")]
    page.keyboard.press("Escape")
    page.locator(".st-key-panel_open").wait_for(state="detached")


def test_tab_leads_from_a_note_to_save_and_from_there_back(server, page):
    make_project(server.home)
    open_desk(page, server)
    first = row_on(page)
    page.locator(".st-key-skip button").focus()
    page.keyboard.press("n")
    note_field(page)
    page.keyboard.type("unclear")
    page.keyboard.press("Tab")
    drawn(page)
    page.keyboard.press("Enter")
    page.locator(".st-key-panel_open").wait_for(state="detached")
    until(lambda: "Skip" in page.evaluate("document.activeElement.innerText"))
    assert "Skip" in page.evaluate("document.activeElement.innerText")
    notes = [(item.row, item.note) for item in journal(server.home) if item.what == "note"]
    assert notes == [(first, "unclear")]
    assert row_on(page) == first


def test_a_note_belongs_to_the_row_seen_though_the_server_is_behind(server, page):
    make_project(server.home)
    open_desk(page, server)
    server.hold()
    page.keyboard.press("1")
    page.wait_for_timeout(200)
    second = row_on(page)
    page.keyboard.press("n")
    page.keyboard.type("2 parcels")
    server.go_on()
    field = note_field(page)
    until(lambda: field.input_value() == "2 parcels")
    page.keyboard.press("Escape")
    press(page, "2")
    labelled = [i for i in journal(server.home) if i.what == "labelled"]
    assert (labelled[-1].row, labelled[-1].note) == (second, "2 parcels")


def test_a_note_comes_back_with_the_answer_that_is_taken_back(server, page):
    make_project(server.home)
    open_desk(page, server)
    first = row_on(page)
    page.keyboard.press("n")
    note_field(page)
    page.keyboard.type("half a pallet")
    page.keyboard.press("Escape")
    press(page, "2")
    press(page, "u")
    assert row_on(page) == first
    page.keyboard.press("n")
    assert note_field(page).input_value() == "half a pallet"
    page.keyboard.press("Escape")
    press(page, "1")
    labelled = [i for i in journal(server.home) if i.what == "labelled" and not i.undone]
    assert [(i.row, i.label, i.note) for i in labelled] == [(first, "Billing", "half a pallet")]
