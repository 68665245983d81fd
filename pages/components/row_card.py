"""The card of one row: texts to read, facts in a compact table, pixel columns as a picture.

Its height is fixed and it scrolls inside, so that the answer buttons never move.
"""

from __future__ import annotations

import re

import pandas as pd
import streamlit as st

from al_core.projects import Project, Question
from pages.components import state
from pages.components.desk_menu import draw_columns_switch
from pages.components.row_fields import Fact, RowView, Usual, read_row, usual_values
from pages.components.row_picture import draw_pictures
from pages.components.text import plain

HEIGHT = 400
MANY = 60
_FIRST = "A typical row: the app starts choosing once it has seen two different answers."
_PICTURE = re.compile(r"https?://\S+\.(png|jpe?g|gif|webp)(\?\S*)?", re.IGNORECASE)
_MARKS = {"high": "unusually high", "low": "unusually low", "rare": "rare"}


def draw_row(project: Project, question: Question, *, everything: bool) -> None:
    """The card, with the row's number as plain text inside ``row_id``."""
    view = read_row(project, question.row, question.values, _usual(project), everything=everything)
    with st.container(key="row", border=True, gap="xsmall"):
        with st.container(key="row_head", horizontal=True, vertical_alignment="center"):
            st.container(key="row_id", width="content").text(str(question.row))
            _badge(question)
            st.space("stretch")
            draw_columns_switch(project)
        # A key that stays lets the browser update what is there; desk_keys scrolls it to the top.
        with st.container(key="reading", height=HEIGHT, border=False):
            draw_pictures(project, question.row)
            if project.settings.allow_images:
                _web_pictures(question.values)
            _reading(view)


def _web_pictures(values: dict[str, str]) -> None:
    """Cells that are the web address of a picture, shown as one: only where the person said so."""
    for name, text in values.items():
        if _PICTURE.fullmatch(text.strip()):
            st.image(text.strip(), width=320, alt=f"Picture in the column {name}")


def _badge(question: Question) -> None:
    if question.purpose == "check":
        st.badge(
            "Check row",
            icon=":material/fact_check:",
            color="violet",
            help="Picked at random, used only to test. Without these the score would be a guess. "
            "They are in your download like all others.",
        )
    elif question.purpose == "chosen":
        st.badge("You picked this row", icon=":material/person_search:", color="blue")
    elif question.purpose == "start":
        st.badge("First row", icon=":material/flag:", color="gray", help=_FIRST)


def _reading(view: RowView) -> None:
    """Texts in a reading column with the facts beside them; facts alone take the whole width."""
    if not view.texts or not view.facts:
        _texts(view)
        draw_facts(view.facts, 1 if len(view.facts) <= 4 else 2 if len(view.facts) <= 10 else 3)
        return
    left, right = st.columns([2, 1], gap="medium")
    with left:
        _texts(view)
    with right:
        draw_facts(view.facts, 1)


def _texts(view: RowView) -> None:
    several = len(view.texts) > 1
    for index, (name, text) in enumerate(view.texts):
        if several or view.facts:
            st.caption(plain(name, 60))
        with st.container(key=f"text_{index}"):
            st.text(text if text.strip() else "(blank)")


def draw_facts(facts: list[Fact], n_tables: int) -> None:
    """Short values in tables side by side; on a phone they stand in one column."""
    if not facts:
        return
    size = -(-len(facts) // n_tables)
    many = len(facts) > MANY
    for place, start in zip(st.columns(n_tables), range(0, len(facts), size), strict=False):
        part = facts[start : start + size]
        if many:
            place.dataframe(_plain_table(part), hide_index=True, height=HEIGHT - 20)
            continue
        place.table({plain(f.name, 60): _cell(f) for f in part}, border="horizontal")


def _plain_table(facts: list[Fact]) -> pd.DataFrame:
    """Many facts in a grid that is drawn at once: a cell of markdown each would take a second."""
    return pd.DataFrame(
        {
            "Column": [fact.name for fact in facts],
            "Value": [fact.text for fact in facts],
            "Note": [_MARKS.get(fact.mark, "") for fact in facts],
        }
    )


def _cell(fact: Fact) -> str:
    if not fact.text:
        return ":gray[–]"
    text = unlinked(plain(fact.text, 300))
    return f"{text} :orange-badge[{_MARKS[fact.mark]}]" if fact.mark else text


def unlinked(text: str) -> str:
    """Web addresses stay text: a word joiner keeps the markdown reader from making links."""
    return text.replace("http", "h\u2060ttp").replace("www", "w\u2060ww").replace("@", "\u2060@")


def _usual(project: Project) -> Usual:
    """Measured at the first drawing of a project, then kept in the session."""
    key = f"desk_usual_{project.id}"
    usual: Usual | None = state.get(key)
    if usual is None:
        usual = usual_values(project)
        state.put(key, usual)
    return usual
