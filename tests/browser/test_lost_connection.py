"""A connection that is lost for a moment: the page comes back by itself, where it was."""

from __future__ import annotations

from collections.abc import Iterator
from types import SimpleNamespace

import pytest

from al_core.projects.journal.presence import living
from tests.browser.desk_cases import (
    answers,
    drawn,
    make_project,
    open_desk,
    press,
    row_on,
    spent_on,
    until,
)
from tests.browser.proxy import Proxy, proxied

pytestmark = pytest.mark.browser
SECONDS = [0.1, 1, 4, 8]


@pytest.fixture
def wire(server) -> Iterator[Proxy]:
    with proxied(server.port) as proxy:
        yield proxy


def through(wire: Proxy) -> SimpleNamespace:
    """What ``open_desk`` takes for a server, with the proxy in between."""
    return SimpleNamespace(url=wire.url)


def lose(page, wire: Proxy, seconds: float) -> None:
    """Lose the connection for so long, and wait until the page has had time to come back."""
    with page.expect_websocket(timeout=90_000):
        wire.cut(seconds)
    page.wait_for_timeout(1_000)
    drawn(page, 1_000)  # the page is drawn again, and what redraws itself has been due


def test_label_comes_back_on_the_same_row_and_goes_on(server, page, wire):
    make_project(server.home)
    open_desk(page, through(wire))
    given = [(row_on(page), "Billing")]
    press(page, "1")
    for seconds in SECONDS:
        row = row_on(page)
        lose(page, wire, seconds)
        assert page.locator(".st-key-row_id").is_visible(), page.inner_text("body")
        assert row_on(page) == row
        assert "project=tickets" in page.url
        press(page, "2")
        given.append((row, "Delivery"))
        until(lambda: spent_on(page) == len(given))
        assert answers(server.home) == given


def test_progress_comes_back_and_the_desk_after_it_goes_on(server, page, wire):
    make_project(server.home)
    open_desk(page, through(wire))
    given = [(row_on(page), "Billing")]
    press(page, "1")
    for seconds in SECONDS:
        row = row_on(page)
        page.locator(".st-key-menu a", has_text="Progress").click()
        page.locator(".st-key-how").wait_for()
        drawn(page)
        lose(page, wire, seconds)
        assert page.locator(".st-key-how").is_visible(), page.inner_text("body")
        assert "project=tickets" in page.url
        page.locator(".st-key-menu a", has_text="Label").click()
        page.locator(".st-key-answers button").first.wait_for()
        drawn(page)
        assert row_on(page) == row
        press(page, "2")
        given.append((row, "Delivery"))
        until(lambda: len(answers(server.home)) == len(given))
        assert answers(server.home) == given


def test_a_tab_closed_for_good_leaves_its_row_to_the_next_one(server, page):
    make_project(server.home)
    open_desk(page, server)
    row = row_on(page)
    other = page.context.new_page()
    page.close()
    other.wait_for_timeout(500)
    open_desk(other, server)
    assert row_on(other) == row
    assert len(living(server.home / "tickets")) == 1


def test_a_press_that_was_lost_with_the_connection_is_saved_once_it_is_back(server, page, wire):
    make_project(server.home)
    open_desk(page, through(wire))
    row = row_on(page)
    wire.swallow()
    page.keyboard.press("1")
    until(lambda: row_on(page) != row)
    second = row_on(page)
    lose(page, wire, 0.5)
    until(lambda: spent_on(page) == 1)
    assert answers(server.home) == [(row, "Billing")]
    assert row_on(page) == second


def test_a_press_while_the_connection_is_lost_is_said_not_to_count(server, page, wire):
    make_project(server.home)
    open_desk(page, through(wire))
    row = row_on(page)
    wire.break_off()
    page.locator(".st-key-answers button[disabled]").first.wait_for()
    page.keyboard.press("1")
    page.get_by_text("The connection is lost for the moment").wait_for()
    page.get_by_text("The program behind this page has stopped").wait_for()
    wire.mend()
    page.locator(".st-key-answers button:not([disabled])").first.wait_for()
    drawn(page)
    assert row_on(page) == row
    assert answers(server.home) == []


def test_a_page_that_returns_after_its_project_was_closed_opens_it_and_goes_on(server, page, wire):
    make_project(server.home)
    open_desk(page, through(wire))
    given = [(row_on(page), "Billing")]
    press(page, "1")
    row = row_on(page)
    until(lambda: spent_on(page) == 1)
    wire.break_off()
    until(lambda: not living(server.home / "tickets"), seconds=90)
    assert not living(server.home / "tickets")
    with page.expect_websocket(timeout=90_000):
        wire.mend()
    drawn(page, 1_000)
    assert row_on(page) == row
    press(page, "2")
    given.append((row, "Delivery"))
    until(lambda: answers(server.home) == given)
    assert answers(server.home) == given
