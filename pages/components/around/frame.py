"""The frame: page config, navigation, errors in words, and the guard at the top of each page.

Streamlit finds the folder ``pages/`` by itself: on a server just started, a cold link to ``/label``
runs that page without ``app.py``. The guard notices that no frame was drawn in this run, declares
the navigation (from then on Streamlit always starts with ``app.py``) and runs again.
"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import streamlit as st

from pages.components.around.door import draw_door, is_in
from pages.components.around.notices import draw_notices
from pages.components.around.sidebar import draw_menu, draw_sidebar
from pages.components.choosing.drop_zone import let_go_of_files
from pages.components.shell import state
from pages.components.shell.fragment_ends import (
    keep_fragment_ends,
    keep_last_words,
    keep_to_the_page,
)
from pages.components.shell.guard import guarded
from pages.components.shell.text import plain, show_error
from pages.components.shell.warm import warm_soon, warmed

if TYPE_CHECKING:
    from al_core.projects import Project

_FRAMED, _LAST = "_framed", "_opened_last"
_ICON = Path(__file__).with_name("icon.svg")

_MENU = {
    "": [
        ("data", "Data", ":material/upload_file:", False),
        ("label", "Label", ":material/label:", True),
        ("curves", "Progress", ":material/show_chart:", True),
        ("export", "Finish", ":material/task_alt:", True),
    ],
    "Look closer": [
        ("map", "Map", ":material/scatter_plot:", True),
        ("compare", "Compare", ":material/science:", False),
    ],
    "New here?": [("demo", "Why it works", ":material/lightbulb:", False)],
}


def draw_frame() -> None:
    """Everything around a page, then the page itself. Called by ``app.py`` and nothing else."""
    keep_fragment_ends()
    keep_to_the_page()
    keep_last_words()
    if not is_in():
        _draw_door_alone()
        return
    let_go_of_files()
    page = _draw_around()
    state.put(_FRAMED, True)
    if page.url_path:
        warmed()
    with guarded("A page"):
        page.run()
    warm_soon()


def page_frame(name: str, *, needs_project: bool) -> Project | None:
    """The first line of every page: guards a cold link, and draws the empty state.

    Returns the open project, or None where none is open and the page can do without one.
    """
    if not state.drop(_FRAMED):
        _navigation(with_project=False)
        st.rerun()
    if not is_in():
        st.stop()
    project = state.current_project()
    problem = state.project_problem()
    if problem is not None:
        show_error(problem)
    if project is None and needs_project:
        if problem is None and state.open_last():
            state.put(_LAST, True)
            st.rerun()
        _empty_state()
    if project is not None:
        draw_notices(project)
    if project is not None and needs_project and state.drop(_LAST):
        with st.container(key="opened_last"):
            st.caption(f"Opened {plain(project.name, 60)}, the project you worked on last.")
    return project


def _draw_around() -> st.Page:
    """Navigation, page config, menu and sidebar; returns the page that the address names.

    The page is drawn whatever becomes of them.
    """
    project = None
    with guarded("Opening the project"):
        project = state.current_project()
    page = _navigation(with_project=project is not None)
    _name_the_tab(f"{page.title} · Active-learning workbench")
    state.name_in_url(project)
    with guarded("The menu"):
        draw_menu(_MENU, with_project=project is not None)
    with guarded("The sidebar"):
        draw_sidebar(project, on_desk=page.url_path == "label")
    return page


def _draw_door_alone() -> None:
    _navigation(with_project=False)
    _name_the_tab("Active-learning workbench")
    draw_door()


def _name_the_tab(title: str) -> None:
    # A picture of our own: the browser would fetch Streamlit's named icons from another host.
    st.set_page_config(
        page_title=title, page_icon=_ICON, layout="wide", initial_sidebar_state="auto"
    )


def _empty_state() -> None:
    with st.container(border=True, key="no_project"):
        st.header("No project open", anchor=False)
        st.text("Open an earlier project, drop a file, or take a demo set.")
        if st.button("Open or start one", type="primary", icon=":material/arrow_forward:"):
            state.switch("data")
    st.stop()


def _navigation(*, with_project: bool) -> st.Page:
    return st.navigation(
        {
            section: [
                st.Page(
                    f"pages/{name}.py",
                    title=title,
                    default=name == "data",
                    visibility="hidden" if needs and not with_project else "visible",
                )
                for name, title, _, needs in entries
            ]
            for section, entries in _MENU.items()
        },
        position="hidden",
    )
