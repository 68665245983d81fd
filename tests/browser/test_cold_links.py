"""A cold link to any page of a server just started, and F5 on it, show the whole frame."""

from __future__ import annotations

import pytest

from al_core import Project, Role, guess_roles
from al_core.tables import load_demo

pytestmark = pytest.mark.browser

PAGES = ["", "label", "curves", "export", "map", "compare", "demo"]


@pytest.fixture
def project_id(cold_server) -> str:
    """A project on disk, made before any page was opened."""
    table = load_demo("iris")
    roles = {**guess_roles(table), "species": Role("label", "the answer")}
    project = Project.create(cold_server.home / "flowers", table, roles, {"kind": "oracle"})
    project.close()
    return "flowers"


@pytest.mark.parametrize("path", PAGES, ids=[path or "data" for path in PAGES])
def test_a_cold_link_shows_the_frame_and_the_right_project(
    path: str, page, cold_server, open_page, project_id: str
) -> None:
    open_page(page, cold_server, f"/{path}?project={project_id}")
    for _ in range(2):
        page.wait_for_selector(".st-key-menu")
        page.wait_for_selector(".st-key-sidebar_status")
        page.get_by_role("link", name="Progress").wait_for()
        assert page.get_by_text("No project open").count() == 0
        assert project_id in page.url
        page.reload()


@pytest.mark.parametrize("path", ["label", "curves", "export", "map"])
def test_a_cold_link_without_a_project_says_what_to_do(
    path: str, page, cold_server, open_page
) -> None:
    open_page(page, cold_server, f"/{path}")
    page.get_by_role("button", name="Open or start one").click()
    page.wait_for_selector(".st-key-upload")


def test_a_link_to_a_project_that_is_gone_says_so(page, cold_server, open_page) -> None:
    open_page(page, cold_server, "/label?project=nowhere")
    page.get_by_text("There is no project").wait_for()
