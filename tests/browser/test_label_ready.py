"""Rows on which an answer stands ready: they come as fast, and Enter takes what was shown."""

from __future__ import annotations

from pathlib import Path

import pytest

from al_core.projects import Project
from tests.browser.desk_cases import answers, drawn, make_project, open_desk, row_on, until

pytestmark = pytest.mark.browser


def project_that_guesses(home: Path) -> int:
    """Parcels are a matter of delivery, all else of billing; how many answers there are."""
    make_project(home, show_guess=True)
    with Project.open(home / "tickets", background=False) as project:
        texts = project.table.text["Message"]
        for row in range(20):
            project.label(row, "Delivery" if "parcel" in texts[row] else "Billing")
    return 20


def ready(page) -> tuple[str, str, list[str]]:
    """What is said to be the guess, what Enter takes, and the answers whose button is filled."""
    buttons = page.locator(".st-key-answers button").all()
    grounds = [one.evaluate("e => getComputedStyle(e).backgroundColor") for one in buttons]
    other = page.evaluate(
        "getComputedStyle(document.querySelector('.st-key-skip button')).backgroundColor"
    )
    names = ("Billing", "Delivery")
    filled = [name for name, ground in zip(names, grounds, strict=True) if ground != other]
    said = page.locator(".st-key-guess_said").inner_text()
    return said, page.locator(".st-key-enter_takes").inner_text().strip(), filled


def test_the_next_rows_come_with_their_guesses_before_the_server_has_answered(server, page):
    known = project_that_guesses(server.home)
    open_desk(page, server)
    page.locator(".st-key-enter_takes", has_text="Enter takes").wait_for()
    server.hold()
    taken, guessed = [], []
    for _ in range(4):
        row, (said, enter, filled) = row_on(page), ready(page)
        name = enter.removeprefix("Enter takes ")
        if not name:  # a check row: the guess is kept back
            assert ("guess: " in said, filled) == (False, [])
        else:
            assert said.startswith(f"The app's guess: {name}, ")
            assert filled == [name]
        page.keyboard.press("Enter" if name else "1")
        guessed += [name] * bool(name)
        taken.append((row, name or "Billing"))
        until(lambda row=row: row_on(page) != row, 5)
        assert row_on(page) != row
        page.wait_for_timeout(200)
    server.go_on()
    assert len(guessed) >= 2
    until(lambda: len(answers(server.home)) == known + len(taken))
    assert answers(server.home)[known:] == taken


def test_a_guess_stays_as_it_was_read_when_the_server_draws_the_row(server, page):
    project_that_guesses(server.home)
    open_desk(page, server)
    page.locator(".st-key-enter_takes", has_text="Enter takes").wait_for()
    for _ in range(3):
        row = row_on(page)
        server.hold()
        page.keyboard.press("1")
        until(lambda row=row: row_on(page) != row, 5)
        shown = ready(page)
        server.go_on()
        drawn(page)
        assert ready(page) == shown
