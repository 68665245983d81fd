"""Sharing a project: whom its owner lets in, to label or to read, and taking that back."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

import streamlit as st

from al_core import UserError, projects
from pages.components.choosing import choose
from pages.components.login import person
from pages.components.shell import state
from pages.components.shell.text import plain
from pages.components.shell.warm import warmed

if TYPE_CHECKING:
    from al_core.projects import ProjectInfo

_RIGHTS = {"label": "To label", "read": "To read"}


def share_panel(info: ProjectInfo, put_problem: Callable[[object], None]) -> None:
    """For the owner: a name and a right, and who has one."""
    st.text_input(
        "Share with",
        key=f"share_{info.id}",
        placeholder="name@example.org",
        max_chars=254,
        help="The name of their login, an e-mail address as a rule.",
    )
    with st.container(horizontal=True, vertical_alignment="center"):
        choose.segments(
            "What they may do",
            list(_RIGHTS),
            "label",
            words=_RIGHTS.__getitem__,
            key=f"right_{info.id}",
            label_visibility="collapsed",
        )
        st.button("Share", key=f"let_in_{info.id}", on_click=_let_in, args=(info, put_problem))
    for number, share in enumerate(info.shares):
        with st.container(gap="xxsmall"):
            st.text(f"{share.person}, {_RIGHTS[share.right].lower()}")
            st.button(
                "Take back",
                key=f"take_back_{info.id}_{number}",
                on_click=_take_back,
                args=(info, share.person, put_problem),
            )


def shared_by(info: ProjectInfo) -> str:
    """What a line of the list says of a project that is somebody else's; "" for one's own."""
    if info.right == "own":
        return ""
    return f" · shared by {plain(info.owner, 60)} {_RIGHTS[info.right].lower()}"


def with_project(info: ProjectInfo, act: Callable[[projects.Project], None]) -> None:
    """Do something with a project of the list, whether it is open here or not."""
    open_now = state.kept_project()
    if open_now is not None and open_now.id == info.id:
        act(open_now)
        return
    warmed()
    with projects.Project.open(info.folder, background=False, person=person.name()) as project:
        act(project)


def _let_in(info: ProjectInfo, put_problem: Callable[[object], None]) -> None:
    who, right = state.get(f"share_{info.id}") or "", state.get(f"right_{info.id}") or "label"
    try:
        with_project(info, lambda project: project.share(who, right))
        state.put(f"share_{info.id}", "")
    except UserError as problem:
        put_problem(problem)


def _take_back(info: ProjectInfo, who: str, put_problem: Callable[[object], None]) -> None:
    try:
        with_project(info, lambda project: project.stop_sharing(who))
    except UserError as problem:
        put_problem(problem)
