"""Rename and merge answers; each is an event, so it can be undone."""

from __future__ import annotations

import streamlit as st

from al_core.projects import Project
from al_core.tables import twin_of
from pages.components.choosing import choose
from pages.components.choosing.alike_answers import ask_if_one, is_it_one
from pages.components.desk import presses
from pages.components.desk.opening.menu import REDRAWN
from pages.components.shell import state
from pages.components.shell.once import drawing, once

_OLD, _NAME, _TIMES = "rename_old", "rename_new", "rename_times"


def draw_answers_panel(project: Project) -> None:
    """Give an answer another name; the name of another answer merges the two."""
    field = f"{_NAME}_{state.get(_TIMES, 0)}"  # a new one each time: the old one keeps its words
    with st.container(horizontal=True, vertical_alignment="bottom"):
        old = choose.select("Answer", project.classes, key=_OLD, width=240)
        st.text_input("New name", key=field, width=240)
        typed = _typed(field)
        merges = typed in project.classes and typed != old
        st.button(
            "Merge the two" if merges else "Rename",
            key="rename_answer",
            on_click=_rename,
            args=(project, field, drawing()),
        )
    twin = _twin(project, old, typed)
    if twin is not None:
        turn = drawing()
        ask_if_one(twin, typed, lambda one: _to(project, twin if one else typed, turn), "rename_")
    elif merges:
        st.caption("There is an answer of that name: the two become one. Undo takes it back.")
    else:
        st.caption("The name of another answer makes one of the two.")


def _typed(field: str) -> str:
    return " ".join(str(state.get(field) or "").split())


def _twin(project: Project, old: object, name: str) -> str | None:
    """Another answer that the new name looks like, though it is not quite its name."""
    others = [known for known in project.classes if known != old]
    return None if name in project.classes or not name else twin_of(name, others)


@presses.known_press
@once
def _rename(project: Project, field: str) -> None:
    name = _typed(field)
    twin = _twin(project, state.get(_OLD), name)
    if twin is None:
        _record(project, name)
    else:
        presses.say(f"Nothing was renamed yet. {is_it_one(twin, name)}", "note")
    st.rerun(REDRAWN)


@presses.known_press
@once
def _to(project: Project, name: str) -> None:
    _record(project, name)
    st.rerun(REDRAWN)


def _record(project: Project, name: str) -> None:
    receipt = project.rename_class(str(state.get(_OLD)), name)
    state.put(_OLD, name)
    state.put(_TIMES, state.get(_TIMES, 0) + 1)
    presses.say(receipt.sentence, "saved" if receipt.recorded else "note")
