"""The map in a real browser: draw round points, label them in one go, take it back."""

from __future__ import annotations

import pytest

from tests.browser.desk_cases import drawn, journal, labels, make_project, until

pytestmark = pytest.mark.browser


def draw_round_everything(page):
    """A lasso along the edge of the plot."""
    plot = page.locator(".st-key-pool_map .nsewdrag").first
    plot.wait_for()
    drawn(page, 1_000)
    box = plot.bounding_box()
    left, top = box["x"] + 4, box["y"] + 4
    right, bottom = box["x"] + box["width"] - 4, box["y"] + box["height"] - 4
    page.mouse.move(left, top)
    page.mouse.down()
    for x, y in [(right, top), (right, bottom), (left, bottom), (left, top)]:
        page.mouse.move(x, y, steps=12)
    page.mouse.up()


def test_a_lasso_labels_its_rows_after_a_question_and_one_undo_takes_it_back(server, page):
    make_project(server.home, n=60)
    page.goto(server.url + "/map?project=tickets")
    draw_round_everything(page)
    page.get_by_role("heading", name="60 rows chosen").wait_for()
    drawn(page, 1_000)  # the page scrolls while it is drawn, and a menu closes then
    page.get_by_label("Or one answer for all that are ticked").click()
    page.keyboard.press("ArrowDown")
    page.get_by_role("option", name="Delivery").click()
    page.locator(".st-key-map_label button").click()
    page.get_by_text("60 rows will be Delivery.").wait_for()
    assert labels(server.home).empty
    page.locator(".st-key-map_confirm button").click()
    page.locator(".st-key-map_said").wait_for()
    frame = labels(server.home)
    assert frame["row"].tolist() == list(range(60))
    assert set(frame["label"]) == {"Delivery"}
    assert set(frame["purpose"]) == {"chosen"}
    page.locator(".st-key-undo button").click()
    until(lambda: labels(server.home).empty)
    assert labels(server.home).empty
    assert len({item.event_id for item in journal(server.home) if item.undone}) == 1


def test_a_cancelled_question_labels_nothing(server, page):
    make_project(server.home, n=60)
    page.goto(server.url + "/map?project=tickets")
    draw_round_everything(page)
    drawn(page, 1_000)  # the page scrolls while it is drawn, and a menu closes then
    page.get_by_label("Or one answer for all that are ticked").click()
    page.keyboard.press("ArrowDown")
    page.get_by_role("option", name="Billing").click()
    page.locator(".st-key-map_label button").click()
    page.locator(".st-key-map_cancel button").click()
    page.locator(".st-key-map_cancel").wait_for(state="detached")
    assert labels(server.home).empty
