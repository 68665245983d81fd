"""Presses that a slow server hears late: the row was asked long before, by an older model."""

from __future__ import annotations

from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from al_core.projects import Project
from al_core.tables import guess_roles, read_table

# Newer models that chose other rows behind the one that was read, while its press was on the way.
CHOSEN_MEANWHILE = 12


def late_press() -> None:
    """Rows go to the browser, others are chosen again and again, then the last is pressed."""
    from types import SimpleNamespace

    import streamlit as st

    from pages.components.desk import presses
    from pages.components.desk.browser.sent import GUARD, take_presses
    from pages.components.shell import state

    project = state.current_project()
    in_browser = presses.next_questions(project, 1 + presses.AHEAD)
    presses.mark_shown(project, in_browser)
    for _ in range(st.session_state["chosen_meanwhile"]):
        presses.mark_shown(project, project.ask_together(1 + presses.AHEAD))
    pressed, read = in_browser[-2:]
    one = {"id": 1, "token": pressed.token, "row": str(pressed.row), "action": "answer", "index": 1}
    sent = {"page": "a page", "presses": [one], "on": read.token}
    state.put(GUARD, SimpleNamespace(pressed=sent))
    take_presses(project)
    following = presses.next_question(project)
    said = presses.said()
    st.session_state["outcome"] = (pressed.row, said and said.kind, read.row, following)


def test_a_press_for_a_row_asked_many_models_ago_is_saved_and_the_row_read_next_stays(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("AL_WORKBENCH_HOME", str(tmp_path))
    lines = (
        f"{'parcel late' if i % 2 else 'invoice wrong'} number {i},{i % 50}" for i in range(300)
    )
    table = read_table("\n".join(("Message,Amount", *lines)).encode())
    settings = {"kind": "live", "classes": ("Billing", "Delivery")}
    folder = tmp_path / "tickets"
    Project.create(folder, table, guess_roles(table), settings, background=False).close()
    app = AppTest.from_function(late_press, default_timeout=60)
    app.query_params["project"] = "tickets"
    app.session_state["chosen_meanwhile"] = CHOSEN_MEANWHILE
    app.run()
    assert not app.exception
    row, kind, read, following = app.session_state["outcome"]
    assert kind == "saved"
    with Project.open(folder, background=False) as project:
        assert project.labels()[["row", "label"]].values.tolist() == [[row, "Delivery"]]
        assert following.row == read
        assert following.values == project.row_values(read)
