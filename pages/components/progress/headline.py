"""The headline of Progress: how good it is, from what, and whether to go on."""

from __future__ import annotations

import streamlit as st

from al_core.projects import Project, Summary
from pages.components.progress.advice import draw_advice
from pages.components.progress.final import draw_result
from pages.components.progress.guesses import draw_guesses
from pages.components.progress.recall import draw_searches
from pages.components.progress.words import claimed, headline, what_they_do
from pages.components.shell import final_check, state
from pages.components.shell.text import plain, unbroken


def draw_headline(project: Project, now: Summary) -> None:
    """What holds now, largest first; before the first score, the way to it."""
    first = headline(project, now)[0]
    with st.container(key="score", gap="xsmall"):
        with st.container(horizontal=True, vertical_alignment="bottom", key="score_and_rival"):
            st.header(unbroken(plain(first, 400)), anchor=False, width="content")
            if now.score.rival_sentence:
                st.markdown(plain(now.score.rival_sentence), width="content")
        if now.score.ready:
            st.text(what_they_do(project, now))
            if said := claimed(project):
                st.caption(plain(said))
    draw_guesses(project)
    draw_result(project)
    draw_searches(project)
    if project.kind == "oracle" or now.score.ready:
        draw_advice(project, now.advice)
    if project.kind == "oracle":
        if not now.counts.spent:
            st.text("Press 10 below: ten rows are answered from the file, and the curve begins.")
    elif not now.score.ready and final_check.progress(project) is None:  # else that is the way on
        _go_on_labelling()


def _go_on_labelling() -> None:
    if st.button("Go on labelling", key="to_label", type="primary"):
        state.switch("label")


def draw_random_rows(project: Project, now: Summary) -> None:
    """What can be told of random rows, and where it is measured."""
    _, *more = headline(project, now)
    if not more:
        return
    with st.container(horizontal=True, vertical_alignment="center", key="random_rows"):
        st.text(" ".join(more), width="content")
        if st.button("Compare", key="to_compare", help="Measures it over many starts."):
            state.switch("compare")
