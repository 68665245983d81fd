"""Renaming a project, and the bin: nothing is deleted at once, and everything can come back."""

from __future__ import annotations

import streamlit as st

from al_core.errors import UserError
from al_core.projects import Project, ProjectInfo, binned_projects, move_to_bin, restore
from pages.components import state
from pages.components.text import show_error

_BINNED = "_last_binned"


@st.dialog("Rename the project")
def ask_new_name(info: ProjectInfo) -> None:
    """A new name; the data and the answers stay where they are."""
    with st.form("rename", border=False):
        name = st.text_input("Name", value=info.name, key="new_name", max_chars=120)
        if st.form_submit_button("Rename", type="primary") and _renamed(info, name or ""):
            st.rerun()


def _renamed(info: ProjectInfo, name: str) -> bool:
    if not name.strip():
        show_error("The name is blank. Type at least one letter.")
        return False
    open_now = state.kept_project()
    try:
        if open_now is not None and open_now.id == info.id:
            open_now.rename(name.strip())
        else:
            project = Project.open(info.folder, background=False)
            project.rename(name.strip())
            project.close()
    except UserError as problem:
        show_error(problem)
        return False
    return True


def put_in_bin(info: ProjectInfo) -> None:
    """Move a project to the bin; it closes here if it was open."""
    open_now = state.kept_project()
    if open_now is not None and open_now.id == info.id:
        state.close_project()
    try:
        folder = move_to_bin(info.folder)
    except UserError as problem:
        show_error(problem)
        return
    state.put(_BINNED, (info.name, folder))
    st.rerun()


def last_binned() -> None:
    """What went into the bin last stays in sight, with its undo."""
    binned = state.get(_BINNED)
    if binned is None:
        return
    name, folder = binned
    with st.container(horizontal=True, vertical_alignment="center", key="binned"):
        st.text(f"{name} is in the bin.")
        if st.button("Undo", icon=":material/undo:", type="tertiary", key="undo_bin"):
            _bring_back(folder)


def bin_panel() -> None:
    """The bin, where it holds anything."""
    binned = binned_projects()
    if not binned:
        return
    with st.popover(f"Bin ({len(binned)})", icon=":material/delete:", type="tertiary"):
        for info in binned:
            with st.container(horizontal=True, vertical_alignment="center"):
                st.text(f"{info.name}, {info.n_labelled:,} of {info.n_rows:,} rows labelled")
                if st.button("Bring back", key=f"restore_{info.id}"):
                    _bring_back(info.folder)


def _bring_back(folder: object) -> None:
    try:
        restore(folder)
    except UserError as problem:
        show_error(problem)
        return
    state.drop(_BINNED)
    st.rerun()
