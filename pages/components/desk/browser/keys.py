"""The desk in the browser: a press shows the next row at once, and a held key is one press.

A row takes the server about a tenth of a second, a fast hand less. So the server asks a few rows
ahead, this component shows the next one the moment a key is pressed, and sends the press with the
token of the row that stood there. The row on the screen changes by a press alone, or where the
person goes elsewhere (``lead``), never because a newer model would ask another. It also stops the
repeats of a held key, keeps the focus in place when the pressed button is replaced, and says row
and result in a live region for screen readers.
Its script is one, in three files: painting.js, pressing.js and hearing.js.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from pathlib import Path
from typing import Any
from uuid import uuid4

import streamlit as st

from al_core.projects import Project, Question
from pages.components.desk import presses
from pages.components.desk.answers.buttons import answer_keys
from pages.components.desk.answers.ready import enter_html, guess_html, ready_answer
from pages.components.desk.browser.sent import GUARD, heard, take_presses
from pages.components.desk.opening.menu import entries_of, open_by_key
from pages.components.desk.row.card import Card
from pages.components.queue import queue as rows_waiting
from pages.components.shell import state

_SESSION = "desk_session"
_LONGEST = 400_000  # signs of HTML sent ahead; longer rows are shown when their turn comes
_HERE = Path(__file__)
_SCRIPT = ("painting.js", "pressing.js", "hearing.js")
_HTML = """
<div id="said" role="status" aria-live="polite"></div>
<div id="word" role="status" hidden></div>
<div id="lost" role="alert" hidden>This page was reconnected. Your last press was not saved;
please answer this row again.</div>
<div id="gone" role="alert" hidden>The program behind this page has stopped, or cannot be reached.
Start it again as you did before; this page goes on by itself. Every answer that was said to be
saved is saved.</div>
"""
_CSS = """
#said { position: absolute; width: 1px; height: 1px; overflow: hidden; clip-path: inset(50%); }
#lost, #word, #gone { padding: 0.6rem 0.8rem; border-left: 3px solid #d55e00; }
:host { color: var(--st-text-color); }
"""

_guard = st.components.v2.component(
    "label_desk_keys",
    html=_HTML,
    css=_CSS,
    js="\n".join(_HERE.with_name(part).read_text(encoding="utf-8") for part in _SCRIPT),
)
_ahead = st.components.v2.component(
    "label_desk_ahead",
    js=_HERE.with_name("ahead.js").read_text(encoding="utf-8"),
)


def _session() -> str:
    """A name for this session: a page that meets another one was reconnected."""
    if state.get(_SESSION) is None:
        state.put(_SESSION, uuid4().hex)
    return str(state.get(_SESSION))


def draw_key_guard(project: Project, questions: Sequence[Question], cards: Sequence[Card]) -> None:
    """Mount the desk of the browser: the row on the screen first, then those asked ahead."""
    line, on_screen = presses.said(), questions[:1]
    with st.container(key="desk_keys"):
        _guard(
            key=GUARD,
            data={
                "queue": queue(project, questions, cards),
                "result": "" if line is None else line.text,
                "heard": heard(),
                "session": _session(),
                "lead": f"{_session()} {project.id} {rows_waiting.lead()}",
                "opens": _opens(project),
                "second": _second(project),
                "picked": next((q.token for q in on_screen if q.purpose in presses.PICKED), None),
            },
            on_pressed_change=partial(take_presses, project),
            on_opened_change=partial(_open, project),
            height="content",
        )


def _opens(project: Project) -> dict[str, dict[str, str]]:
    """What each letter opens, and the field in it that takes the focus, if one does."""
    return {
        entry.key.lower(): {"name": entry.name, "field": entry.field}
        for entry in entries_of(project)
    }


def _second(project: Project) -> dict[str, int]:
    """The place of each answer that has two keys, by the second of them."""
    keys = answer_keys(project.classes)
    return {
        keys[name][1]: place
        for place, name in enumerate(project.classes)
        if len(keys.get(name, "")) == 2
    }


@presses.known_press
def _open(project: Project) -> None:
    open_by_key(project, getattr(state.get(GUARD), "opened", None) or {})


def _enters(project: Project, question: Question) -> int:
    """The place of the answer that Enter takes for a row; -1 for none."""
    guess = ready_answer(project, question)
    return project.classes.index(guess) if guess in project.classes else -1


def renew_queue(project: Project, questions: Sequence[Question], cards: Sequence[Card]) -> None:
    """Put other rows behind the one on the screen, as long as nobody presses meanwhile."""
    _ahead(key="desk_ahead", data={"queue": queue(project, questions, cards)}, height="content")


def look_again(reason: str) -> None:
    """Let the browser ask for the desk anew, once for each reason, when it has nothing to send."""
    _ahead(key="desk_look", data={"look": reason}, height="content")


def queue(
    project: Project, questions: Sequence[Question], cards: Sequence[Card]
) -> list[dict[str, Any]]:
    """What the browser has to know of each row."""
    items: list[dict[str, Any]] = []
    length = 0
    for question, card in zip(questions, cards, strict=True):
        length += len(card.body)
        if items and length > _LONGEST:
            break
        items.append(
            {
                "row": str(card.row),
                "token": question.token,
                "badge": card.badge,
                "body": card.body,
                "spoken": f"{card.name}. {' '.join(question.values.values())}"[:600],
                "enter": _enters(project, question),
                "guess": guess_html(project, question),
                "takes": enter_html(project, question),
            }
        )
    return items
