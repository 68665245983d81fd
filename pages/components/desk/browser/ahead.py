"""The rows of the desk: the one on the screen, and a few asked ahead for a fast hand.

Rows asked ahead were chosen by the model as it was then. While the person reads, a newer model
chooses again for the rows that nobody has seen.
"""

from __future__ import annotations

import time

from al_core.projects import Project, Question
from pages.components.desk import presses
from pages.components.desk.answers.ready import settle_guesses
from pages.components.desk.browser.keys import look_again, renew_queue
from pages.components.desk.cards import goal_reached
from pages.components.desk.presses import mark_shown
from pages.components.desk.row.card import Card, card_of
from pages.components.desk.row.columns_switch import COLUMNS
from pages.components.queue import queue
from pages.components.shell import state
from pages.components.shell.text import begun

_DRAWN_AT, _LOOKS, _MADE = "desk_drawn_at", "desk_looks", "desk_cards_made"
_ROWS, _DRAWN = "desk_rows", "desk_numbers_drawn"
# Seconds without a press; a choice: about the pause between two thoughtful answers.
_STILL = 1.0
"""Seconds since the last press after which the hand counts as still."""


def rows(project: Project) -> tuple[list[Question], list[Card]]:
    """The row on the screen and those behind it, with their cards; none at goal or end."""
    state.put(_DRAWN_AT, time.monotonic())
    if goal_reached(project):
        state.put(_ROWS, ())
        state.put(_DRAWN, _numbers(project))
        return [], []
    return _with_cards(project, 1 + _ahead(project))


def show_no_row() -> None:
    """Several rows stand on the desk: none of them is the one that another tab could answer."""
    state.put(_ROWS, None)
    queue.go_elsewhere()


def renew(project: Project) -> None:
    """Let a newer model choose the rows asked ahead, while nobody presses.

    Rows that another tab has answered meanwhile make room for others as well.
    """
    if not _is_still() or queue.waiting() or _answered_elsewhere(project):
        return
    if state.get(_ROWS) is None:  # several rows are being read: none of them was asked ahead
        return
    if presses.on_final_check(project):
        return
    own = (row for row in state.get(_ROWS) or () if row is not None)
    gone = any(project.label_of(row) is not None for row in own)
    if project.choose_again(keep=1) or gone:
        renew_queue(project, *_with_cards(project, 1 + _ahead(project)))


def _is_still() -> bool:
    """Whether nobody has pressed for a moment."""
    return bool(time.monotonic() - state.get(_DRAWN_AT, 0.0) > _STILL)


def follow_others(project: Project) -> str:
    """Draw the desk anew when its numbers have changed: another tab recorded, or a score came.

    The row on the screen stays, though another tab has answered it: the words to say then.
    """
    project.counts()  # takes in what others have recorded
    answer = _answered_elsewhere(project)
    if answer is not None:
        name = project.row_names.name(state.get(_ROWS)[0])
        return begun(f"{name} was answered in another tab: {answer}.")
    now = _numbers(project)
    if now != state.get(_DRAWN) and _is_still() and state.get(_ROWS) is not None:
        look_again(now)
    return ""


def _numbers(project: Project) -> str:
    """What the desk says that can change without a press: when it was saved, and the score."""
    now = project.summary()
    return f"{now.saved_at} {now.score.sentence}"


def _answered_elsewhere(project: Project) -> str | None:
    """What another tab has answered for the row on the screen since it came there; of a row asked
    of two people that stays hidden."""
    rows = state.get(_ROWS) or ()
    if not rows or rows[0] is None or queue.waiting():
        return None
    return project.label_of(rows[0])


def _ahead(project: Project) -> int:
    """How many rows to ask ahead: none past the goal."""
    if presses.on_final_check(project):
        return presses.AHEAD
    counts = project.counts()
    return max(0, min(presses.AHEAD, counts.budget - counts.spent - 1))


def _with_cards(project: Project, n: int) -> tuple[list[Question], list[Card]]:
    questions = presses.next_questions(project, n)
    mark_shown(project, questions)
    settle_guesses(project, questions)
    state.put(_ROWS, tuple(None if one.purpose == "shared" else one.row for one in questions))
    state.put(_DRAWN, _numbers(project))
    return questions, _cards(project, questions)


def _cards(project: Project, questions: list[Question]) -> list[Card]:
    """Each card is made once, when its row is asked ahead."""
    everything = bool(state.get(COLUMNS))
    looks = (project.id, everything, project.settings.columns_shown, project.settings.allow_images)
    made: dict[str, Card] = {}
    if state.get(_LOOKS) == looks:
        made = state.get(_MADE, {})
    cards = [
        made.get(one.token) or card_of(project, one, everything=everything) for one in questions
    ]
    state.put(_LOOKS, looks)
    state.put(_MADE, {one.token: card for one, card in zip(questions, cards, strict=True)})
    return cards
