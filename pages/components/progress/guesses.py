"""How often somebody's guesses are right, column beside column."""

from __future__ import annotations

import streamlit as st

from al_core.projects import GuessScore, Project, no_answers_words
from pages.components.choosing import choose
from pages.components.shell.text import count, plain


def draw_guesses(project: Project) -> None:
    """One line, and what it rests on; nothing where no column holds any."""
    ready = [one for one in project.guess_scores() if one.ready]
    if not ready:
        return
    with st.container(key="guesses_right", gap="xsmall"):
        st.markdown(their_guesses(ready))
        st.caption(plain(what_it_rests_on(project.kind, ready), 800))


def their_guesses(scores: list[GuessScore]) -> str:
    """How often they are right, as markdown.

    >>> one = GuessScore("gpt", 81, 100, 0, 0, 0.7, 0.89, True, "81 in 100 (70 to 89)", ())
    >>> their_guesses([one])
    'Their guesses are right **81 in 100 (70 to 89)**.'
    """
    if len(scores) == 1:
        return f"Their guesses are right **{scores[0].words}**."
    names = choose.marked_up([one.column for one in scores])
    told = [f"{names[one.column]} **{one.words}**" for one in scores]
    return f"Their guesses are right: {' · '.join(told)}."


def what_it_rests_on(kind: str, scores: list[GuessScore]) -> str:
    """Which rows they were tested on, and what counts as wrong."""
    n = count(max(one.n + one.n_blank for one in scores), "check row")
    whose = "of the file" if kind == "oracle" else "which you answered without seeing them"
    whose = f"{n}, {whose}" if kind == "live" else f"{n} {whose}"
    told = [f"{scores[0].column}, on {whose}." if len(scores) == 1 else f"On {whose}."]
    for one in scores:
        if one.n_blank:
            told.append(f"{one.column} is blank in {one.n_blank:,} of them.")
        if one.no_answers:
            told.append(no_answers_words(one.column, one.no_answers))
    if any(one.n_unanswered for one in scores):
        told.append("Rows without an answer count once as right and once as wrong.")
    return " ".join(told)
