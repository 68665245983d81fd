"""The card of one row: texts to read, facts in a compact table, pixel columns as a picture.

Its height is fixed for a project and it scrolls inside, so that the answer buttons never move.
"""

from __future__ import annotations

from dataclasses import dataclass

import streamlit as st

from al_core.projects import DRAWN_PURPOSES, Project, Question
from pages.components.desk.row.columns_switch import COLUMNS, draw_columns_switch
from pages.components.desk.row.fields import Usual, read_row, usual_values
from pages.components.desk.row.height import card_heights
from pages.components.desk.row.html import (
    badge_html,
    card_html,
    name_html,
    named,
    twins_html,
    web_images,
)
from pages.components.desk.row.picture import WIDTH, picture_images
from pages.components.shell import state
from pages.components.shell.text import begun

_HEIGHTS = "desk_card_heights"


@dataclass(frozen=True)
class Card:
    """What stands on a row's card, as HTML in which every word of the file is escaped.

    ``badge``: its name and what kind of question it is.
    """

    row: int
    name: str
    badge: str
    body: str


def card_of(project: Project, question: Question, *, everything: bool, width: int = WIDTH) -> Card:
    """The card of a row that is asked now or next."""
    view = read_row(project, question.row, question.values, _usual(project), everything=everything)
    images = picture_images(project, question.row, width)
    if project.settings.allow_images:
        images += web_images(question.values)
    row = question.row
    answer = project.label_of(row) if question.purpose == "chosen" else None
    name = begun(project.row_names.name(row))
    head = name_html(name) + badge_html(question.purpose, answer)
    head += twins_html(n_twins(project, question))
    return Card(row, name, named(row, head), named(row, card_html(view, images)))


def n_twins(project: Project, question: Question) -> int:
    """How many other rows are the same and get its answer; rows of a final check stand alone."""
    alone = question.purpose in (*DRAWN_PURPOSES, "shared")
    return 0 if alone else len(project.data.twins_of(question.row))


def draw_card(project: Project, card: Card) -> None:
    """The card, with the row's number in the project as plain text inside ``row_id``.

    That number, from 0, is for scripts, and out of sight; people read the row's name beside it.
    """
    with st.container(key="row", border=True, gap="xsmall"):
        with st.container(key="row_head", horizontal=True, vertical_alignment="center"):
            st.container(key="row_id", width="content").text(str(card.row))
            with st.container(key="row_badge", width="stretch"):
                st.html(card.badge)
            draw_columns_switch(project)
        # A key that stays lets the browser update what is there; painting.js scrolls it to the top.
        with st.container(key="reading", height=heights(project)[0], border=False):
            st.html(card.body)


def heights(project: Project) -> tuple[int, int]:
    """Pixels of the card on a wide screen and on a phone.

    Measured once for a project and the columns that its card shows, then kept.
    """
    everything = bool(state.get(COLUMNS))
    looks = (project.id, everything, project.settings.columns_shown)
    kept = state.get(_HEIGHTS)
    if kept is None or kept[0] != looks:
        kept = looks, card_heights(project, everything=everything, picture=WIDTH)
        state.put(_HEIGHTS, kept)
    wide, narrow = kept[1]
    return wide, narrow


def _usual(project: Project) -> Usual:
    """Measured at the first drawing of a project, then kept in the session."""
    key = f"desk_usual_{project.id}"
    usual: Usual | None = state.get(key)
    if usual is None:
        usual = usual_values(project)
        state.put(key, usual)
    return usual
