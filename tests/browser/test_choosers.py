"""Twins in a real browser: projects of one name, answers of one beginning, a file dropped twice."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from al_core.projects import Project, list_projects
from al_core.tables import guess_roles, read_table
from tests.browser.desk_cases import answers, drawn, make_project, more, open_desk, tickets, until

pytestmark = pytest.mark.browser
LONG = "Complaint about the delivery of a parcel that was sent by the warehouse to "
TWINS = (LONG + "an old address", LONG + "somebody else")


def project_of_the_file(home: Path, folder: str, labelled: int) -> None:
    table = read_table(tickets(60), name="tickets.csv")
    settings = {"kind": "live", "classes": ("Billing", "Delivery"), "question": "Which team?"}
    project = Project.create(home / folder, table, guess_roles(table), settings, background=False)
    for row in range(labelled):
        project.label(row, "Billing")
    project.close()


def drop(page: Any) -> None:
    file = {"name": "tickets.csv", "mimeType": "text/csv", "buffer": tickets(60)}
    page.locator(".st-key-upload input[type=file]").set_input_files(file)


def test_the_menu_keeps_the_project_where_two_have_one_name(server, page, open_page) -> None:
    project_of_the_file(server.home, "one", 3)
    project_of_the_file(server.home, "two", 4)
    for mine in ("two", "one"):
        open_desk(page, server, f"/label?project={mine}")
        for entry in ("Finish", "Progress", "Finish"):
            page.locator(".st-key-menu").get_by_role("link", name=entry).click()
            drawn(page, 1_000)
            assert f"project={mine}" in page.url


def test_a_project_is_not_taken_for_the_one_whose_words_it_had(server, page, open_page) -> None:
    """Elsewhere both get an answer, so that the words of one on this page become the other's."""
    project_of_the_file(server.home, "one", 3)
    project_of_the_file(server.home, "two", 2)
    open_page(page, server, "/export?project=one")
    for folder, entry in (("one", "Progress"), ("two", "Finish"), ("one", "Progress")):
        with Project.open(server.home / folder, background=False) as project:
            project.label(40 + project.counts().labelled, "Billing")
        page.locator(".st-key-menu").get_by_role("link", name=entry).click()
        drawn(page, 1_000)
        assert "project=one" in page.url


def test_the_project_picked_in_the_sidebar_is_opened(server, page, open_page) -> None:
    project_of_the_file(server.home, "one", 3)
    project_of_the_file(server.home, "two", 4)
    open_page(page, server, "/export?project=one")
    page.get_by_role("combobox", name="Project").click()
    page.get_by_role("option", name="4 of 60").click()
    page.wait_for_url("**project=two*")


def test_the_answer_in_hand_is_the_one_saved_where_two_begin_alike(server, page) -> None:
    make_project(server.home, classes=(*TWINS, "Praise"))
    open_desk(page, server)
    more(page, "Several at once")
    page.locator(".st-key-tile_row_2").wait_for()
    for count, ending in ((1, "somebody else"), (2, "an old address")):
        page.get_by_role("radio", name=ending).click()
        drawn(page)
        page.locator("[class*='st-key-tile_button_'] button").nth(count - 1).click()
        page.locator("button", has_text=f"Save {count} answer").wait_for()
    page.keyboard.press("Enter")
    until(lambda: len(answers(server.home)) == 2)
    assert [label for _, label in answers(server.home)] == [TWINS[1], TWINS[0]]


def test_a_file_dropped_again_goes_on_with_its_project(server, page, open_page) -> None:
    project_of_the_file(server.home, "one", 3)
    open_page(page, server)
    drop(page)
    page.get_by_text("You have a project of this file: 3 of 60 labelled.").wait_for()
    page.get_by_role("dialog").get_by_role("button", name="Continue").click()
    page.wait_for_url("**/label?project=one")
    assert len(list_projects(server.home)) == 1


def test_closing_the_box_starts_anew_and_it_is_not_asked_again(server, page, open_page) -> None:
    project_of_the_file(server.home, "one", 3)
    open_page(page, server)
    drop(page)
    page.get_by_role("dialog").wait_for()
    page.keyboard.press("Escape")
    page.get_by_role("dialog").wait_for(state="detached")
    page.get_by_text("A new question", exact=True).click()
    page.get_by_text("Reads wrong?").click()
    page.get_by_role("button", name="Read it this way").click()
    drawn(page, 1_000)  # read again, drawn again
    assert page.get_by_role("dialog").count() == 0
    page.locator(".st-key-start button").wait_for()


def test_what_is_chosen_stays_chosen_where_its_label_changes(server, page) -> None:
    """A new answer that begins alike changes the words of the one that is chosen."""
    first, second = (LONG + twin for twin in TWINS)  # longer than any label, so always cut
    make_project(server.home, classes=("Praise", first, "Other"))
    open_desk(page, server)
    more(page, "Answers: rename or merge")
    page.get_by_role("combobox", name="Answer").click()
    page.get_by_role("option", name="Complaint").click()
    drawn(page)
    page.get_by_role("button", name="New answer").click()
    page.get_by_placeholder("Its name").fill(second)
    page.get_by_role("button", name="Add it").click()
    page.locator(".st-key-answers").get_by_text("somebody else").wait_for()
    for name in ("Wrong", "Wrong place"):  # each is sent, and the panel drawn anew
        page.get_by_label("New name").fill(name)
        page.keyboard.press("Enter")
        drawn(page, 1_000)
    page.get_by_role("button", name="Rename").click()
    page.locator(".st-key-answers").get_by_text("Wrong place").wait_for()
    project = Project.open(server.home / "tickets", background=False)
    classes = project.classes
    project.close()
    assert classes == ["Praise", "Wrong place", "Other", second]
