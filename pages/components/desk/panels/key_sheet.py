"""The key sheet on H."""

from __future__ import annotations

import streamlit as st

from al_core.projects import Project
from pages.components.choosing.choose import marked_up
from pages.components.desk.answers.buttons import FEW, LONGEST, answer_keys
from pages.components.desk.opening.menu import entries_of

_KEYS = {
    "S": "Skip for now: the row comes back later",
    "D": "Can't tell: the row won't be asked again",
    "U": "Undo the last answer, as far back as you like",
    "Shift U": "Redo what was undone last",
    "N": "A note for this row; Esc leads back from it",
    "X": "The rest of long texts, open or folded, for the rows that follow as well",
    "Enter": "Take the answer that stands ready, where a line below the answers says so",
    "Tab": "Go to the next button; Enter or Space presses it",
}


def draw_keys(project: Project) -> None:
    """Every key of the desk with what it does."""
    words = marked_up(project.classes, limit=LONGEST)
    keys = {" then ".join(key): words[name] for name, key in answer_keys(project.classes).items()}
    opens = {entry.key: entry.title for entry in entries_of(project)}
    st.table({**keys, **_KEYS, **opens}, border="horizontal", width="content")
    if len(project.classes) > FEW:
        st.caption(
            "Answers after the ninth have two keys, one after the other; or press / and type the "
            "first letters of any word of the answer, then Enter."
        )
    st.caption("Keys work everywhere but in a text field, where letters are letters.")
