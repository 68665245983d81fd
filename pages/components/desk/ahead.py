"""The rows of the desk: the one on the screen, and a few asked ahead for a fast hand.

Rows asked ahead were chosen by the model as it was then. While the person reads, a newer model
chooses again for the rows that nobody has seen.
"""

from __future__ import annotations

import time

from al_core.projects import Project, Question
from pages.components import state
from pages.components.desk import presses
from pages.components.desk.cards import goal_reached
from pages.components.desk.keys import renew_queue
from pages.components.desk.menu import COLUMNS
from pages.components.desk.row_card import Card, card_of

_DRAWN_AT, _LOOKS, _MADE = "desk_drawn_at", "desk_looks", "desk_cards_made"
_STILL = 1.0
"""Seconds since the last press after which the hand counts as still."""


def rows(project: Project) -> tuple[list[Question], list[Card]]:
    """The row on the screen and those behind it, with their cards; none at goal or end."""
    state.put(_DRAWN_AT, time.monotonic())
    if goal_reached(project):
        return [], []
    return _with_cards(project, 1 + _ahead(project))


def renew(project: Project) -> None:
    """Let a newer model choose the rows asked ahead, while nobody presses."""
    still = time.monotonic() - state.get(_DRAWN_AT, 0.0) > _STILL
    if not still or presses.chosen_rows() or not project.choose_again(keep=1):
        return
    questions, cards = _with_cards(project, 1 + _ahead(project))
    renew_queue(questions, cards)


def _ahead(project: Project) -> int:
    """How many rows to ask ahead: none past the goal, nor where the app's guess stands beside."""
    counts = project.counts()
    if project.settings.show_guess:
        return 0
    return max(0, min(presses.AHEAD, counts.budget - counts.spent - 1))


def _with_cards(project: Project, n: int) -> tuple[list[Question], list[Card]]:
    questions = presses.next_questions(project, n)
    presses.shows(questions, project.classes)
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
