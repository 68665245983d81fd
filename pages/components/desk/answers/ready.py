"""The answer that stands ready for a row: Enter takes it, any other key corrects it.

A guess that came with the queue, or the app's own for those who switched it on.
"""

from __future__ import annotations

from collections.abc import Sequence

from al_core.projects import DRAWN_PURPOSES, Project, Question
from pages.components.queue import queue
from pages.components.shell.text import plain

MEASURES = ("check", "shared", *DRAWN_PURPOSES)
"""Purposes of rows that measure something: there the guess is kept back."""


def shown_guess(project: Project, question: Question) -> str:
    """The app's guess for a row, for those who switched it on; "" where there is none."""
    if not project.settings.show_guess or question.purpose in MEASURES:
        return ""
    if bool((project.check_rows == question.row).any()):  # kept for testing, reached out of turn
        return ""
    shares = project.guess(question.row)
    return max(shares, key=lambda key: shares[key]) if shares else ""


def ready_answer(project: Project, question: Question) -> str:
    """The answer that Enter takes for this row; "" for none."""
    return queue.guess_of(question.token) or shown_guess(project, question)


def prefilled(project: Project, questions: Sequence[Question]) -> dict[int, str]:
    """The answers that stand ready on the grid, by row."""
    ready = {question.row: ready_answer(project, question) for question in questions}
    return {row: answer for row, answer in ready.items() if answer}


def enter_words(answer: str) -> str:
    """What Enter does for this row, as markdown; "" where it does nothing."""
    return f":gray[Enter takes] **{plain(answer, 60)}**" if answer else ""
