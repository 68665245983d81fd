"""Presses that come from the browser's own desk: each is taken once, in order, and none is lost.

The browser shows rows that were asked ahead without waiting for the server, so a fast hand is ahead
of it. It sends the list of all presses that the server has not heard of; a list that overtakes
another holds its presses too.
"""

from __future__ import annotations

from typing import Any

import streamlit as st

from al_core.projects import DRAWN_PURPOSES, Project
from pages.components.desk import presses
from pages.components.desk.opening.menu import REDRAWN
from pages.components.desk.panels import note
from pages.components.desk.presses import Issued
from pages.components.desk.presses import issued as was_issued
from pages.components.shell import state

GUARD = "desk_guard"
_HEARD = "desk_heard"


def heard() -> dict[str, Any]:
    """The page in the browser and the number of the last press taken from it."""
    last: dict[str, Any] = state.get(_HEARD, {"page": "", "id": 0})
    return last


@presses.known_press
def take_presses(project: Project) -> None:
    """Take every press of the list that was not taken before."""
    sent = getattr(state.get(GUARD), "pressed", None) or {}
    page, last = str(sent.get("page", "")), 0
    if page == heard()["page"]:
        last = int(heard()["id"])
    problem: presses.Said | None = None
    noted = note.open_for()
    for press in sent.get("presses", ()):
        if int(press["id"]) <= last:
            continue
        last = int(press["id"])
        _take(project, f"{page}_{last}", press)
        line = presses.said()
        problem = line if line is not None and line.kind != "saved" else problem
    state.put(_HEARD, {"page": page, "id": last})
    _keep_first(project, sent)
    if problem is not None:
        presses.say(problem.text, problem.kind)
    if note.open_for() != noted:
        st.rerun(REDRAWN)


def _keep_first(project: Project, sent: dict[str, Any]) -> None:
    """The row that stands in the browser is asked first: others may have been chosen meanwhile."""
    moved = any(press["action"] in ("undo", "redo") for press in sent.get("presses", ()))
    reading = was_issued(str(sent.get("on", "")))
    if reading is None or reading.question.purpose in DRAWN_PURPOSES:  # a check keeps its own order
        return
    if reading.project == project.id and not moved:
        project.keep_first(reading.question)


def _take(project: Project, name: str, press: dict[str, Any]) -> None:
    action = press["action"]
    if action == "undo":
        presses.undo(project, name)
        return
    if action == "redo":
        presses.redo(project, name)
        return
    issued = was_issued(str(press["token"]))
    if issued is None or issued.project != project.id:
        presses.say(presses.GONE, "note")
    elif action == "write_note":
        note.show_field(issued.question.token)
    else:
        _decide(project, issued, press)
        note.put_away(issued.question.token)


def _decide(project: Project, issued: Issued, press: dict[str, Any]) -> None:
    action = press["action"]
    if action == "answer":
        presses.answer(project, issued.question, issued.answers[int(press["index"])])
    elif action == "skip":
        presses.skip(project, issued.question)
    elif action == "cant_tell":
        presses.dont_know(project, issued.question)
