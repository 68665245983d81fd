"""Seek a rare answer: which one, by which words or examples, and what the rest would take."""

from __future__ import annotations

import re

import streamlit as st

from al_core import LabelError
from al_core.projects import Project, Seeking
from pages.components.choosing import choose
from pages.components.desk import presses
from pages.components.desk.opening.focus import draw_focus
from pages.components.desk.opening.menu import PANEL, REDRAWN, SEEK_FIELD, close_panel, toggle_panel
from pages.components.shell import state
from pages.components.shell.once import drawing, once
from pages.components.shell.text import plain, short

_ANSWER, _WORDS, _EXAMPLES = "seek_answer", "seek_words", "seek_examples"
# A share of all such rows, whose price is said; a choice, that of Progress.
_LEVEL = 0.8
_LONGEST = 600  # signs; a choice: longer than any sentence here with two long names
_BETWEEN = re.compile(r"[,;\n\u060c\u061b\u3001\uff0c\uff1b]+")  # commas of many scripts


def draw_seek(project: Project) -> None:
    """How it stands where an answer is sought; else what to seek, and the start."""
    now = project.seeking()
    if now is not None and not now.done:
        _standing(project, now)
    else:
        _choice(project, now)


def draw_seek_hint(project: Project) -> None:
    """One quiet line where an answer is rare and was never sought; nothing else."""
    answer = None if project.seeking() else project.propose_seeking()
    if answer is None:
        return
    with st.container(key="seek_hint", width="content"):
        st.button(
            f"{short_name(answer)} is under 5 in 100 of the random rows so far. Seek it?",
            key="seek_hint_button",
            type="tertiary",
            on_click=_open,
            args=(answer, drawing()),
        )


def short_name(answer: str) -> str:
    """An answer in a sentence of the page."""
    return plain(short(answer, 40), 60)


def parted(text: str) -> list[str]:
    """What stands between commas, semicolons and line ends, of many scripts.

    >>> parted("win, free prize،جائزة,,")
    ['win', 'free prize', 'جائزة']
    """
    return [part.strip() for part in _BETWEEN.split(text) if part.strip()]


def _standing(project: Project, now: Seeking) -> None:
    st.text(f"{now.found} of {now.wanted} found so far.")
    if now.words:
        st.text(f"By the words: {', '.join(now.words)}")
    _rest(project, now.answer, project.plan_seeking(now.answer).rest)
    st.button("Stop seeking", key="seek_stop", on_click=stop, args=(project, drawing()))


def _choice(project: Project, before: Seeking | None) -> None:
    st.text(
        "Rows that may have this answer come first until 20 are found. Check rows keep their turns."
    )
    names, known = project.classes, project.counts().per_class
    rarest = min(names, key=lambda name: known.get(name, 0))
    likely = before.answer if before else project.propose_seeking() or rarest
    answer = choose.select("Answer", names, index=names.index(likely), key=_ANSWER, width=280)
    if answer is None:
        return
    # The last words typed are read here, so that what they find is said before the start.
    st.text_input("Words that such rows may hold, with commas between them", key=_WORDS)
    draw_focus("seek", SEEK_FIELD)
    word = project.row_names.word
    st.text_input(f"Examples you know, by {word} number", key=_EXAMPLES, placeholder="17, 230")
    plan = project.plan_seeking(answer, parted(str(state.get(_WORDS, ""))))
    st.caption(plain(plan.sentence, _LONGEST))
    if plan.possible or (before is not None and answer == before.answer):
        _rest(project, answer, plan.rest)
    st.button(
        f"Seek {short_name(answer)}",
        key="seek_start",
        disabled=not plan.possible,
        on_click=_start,
        args=(project, answer, drawing()),
    )


def _rest(project: Project, answer: str, rest: str) -> None:
    """What finding the rest would take: by random rows, and what it costs to show it."""
    if not rest:
        return
    st.caption(plain(rest, _LONGEST))
    price = project.plan_recall_check(answer, _LEVEL)
    if price.possible and price.found:
        st.caption(plain(f"{price.sentence} Progress has the search.", _LONGEST))


@presses.known_press
@once
def _start(project: Project, answer: str) -> None:
    rows = _examples(project, parted(str(state.get(_EXAMPLES, ""))))
    project.start_seeking(answer, parted(str(state.get(_WORDS, ""))), rows)
    for field in (_WORDS, _EXAMPLES):
        state.put(field, "")
    presses.say(f"Rows that may be {short(answer, 40)} come first from the next row on.", "note")
    close_panel()


def _examples(project: Project, numbers: list[str]) -> list[int]:
    """The rows of these numbers; LabelError names one that is none."""
    names, rows = project.row_names, list[int]()
    for one in numbers:
        row = names.row_of(int(one)) if one.isdecimal() else None
        if row is None:
            raise LabelError(
                f"There is no row on {names.word} {short(one, 20)}. Give numbers with commas "
                "between them, or leave the examples out."
            )
        rows.append(row)
    return rows


@presses.known_press
@once
def stop(project: Project) -> None:
    """The app chooses as usual."""
    if project.stop_seeking():
        presses.say("The app chooses as usual again.", "note")
    st.rerun(REDRAWN)


@presses.known_press
@once
def _open(answer: str) -> None:
    state.put(_ANSWER, answer)
    if state.get(PANEL) != "seek":
        toggle_panel("seek", None, drawing())
