"""A rehearsal's curve grows while a person watches."""

from __future__ import annotations

import re
from dataclasses import replace
from pathlib import Path

import pytest

from al_core.projects import Project, new_project_folder
from al_core.tables import Role, guess_roles, read_table
from tests.shared_data import shared_data

pytestmark = pytest.mark.browser

POINTS = """() => {
  const plot = document.querySelector('.st-key-learning_curve .js-plotly-plot');
  const line = plot && plot.data.filter(t => !t.fill).pop();
  return line ? line.x.length : 0;
}"""


def rehearsal(home: Path, model: str = "logistic_regression") -> str:
    table = read_table(shared_data("csv/penguins.csv"))
    roles = {
        name: replace(role, kind="category") if role.kind == "label" else role
        for name, role in guess_roles(table).items()
    } | {"species": Role("label", "the answer")}
    folder = new_project_folder("penguins", home)
    project = Project.create(folder, table, roles, {"model": model}, background=False)
    project.close()
    return project.id


def labelled(page) -> int:
    said = page.locator(".st-key-score").inner_text()
    return int(re.search(r"(\d+) rows answered from the file", said)[1])


def test_the_curve_of_a_rehearsal_grows_and_the_bands_fill_in_after(server, page):
    project = rehearsal(server.home)
    page.goto(f"{server.url}/curves?project={project}")
    page.locator(".st-key-answer_10 button").click()
    page.wait_for_function(f"() => ({POINTS})() >= 1")
    before = page.evaluate(POINTS)
    page.locator(".st-key-answer_100 button:enabled").click()
    page.wait_for_function(f"n => ({POINTS})() > n", arg=before)
    page.get_by_text("random rows", exact=False).first.wait_for(timeout=120_000)
    page.wait_for_selector(".st-key-stop_work", state="detached", timeout=120_000)
    page.get_by_text("cannot tell this apart").wait_for()
    assert labelled(page) == 110
    names = page.evaluate(
        "() => document.querySelector('.st-key-learning_curve .js-plotly-plot')"
        ".data.filter(t => !t.fill).map(t => t.name)"
    )
    assert names == [
        "Same start, then random rows",
        "Chosen by the app, 5 repeats",
        "Chosen by the app, this run",
    ]


def test_stopping_keeps_what_was_answered_and_goes_on_after_a_refresh(server, page):
    # a model that takes its time: all 100 would be answered before the press on Stop otherwise
    project = rehearsal(server.home, model="random_forest")
    page.goto(f"{server.url}/curves?project={project}")
    page.locator(".st-key-answer_100 button").click()
    page.wait_for_function(f"() => ({POINTS})() >= 2")
    page.locator(".st-key-stop_work button").first.click()
    page.locator(".st-key-answer_1 button:enabled").wait_for(timeout=120_000)
    page.wait_for_selector(".st-key-stop_work", state="detached", timeout=120_000)
    kept = labelled(page)
    assert 2 <= kept < 100
    page.reload()
    page.wait_for_function(f"() => ({POINTS})() >= 1", timeout=120_000)
    assert labelled(page) == kept


def test_measuring_that_was_stopped_is_offered_after_a_refresh_and_loses_nothing(server, page):
    # measuring takes so long with this model that the press on Stop comes before its end
    project = rehearsal(server.home, model="random_forest")
    page.goto(f"{server.url}/curves?project={project}")
    page.locator(".st-key-answer_100 button").click()
    page.get_by_text("Measuring curve", exact=False).first.wait_for(timeout=120_000)
    page.locator(".st-key-stop_work button").first.click()
    page.locator(".st-key-go_on_measuring button").wait_for(timeout=120_000)
    page.reload()
    page.get_by_text("The curve is drawn when the measuring goes on.").wait_for()
    page.locator(".st-key-go_on_measuring button").click()
    page.wait_for_function(f"() => ({POINTS})() >= 1", timeout=120_000)
    assert labelled(page) == 100
