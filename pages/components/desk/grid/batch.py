"""Several at once: a grid of rows, one key each, that get the chosen answer when pressed.

Its script, grid.js, leaves Enter to Save after a click, and makes long rows reachable with Tab.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import streamlit as st

from al_core.projects import Project, Question
from pages.components.choosing import choose
from pages.components.desk import presses
from pages.components.desk.answers.buttons import KEYS
from pages.components.desk.answers.ready import prefilled
from pages.components.desk.browser import ahead
from pages.components.desk.header import draw_header
from pages.components.desk.opening.menu import SEVERAL
from pages.components.desk.queue_bar import draw_queue_bar
from pages.components.desk.row.card import card_of, n_twins
from pages.components.desk.row.html import BADGES
from pages.components.queue import queue
from pages.components.shell import state
from pages.components.shell.once import drawing, once
from pages.components.shell.text import count, plain

_BATCH, _HAND, _SAVED = "desk_batch", "desk_in_hand", "desk_batch_saved"
_SIZE, SIZES = "desk_batch_size", [3, 6, 9]
# Pixels; a choice: three tiles fit side by side.
TILE_PICTURE = 110
_HERE = Path(__file__)
_in_browser = st.components.v2.component(
    "label_grid", js=_HERE.with_name("grid.js").read_text(encoding="utf-8")
)


@dataclass
class Batch:
    """The rows on the grid, and the answers given so far by row; ``of``: the title of a queue."""

    questions: list[Question]
    given: dict[int, str]
    of: str = ""


def draw_batch(project: Project) -> None:
    """Choose an answer, press the keys of its rows, then save them all."""
    batch = _batch(project)
    ahead.show_no_row()
    draw_queue_bar()
    draw_header(project, _how(batch))
    with st.container(horizontal=True, vertical_alignment="bottom"):
        choose.segments(
            "Give this answer",
            project.classes,
            project.classes[0] if project.classes else None,
            key=_HAND,
            on_change=presses.known_press(lambda: None),
        )
        st.space("stretch")
        choose.segments(
            "Rows at once",
            SIZES,
            int(state.get(SEVERAL, 0)) or SIZES[1],
            key=_SIZE,
            on_change=_resize,
            args=(project, batch),
        )
        st.button("One at a time", key="one_at_a_time", on_click=_leave, args=(project, batch))
    if not batch.questions:
        st.text("No row is left to ask.")
    for start in range(0, len(batch.questions), 3):
        for place, column in zip(range(start, start + 3), st.columns(3), strict=True):
            if place < len(batch.questions):
                with column:
                    _tile(project, batch, place)
    _save_row(project, batch)
    line = presses.said()
    words = presses.in_words(line) if line else "Marks are saved when you press Save."
    st.container(key="saved_line").info(words)
    with st.container(key="grid_keys"):
        _in_browser(key="label_grid", height="content")


def _how(batch: Batch) -> str:
    """What the keys do here: they stand for rows, not for answers as they do elsewhere."""
    last = len(batch.questions)
    keys = f"Keys 1 to {last} are the rows here" if last > 1 else "Key 1 is the row here"
    return f"{keys}: press one to give it the answer below, again to take it back. Enter saves."


def _batch(project: Project) -> Batch:
    batch: Batch | None = state.get(_BATCH)
    if batch is None or batch.of != _queued():
        batch = _next_batch(project)
        state.put(_BATCH, batch)
    return batch


def _next_batch(project: Project) -> Batch:
    """The rows that wait, or those that the app asks; with its guesses where these are shown."""
    n = int(state.get(SEVERAL, 0)) or SIZES[1]
    waits = bool(queue.waiting())
    questions = presses.next_questions(project, n) if waits else project.ask_together(n)
    return Batch(questions, prefilled(project, questions), _queued())


def _queued() -> str:
    """Where the rows come from that stand on the grid; "" for those that the app asks."""
    return queue.title() if queue.waiting() else ""


def _tile(project: Project, batch: Batch, place: int) -> None:
    question = batch.questions[place]
    given = batch.given.get(question.row)
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
    words = choose.marked_up(project.classes)
    st.button(
        words.get(given, plain(given, 40)) if given else "No answer yet",
        key=f"tile_button_{question.row}",
        shortcut=KEYS[place],
        type="primary" if given else "secondary",
        width="stretch",
        on_click=_give,
        args=(batch, question.row, drawing()),
    )


@presses.known_press
@once
def _give(batch: Batch, row: int) -> None:
    hand = state.get(_HAND)
    if batch.given.get(row) == hand:
        del batch.given[row]
    elif hand is not None:
        batch.given[row] = hand


def _save_row(project: Project, batch: Batch) -> None:
    with st.container(horizontal=True):
        st.button(
            f"Save {count(len(batch.given), 'answer')}"
            if batch.given or not batch.of
            else "Put these away",
            key=f"save_batch_{batch.questions[0].row if batch.questions else 0}",
            type="primary",
            disabled=not batch.given and not batch.of,
            on_click=_save,
            args=(project, batch),
            shortcut="Enter",
        )
        with st.container(key="undo", width="content"):
            st.button(
                "Undo",
                key=f"undo_batch_{len(batch.given)}_{project.counts().spent}",
                on_click=_undo,
                args=(project, batch, drawing()),
                shortcut="U",
                type="tertiary",
            )


@presses.known_press
def _save(project: Project, batch: Batch) -> None:
    """Each row by itself, with its own token: a second press on Save records nothing."""
    if state.get(_BATCH) is batch:
        _record(project, batch)


def _record(project: Project, batch: Batch) -> None:
    recorded, before = 0, project.counts().spent
    for question in batch.questions:
        if question.row in batch.given:
            label = batch.given[question.row]
            purpose = "chosen" if question.purpose == "chosen" else None
            receipt = project.label(
                question.row, label, token=question.token, purpose=purpose, twins=True
            )
            recorded += receipt.recorded
        queue.go_through(question.token)  # seen, whether or not it got an answer
    state.drop(_BATCH)
    state.put(_SAVED, recorded)
    more = project.counts().spent - before - recorded
    same = f" {count(more, 'row that is', 'rows that are')} the same got an answer too."
    presses.say(f"Saved: {count(len(batch.given), 'answer')}.{same if more > 0 else ''}")


@presses.known_press
@once
def _undo(project: Project, batch: Batch) -> None:
    """Marks not yet saved first; then all answers of the last Save, then one action at a time."""
    if batch.given:
        batch.given.clear()
        presses.say("The marks are gone; nothing had been saved.", "note")
        return
    state.drop(_BATCH)
    n = max(1, state.drop(_SAVED) or 1)
    receipts = [project.undo() for _ in range(n)]
    undone = [receipt for receipt in receipts if receipt.recorded]
    words = f"Undone: {count(len(undone), 'answer')}." if n > 1 else receipts[0].sentence
    presses.say(words, "undone" if undone else "note")


def _put_away(project: Project, batch: Batch) -> None:
    """The grid starts anew; what was picked by then is saved."""
    if batch.given:
        _record(project, batch)
    state.drop(_BATCH)


@presses.known_press
def _resize(project: Project, batch: Batch) -> None:
    """Another number of rows.

    Streamlit 1.67 takes this choice for changed once more where the press after *One at a time*
    comes before the browser has forgotten it: the grid would come back.
    """
    if state.get(SEVERAL) or queue.together():
        _put_away(project, batch)
        state.put(SEVERAL, int(state.get(_SIZE)))


@presses.known_press
def _leave(project: Project, batch: Batch) -> None:
    """Back to one row; undo walks back over what is saved by it."""
    _put_away(project, batch)
    state.put(SEVERAL, 0)
    queue.one_by_one()
    state.drop(_SAVED)
