"""The grid driven by keys: which row has the focus and what was pressed is kept in the browser.

A press shows at once and is sent in a list of all presses that the server has not heard of, as on
the desk: each is taken once, in order, so that a fast hand loses none before Enter saves.
Its script, grid.js, also makes long rows reachable, and leaves Enter to Save after a click.
"""

from __future__ import annotations

from functools import partial
from pathlib import Path
from typing import Any

import streamlit as st

from al_core.projects import Project
from pages.components.choosing import choose
from pages.components.desk import presses
from pages.components.desk.answers.buttons import answer_keys
from pages.components.desk.grid import marks
from pages.components.desk.grid.marks import Batch
from pages.components.shell import state
from pages.components.shell.text import begun, short, unlinked

NOTHING, GUESS = "No answer yet", " · guess"
"""What stands under a row without an answer, and behind a guess that nobody confirmed."""
_GRID, _HEARD = "label_grid", "desk_grid_heard"
# Letters of a row that a screen reader says as the row takes the focus; a choice.
_SPOKEN = 600
_HTML = '<div id="word" role="status" hidden></div>'
_CSS = """
#word { padding: 0.6rem 0.8rem; border-left: 3px solid #d55e00; color: var(--st-text-color); }
"""
_in_browser = st.components.v2.component(
    _GRID, html=_HTML, css=_CSS, js=Path(__file__).with_name("grid.js").read_text(encoding="utf-8")
)


def draw_keys(project: Project, batch: Batch) -> None:
    """Mount the grid of the browser: its rows, what stands under them, and the keys."""
    with st.container(key="grid_keys"):
        _in_browser(
            key=_GRID,
            data={
                "batch": batch.name,
                "rows": [_row(project, batch, place) for place in range(len(batch.questions))],
                **_keys(project),
                "words": {"nothing": NOTHING, "guess": GUESS},
                "putsAway": bool(batch.of),
                "heard": state.get(_HEARD, {"page": "", "id": 0}),
            },
            on_pressed_change=partial(_take_presses, project),
            height="content",
        )


def _row(project: Project, batch: Batch, place: int) -> dict[str, Any]:
    question = batch.questions[place]
    name = begun(project.row_names.name(question.row))
    return {
        "token": question.token,
        "spoken": f"{name}. {' '.join(question.values.values())}"[:_SPOKEN],
        "answer": batch.answer(question.row),
        "isGuess": is_guess(batch, question.row),
        "guess": batch.ready.get(question.row, ""),
    }


def is_guess(batch: Batch, row: int) -> bool:
    """Whether what stands under a row is a guess that nobody confirmed."""
    return row not in batch.marks and bool(batch.ready.get(row))


def _keys(project: Project) -> dict[str, Any]:
    """The answers with their names under a row, and the place of each by its key or keys."""
    shown = choose.labels_of(project.classes)
    keys = answer_keys(project.classes)
    return {
        "answers": list(project.classes),
        "names": [unlinked(short(shown[one], choose.ON_A_BUTTON)) for one in project.classes],
        "keys": {key: name for name, key in keys.items() if len(key) == 1},
        "second": {key[1]: name for name, key in keys.items() if len(key) == 2},
    }


@presses.known_press
def _take_presses(project: Project) -> None:
    """Take every press of the list that was not taken before."""
    sent = getattr(state.get(_GRID), "pressed", None) or {}
    page = str(sent.get("page", ""))
    heard = state.get(_HEARD, {"page": "", "id": 0})
    last = int(heard["id"]) if page == heard["page"] else 0
    for press in sent.get("presses", ()):
        if int(press["id"]) > last:
            last = int(press["id"])
            state.put(_HEARD, {"page": page, "id": last})
            _take(project, press)


def _take(project: Project, press: dict[str, Any]) -> None:
    batch, deed = marks.stands(), str(press["deed"])
    if batch is None or str(press["batch"]) != batch.name:
        presses.say("That press came after the rows had changed; it was not saved.", "note")
    elif deed == "mark":
        row = batch.row_of(str(press["token"]))
        if row is not None and press["answer"] in ("", *project.classes):
            batch.mark(row, str(press["answer"]))
    elif deed == "save":
        marks.save(project, batch)
    elif deed == "undo":
        marks.take_back(project, batch)
    elif deed == "leave":
        marks.leave(project, batch)
