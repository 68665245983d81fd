"""Seek a rare answer: which one, by which words or examples, and what the rest would take."""

from __future__ import annotations

import re

import streamlit as st

from al_core import LabelError
from al_core.projects import Project, Seeking
from pages.components.choosing import choose
from pages.components.desk import presses
from pages.components.desk.opening.focus import draw_focus
from pages.components.desk.opening.menu import (
    ENTRIES,
    PANEL,
    REDRAWN,
    SEEK_FIELD,
    close_panel,
    toggle_panel,
)
from pages.components.shell import state
from pages.components.shell.final_check import open_search
from pages.components.shell.once import drawing, once
from pages.components.shell.text import plain, short

_ANSWER, _WORDS, _EXAMPLES = "seek_answer", "seek_words", "seek_examples"
_LEAVING = "seek_leaving"
# A share of all such rows, whose price is said; a choice, that of Progress.
_LEVEL = 0.8
# Rows of a table up to which the guesses are counted here; a choice: it takes a moment, and for
# larger ones Finish does it with a bar.
_QUICK = 20_000
_LONGEST = 600  # signs; a choice: longer than any sentence here with two long names
_BETWEEN = re.compile(r"[,;\n\u060c\u061b\u3001\uff0c\uff1b]+")  # commas of many scripts


def draw_seek(project: Project) -> None:
    """How it stands where an answer is sought or was found; else what to seek, and the start."""
    now = project.seeking()
    if now is None:
        _choice(project)
    elif now.done:
        _found(project, now)
    else:
        _standing(project, now)


def seek_title(project: Project) -> str:
    """The panel's, by what it shows."""
    now = project.seeking()
    if now is None:
        return ENTRIES["seek"].title
    return "Finding the rest" if now.done else f"Seeking {short_name(now.answer)}"


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
    st.text(f"{now.found} of {now.wanted} found so far. {now.mix}")
    if now.words:
        st.text(f"By the words: {', '.join(now.words)}")
    _rest(project, now.answer, project.plan_seeking(now.answer).rest)
    st.button("Stop seeking", key="seek_stop", on_click=stop, args=(project, drawing()))


def _found(project: Project, now: Seeking) -> None:
    """Enough are found to learn from: what is left, and the way to the search for all."""
    if state.drop(_LEAVING):
        state.switch("curves")
    st.text(f"{now.found:,} rows are {short(now.answer, 40)}. How many more there are:")
    _rest(project, now.answer, project.plan_seeking(now.answer).rest)
    with st.container(horizontal=True):
        st.button(
            "Have we found them all?",
            key="seek_to_search",
            type="primary",
            on_click=_to_search,
            args=(project, now.answer, drawing()),
        )
        st.button(
            "Seek another answer", key="seek_another", on_click=stop, args=(project, drawing())
        )


def _choice(project: Project) -> None:
    st.text(
        "Rows that may have this answer come first until 20 are found: likely ones, and at the "
        "start some that may just not be, which teach the app most. Check rows keep their turns."
    )
    names, rarest = project.classes, _rarest(project)
    index = names.index(rarest) if rarest else None
    answer = choose.select(
        "Answer", names, index=index, key=_ANSWER, width=280, placeholder="Which one is rare?"
    )
    if answer is None:
        return
    # The last words typed are read here, so that what they find is said before the start.
    st.text_input("Words that such rows may hold, with commas between them", key=_WORDS)
    draw_focus("seek", SEEK_FIELD)
    word = project.row_names.word
    st.text_input(f"Examples you know, by {word} number", key=_EXAMPLES, placeholder="17, 230")
    plan = project.plan_seeking(answer, parted(str(state.get(_WORDS, ""))))
    st.caption(plain(plan.sentence, _LONGEST))
    if plan.possible:
        _rest(project, answer, plan.rest)
    st.button(
        f"Seek {short_name(answer)}",
        key="seek_start",
        disabled=not plan.possible,
        on_click=_start,
        args=(project, answer, drawing()),
    )


def _rarest(project: Project) -> str | None:
    """The answer that the fewest labels have; none where several are as rare."""
    proposed = project.propose_seeking()
    if proposed is not None:
        return proposed
    known = project.counts().per_class
    first, second = sorted(project.classes, key=lambda name: known.get(name, 0))[:2]
    return first if known.get(first, 0) < known.get(second, 0) else None


def _rest(project: Project, answer: str, rest: str) -> None:
    """What is left: at most by random rows, by the app's guess, and what it costs to show it."""
    if rest:
        st.caption(plain(rest, _LONGEST))
    if project.table.n_rows <= _QUICK and (guessed := project.guessed_left(answer)):
        st.caption(plain(guessed, _LONGEST))
    price = project.plan_recall_check(answer, _LEVEL)
    if rest and price.possible and price.found:
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
def _to_search(project: Project, answer: str) -> None:
    """To Progress with the next drawing: a desk that redraws itself may stop what follows here."""
    open_search(project, answer)
    state.put(_LEAVING, True)


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
