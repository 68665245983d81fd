"""The same project open in two tabs; each test asks the journal and both screens."""

from __future__ import annotations

import pytest

from tests.browser.desk_cases import (
    answers,
    labels,
    make_project,
    more,
    open_desk,
    press,
    row_on,
    spent_on,
    until,
)

pytestmark = pytest.mark.browser


def test_two_tabs_never_show_the_same_row_and_the_later_answer_stands(server, page):
    make_project(server.home)
    open_desk(page, server)
    other = page.context.new_page()
    open_desk(other, server)
    rows = []
    for _ in range(4):
        assert row_on(page) != row_on(other)
        rows += [row_on(page), row_on(other)]
        press(page, "1")
        press(other, "2")
    until(lambda: len(answers(server.home)) == len(rows))
    assert sorted(row for row, _ in answers(server.home)) == sorted(rows)
    more(other, "History")
    other.locator(".st-key-history_table").wait_for()
    assert spent_on(other) == 8


def pick(page, number):
    """Put a row on the desk by its number."""
    more(page, "Find a row")
    page.get_by_label("or line number").fill(str(number + 2))
    page.keyboard.press("Enter")
    page.locator(".st-key-label_found button", has_text=f"Label line {number + 2}").click()
    until(lambda: row_on(page) == number)


def test_the_later_of_two_answers_for_one_row_stands_and_both_are_in_the_history(server, page):
    make_project(server.home)
    open_desk(page, server)
    other = page.context.new_page()
    open_desk(other, server)
    row = row_on(page)
    press(page, "1")
    pick(other, row)
    other.get_by_text("Its answer now: Billing").wait_for()
    press(other, "2")
    other.get_by_text(f"Saved: line {row + 2} is Delivery. It was Billing before.").first.wait_for()
    assert answers(server.home) == [(row, "Billing"), (row, "Delivery")]
    assert labels(server.home)[["row", "label"]].values.tolist() == [[row, "Delivery"]]
    for tab in (page, other):
        more(tab, "History")
        tab.locator(".st-key-history_table").wait_for()
        until(lambda tab=tab: spent_on(tab) == 1)
        assert spent_on(tab) == 1
        button = tab.locator(".st-key-answers button", has_text="Delivery")
        until(lambda button=button: "1" in button.inner_text().split("·")[-1])
        assert button.inner_text().split("·")[-1].strip() == "1"


def test_a_row_on_screen_that_another_tab_answers_stays_with_a_word(server, page):
    make_project(server.home)
    open_desk(page, server)
    other = page.context.new_page()
    open_desk(other, server)
    row = row_on(page)
    pick(other, row)
    press(other, "2")
    page.get_by_text(f"Line {row + 2} was answered in another tab: Delivery.").wait_for()
    assert row_on(page) == row
    press(page, "1")
    page.get_by_text(f"Saved: line {row + 2} is Billing. It was Delivery before.").first.wait_for()
    assert answers(server.home) == [(row, "Delivery"), (row, "Billing")]
    assert labels(server.home).label.tolist() == ["Billing"]


def test_a_tab_left_alone_shows_what_the_other_has_labelled(server, page):
    make_project(server.home)
    open_desk(page, server)
    row = row_on(page)
    other = page.context.new_page()
    open_desk(other, server)
    press(other, "1")
    press(other, "2")
    until(lambda: spent_on(page) == 2)
    assert spent_on(page) == 2
    assert row_on(page) == row
    assert not page.get_by_text("was not saved").is_visible()
