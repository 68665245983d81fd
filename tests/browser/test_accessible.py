"""Every page as axe-core judges it: names, roles, contrast, headings, what a keyboard can reach."""

from __future__ import annotations

from typing import Any

import pytest

from tests.browser.desk_cases import drawn, make_project, more, open_desk

AXE = pytest.importorskip("axe_playwright_python.sync_playwright", reason="requirements-dev.txt")
PAGES = ("/", "/label", "/curves", "/compare", "/map", "/export", "/demo")
NOT_OURS = {"presentation-role-conflict"}  # Streamlit's own place to drop a file


def faults(page: Any, where: str) -> list[str]:
    """What axe finds on the page as it stands, one line each."""
    found = AXE.Axe().run(page).response["violations"]
    return [
        f"{where}: {fault['help']} ({fault['impact']}): {node['html'][:200]}"
        for fault in found
        if fault["id"] not in NOT_OURS
        for node in fault["nodes"]
    ]


@pytest.fixture(params=["light", "dark"])
def tab(request: pytest.FixtureRequest, page: Any) -> Any:
    page.emulate_media(color_scheme=request.param)
    return page


def test_no_page_has_a_fault_that_axe_can_see(server: Any, tab: Any) -> None:
    make_project(server.home)
    found = []
    for path in PAGES:
        tab.goto(f"{server.url}{path}?project=tickets")
        tab.locator("h1, h2").first.wait_for()
        drawn(tab, 1_000)
        found += faults(tab, path)
    assert found == []


def test_the_desk_the_grid_and_the_panels_have_none_on_a_phone(server: Any, tab: Any) -> None:
    make_project(server.home)
    tab.set_viewport_size({"width": 420, "height": 700})
    open_desk(tab, server)
    tab.keyboard.press("h")
    tab.locator(".st-key-panel_open").wait_for()
    found = faults(tab, "keys")
    more(tab, "Several at once")
    tab.locator(".st-key-tile_row_2").wait_for()
    drawn(tab)
    assert found + faults(tab, "grid") == []
