"""The login, for real: an OpenID provider over plain http, the app, a project that is shared."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from al_core.projects import Project, Share
from tests.browser.servers import FROM_HERE, Server, by_command
from tests.projects_cases import ANSWERS, FEATURES, points

ANNA, BEN = "anna@example.org", "ben@example.org"
UNCHECKED = "eve"
SECRETS = """
[auth]
redirect_uri = "http://localhost:{{port}}/oauth2callback"
cookie_secret = "only for this test, and long enough"
client_id = "workbench"
client_secret = "only for this test"
server_metadata_url = "http://localhost:{provider}/.well-known/openid-configuration"
"""


@pytest.fixture
def provider() -> Iterator[int]:
    """The port of an OpenID provider that knows three people and asks for no password."""
    mock = pytest.importorskip("oidc_provider_mock")
    people = [
        mock.User(sub=who, claims={"email": who, "email_verified": True}) for who in (ANNA, BEN)
    ]
    people.append(mock.User(sub=UNCHECKED, claims={"email": ANNA, "email_verified": False}))
    with mock.run_server_in_thread(user_claims=people) as running:
        yield running.server_port


@pytest.fixture
def server(tmp_path: Path, provider: int) -> Iterator[Server]:
    """A server whose secrets ask for a login."""
    secrets, home = tmp_path / "secrets.toml", tmp_path / "home"
    secrets.write_text(SECRETS.format(provider=provider), encoding="utf-8")
    home.mkdir()
    running = Server(home, by_command([*FROM_HERE, "--secrets.files", secrets]))
    running.start()
    yield running
    running.kill()
    assert "Traceback" not in running.log, running.log


def log_in(page: Any, server: Server, who: str) -> None:
    page.goto(server.url)
    page.get_by_role("button", name="Log in", exact=True).click()
    page.get_by_role("button", name=who, exact=True).click()
    page.wait_for_url(f"{server.url}/**")


def log_out(page: Any) -> None:
    page.locator(".st-key-who").get_by_role("button", name="Log out").click()
    page.get_by_role("button", name="End session").click()  # asked by who vouches for the login
    page.get_by_role("button", name="Log in", exact=True).wait_for()


def of_anna(server: Server) -> Path:
    folder, given = server.home / "p", {"classes": ANSWERS, "model": "logistic_regression"}
    Project.create(folder, points(), FEATURES, given, background=False, person=ANNA).close()
    return folder


@pytest.mark.browser
def test_two_people_log_in_share_a_project_and_one_is_let_in_no_more(
    server: Server, page: Any
) -> None:
    folder = of_anna(server)
    page.goto(f"{server.url}/label?project=p")
    page.get_by_text("Log in to open your projects").wait_for()
    assert page.get_by_text("Drop a file here").count() == 0
    assert page.locator(".st-key-menu, .st-key-answers").count() == 0

    log_in(page, server, ANNA)
    page.locator(".st-key-who").get_by_text(ANNA).wait_for()
    page.get_by_text("You and those you share with").wait_for()
    page.locator(".st-key-projects").get_by_role("button", name="more_vert").click()
    page.get_by_role("textbox", name="Share with").fill(BEN)
    page.get_by_role("textbox", name="Share with").press("Enter")
    page.get_by_role("button", name="Share", exact=True).click()
    page.get_by_text(f"{BEN}, to label").wait_for()
    log_out(page)

    log_in(page, server, BEN)
    said = re.compile("shared by anna.?@example.org to label")  # an address is no link: parted
    page.locator(".st-key-projects").get_by_text(said).wait_for()
    page.get_by_role("button", name="Continue").click()
    page.wait_for_url(re.compile(r"/label\?project=p"))
    page.get_by_role("button", name="yes").click()
    page.get_by_text(re.compile("Saved")).first.wait_for()
    with Project.open(folder, background=False, person=ANNA) as project:
        labels = project.labels()
        assert labels["by"].tolist() == [BEN]
        assert labels["source"].tolist() == ["person"]
        assert project.shared_with() == (Share(BEN, "label"),)
        project.stop_sharing(BEN)

        page.get_by_text("There is no project 'p' here.").wait_for()
        page.goto(f"{server.url}/label?project=p")
        page.get_by_text("There is no project 'p' here.").wait_for()
        assert page.get_by_role("button", name="yes").count() == 0
        assert len(project.labels()) == 1


@pytest.mark.browser
def test_an_address_of_mail_that_nobody_checked_opens_nothing(server: Server, page: Any) -> None:
    of_anna(server)
    log_in(page, server, UNCHECKED)
    page.get_by_text("no checked e-mail address").wait_for()
    assert page.locator(".st-key-menu, .st-key-projects").count() == 0


@pytest.mark.browser
def test_settings_of_a_login_that_cannot_be_read_let_nobody_in(tmp_path: Path, page: Any) -> None:
    secrets, home = tmp_path / "secrets.toml", tmp_path / "home"
    secrets.write_text("[auth\nclient_id = ", encoding="utf-8")
    home.mkdir()
    running = Server(home, by_command([*FROM_HERE, "--secrets.files", secrets]))
    running.start()
    try:
        of_anna(running)
        page.goto(f"{running.url}/label?project=p")
        page.get_by_role("button", name="Log in", exact=True).click()
        page.get_by_text("The login is not set up as it has to be").wait_for()
        assert page.locator(".st-key-menu, .st-key-projects").count() == 0
    finally:
        running.kill()
