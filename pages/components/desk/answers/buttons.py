"""The answer buttons: one per answer, in a fixed order, with key, colour and count."""

from __future__ import annotations

import streamlit as st

from al_core.projects import Project, Question
from pages.components.choosing import choose
from pages.components.desk import presses
from pages.components.desk.answers.filter import draw_filter
from pages.components.desk.answers.ready import ready_answer

KEYS = "123456789"
FEW = len(KEYS)
SECOND = "0"
"""The key before the second one of an answer after the ninth."""
_SECOND_KEYS = "123456789abdefghijklmnopqrstuvwxyz"
LONGEST = 60  # signs of an answer on its button
_COLOURS = ("blue", "orange", "green", "violet", "red", "yellow", "gray")


def answer_keys(classes: list[str]) -> dict[str, str]:
    """The key of each answer; those after the ninth have two, one pressed after the other.

    Answers that are digits themselves keep their own digit: the key 3 means "3".

    >>> answer_keys(["yes", "no"])
    {'yes': '1', 'no': '2'}
    >>> answer_keys(["0", "1", "2"])
    {'0': '0', '1': '1', '2': '2'}
    >>> list(answer_keys(list("abcdefghijk")).values())[8:]
    ['9', '01', '02']
    """
    if classes and all(len(name) == 1 and name in "0123456789" for name in classes):
        return {name: name for name in classes}
    keys = [*KEYS, *(SECOND + key for key in _SECOND_KEYS)]
    return dict(zip(classes, keys, strict=False))


def answer_label(
    words: str, key: str | None, index: int, count: int, *, filled: bool = False
) -> str:
    """A button's label: its key as a coloured badge, the answer as text, how often it was given.

    words: the answer as it is shown, markdown escaped. filled: the button has a colour of its own,
    on which grey could not be read.
    """
    badge = key_badge(key, words, index)
    words = f"**{words}**" if key == words else words
    given = f":small[· {count:,}]"
    return f"{badge}{words} {given if filled else f':gray[{given}]'}"


def key_badge(key: str | None, words: str, index: int) -> str:
    """The key of an answer, in its colour, as markdown before its words; "" where they are one."""
    return f":{_COLOURS[index % len(_COLOURS)]}-badge[{key}] " if key and key != words else ""


def draw_answers(project: Project, question: Question, *, live_keys: bool = True) -> None:
    """The buttons for one row; without ``live_keys`` they can only be clicked."""
    keys = answer_keys(project.classes)
    many = any(len(keys.get(name, SECOND * 2)) > 1 for name in project.classes)
    with st.container(key="many_answers" if many else "few_answers", gap="small"):
        with st.container(key="answers", horizontal=True, gap="xsmall"):
            _buttons(project, question, live_keys)
        if many:
            draw_filter(project.classes, f"{question.row} {question.token}")


def _buttons(project: Project, question: Question, live_keys: bool) -> None:
    classes = project.classes
    keys, counts = answer_keys(classes), project.counts().per_class
    words = choose.marked_up(classes, limit=LONGEST)
    guess = ready_answer(project, question)
    press, read = presses.for_project(project, presses.answer), presses.bare(question)
    for index, name in enumerate(classes):
        key = keys.get(name)
        st.button(
            answer_label(words[name], key, index, counts.get(name, 0), filled=name == guess),
            key=f"answer_{question.row}_{question.token[:12]}_{index}",
            on_click=press,
            args=(read, name),
            shortcut=key if live_keys and key and len(key) == 1 else None,
            type="primary" if name == guess else "secondary",
        )
