"""The one place that touches ``st.session_state``, and the project that a session has open.

The session may hold the open project; the journal on disk is what lasts. The project's id stands in
the URL, so that a refresh, a bookmark or a second tab finds it again.
"""

from __future__ import annotations

import os
import time
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

import streamlit as st
from streamlit import runtime
from streamlit.runtime.scriptrunner import get_script_run_ctx

from al_core import ProjectError, ProjectMissing, UserError, projects
from al_core.projects import folded, list_projects, projects_home, right_in
from al_core.wording import short
from pages.components.login import person
from pages.components.shell.open_projects import OpenProjects, settle_memory
from pages.components.shell.warm import warmed

if TYPE_CHECKING:
    from al_core.projects import ProjectData

T = TypeVar("T")

_PROJECT = "_open_project"
_PARAMETER = "project"
_LONGEST_NAME = 256  # bytes that a file system takes for a folder's name
_PROBLEM = "_project_problem"


def get(key: str, default: Any = None) -> Any:
    """What the session holds under ``key``."""
    return st.session_state.get(key, default)


def put(key: str, value: Any) -> None:
    """Keep ``value`` in this session under ``key``."""
    st.session_state[key] = value


def drop(key: str) -> Any:
    """Forget ``key``; returns what it held, or None."""
    return st.session_state.pop(key, None)


@st.cache_resource(max_entries=4, show_spinner="Opening the project")
def _data(folder: str, made_at: float) -> ProjectData:
    """The heavy, unchanging part of a project, shared by all tabs that have it open."""
    data = projects.load_data(Path(folder))
    settle_memory()
    return data


@st.cache_resource
def _open_projects() -> OpenProjects:
    """The open projects of all sessions of this server; those of gone sessions get closed."""
    held = OpenProjects()
    held.keep_sweeping(_is_connected)
    return held


def _is_connected(session: str) -> bool:
    """Whether a browser tab is there for this session; without a server all are."""
    return not runtime.exists() or runtime.get_instance().is_active_session(session)


def _session() -> str | None:
    context = get_script_run_ctx(suppress_warning=True)
    return None if context is None else context.session_id


def open_project(project_id: str) -> projects.Project:
    """Open a project by its id and make it this session's; raises UserError in words.

    The same words for one that is not there and for one that this person may not open.
    """
    who, folder = person.name(), projects_home() / project_id
    if not _may_be_a_project(project_id) or not folder.is_dir():
        raise _unknown(project_id)
    if who and not right_in(folder, who):  # before anything of it is touched
        raise _unknown(project_id)
    # The folder's own time changes whenever the journal is opened or closed; the table's does not.
    table = folder / "table"
    made_at = table.stat().st_mtime if os.path.isdir(table) else 0.0
    warmed()
    left = close_left(folder)
    data = _data(str(folder), made_at)
    try:
        project = projects.Project.open(folder, data=data, takes_over=left, person=who)
    except ProjectMissing:
        raise _unknown(project_id) from None
    keep_project(project)
    return project


def _unknown(project_id: str) -> ProjectError:
    return ProjectError(
        f"There is no project {short(project_id, 60)!r} here. It may have been deleted or "
        "renamed; choose another on the Data page."
    )


def _may_be_a_project(project_id: str) -> bool:
    """Whether this is the plain name of a folder: what stands in the address is anybody's."""
    plain = Path(project_id).name == project_id and project_id.isprintable()
    return plain and not project_id.startswith(".") and len(project_id.encode()) < _LONGEST_NAME


def keep_project(project: projects.Project) -> None:
    """Make an opened project this session's, and put its id into the URL."""
    before = get(_PROJECT)
    if before is not None and before is not project:
        before.close()
    put(_PROJECT, project)
    drop(_PROBLEM)
    st.query_params[_PARAMETER] = project.id
    session = _session()
    if session is not None:
        _open_projects().hold(session, project)


def close_left(folder: Path) -> list[str]:
    """Close a project where the browser tab is gone; its openers, whose questions are free."""
    return _open_projects().close_left(folder, _is_connected)


def note_press() -> None:
    """Somebody answers a row here, now."""
    session = _session()
    if session is not None:
        _open_projects().note_press(session, time.monotonic())


def several_at_work() -> bool:
    """Whether several people answer rows on this server just now; from any thread."""
    return _open_projects().several_at_work()


def delete_when_gone(delete: Callable[[], object]) -> None:
    """Call this once this session's browser tab is gone for good: what it dropped here goes too."""
    session = _session()
    if session is not None:
        _open_projects().delete_with(session, delete)


def current_project() -> projects.Project | None:
    """The project that this session has open, following the id in the URL; None without one."""
    wanted = st.query_params.get(_PARAMETER)
    project: projects.Project | None = get(_PROJECT)
    if project is not None and wanted in (None, project.id):
        return kept_project()
    return _try_to_open(wanted) if wanted else None


def _try_to_open(project_id: str) -> projects.Project | None:
    try:
        return open_project(project_id)
    except UserError as problem:
        _let_go()
        st.query_params.pop(_PARAMETER, None)
        put(_PROBLEM, str(problem))
        return None


def open_last() -> str:
    """Open the project that was worked on last, for an address that names none; its name or ""."""
    for info in list_projects(person=person.name()):
        if info.problem:
            continue
        try:
            return open_project(info.id).name
        except UserError:
            continue
    return ""


def name_in_url(project: projects.Project | None) -> None:
    """Put the open project's id into the URL, where a menu click left it out.

    Only after ``st.navigation``: sent before it, the browser writes it onto the old page's path.
    """
    if project is not None and st.query_params.get(_PARAMETER) != project.id:
        st.query_params[_PARAMETER] = project.id


def named_in_address(name: str) -> str | None:
    """What the address says under a name beside the project's."""
    return st.query_params.get(name)


def name_in_address(name: str, value: str) -> None:
    """Say something in the address; "" takes it out."""
    if value and st.query_params.get(name) != value:
        st.query_params[name] = value
    elif not value:
        st.query_params.pop(name, None)


def kept_project() -> projects.Project | None:
    """The project this session holds, without a look at the URL; for fragments.

    It was closed if the connection was lost and another tab opened it: then it is opened again; and
    where it is shared no more, which says that there is none. Whoever logs out has none open.
    """
    project: projects.Project | None = get(_PROJECT)
    if project is not None and not _is_for_who_is_here(project):
        close_project()
        return None
    if project is None or project.is_open:
        return project
    return _try_to_open(project.id)


def _is_for_who_is_here(project: projects.Project) -> bool:
    try:
        return folded(project.person) == folded(person.name())
    except person.NotLoggedIn:
        return False


def open_again(project: projects.Project) -> projects.Project:
    """This project, or where it was closed meanwhile the one that this session has instead."""
    if project.is_open:
        return project
    again = kept_project()
    return again if again is not None and again.id == project.id else project


def project_problem() -> str | None:
    """Why the project named in the URL could not be opened, once; None where it could."""
    problem: str | None = drop(_PROBLEM)
    return problem


def close_project() -> None:
    """Close this session's project and take it out of the URL."""
    _let_go()
    st.query_params.pop(_PARAMETER, None)


def _let_go() -> None:
    project, session = drop(_PROJECT), _session()
    if project is not None:
        project.close()
    if session is not None:
        _open_projects().let_go(session)


def _with_project() -> dict[str, str]:
    project = get(_PROJECT)
    return {_PARAMETER: project.id} if project is not None else {}


def switch(page: str) -> None:
    """Go to a page by its name ("label"), keeping the open project in the URL."""
    st.switch_page(f"pages/{page}.py", query_params=_with_project())


def page_link(page: str, text: str, icon: str | None = None) -> None:
    """A link to a page by its name, keeping the open project in the URL."""
    st.page_link(f"pages/{page}.py", label=text, icon=icon, query_params=_with_project())
