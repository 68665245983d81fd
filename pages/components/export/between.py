"""Rows asked of two people, neither seeing the other's answer: how far they agree."""

from __future__ import annotations

from itertools import chain

import pandas as pd
import streamlit as st

from al_core.projects import Agreement, Project
from pages.components.queue import queue
from pages.components.shell import state
from pages.components.shell.text import count, plain

_NO_ANSWER = "can't tell"
# Pairs of people told of; a choice: what is read at a glance.
_MOST = 6


def draw_between(project: Project) -> None:
    """A line for each two people, and the way to the rows on which they differ; nothing where one
    person labels."""
    me = project.person
    found = [one for one in project.agreement_between() if one.n or me in one.people]
    if not found:
        return
    st.caption(
        "How far do you agree with each other? One in 20 of the rows that one of you answered is "
        "asked of the others too, without the first answer in sight. The first one is the label."
    )
    told = sorted(found, key=lambda one: (me not in one.people, -one.n))
    for one in told[:_MOST]:
        st.markdown(plain(one.sentence, 400))
    if rows := _differing(found):
        st.dataframe(_frame(project, found), hide_index=True, key="between_list")
        _look_button(project, rows)


def _differing(found: list[Agreement]) -> list[int]:
    """The rows on which any two differ, each once."""
    return list(dict.fromkeys(chain.from_iterable(one.differing for one in found)))


def _frame(project: Project, found: list[Agreement]) -> pd.DataFrame:
    """The rows on which two differ, with what each said."""
    lines = [
        (project.row_names.number(row), *chain(*zip(one.people, said, strict=True)))
        for one in found
        for row, said in zip(one.differing, one.said, strict=True)
    ]
    names = [project.row_names.word.capitalize(), "Who", "Answer", "Who else", "Other answer"]
    return pd.DataFrame(lines, columns=names).replace("", _NO_ANSWER)


def _look_button(project: Project, rows: list[int]) -> None:
    if st.button(
        f"Look at {count(len(rows), 'row')} on which two people differ",
        key="look_between",
        type="tertiary",
        help="Enter keeps the label, the key of another answer changes it.",
    ):
        kept = {row: project.label_of(row) or "" for row in rows}
        queue.send(project, rows, "Two people differ", kept)
        state.switch("label")
