"""The first door: earlier projects, to continue, rename, or put into the bin."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING

import streamlit as st

from al_core import UserError
from al_core.projects import list_projects
from pages.components.data.projects.changes import (
    bin_panel,
    change_project,
    last_binned,
    say_problem,
)
from pages.components.data.projects.share import shared_by
from pages.components.login import person
from pages.components.shell import state
from pages.components.shell.numbers import note_drawn
from pages.components.shell.text import plain, show_error, when

if TYPE_CHECKING:
    from al_core.projects import ProjectInfo

# Projects in sight before the older ones fold away; a choice.
_FEW = 3
_CHOSEN = "_chosen_project"


def continue_project() -> None:
    """The projects there are, the latest first; nothing where there are none."""
    _open_chosen()
    last_binned()
    say_problem()
    known = list_projects(person=person.name())
    if known:
        _note_the_open_one()
        with st.container(border=True, key="projects"):
            st.markdown("**Continue**")
            for info in known[:_FEW]:
                _line(info)
            if len(known) > _FEW:
                _older(known[_FEW:])
    bin_panel()


def _note_the_open_one() -> None:
    """Its line agrees with the sidebar, also after another tab has labelled."""
    project = state.kept_project()
    if project is not None:
        note_drawn(project, project.summary())


def _older(known: list[ProjectInfo]) -> None:
    with st.expander(f"{len(known):,} older", on_change="rerun", key="older_projects") as older:
        if older.open:
            for info in known:
                _line(info)


def _line(info: ProjectInfo) -> None:
    """One project: name, how far, when, and what can be done with it."""
    with st.container(horizontal=True, vertical_alignment="center", wrap=False):
        with st.container(gap=None):
            st.markdown(f"**{plain(info.name, 60)}**")
            far = how_far(info) + shared_by(info)
            st.caption(plain(info.problem, 300) if info.problem else far)
        if not info.problem:
            st.button("Continue", key=f"continue_{info.id}", on_click=choose_project, args=(info,))
        if info.right != "read":
            change_project(info)


def choose_project(info: ProjectInfo) -> None:
    """The project to open when the page is drawn next."""
    state.put(_CHOSEN, info)


def how_far(info: ProjectInfo, now: datetime | None = None) -> str:
    """How many rows are labelled, and when last.

    >>> from pathlib import Path
    >>> from al_core.projects import ProjectInfo
    >>> how_far(ProjectInfo("a", "a", Path("."), "live", 60, 300, None))
    '60 of 300 rows labelled'
    """
    words = f"{info.n_labelled:,} of {info.n_rows:,} rows labelled"
    if info.kind == "oracle":
        words += " · rehearsal"
    return words if info.saved_at is None else f"{words} · {when(info.saved_at, now)}"


def _open_chosen() -> None:
    """Open the project that was pressed, and go where it goes on."""
    info = state.drop(_CHOSEN)
    if info is None:
        return
    try:
        state.open_project(info.id)
    except UserError as problem:
        show_error(problem)
        return
    looks_on = info.kind == "oracle" or info.right == "read"
    state.switch("curves" if looks_on else "label")
