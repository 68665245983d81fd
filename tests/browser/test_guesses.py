"""Somebody's guesses from the first page to the desk: never seen, told on Progress, held apart."""

from __future__ import annotations

import numpy as np
import pytest

from al_core.projects import Project, list_projects
from tests.browser.desk_cases import drawn, press, row_on

pytestmark = pytest.mark.browser
WORDS = {"refund": "Billing", "invoice": "Billing", "parcel": "Delivery", "courier": "Delivery"}


def guessed(n: int = 240) -> tuple[bytes, list[str]]:
    """Short messages with an LLM's guess, right 80 times in 100; and the true answers."""
    rng, rows, truth = np.random.default_rng(4), ["Message,gpt_guess"], list[str]()
    for number in range(n):
        word = list(WORDS)[number % 4]
        truth.append(WORDS[word])
        wrong = {"Billing": "Delivery", "Delivery": "Billing"}[WORDS[word]]
        guess = WORDS[word] if rng.random() < 0.8 else wrong
        rows.append(f"Where is my {word} number {number * 17 % 83}?,{guess}")
    return "\n".join(rows).encode(), truth


def test_an_analyst_checks_the_guesses_of_a_model_blind_and_looks_where_the_app_disagrees(
    server, page
):
    data, truth = guessed()
    page.goto(server.url)
    page.locator(".st-key-upload input[type=file]").set_input_files(
        {"name": "guessed.csv", "mimeType": "text/csv", "buffer": data}
    )
    page.locator(".st-key-guesses").wait_for()
    page.get_by_text("240 of 240 rows have a guess.").wait_for()
    drawn(page)
    page.locator(".st-key-start button:enabled").click()
    page.locator(".st-key-row_id").wait_for(state="attached")
    drawn(page)
    for _ in range(30):  # half of them are check rows, until there are twelve
        press(page, "1" if truth[row_on(page)] == "Billing" else "2")
        assert "gpt_guess" not in page.locator(".st-key-row").inner_text()
    page.get_by_role("link", name="Progress", exact=True).click()
    page.locator(".st-key-guesses_right").wait_for()
    told = page.locator(".st-key-guesses_right").inner_text()
    [info] = list_projects(server.home)
    with Project.open(info.folder, background=False) as project:
        (score,) = project.guess_scores()
        assert score.ready
        assert f"The guesses in gpt_guess are right {score.words}." in told
        beside = project.beside_guesses("gpt_guess")
    assert beside is not None
    page.get_by_role("link", name="Finish", exact=True).click()
    page.locator(".st-key-filling summary").first.click()
    page.get_by_role("button", name=f"Look at these {len(beside.differ)}").click()
    page.get_by_text(f"gpt_guess and the app differ: {len(beside.differ)} left").wait_for()
    page.locator(".st-key-row_id").wait_for(state="attached")
    drawn(page)
    assert row_on(page) in beside.differ
    assert "gpt_guess" not in page.locator(".st-key-row").inner_text()
    press(page, "1" if truth[row_on(page)] == "Billing" else "2")
    page.get_by_text(f"differ: {len(beside.differ) - 1} left").wait_for()
