"""From "looks settled" to a final check on digits, with the power cut in its middle."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
from streamlit.proto.BackMsg_pb2 import BackMsg

from al_core.projects import Project
from al_core.tables import guess_roles, load_demo
from tests.browser.desk_cases import drawn, press, row_on, until

pytestmark = pytest.mark.browser

# Labels after which the guesses of this model on digits have settled, seen by trying.
LABELS, CHECKS = 900, 40


def truth() -> list[str]:
    """The digit of each row."""
    return [str(digit) for digit in load_demo("digits").text.iloc[:, -1]]


def settled(home: Path) -> str:
    """Digits that were labelled by a script until they look settled; its id."""
    table = load_demo("digits", with_answers=False)
    given = {"classes": tuple("0123456789"), "model": "logistic_regression", "budget": 700}
    roles, known = guess_roles(table), truth()
    project = Project.create(home / "digits", table, roles, given, background=False)
    checks = project.check_rows.tolist()
    mixed = np.random.default_rng(0).permutation(len(known)).tolist()  # the file is sorted by hand
    others = [row for row in mixed if row not in set(checks)]
    for row in [*checks[:CHECKS], *others[:LABELS]]:
        project.label(row, known[row])
    assert project.advice().title == "Looks settled"
    project.close()
    return "digits"


def said(page) -> str:
    return page.locator("[data-testid=stMain]").inner_text()


def at(page, done: int) -> None:
    """The bar says so many of 60, and nothing says how many of them are right."""
    page.get_by_text(f"Final check: {done} of 60").wait_for()
    assert "right" not in said(page).lower()


def test_a_final_check_on_digits_outlives_the_server_and_shows_its_result_after_the_last_row(
    server, page
):
    project, known = settled(server.home), truth()
    page.goto(f"{server.url}/curves?project={project}")
    page.get_by_text("Looks settled.").wait_for()
    page.get_by_text("60 of 60 right would show at least 95 in 100").wait_for()
    page.locator(".st-key-final_check button").click()  # while the curve is still measured
    page.locator(".st-key-row_id").wait_for(state="attached")
    drawn(page)
    at(page, 0)
    asked = []
    for _ in range(25):
        asked.append(row_on(page))
        press(page, known[asked[-1]])
    at(page, 25)
    waiting = row_on(page)
    server.kill()
    server.start()
    page.reload()
    page.locator(".st-key-row_id").wait_for(state="attached")
    drawn(page)
    at(page, 25)
    assert row_on(page) == waiting
    for _ in range(35):
        asked.append(row_on(page))
        press(page, known[asked[-1]])
    page.locator(".st-key-final_card").wait_for()
    assert "right" not in said(page).lower()
    page.locator(".st-key-final_result_button button").click()
    page.locator(".st-key-final_result").wait_for()
    result = page.locator(".st-key-final_result").inner_text()
    until(lambda: page.locator(".st-key-finish button").is_visible())
    with Project.open(server.home / project, background=False) as reader:
        check = reader.final_check()
        assert check.state == "done"
        assert list(check.rows) == asked
        assert {row: reader.label_of(row) for row in asked} == {row: known[row] for row in asked}
        assert check.sentence in result
        assert check.right >= 50


def test_a_redraw_that_progress_asked_for_too_late_leaves_the_desk_as_it_is(server, page):
    """A busy machine delivers it after the desk; here it is sent once more when that is drawn."""
    asked, to_server = [], []

    def kept(route) -> None:
        line = route.connect_to_server()
        to_server.append(line)

        def sent(message) -> None:
            told = BackMsg()
            told.ParseFromString(message)
            if told.rerun_script.is_auto_rerun:
                asked.append(message)
            line.send(message)

        route.on_message(sent)

    page.route_web_socket("**/_stcore/stream*", kept)
    project = settled(server.home)
    page.goto(f"{server.url}/curves?project={project}")
    until(lambda: page.wait_for_timeout(50) or len(asked) > 1)
    page.locator(".st-key-final_check button").click()
    page.locator(".st-key-row_id").wait_for(state="attached")
    drawn(page)
    for late in asked:
        to_server[-1].send(late)
    page.wait_for_timeout(3_000)
    assert page.locator(".st-key-row_id").count() == 1
    first, known = row_on(page), truth()
    press(page, known[first])
    at(page, 1)
