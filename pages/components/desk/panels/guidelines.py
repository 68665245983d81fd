"""What each answer means, beside the row: read while labelling, written anew at any time."""

from __future__ import annotations

from html import escape

import streamlit as st

from al_core.projects import Project
from pages.components.choosing import choose
from pages.components.desk import presses
from pages.components.desk.opening.menu import REDRAWN
from pages.components.desk.panels.finder import show_on_desk
from pages.components.shell import state
from pages.components.shell.once import drawing, once
from pages.components.shell.text import count, plain, short

_ANSWER, _TEXT, _TIMES = "guideline_answer", "guideline_text", "guideline_times"
_LONGEST = 2000  # letters; a choice: a meaning, not a manual


def draw_guidelines(project: Project) -> None:
    """The meanings to read, a field to write one anew, and the rows that a change may touch."""
    written = project.guidelines()
    if written:
        st.html(meanings_html(written))
    else:
        st.text("Nothing is written down yet. A sentence for each answer keeps you even.")
    answer = choose.select("Answer", project.classes, key=_ANSWER, width=240)
    if answer is None:
        return
    # A field of its own for each answer and each version: an old one keeps its words.
    key = f"{_TEXT}_{project.classes.index(answer)}_{state.get(_TIMES, 0)}"
    st.text_area(
        "What it means", value=written.get(answer, ""), key=key, height=110, max_chars=_LONGEST
    )
    st.button("Save", key="guideline_save", on_click=_save, args=(project, key, drawing()))
    _touched(project, answer)


def meanings_html(written: dict[str, str]) -> str:
    """The meanings as a list in which every word of the person is escaped.

    >>> meanings_html({"A & B": "<x>"})
    '<dl class="al-means" translate="no"><dt>A &amp; B</dt><dd dir="auto">&lt;x&gt;</dd></dl>'
    """
    parts = (
        f'<dt>{escape(name)}</dt><dd dir="auto">{escape(text)}</dd>'
        for name, text in written.items()
    )
    return f'<dl class="al-means" translate="no">{"".join(parts)}</dl>'


def _touched(project: Project, answer: str) -> None:
    """Rows that were given the answer before its meaning changed, and the way to them."""
    rows = project.rows_before_guideline(answer)
    if not rows:
        return
    name = plain(answer, 40)
    st.caption(
        f"{count(len(rows), 'row was', 'rows were')} called {name} before its meaning was written "
        "like this."
    )
    st.button(
        "Look at it again" if len(rows) == 1 else "Look at them again",
        key="guideline_look",
        on_click=show_on_desk,
        args=(project, rows, f"{short(answer, 40)}, from before its meaning changed"),
    )


@presses.known_press
@once
def _save(project: Project, key: str) -> None:
    receipt = project.write_guideline(str(state.get(_ANSWER)), str(state.get(key) or ""))
    state.put(_TIMES, state.get(_TIMES, 0) + 1)
    presses.say(receipt.sentence, "note")
    st.rerun(REDRAWN)
