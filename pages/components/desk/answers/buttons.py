"""The answer buttons: one per answer, in a fixed order, with key, colour and count."""

from __future__ import annotations

import streamlit as st

from al_core.projects import Project, Question
from pages.components.choosing import choose
from pages.components.desk import presses
from pages.components.queue import queue
from pages.components.shell import state

KEYS = "123456789"
FEW = len(KEYS)
LONGEST = 60  # signs of an answer on its button
_COLOURS = ("blue", "orange", "green", "violet", "red", "yellow", "gray")
_FILTER = "answer_filter"


def answer_keys(classes: list[str]) -> dict[str, str]:
    """The key of each answer; answers after the ninth have none.

    Answers that are digits themselves keep their own digit: the key 3 means "3".

    >>> answer_keys(["yes", "no"])
    {'yes': '1', 'no': '2'}
    >>> answer_keys(["0", "1", "2"])
    {'0': '0', '1': '1', '2': '2'}
    """
    if classes and all(len(name) == 1 and name in "0123456789" for name in classes):
        return {name: name for name in classes}
    return dict(zip(classes, KEYS, strict=False))


def answer_label(
    words: str, key: str | None, index: int, count: int, *, filled: bool = False
) -> str:
    """A button's label: its key as a coloured badge, the answer as text, how often it was given.

    words: the answer as it is shown, markdown escaped. filled: the button has a colour of its own,
    on which grey could not be read.
    """
    badge = f":{_COLOURS[index % len(_COLOURS)]}-badge[{key}] " if key and key != words else ""
    words = f"**{words}**" if key == words else words
    given = f":small[· {count:,}]"
    return f"{badge}{words} {given if filled else f':gray[{given}]'}"


def shown_answers(classes: list[str], wanted: str) -> list[str]:
    """The first nine answers, then those that hold the words typed into the filter.

    >>> shown_answers(list("abcdefghijk"), "K")
    ['a', 'b', 'c', 'd', 'e', 'f', 'g', 'h', 'i', 'k']
    """
    keyed = [name for name in classes if name in answer_keys(classes)]
    rest = [name for name in classes if name not in keyed]
    return keyed + [name for name in rest if wanted.casefold() in name.casefold()]


def draw_answers(project: Project, question: Question, *, live_keys: bool = True) -> None:
    """The buttons for one row; without ``live_keys`` they can only be clicked."""
    classes = project.classes
    keys, counts = answer_keys(classes), project.counts().per_class
    words = choose.marked_up(classes, limit=LONGEST)
    many = len(classes) > len(keys)
    guess = queue.guess_of(question.token)
    with st.container(key="answers", horizontal=True, gap="xsmall"):
        for index, name in enumerate(classes):
            if name not in shown_answers(classes, state.get(_FILTER, "") if many else ""):
                continue
            st.button(
                answer_label(
                    words[name], keys.get(name), index, counts.get(name, 0), filled=name == guess
                ),
                key=f"answer_{question.row}_{question.token[:12]}_{index}",
                on_click=presses.answer,
                args=(project, question, name),
                shortcut=keys.get(name) if live_keys else None,
                type="primary" if name == guess else "secondary",
            )
    if many:
        _filter(len(classes) - len(keys))


def _filter(more: int) -> None:
    """Narrow the answers that have no key; it never takes the focus by itself."""
    st.text_input(
        "Filter answers",
        key=_FILTER,
        placeholder=f"Filter the {more} answers without a key",
        label_visibility="collapsed",
        on_change=presses.known_press(lambda: None),
        width=320,
    )
