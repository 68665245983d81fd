"""Renaming a project, and the bin: nothing is deleted at once, and everything can come back.

Presses act in callbacks, before the page is drawn; what went wrong is said by the page after.
"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import streamlit as st

from al_core import UserError
from al_core.projects import binned_projects, move_to_bin, restore
from pages.components.data.projects.share import share_panel, with_project
from pages.components.login import person
from pages.components.shell import state
from pages.components.shell.once import drawing, once
from pages.components.shell.text import show_error

if TYPE_CHECKING:
    from al_core.projects import ProjectInfo

_BINNED, _PROBLEM = "_last_binned", "_list_problem"


def change_project(info: ProjectInfo) -> None:
    """A small panel: another name, or the bin. A project that cannot be opened keeps its name."""
    words = "Rename, share or delete" if person.name() else "Rename, or delete"
    with st.popover("", icon=":material/more_vert:", type="tertiary", help=words):
        if not info.problem:
            st.text_input("Name", value=info.name, key=f"name_{info.id}", max_chars=120)
            st.button("Rename", key=f"rename_{info.id}", on_click=_rename, args=(info,))
        if info.right != "own":
            return
        if person.name() and not info.problem:
            share_panel(info, lambda problem: state.put(_PROBLEM, problem))
        st.button(
            "Move to the bin",
            icon=":material/delete:",
            key=f"bin_{info.id}",
            on_click=_put_in_bin,
            args=(info, drawing()),
        )


def say_problem() -> None:
    """What went wrong with the last change, if anything did."""
    problem = state.drop(_PROBLEM)
    if problem is not None:
        show_error(problem)


def _rename(info: ProjectInfo) -> None:
    """The data and the answers stay where they are; only the name changes."""
    name = (state.get(f"name_{info.id}") or "").strip()
    if not name:
        state.put(_PROBLEM, "The new name is blank. Type at least one letter.")
        return
    try:
        with_project(info, lambda project: project.rename(name))
    except UserError as problem:
        state.put(_PROBLEM, problem)


@once
def _put_in_bin(info: ProjectInfo) -> None:
    """Move a project to the bin; it closes here if it was open."""
    open_now = state.kept_project()
    if open_now is not None and open_now.id == info.id:
        state.close_project()
    state.close_left(info.folder)
    try:
        state.put(_BINNED, (info.name, move_to_bin(info.folder, person=person.name())))
    except UserError as problem:
        state.put(_PROBLEM, f"{info.name} stays where it is. {problem}")


def last_binned() -> None:
    """What went into the bin last stays in sight, with its undo."""
    binned = state.get(_BINNED)
    if binned is None:
        return
    name, folder = binned
    with st.container(horizontal=True, vertical_alignment="center", key="binned"):
        st.text(f"{name} is in the bin.")
        st.button(
            "Undo",
            icon=":material/undo:",
            type="tertiary",
            key="undo_bin",
            on_click=_bring_back,
            args=(folder, drawing()),
        )


def bin_panel() -> None:
    """The bin, where it holds anything."""
    binned = binned_projects(person=person.name())
    if not binned:
        return
    with st.popover(f"Bin ({len(binned)})", icon=":material/delete:", type="tertiary"):
        for info in binned:
            with st.container(gap="xxsmall"):  # the name over the button: beside it, it was cut
                st.text(f"{info.name}, {info.n_labelled:,} of {info.n_rows:,} rows labelled")
                st.button(
                    "Bring back",
                    key=f"restore_{info.id}",
                    on_click=_bring_back,
                    args=(info.folder, drawing()),
                )


@once
def _bring_back(folder: Path) -> None:
    try:
        restore(folder, person=person.name())
    except UserError as problem:
        state.put(_PROBLEM, problem)
        return
    state.drop(_BINNED)
