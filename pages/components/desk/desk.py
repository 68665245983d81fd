"""The label desk: one fragment that a press redraws, and nothing else on the page.

Nothing here trains, scores, reads a file or draws a figure: a press is journalled, the next row
comes from the ranked queue, and the freshness line has a fragment of its own.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from pathlib import Path

import streamlit as st

from al_core.projects import Freshness, Project, Question
from pages.components.desk import presses
from pages.components.desk.answers.buttons import draw_answers
from pages.components.desk.answers.new_answer import draw_new_answer
from pages.components.desk.answers.ready import enter_html, guess_html, is_said
from pages.components.desk.browser import ahead
from pages.components.desk.browser.keys import draw_key_guard
from pages.components.desk.cards import draw_end_card, draw_goal_card, goal_reached
from pages.components.desk.final import (
    draw_final_card,
    draw_final_header,
    make_room,
    what_counts,
)
from pages.components.desk.grid.batch import draw_batch
from pages.components.desk.header import draw_header
from pages.components.desk.opening.menu import SEVERAL, draw_menu
from pages.components.desk.panels.note import open_note
from pages.components.desk.panels.seek import draw_seek_hint
from pages.components.desk.queue_bar import draw_queue_bar, draw_seeking_bar
from pages.components.desk.row.card import Card, draw_card, heights
from pages.components.queue import queue
from pages.components.shell import state
from pages.components.shell.guard import guarded
from pages.components.shell.text import count, in_100, plain

_STYLE = Path(__file__).with_name("desk.css")
_WHOLE, _TURN = "desk_whole_page", "desk_turn"


def draw_desk(project: Project) -> None:
    """The desk as part of a whole page: the fragment below redraws itself at each press."""
    st.html(_STYLE)
    st.html(f"<style>:root {{ --al-phone: {heights(project)[1]}px; }}</style>")
    make_room(project)
    state.put(_WHOLE, True)
    _desk(project)


@st.fragment(key="desk")
@guarded("The desk")
def _desk(project: Project) -> None:
    presses.notice_late_press(whole_page=bool(state.drop(_WHOLE)))
    state.put(_TURN, state.get(_TURN, 0) + 1)
    if queue.together() or (state.get(SEVERAL, 0) and not queue.waiting()):
        draw_seeking_bar(project)
        draw_batch(project)
        return
    is_final = presses.on_final_check(project)
    header = st.container(key="header")  # filled last: the row and its answers travel first
    questions, cards = ahead.rows(project)
    if not questions:
        _card_instead(project)
    else:
        _row_and_answers(project, questions[0], cards[0])
    _said_line()
    if not is_final:
        draw_seek_hint(project)
    with header:
        draw_queue_bar()
        if is_final:
            draw_final_header(project)
        else:
            draw_seeking_bar(project)
            draw_header(project)
    draw_key_guard(project, questions, cards)


def _card_instead(project: Project) -> None:
    if presses.on_final_check(project):
        draw_final_card(project)
    elif goal_reached(project):
        draw_goal_card(project)
    else:
        draw_end_card(project)
    _tools(project, None)


def _row_and_answers(project: Project, question: Question, card: Card) -> None:
    draw_card(project, card)
    if project.settings.show_guess:
        st.container(key="guess_said").html(guess_html(project, question))
    draw_answers(project, question)
    if is_said(project):
        st.container(key="enter_takes").html(enter_html(project, question))
    _tools(project, question)


def _tools(project: Project, question: Question | None) -> None:
    """Skip, can't tell, undo, and the ways to look closer; their keys carry row and turn."""
    turn, press = state.get(_TURN, 0), partial(presses.for_project, project)
    with st.container(key="tools", horizontal=True, gap="xsmall", vertical_alignment="center"):
        is_final = presses.on_final_check(project)
        if question is not None and not is_final:  # there it would count as wrong, not come back
            _tool("skip", "Skip for now", "S", question, press(presses.skip))
        if question is not None:
            _tool("cant_tell", "Can't tell", "D", question, press(presses.dont_know))
        with st.container(key="undo", width="content"):
            st.button(
                "Undo",
                key=f"undo_{'card' if question is None else question.row}_{turn}",
                on_click=press(presses.undo),
                args=(turn,),
                shortcut="U",
            )
        if question is not None:
            _tool("write_note", "Note", "N", question, open_note)
        draw_menu(question, few=is_final)
        if not is_final:
            draw_new_answer(project)


def _tool(name: str, text: str, key: str, question: Question, action: Callable[..., None]) -> None:
    with st.container(key=name, width="content"):
        st.button(
            text,
            key=f"{name}_{question.row}_{question.token[:12]}",
            on_click=action,
            args=(presses.bare(question),),
            shortcut=key,
        )


def _said_line() -> None:
    """The quiet line that stays in place; Streamlit gives it the role ``status``."""
    line = presses.said()
    with st.container(key="saved_line"):
        if line is None:
            st.info("Each answer is saved as you press.", icon=":material/check:")
        elif line.kind in ("saved", "undone"):
            st.info(presses.in_words(line), icon=":material/check:")
        else:
            st.warning(presses.in_words(line), icon=":material/info:")


@st.fragment(run_every="2s")
@guarded("The line on learning")
def draw_freshness(project: Project) -> None:
    """How many labels the app has learned from; redrawn by itself, never by a press."""
    elsewhere = ahead.follow_others(project)
    ahead.renew(project)
    fresh = project.freshness()
    moved = fresh.changed_share
    text = fresh.sentence + _kept_for_testing(project, fresh)
    if presses.on_final_check(project):
        text, moved = what_counts(project), None
    if elsewhere:
        text = f"{plain(elsewhere, 200)} Your answer would take its place."
    elif moved is not None:
        text += f" The last ones changed its guess for {in_100(moved)} rows."
    if told := project.reading().sentence:
        text += f" {told}"
    with st.container(key="freshness"):
        st.caption(text)


def _kept_for_testing(project: Project, fresh: Freshness) -> str:
    """Why the labels learned from are fewer than those given."""
    n_check = project.counts().check
    if fresh.behind or not n_check or not fresh.known_labels:
        return ""
    return f" {count(n_check, 'more is', 'more are')} kept for testing."
