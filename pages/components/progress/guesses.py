"""How often somebody's guesses are right, column beside column."""

from __future__ import annotations

import streamlit as st

from al_core.projects import Project, guesses_right, guesses_tested_on
from pages.components.choosing import choose
from pages.components.shell.text import plain


def draw_guesses(project: Project) -> None:
    """One line, and what it rests on; nothing where no column holds any."""
    ready = [one for one in project.guess_scores() if one.ready]
    if not ready:
        return
    names = choose.marked_up([one.column for one in ready])
    with st.container(key="guesses_right", gap="xsmall"):
        st.markdown(guesses_right(ready, names.__getitem__, "**{}**".format))
        tested = plain(guesses_tested_on(project.kind, ready), 1000)
        where = "" if project.kind == "oracle" else " *Finish* says where they and the app differ."
        st.caption(tested + where)
