"""Several at once: a grid of rows, answered by keys or clicks one after the other, saved together.

Arrows move the frame, an answer's key gives it to the row in the frame. With the mouse the answer
in hand goes to each row that is pressed.
"""

from __future__ import annotations

import streamlit as st

from al_core.projects import Project
from pages.components.choosing import choose
from pages.components.desk import presses
from pages.components.desk.answers.buttons import FEW, answer_keys, key_badge
from pages.components.desk.answers.filter import draw_filter
from pages.components.desk.answers.ready import prefilled
from pages.components.desk.browser import ahead
from pages.components.desk.grid import marks
from pages.components.desk.grid.driven import GUESS, NOTHING, draw_keys, is_guess
from pages.components.desk.grid.marks import Batch, batch_on_grid
from pages.components.desk.header import draw_header
from pages.components.desk.opening.menu import SEVERAL
from pages.components.desk.queue_bar import draw_queue_bar
from pages.components.desk.row.card import card_of, n_twins
from pages.components.desk.row.html import BADGES
from pages.components.queue import queue
from pages.components.shell import state
from pages.components.shell.once import drawing, once
from pages.components.shell.text import count, plain

_HAND, _SIZE, _FILLED = "desk_in_hand", "desk_batch_size", "desk_batch_filled"
# Choices: whole lines of three tiles, and pixels at which three fit side by side.
SIZES = [3, 6, 9]
TILE_PICTURE = 110
_HOW = (
    "Arrows move the frame, an answer's key answers the row in it, Enter saves all. "
    "With the mouse: pick an answer, then press under its rows."
)


def draw_batch(project: Project) -> None:
    """The answers with their keys, the rows, and what saves them all."""
    batch = batch_on_grid(project)
    ahead.show_no_row()
    draw_queue_bar()
    draw_header(project, _HOW)
    many = len(project.classes) > FEW
    if many:
        _answers(project)
    with st.container(key="grid_top", horizontal=True, vertical_alignment="bottom"):
        if many:
            draw_filter(project.classes, batch.name, on_grid=True)
        else:
            _answers(project)
        _choices(project, batch)
    if not batch.questions:
        st.text("No row is left to ask.")
    with st.container(key="tiles"):
        for start in range(0, len(batch.questions), 3):
            for place, column in zip(range(start, start + 3), st.columns(3), strict=True):
                if place < len(batch.questions):
                    with column:
                        _tile(project, batch, place)
    _save_row(project, batch)
    line = presses.said()
    words = presses.in_words(line) if line else "Marks are saved when you press Save."
    st.container(key="saved_line").info(words)
    draw_keys(project, batch)


def _answers(project: Project) -> None:
    """Each answer with its key; the one that is picked goes to the rows that are clicked."""
    classes, keys = project.classes, answer_keys(project.classes)
    with st.container(key="grid_answers", width="stretch" if len(classes) > FEW else "content"):
        choose.segments(
            "Give this answer",
            classes,
            classes[0] if classes else None,
            key=_HAND,
            before={name: key_badge(keys.get(name), name, at) for at, name in enumerate(classes)},
            on_change=presses.known_press(lambda: None),
        )


def _choices(project: Project, batch: Batch) -> None:
    """Beside the answers: whether guesses stand there, how many rows, and the way back."""
    st.checkbox(
        "Fill in the app's guesses",
        value=project.settings.show_guess,
        key=f"{_FILLED}_{project.settings.show_guess}",
        on_change=_fill,
        args=(project, batch),
    )
    st.space("stretch")
    choose.segments(
        "Rows at once",
        SIZES,
        marks.rows_at_once(),
        key=_SIZE,
        on_change=_resize,
        args=(project, batch),
    )
    st.button(
        "One at a time",
        key="one_at_a_time",
        on_click=presses.known_press(marks.leave),
        args=(project, batch),
        shortcut="V",
    )


def _tile(project: Project, batch: Batch, place: int) -> None:
    question = batch.questions[place]
    with st.container(border=True, height=220, key=f"tile_{place}"):
        card = card_of(project, question, everything=False, width=TILE_PICTURE)
        with st.container(horizontal=True, vertical_alignment="center"):
            st.container(key=f"tile_row_{place}", width="content").text(f"{question.row}")
            st.text(card.name)
            if question.purpose in ("check", "shared"):
                st.badge(BADGES[question.purpose][0], color="gray")
            if n_same := n_twins(project, question):
                st.badge(f"{n_same:,} more the same", color="gray")
        st.html(card.body)
    marked = bool(batch.marks.get(question.row))
    st.button(
        _words(project, batch, question.row),
        key=f"tile_button_{question.row}",
        type="primary" if marked else "secondary",
        width="stretch",
        on_click=_give,
        args=(batch, question.row, drawing()),
    )


def _words(project: Project, batch: Batch, row: int) -> str:
    """What stands under a row, as markdown."""
    answer = batch.answer(row)
    if not answer:
        return NOTHING
    words = choose.marked_up(project.classes).get(answer, plain(answer, choose.ON_A_BUTTON))
    return words + GUESS if is_guess(batch, row) else words


@presses.known_press
@once
def _give(batch: Batch, row: int) -> None:
    hand = state.get(_HAND)
    if batch.marks.get(row) == hand:
        batch.mark(row, "")
    elif hand is not None:
        batch.mark(row, hand)


def _save_row(project: Project, batch: Batch) -> None:
    n = len(batch.answers())
    with st.container(key="grid_save", horizontal=True):
        st.button(
            f"Save {count(n, 'answer')}" if n or not batch.of else "Put these away",
            key=f"save_batch_{batch.name}",
            type="primary",
            disabled=not n and not batch.of,
            on_click=presses.known_press(marks.save),
            args=(project, batch),
            shortcut="Enter",
        )
        with st.container(key="undo", width="content"):
            st.button(
                "Undo",
                key=f"undo_batch_{len(batch.marks)}_{project.counts().spent}",
                on_click=_undo,
                args=(project, batch, drawing()),
                shortcut="U",
                type="tertiary",
            )


@presses.known_press
@once
def _undo(project: Project, batch: Batch) -> None:
    marks.take_back(project, batch)


@presses.known_press
def _fill(project: Project, batch: Batch) -> None:
    """The one setting for guesses before the answer; what the person marked stays."""
    key = f"{_FILLED}_{project.settings.show_guess}"
    project.change(show_guess=bool(state.get(key)))
    batch.ready = prefilled(project, batch.questions)


@presses.known_press
def _resize(project: Project, batch: Batch) -> None:
    """Another number of rows.

    Streamlit 1.67 takes this choice for changed once more where the press after *One at a time*
    comes before the browser has forgotten it: the grid would come back.
    """
    if state.get(SEVERAL) or queue.together():
        marks.put_away(project, batch)
        state.put(SEVERAL, int(state.get(_SIZE)))
