"""The answer that stands ready for a row: Enter takes it, any other key corrects it.

A guess that came with the queue, or the app's own for those who switched it on. What is said of it
travels with the row, so that the browser shows it the moment the row comes.
"""

from __future__ import annotations

from collections.abc import Sequence
from html import escape
from typing import NamedTuple

from al_core.projects import DRAWN_PURPOSES, Project, Question
from pages.components.desk.row.html import named
from pages.components.queue import queue
from pages.components.shell import state
from pages.components.shell.text import apart, in_100, short

MEASURES = ("check", "shared", *DRAWN_PURPOSES)
"""Purposes of rows that measure something: there the guess is kept back."""
_FINAL = "desk_final_guesses"


class Guess(NamedTuple):
    """An answer and the chance that it is right."""

    answer: str
    chance: float


def shown_guess(project: Project, question: Question) -> Guess | None:
    """The app's guess for a row, for those who switched it on."""
    if not project.settings.show_guess or _measures(project, question):
        return None
    final = _final_guesses(project).get(question.token)
    return final if final is not None else _guess_now(project, question.row)


def _measures(project: Project, question: Question) -> bool:
    """Whether the guess is kept back; of a row kept for testing also where it came out of turn."""
    kept = bool((project.check_rows == question.row).any())
    return kept or question.purpose in MEASURES


def _guess_now(project: Project, row: int) -> Guess | None:
    shares = project.guess(row)
    return Guess(*max(shares.items(), key=lambda item: item[1])) if shares else None


def _final_guesses(project: Project) -> dict[str, Guess]:
    """Those that stay, by token; an answer that was renamed ends them all."""
    known = (project.id, tuple(project.classes))
    kept: tuple[object, dict[str, Guess]] = state.get(_FINAL, (None, {}))
    return kept[1] if kept[0] == known else {}


def settle_guesses(project: Project, questions: Sequence[Question]) -> None:
    """The guesses for the row on the screen and the next stay as they are from now on: no newer
    model changes them under the eyes of whoever reads them."""
    found = {one.token: shown_guess(project, one) for one in questions[:2]}
    final = {token: guess for token, guess in found.items() if guess is not None}
    state.put(_FINAL, ((project.id, tuple(project.classes)), final))


def ready_answer(project: Project, question: Question) -> str:
    """The answer that Enter takes for this row; "" for none."""
    if answer := queue.guess_of(question.token):
        return answer
    guess = shown_guess(project, question)
    return guess.answer if guess is not None else ""


def prefilled(project: Project, questions: Sequence[Question]) -> dict[int, str]:
    """The answers that stand ready on the grid, by row."""
    ready = {question.row: ready_answer(project, question) for question in questions}
    return {row: answer for row, answer in ready.items() if answer}


def is_said(project: Project) -> bool:
    """Whether it is said of each row what stands ready, or that nothing does."""
    return project.settings.show_guess or any(one.guess for one in queue.waiting())


def guess_words(project: Project, question: Question) -> str:
    """The app's guess in one line, for those who switched it on."""
    guess = shown_guess(project, question)
    if guess is None:
        return _why_none(project, question)
    return f"The app's guess: {apart(short(guess.answer, 40))}, {in_100(guess.chance)}."


def _why_none(project: Project, question: Question) -> str:
    """Why no guess stands there."""
    if _measures(project, question):
        return "Guess kept back: this row measures the app."
    return "No guess for this row yet."


def guess_html(project: Project, question: Question) -> str:
    """That line as HTML, every word of the person escaped; empty where guesses are hidden."""
    words = guess_words(project, question) if project.settings.show_guess else ""
    return named(question.row, f'<p class="al-line" translate="no">{escape(words)}</p>')


def enter_html(project: Project, question: Question) -> str:
    """What Enter does for this row, as HTML; an empty line where it does nothing."""
    answer = ready_answer(project, question)
    words = f"Enter takes <bdi><b>{escape(short(answer, 60))}</b></bdi>" if answer else "&nbsp;"
    return named(question.row, f'<p class="al-line" translate="no">{words}</p>')
