"""A new answer at any moment; one that looks like another is asked about."""

from __future__ import annotations

import streamlit as st

from al_core.projects import Project
from al_core.tables import look_the_same, twin_of
from pages.components.choosing.alike_answers import ask_if_one, is_it_one
from pages.components.desk import presses
from pages.components.desk.opening.focus import draw_focus
from pages.components.desk.opening.menu import NEW_FIELD, NEW_MENU, close_menu, menu_key
from pages.components.shell import state
from pages.components.shell.once import drawing, once

_NEW, _ALIKE = "new_answer", "new_answer_alike"


def draw_new_answer(project: Project) -> None:
    """A field for its name and, where there is an answer like it, the question if it is that."""
    with st.container(key=NEW_MENU, width="content"):
        menu = st.popover("New answer", key=menu_key(NEW_MENU), type="tertiary", on_change=_opened)
    with menu:
        with st.form("new_answer_form", border=False):  # Enter in the field adds it
            st.text_input("New answer", key=_NEW, placeholder="Its name")
            st.form_submit_button(
                "Add it", key="add_answer", on_click=_add, args=(project, drawing())
            )
        of, twin, name = state.get(_ALIKE, ("", "", ""))
        if of == project.id and twin in project.classes:
            turn = drawing()
            ask_if_one(twin, name, lambda one: _decide(project, twin, name, one, turn), "new_")
        if menu.open:
            draw_focus("new_answer", NEW_FIELD)


_opened = presses.known_press(lambda: None)


@presses.known_press
@once
def _add(project: Project) -> None:
    name = " ".join(str(state.get(_NEW, "")).split())
    twin = twin_of(name, project.classes) if name else None
    state.drop(_ALIKE)
    if twin is None or look_the_same(twin, name):
        _record(project, name, apart=False)
        return
    state.put(_ALIKE, (project.id, twin, name))
    presses.say(f"Not added yet. {is_it_one(twin, name)}", "note")


@presses.known_press
@once
def _decide(project: Project, twin: str, name: str, one: bool) -> None:
    state.drop(_ALIKE)
    if one:
        state.put(_NEW, "")
        presses.say(f"{twin} is there already; nothing was added.", "note")
    else:
        _record(project, name, apart=True)


def _record(project: Project, name: str, *, apart: bool) -> None:
    receipt = project.add_class(name, apart=apart)
    state.put(_NEW, "")
    close_menu(NEW_MENU)  # what was opened for it closes again
    presses.say(receipt.sentence, "saved" if receipt.recorded else "note")
