"""Two people at one project, each by a login: rows are given to one, a shared one to both."""

from __future__ import annotations

from typing import Any

import pytest

from al_core.projects import Project
from tests.browser.desk_cases import open_desk, press, row_on
from tests.browser.servers import Server
from tests.browser.test_login import ANNA, BEN, log_in, of_anna, provider, server

__all__ = ["provider", "server"]  # fixtures: the app with a login, and who vouches for people
DESK = "/label?project=p"


@pytest.mark.browser
def test_a_shared_row_keeps_its_label_and_each_answers_and_undoes_their_own(
    server: Server,
    page: Any,
    browser: Any,
) -> None:
    folder = of_anna(server)
    with Project.open(folder, background=False, person=ANNA) as anna:
        anna.share(BEN)
        for _ in range(60):
            (question,) = anna.ask()
            anna.label(question.row, "yes", token=question.token)
    with Project.open(folder, background=False, person=BEN) as ben:
        while (question := ben.ask()[0]).purpose != "shared":
            ben.label(question.row, "no", token=question.token)

    log_in(page, server, ANNA)
    open_desk(page, server, DESK)
    browser.clear_cookies()  # her tab stays hers; the next one is nobody's yet
    other = browser.new_page()
    log_in(other, server, BEN)
    open_desk(other, server, DESK)

    shared = question.row
    assert row_on(other) == shared
    other.get_by_text("Asked of somebody else too").wait_for()
    press(other, "1")
    other.get_by_text("has an answer of yours too. Its label stays.").first.wait_for()
    theirs, hers = [], []
    for _ in range(5):
        assert row_on(page) != row_on(other)
        hers.append(row_on(page))
        theirs.append(row_on(other))
        press(page, "2")
        press(other, "1")
    other.keyboard.press("u")
    other.get_by_text("Undone: ").first.wait_for()

    with Project.open(folder, background=False, person=ANNA) as anna:
        by = anna.labels().set_index("row")["by"]
        assert anna.label_of(shared) == "yes"
        assert by[shared] == ANNA
        assert [by[row] for row in hers] == [ANNA] * 5
        own = [row for row in theirs if by.get(row) == BEN]
        (found,) = anna.agreement_between()
        assert (found.people, found.differing[0]) == ((ANNA, BEN), shared)
        assert len(own) + found.n == 5  # six presses, one of them undone
