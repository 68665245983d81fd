"""A small guard in the browser: a held key is one press, and the next row is read out.

Streamlit's shortcuts fire again for every repeat of a held key, and a busy page paints the next row
a moment before its buttons. This component stops repeats, lets a press wait until the buttons are
those of the row on the screen, keeps the focus in place when the pressed button is replaced, and
says row and result in a live region for screen readers. Its script stands in desk_keys.js.
"""

from __future__ import annotations

from pathlib import Path
from uuid import uuid4

import streamlit as st

from al_core.projects import Question
from pages.components import desk_press, state

_SESSION = "desk_session"
_JS = Path(__file__).with_name("desk_keys.js").read_text(encoding="utf-8")
_HTML = """
<div id="said" role="status" aria-live="polite"></div>
<div id="lost" role="alert" hidden>This page was reconnected. Your last press was not saved;
please answer this row again.</div>
"""
_CSS = """
#said { position: absolute; width: 1px; height: 1px; overflow: hidden; clip-path: inset(50%); }
#lost { padding: 0.6rem 0.8rem; border-left: 3px solid #d55e00; color: var(--st-text-color); }
"""

_guard = st.components.v2.component("label_desk_keys", html=_HTML, css=_CSS, js=_JS)


def _session() -> str:
    """A name for this session: a page that meets another one was reconnected."""
    if state.get(_SESSION) is None:
        state.put(_SESSION, uuid4().hex)
    return str(state.get(_SESSION))


def draw_key_guard(question: Question | None) -> None:
    """Mount the guard, with what a screen reader is to say after this press."""
    line = desk_press.said()
    result = line.text + " " if line is not None else ""
    row = "" if question is None else f"Row {question.row}. {' '.join(question.values.values())}"
    with st.container(key="desk_keys"):
        _guard(
            key="desk_guard",
            data={
                "text": (result + row)[:600],
                "row": -1 if question is None else question.row,
                "presses": desk_press.presses(),
                "session": _session(),
            },
            height="content",
        )
