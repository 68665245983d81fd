"""A number that stands in two places is the same in both, also while other tabs label."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from al_core.projects import Project
from al_core.tables import Role, guess_roles, read_table
from tests.browser.desk_cases import WORDS, open_desk, press, until

pytestmark = pytest.mark.browser

N, BY_FILE, GOAL = 120, 30, 40


def partly_answered(home: Path) -> str:
    """Every fourth row is answered by the file; one row is missing to the goal."""
    rows = [f"{WORDS[i % 3]} {i},{i % 50},{_kind(i) if i % 4 == 0 else ''}" for i in range(N)]
    table = read_table("\n".join(["Message,Amount,Team", *rows]).encode(), name="tickets.csv")
    roles = guess_roles(table) | {"Team": Role("label", "the answer")}
    given = {"model": "logistic_regression", "budget": GOAL}
    project = Project.create(home / "tickets", table, roles, given, background=False)
    label(project, GOAL - 1)
    project.close()
    return "tickets"


def _kind(row: int) -> str:
    return "Delivery" if (row % 3 == 0) != (row % 7 == 1) else "Billing"  # not all of it learnable


def label(project: Project, n: int) -> None:
    for _ in range(n):
        (question,) = project.ask()
        project.label(question.row, _kind(question.row), token=question.token)


def sidebar(page) -> str:
    return page.locator(".st-key-sidebar_status").inner_text()


def score_in(text: str) -> str:
    text = text.replace("\u00a0", " ")  # a range is kept on one line
    found = re.search(r"Right about \d+ times in 100 \(\d+ to \d+\)", text)
    return found.group() if found else f"no score in: {text}"


def places_on_progress(page) -> dict[str, set[str]]:
    """What each number is, by what it counts; one value each where all places agree."""
    side, main = sidebar(page), page.locator("[data-testid=stMain]").inner_text()
    page.locator(".st-key-score").get_by_text("labelled:").wait_for()
    labelled = page.locator(".st-key-score [data-testid=stText]").inner_text()
    parts = sum(int(n) for n in re.findall(r"(\d+) (?:teach|check|from the file)", labelled))
    said = re.search(r"(\d+) of \d+ labelled", side)
    card = page.locator(".st-key-advice").inner_text()
    return {
        "labelled": {said.group(1) if said else side, re.findall(r"\d+", labelled)[0], str(parts)},
        "score": {score_in(side), score_in(main)},
        "advice": {title for title in side.splitlines()[-1:] if title not in card},
    }


def agree(page) -> bool:
    found = places_on_progress(page)
    return len(found["labelled"]) == 1 and len(found["score"]) == 1 and not found["advice"]


def test_on_the_desk_only_its_head_has_numbers(server, page):
    partly_answered(server.home)
    open_desk(page, server)
    side = sidebar(page)
    assert not re.search(r"\d|Saved|labelled|Right", side), side
    head = page.locator(".st-key-desk_header").inner_text()
    assert f"Labelled here {GOAL - 1} " in " ".join(head.split())
    assert f"of {GOAL} (goal), {BY_FILE} more from the file" in head


def test_the_card_at_the_goal_keeps_up_with_its_own_model_and_agrees_with_progress(server, page):
    partly_answered(server.home)
    open_desk(page, server)
    press(page, "1")
    card = page.locator(".st-key-goal_card")
    card.wait_for()
    assert f"{GOAL} rows labelled here, {BY_FILE} by the file." in card.inner_text()
    head = page.locator(".st-key-desk_header")
    until(lambda: score_in(card.inner_text()) == score_in(head.inner_text()))
    page.wait_for_timeout(5000)  # a model that knows the last answer has come in
    on_card = score_in(card.inner_text())
    assert on_card == score_in(head.inner_text())
    page.locator(".st-key-goal_progress button").click()
    page.locator(".st-key-score").wait_for()
    until(lambda: agree(page))
    assert places_on_progress(page)["score"] == {on_card}


def test_while_another_opener_labels_all_places_come_to_agree(server, page):
    partly_answered(server.home)
    page.goto(f"{server.url}/curves?project=tickets")
    page.locator(".st-key-score").wait_for()
    until(lambda: agree(page))
    other = Project.open(server.home / "tickets", background=False)
    label(other, 5)
    total = str(BY_FILE + GOAL - 1 + 5)
    other.close()
    # one look of the sidebar every 4 s, and the redraw that it starts
    until(lambda: agree(page) and places_on_progress(page)["labelled"] == {total})
    found = places_on_progress(page)
    assert found["labelled"] == {total}
    assert len(found["score"]) == 1
    assert not found["advice"]
    page.goto(f"{server.url}/export?project=tickets")
    page.locator(".st-key-download_labels").wait_for()
    main = page.locator("[data-testid=stMain]").inner_text()
    assert f"{GOAL - 1 + 5} answered by you, {BY_FILE} came with the file" in main
    assert f"{total} of {N} labelled" in sidebar(page)
    page.goto(f"{server.url}/?project=tickets")
    assert f"{total} of {N} rows labelled" in page.locator(".st-key-projects").inner_text()
