"""From the first label to a final check on digits, by key, with the power cut in its middle."""

from __future__ import annotations

from pathlib import Path

import pytest
from streamlit.proto.BackMsg_pb2 import BackMsg

from al_core.projects import Project
from al_core.tables import guess_roles, load_demo
from tests.browser.desk_cases import drawn, press, row_on, spent_on, until

pytestmark = pytest.mark.browser

ANSWERS = ("zero", "other")
# Labels after which it first looks settled whether a digit is a zero, seen by trying: 65. More are
# given where the app learned at other moments.
FIRST, MORE, MOST = 66, 10, 160


def truth() -> list[str]:
    """Whether each row is a zero."""
    return [ANSWERS[digit != "0"] for digit in load_demo("digits").text.iloc[:, -1].astype(str)]


def key_of(row: int, known: list[str]) -> str:
    return str(1 + ANSWERS.index(known[row]))


def settled(home: Path) -> str:
    """Digits that were labelled by a script until they look settled; its id."""
    table = load_demo("digits", with_answers=False)
    given = {"classes": ANSWERS, "model": "logistic_regression"}
    roles, known = guess_roles(table), truth()
    project = Project.create(home / "digits", table, roles, given, background=False)
    while project.advice().title != "Looks settled":
        (question,) = project.ask()
        project.label(question.row, known[question.row], token=question.token)
    project.close()
    return "digits"


def begun(page, server) -> str:
    """The digits as a file without answers, and a question typed; the address of the project."""
    page.goto(server.url)
    rows = load_demo("digits", with_answers=False).text.to_csv(index=False).encode()
    file = {"name": "digits.csv", "mimeType": "text/csv", "buffer": rows}
    page.locator(".st-key-upload input[type=file]").set_input_files(file)
    page.locator(".st-key-question_answers textarea").fill("\n".join(ANSWERS))
    page.locator(".st-key-question_text input").fill("Is it a zero?")
    page.locator(".st-key-start button:enabled").click()
    page.wait_for_url("**/label?project=*")
    page.locator(".st-key-row_id").wait_for(state="attached")
    drawn(page)
    return page.url


def label_until_it_looks_settled(page, known: list[str]) -> int:
    """Label by key from the first row on, and look at Progress now and then; how many it took."""
    given = 0
    while given < MOST:
        for _ in range(MORE if given else FIRST):
            press(page, key_of(row_on(page), known))
            given += 1
        until(lambda n=given: spent_on(page) == n)
        page.get_by_role("link", name="Progress", exact=True).click()
        page.locator(".st-key-advice").wait_for()
        until(lambda: "One moment" not in said(page))
        if "Looks settled." in said(page):
            break
        page.locator(".st-key-label_more button").click()
        page.locator(".st-key-row_id").wait_for(state="attached")
        drawn(page)
    return given


def said(page) -> str:
    return page.locator("[data-testid=stMain]").inner_text()


def at(page, done: int) -> None:
    """The bar says so many of 60, and nothing says how many of them are right."""
    page.get_by_text(f"Final check: {done} of 60").wait_for()
    assert "right" not in said(page).lower()


def test_from_the_first_label_by_hand_to_a_final_check_that_outlives_the_server(server, page):
    known, desk = truth(), begun(page, server)
    first = row_on(page)
    given = label_until_it_looks_settled(page, known)
    page.get_by_text("60 of 60 right would show at least 95 in 100").wait_for()
    page.locator(".st-key-final_check button").click()  # while the curve is still measured
    page.locator(".st-key-row_id").wait_for(state="attached")
    drawn(page)
    at(page, 0)
    asked = []
    for _ in range(25):
        asked.append(row_on(page))
        press(page, key_of(asked[-1], known))
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
        press(page, key_of(asked[-1], known))
    page.locator(".st-key-final_card").wait_for()
    assert "right" not in said(page).lower()
    page.locator(".st-key-final_result_button button").click()
    page.locator(".st-key-final_result").wait_for()
    result = page.locator(".st-key-final_result").inner_text()
    until(lambda: page.locator(".st-key-finish button").is_visible())
    with Project.open(server.home / desk.split("project=")[1], background=False) as reader:
        check = reader.final_check()
        assert check.state == "done"
        assert list(check.rows) == asked
        assert first not in asked
        labels = reader.labels().set_index("row").label
        assert len(labels) == given + 60
        assert labels.to_dict() == {row: known[row] for row in labels.index}
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
    press(page, key_of(row_on(page), truth()))
    at(page, 1)
