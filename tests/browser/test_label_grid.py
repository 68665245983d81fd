"""Several at once in a real browser: rows marked on a grid, saved and taken back together."""

from __future__ import annotations

import pytest

from tests.browser.desk_cases import answers, drawn, make_project, more, open_desk, press, until

pytestmark = pytest.mark.browser


def open_grid(page, server) -> list[int]:
    """A project's first rows as a grid of six; their numbers."""
    make_project(server.home)
    open_desk(page, server)
    more(page, "Several at once")
    page.locator(".st-key-tile_row_2").wait_for()
    return [int(page.locator(f".st-key-tile_row_{i}").inner_text()) for i in range(6)]


def test_several_at_once_saves_the_marked_rows(server, page):
    rows = open_grid(page, server)
    page.keyboard.press("1")
    page.locator("button", has_text="Save 1 answer").wait_for()
    page.get_by_role("radio", name="Delivery").click()
    drawn(page)
    page.keyboard.press("3")
    page.locator("button", has_text="Save 2 answers").click()
    until(lambda: len(answers(server.home)) == 2)
    assert answers(server.home) == [(rows[0], "Billing"), (rows[2], "Delivery")]


def test_answers_picked_on_the_grid_are_saved_where_it_is_left(server, page):
    rows = open_grid(page, server)
    page.keyboard.press("2")
    page.locator("button", has_text="Save 1 answer").wait_for()
    page.get_by_role("button", name="One at a time").click()
    page.locator(".st-key-saved_line").get_by_text("Saved: 1 answer.").wait_for()
    assert answers(server.home) == [(rows[1], "Billing")]


def test_enter_saves_the_grid_after_a_click_on_an_answer_and_on_a_row(server, page):
    rows = open_grid(page, server)
    page.get_by_text("Keys 1 to 6 are the rows here").wait_for()
    page.wait_for_timeout(2_000)  # the listeners of the desk are gone by then
    page.get_by_role("radio", name="Delivery").click()
    drawn(page)
    page.locator(f".st-key-tile_button_{rows[3]} button").click()
    page.locator("button", has_text="Save 1 answer").wait_for()
    page.keyboard.press("Enter")
    page.get_by_text("Saved: 1 answer.").wait_for()
    assert answers(server.home) == [(rows[3], "Delivery")]


def test_one_undo_takes_back_all_answers_saved_at_once(server, page):
    open_grid(page, server)
    for key, saved in (("1", "Save 1 answer"), ("2", "Save 2 answers")):
        page.keyboard.press(key)
        page.locator("button", has_text=saved).wait_for()
    page.locator("button", has_text="Save 2 answers").click()
    until(lambda: len(answers(server.home)) == 2)
    page.get_by_text("Saved: 2 answers.").wait_for()
    page.keyboard.press("u")
    page.get_by_text("Undone: 2 answers.").wait_for()
    assert answers(server.home) == []


def test_the_single_row_goes_away_though_other_parts_redraw_themselves_at_that_moment(server, page):
    """Sidebar and the line on learning come due while the press waits, and run right after it."""
    make_project(server.home)
    open_desk(page, server)
    for _ in range(4):
        page.locator(".st-key-more button").click()
        entry = page.locator(".st-key-open_several button")
        entry.wait_for()
        server.hold()
        entry.click()
        page.wait_for_timeout(2_300)  # their timers are two seconds long
        server.go_on()
        page.locator(".st-key-tile_row_2").wait_for()
        undo = page.locator(".st-key-undo")
        page.wait_for_timeout(700)  # what redraws itself has come due by then
        until(lambda undo=undo: undo.count() == 1)
        assert undo.count() == 1
        page.get_by_role("button", name="One at a time").click()
        page.locator(".st-key-answers button").first.wait_for()
        drawn(page)


def test_undo_takes_marks_away_before_it_takes_back_what_is_saved(server, page):
    make_project(server.home)
    open_desk(page, server)
    press(page, "1")
    until(lambda: len(answers(server.home)) == 1)
    more(page, "Several at once")
    page.locator(".st-key-tile_row_2").wait_for()
    page.keyboard.press("2")
    page.locator("button", has_text="Save 1 answer").wait_for()
    page.keyboard.press("u")
    page.get_by_text("The marks are gone").wait_for()
    assert len(answers(server.home)) == 1
    page.keyboard.press("u")
    until(lambda: not answers(server.home))
    assert answers(server.home) == []


def test_enter_saves_while_the_focus_is_on_the_answer_in_hand(server, page):
    rows = open_grid(page, server)
    page.locator(".st-key-desk_in_hand").get_by_text("Delivery").click()
    drawn(page)
    page.keyboard.press("2")
    page.locator("button", has_text="Save 1 answer").wait_for()
    page.get_by_role("radio", name="Delivery").focus()
    page.keyboard.press("Enter")
    page.get_by_text("Saved: 1 answer.").wait_for()
    assert answers(server.home) == [(rows[1], "Delivery")]


def test_what_was_saved_on_the_grid_is_not_said_to_come_from_another_tab(server, page):
    make_project(server.home)
    open_desk(page, server)
    page.keyboard.press("w")
    page.locator(".st-key-panel_open").wait_for()
    more(page, "Several at once")
    page.locator(".st-key-tile_row_2").wait_for()
    page.locator(".st-key-panel_open").wait_for(state="detached")
    for key in "123456":
        page.keyboard.press(key)
        page.wait_for_timeout(400)
    page.keyboard.press("Enter")
    page.get_by_text("Saved: 6 answers.").wait_for()
    page.wait_for_timeout(4_500)  # the line on learning redraws itself twice
    assert page.get_by_text("another tab").count() == 0
    assert len(answers(server.home)) == 6


def test_another_number_of_rows_saves_what_is_marked(server, page):
    rows = open_grid(page, server)
    page.keyboard.press("1")
    page.locator("button", has_text="Save 1 answer").wait_for()
    page.locator(".st-key-desk_batch_size").get_by_role("radio", name="9").click()
    page.locator(".st-key-tile_row_8").wait_for()
    assert answers(server.home) == [(rows[0], "Billing")]
    page.keyboard.press("9")
    page.locator("button", has_text="Save 1 answer").wait_for()
    page.keyboard.press("Enter")
    until(lambda: len(answers(server.home)) == 2)
    assert len(answers(server.home)) == 2
