"""Compare: start, watch it fill, stop, go elsewhere and back, start again, take it away."""

from __future__ import annotations

import csv
import re
from pathlib import Path

import pytest

from tests.browser.desk_cases import drawn

pytestmark = pytest.mark.browser

DIGITS = (
    "lab_data=Handwritten+digits&lab_model=Naive+Bayes&lab_upto=80&lab_repeats=Quick+5"
    "&lab_target=80"
)
QUICK = "lab_data=Breast+cancer&lab_model=Naive+Bayes&lab_upto=60&lab_repeats=Quick+5"
LONG = "lab_data=Breast+cancer&lab_model=Naive+Bayes&lab_upto=120&lab_repeats=Thorough+100"
DONE = "() => !document.querySelector('.st-key-stop_comparison')"

# Remembers that a bar was seen to move: on a fast machine it is gone before one can ask.
WATCH_THE_BAR = """() => {
  const bars = "[data-testid=stProgress] [role=progressbar]";
  const look = () => {
    for (const bar of document.querySelectorAll(bars)) {
      window.moved ||= Number(bar.getAttribute("aria-valuenow")) > 0;
    }
  };
  new MutationObserver(look).observe(document.body, {
    subtree: true, childList: true, attributes: true, attributeFilter: ["aria-valuenow"],
  });
}"""


def start(page, server, settings: str) -> None:
    page.goto(f"{server.url}/compare?{settings}")
    page.evaluate(WATCH_THE_BAR)
    page.locator(".st-key-run_comparison button:enabled").click(timeout=90_000)


def chart(page):
    found = page.locator(".st-key-comparison_chart .js-plotly-plot").last
    found.wait_for(timeout=120_000)
    return found


def runs_done(page) -> int:
    text = page.get_by_text(" runs").first.inner_text()
    return int(text.split(" of ")[0].split()[-1])


def test_a_real_set_shows_its_big_line_and_present_shows_it_alone(server, page):
    """Digits, chosen against random: something moves at once, then one large line says it."""
    start(page, server, DIGITS)
    page.wait_for_function("() => window.moved")
    line = page.locator(".st-key-headline h2")
    line.get_by_text("rows chosen").wait_for(timeout=180_000)
    page.wait_for_function(DONE, timeout=180_000)
    said = " ".join(line.inner_text().split())
    assert re.fullmatch(
        r"To be right 80 in 100: (more than )?\d+ rows chosen, (more than )?\d+ at random", said
    )
    size = "e => parseFloat(getComputedStyle(e).fontSize)"
    large = line.locator("strong").evaluate(size)
    assert large > page.locator(".st-key-asked h1").evaluate(size)
    detail = page.locator(".st-key-headline_detail").inner_text()
    assert re.search(r"5 repeats: chosen .*(Saves at least|No saving can be seen)", detail)
    assert not page.get_by_text("Rows labelled up to").is_visible()
    page.keyboard.press("f")
    page.wait_for_function("() => document.fullscreenElement?.matches('.st-key-presented')")
    assert line.locator("strong").evaluate(size) > large
    assert not page.locator(".st-key-be_surer").is_visible()
    page.keyboard.press("f")
    page.wait_for_function("() => !document.fullscreenElement")


def test_it_runs_to_the_end_and_can_be_taken_away(server, page):
    start(page, server, QUICK)
    chart(page)
    page.wait_for_function(DONE, timeout=120_000)
    names = page.evaluate(
        "() => document.querySelector('.st-key-comparison_chart .js-plotly-plot')"
        ".data.filter(t => !t.fill).map(t => t.name)"
    )
    assert names == ["Picked at random", "Between two answers"]
    page.locator(".st-key-figures summary").click()
    drawn(page)  # unfolded, and the last results are there
    with page.expect_download() as download:
        page.locator(".st-key-download_rounds button").click()
    text = Path(download.value.path()).read_text(encoding="utf-8")
    lines = list(csv.DictReader(text.splitlines()))
    assert {line["strategy"] for line in lines} == {"random", "margin"}
    assert {line["seed"] for line in lines} == set("01234")
    chart(page).hover()
    with page.expect_download() as picture:
        page.locator(".st-key-comparison_chart button[data-title^='Download']").last.click()
    assert picture.value.suggested_filename.endswith(".png")


def test_what_is_done_survives_a_stop_another_page_and_a_killed_server(server, page):
    start(page, server, LONG)
    chart(page)
    page.get_by_role("link", name="Why it works").click()
    page.locator("#count").wait_for(timeout=60_000)
    page.get_by_role("link", name="Compare").click()
    chart(page)
    page.locator(".st-key-stop_comparison button").click()
    page.wait_for_function(DONE, timeout=60_000)
    kept = runs_done(page)
    assert 2 <= kept < 200
    server.kill()
    server.start()
    page.goto(f"{server.url}/compare?{LONG}")
    page.locator(".st-key-go_on_comparison button").click(timeout=90_000)
    page.wait_for_function(
        "kept => { const t = document.body.innerText.match(/(\\d+) of 200 runs/);"
        " return t && Number(t[1]) >= kept; }",
        arg=kept,
        timeout=60_000,
    )
