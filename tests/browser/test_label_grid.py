"""Several at once in a real browser: rows answered on a grid, saved and taken back together."""

from __future__ import annotations

import pytest

from al_core.projects import Project
from tests.browser.desk_cases import answers, drawn, make_project, more, open_desk, press, until

pytestmark = pytest.mark.browser

MANY = ("Billing", "Delivery", *(f"Shelf {number}" for number in range(3, 12)), "Zebra crossing")
AT = "[role=gridcell][data-at]"


def open_grid(page, server, **project) -> list[int]:
    """A project's first rows as a grid of six; their numbers."""
    make_project(server.home, **project)
    open_desk(page, server)
    more(page, "Several at once")
    return rows_on(page)


def rows_on(page, n: int = 6) -> list[int]:
    """The numbers of the rows on the grid, once it can be driven by keys."""
    page.locator(f"{AT}:focus").wait_for()
    return [int(page.locator(f".st-key-tile_row_{i}").inner_text()) for i in range(n)]


def in_focus(page) -> int:
    """The number of the row that has the focus, and the frame round it."""
    return int(page.locator(f"{AT}:focus [class*='st-key-tile_row_']").inner_text())


def said(page, row: int) -> str:
    """What stands under a row."""
    return page.locator(f".st-key-tile_button_{row}").inner_text()


def test_a_digit_answers_the_row_in_focus_and_goes_on_to_the_next(server, page):
    rows = open_grid(page, server)
    assert in_focus(page) == rows[0]
    for key in "121":
        page.keyboard.press(key)
    assert in_focus(page) == rows[3]
    assert [said(page, row) for row in rows[:4]] == [
        "Billing",
        "Delivery",
        "Billing",
        "No answer yet",
    ]
    page.locator("button", has_text="Save 3 answers").click()
    until(lambda: len(answers(server.home)) == 3)
    wanted = zip(rows[:3], ("Billing", "Delivery", "Billing"), strict=True)
    assert answers(server.home) == [*wanted]


def test_arrows_go_from_row_to_row_as_they_are_laid_out(server, page):
    rows = open_grid(page, server)
    way = {
        "ArrowRight": 1,
        "ArrowDown": 4,
        "ArrowLeft": 3,
        "ArrowUp": 0,
        "End": 5,
        "ArrowRight ": 5,
        "Home": 0,
        "ArrowLeft ": 0,
    }
    for key, place in way.items():
        page.keyboard.press(key.strip())
        assert in_focus(page) == rows[place], key
    page.set_viewport_size({"width": 420, "height": 800})  # one under the other
    page.keyboard.press("ArrowDown")
    assert in_focus(page) == rows[1]
    page.keyboard.press("ArrowUp")
    assert in_focus(page) == rows[0]


def test_backspace_empties_the_row_in_focus_and_another_digit_corrects_it(server, page):
    rows = open_grid(page, server)
    for key in ("1", "1", "ArrowLeft", "Backspace", "ArrowLeft", "2"):
        page.keyboard.press(key)
    assert [said(page, row) for row in rows[:2]] == ["Delivery", "No answer yet"]
    page.keyboard.press("Enter")
    page.get_by_text("Saved: 1 answer.").wait_for()
    assert answers(server.home) == [(rows[0], "Delivery")]


def test_no_press_of_a_fast_hand_is_lost_before_enter_saves(server, page):
    rows = open_grid(page, server)
    server.hold()
    for key in ("1", "2", "1", "2", "1", "2", "Enter", "1"):
        page.keyboard.press(key)
    server.go_on()
    page.get_by_text("Saved: 6 answers.").wait_for()
    assert answers(server.home) == [*zip(rows, ("Billing", "Delivery") * 3, strict=True)]
    page.locator("button", has_text="Save 0 answers").wait_for()
    assert set(rows_on(page)).isdisjoint(rows)
    page.keyboard.press("2")
    page.locator("button", has_text="Save 1 answer").wait_for()


def test_a_reader_of_the_screen_hears_row_and_answer_at_one_stop_of_the_tab_key(server, page):
    rows = open_grid(page, server)
    page.keyboard.press("1")
    cells = page.get_by_role("gridcell")
    assert cells.count() == 6
    assert [cells.nth(i).get_attribute("tabindex") for i in range(3)] == ["-1", "0", "-1"]
    first, second = (cells.nth(i).get_attribute("aria-label") for i in range(2))
    assert "Billing." in first
    assert f"number {rows[0]}" in first
    assert "No answer yet." in second
    save = page.get_by_role("button", name="Save 1 answer")
    save.wait_for()  # the server names the number, and draws the button with it
    page.keyboard.press("Tab")
    assert save.evaluate("button => button === document.activeElement")


def test_an_answer_after_the_ninth_has_two_keys_or_its_first_letters(server, page):
    rows = open_grid(page, server, classes=MANY)
    for key in ("0", "2", "ArrowRight", "/"):
        page.keyboard.press(key)
    page.get_by_label("Filter answers").press_sequentially("ze")
    page.get_by_role("radio", name="Billing").wait_for(state="hidden")
    page.keyboard.press("Enter")
    assert in_focus(page) == rows[3]
    assert said(page, rows[2]) == "Zebra crossing"
    page.get_by_role("radio", name="Billing").wait_for()
    page.keyboard.press("Enter")
    page.get_by_text("Saved: 2 answers.").wait_for()
    assert answers(server.home) == [(rows[0], "Shelf 11"), (rows[2], "Zebra crossing")]


def with_guesses(server) -> None:
    """A project whose app has something to guess from."""
    make_project(server.home, check_first=2, seed=3)
    with Project.open(server.home / "tickets", background=False) as project:
        tests = set(project.check_rows.tolist())
        taught = [row for row in range(40) if row not in tests][:12]
        for row in taught:
            project.label(row, "Delivery" if row % 4 == 0 else "Billing")


def test_the_grid_comes_filled_in_on_wish_and_only_what_differs_is_touched(server, page):
    with_guesses(server)
    open_desk(page, server)
    more(page, "Several at once")
    rows = rows_on(page)
    assert {said(page, row) for row in rows} == {"No answer yet"}
    page.get_by_text("Fill in the app's guesses").click()
    page.get_by_text("· guess").first.wait_for()
    drawn(page)
    with Project.open(server.home / "tickets", background=False) as project:
        tests = {row for row in rows if row in set(project.check_rows.tolist())}
    filled = {row: said(page, row) for row in rows}
    assert {row for row, words in filled.items() if words == "No answer yet"} == tests != set()
    other = next(place for place, row in enumerate(rows) if row not in tests)
    for _ in range(other):
        page.keyboard.press("ArrowRight")
    guess = filled[rows[other]].removesuffix(" · guess")
    corrected = {"Billing": "Delivery", "Delivery": "Billing"}[guess]
    page.keyboard.press("2" if corrected == "Delivery" else "1")
    page.locator("button", has_text=f"Save {6 - len(tests)} answers").wait_for()
    before = answers(server.home)
    page.keyboard.press("Enter")
    page.get_by_text(f"Saved: {6 - len(tests)} answers.").wait_for()
    wanted = [
        (row, corrected if row == rows[other] else words.removesuffix(" · guess"))
        for row, words in filled.items()
        if row not in tests
    ]
    assert answers(server.home)[len(before) :] == wanted


def test_guesses_that_nobody_confirmed_are_not_saved_where_the_grid_is_left(server, page):
    with_guesses(server)
    open_desk(page, server)
    more(page, "Several at once")
    rows = rows_on(page)
    page.get_by_text("Fill in the app's guesses").click()
    page.get_by_text("· guess").first.wait_for()
    before = answers(server.home)
    page.keyboard.press("End")
    page.keyboard.press("2")
    page.keyboard.press("v")
    page.locator(".st-key-saved_line").get_by_text("Saved: 1 answer.").wait_for()
    assert answers(server.home)[len(before) :] == [(rows[-1], "Delivery")]


def test_a_click_under_a_row_gives_it_the_answer_in_hand(server, page):
    rows = open_grid(page, server)
    page.get_by_role("radio", name="Delivery").click()
    drawn(page)
    button = page.locator(f".st-key-tile_button_{rows[2]} button")
    button.click()
    page.locator("button", has_text="Save 1 answer").wait_for()
    assert in_focus(page) == rows[2]
    drawn(page)  # nobody clicks again within the tenth of a second of a redraw
    button.click()
    page.locator("button", has_text="Save 0 answers").wait_for()
    drawn(page)
    button.click()
    page.locator("button", has_text="Save 1 answer").wait_for()
    page.keyboard.press("Enter")
    page.get_by_text("Saved: 1 answer.").wait_for()
    assert answers(server.home) == [(rows[2], "Delivery")]


def test_answers_picked_on_the_grid_are_saved_where_it_is_left(server, page):
    rows = open_grid(page, server)
    page.keyboard.press("ArrowRight")
    page.keyboard.press("1")
    page.locator("button", has_text="Save 1 answer").wait_for()
    page.get_by_role("button", name="One at a time").click()
    page.locator(".st-key-saved_line").get_by_text("Saved: 1 answer.").wait_for()
    assert answers(server.home) == [(rows[1], "Billing")]


def test_enter_saves_the_grid_after_a_click_on_an_answer_and_on_a_row(server, page):
    rows = open_grid(page, server)
    page.get_by_text("Arrows move the frame").wait_for()
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
    for key in "11":
        page.keyboard.press(key)
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
    rows_on(page)
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
    page.get_by_role("radio", name="Delivery").focus()
    page.keyboard.press("2")
    page.locator("button", has_text="Save 1 answer").wait_for()
    page.get_by_role("radio", name="Delivery").focus()
    page.keyboard.press("Enter")
    page.get_by_text("Saved: 1 answer.").wait_for()
    assert answers(server.home) == [(rows[0], "Delivery")]


def test_what_was_saved_on_the_grid_is_not_said_to_come_from_another_tab(server, page):
    make_project(server.home)
    open_desk(page, server)
    page.keyboard.press("w")
    page.locator(".st-key-panel_open").wait_for()
    more(page, "Several at once")
    page.locator(".st-key-tile_row_2").wait_for()
    page.locator(".st-key-panel_open").wait_for(state="detached")
    rows_on(page)
    for key in "121212":
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
    drawn(page)
    page.keyboard.press("End")
    page.keyboard.press("2")
    page.locator("button", has_text="Save 1 answer").wait_for()
    page.keyboard.press("Enter")
    until(lambda: len(answers(server.home)) == 2)
    assert len(answers(server.home)) == 2
