"""The sidebar: which project is open and how it stands, in five quiet lines.

On the desk one line: its head has the numbers, and two places could differ for a moment.
"""

from __future__ import annotations

from typing import TYPE_CHECKING
from zlib import crc32

import streamlit as st

from al_core.projects import list_projects, score_beside_rival
from al_core.wording import short
from pages.components.around.door import draw_log_out
from pages.components.around.storage import draw_if_lost
from pages.components.choosing import choose
from pages.components.choosing.project_names import project_names
from pages.components.choosing.told_apart import alike
from pages.components.login import address, person
from pages.components.shell import state
from pages.components.shell.guard import guarded
from pages.components.shell.numbers import forget_drawn, is_behind, labelled_of
from pages.components.shell.text import plain

if TYPE_CHECKING:
    from al_core.projects import Project, Summary

_REFRESH = "4s"
_FIRST = "sidebar_first_drawing"
_SWITCHER_SIGHT = 28  # signs that the box shows in a sidebar of Streamlit's usual width
# Seconds that the first drawing waits for a model; a choice: a moment rather than a line that
# jumps.
_FIRST_MODEL = 0.6
"""Seconds that a page just opened waits for its first model, for the row as for the score."""


# Streamlit's captions are 4.1 : 1 on their ground, what is chosen is written in the colour that is
# made for white words on it, and its links show no focus.
_READABLE = """<style>
[data-testid="stCaptionContainer"] { color: inherit; opacity: 0.78; }
[data-variant="segmented_control"][data-selected], [data-variant="pills"][data-selected],
[data-testid="stSliderThumbValue"], [data-testid="stExpander"] summary {
  color: inherit !important;
}
/* One size for the title of every page, and less empty space above it: on a phone the sentence and
   the action stand in sight. */
.stMain h1 { font-size: 1.75rem; line-height: 1.3; padding: 0 0 0.25rem; }
.stMainBlockContainer { padding-top: 3.75rem; }
.stMain [data-testid="stExpander"] summary { opacity: 1 !important; }
[data-testid="stCode"] code { overflow-wrap: anywhere; }
[data-testid="stSidebar"] a:focus-visible { outline: 3px solid currentcolor; outline-offset: -3px; }
</style>"""


def draw_menu(menu: dict[str, list[tuple[str, str, str, bool]]], *, with_project: bool) -> None:
    """The menu. Links of our own keep the project in their address, so a new tab finds it too."""
    with st.sidebar, st.container(key="menu", gap="xsmall"):
        for section, entries in menu.items():
            shown = [entry for entry in entries if with_project or not entry[3]]
            if section and shown:
                st.caption(section)
            for name, title, icon, _ in shown:
                state.page_link(name, title, icon)


def draw_sidebar(project: Project | None, *, on_desk: bool = False) -> None:
    """The open project's five lines, then where things are saved."""
    st.html(_READABLE)
    with st.sidebar:
        if project is not None:
            _switcher(project)
            state.put(_FIRST, True)
            forget_drawn()
            _status(on_desk)
        st.caption(saved_where())
        if who := person.name():
            with st.container(key="who", gap="xxsmall"):
                st.text(short(who, 120))
                draw_log_out()
        draw_if_lost()


def _switcher(project: Project) -> None:
    """A menu to switch to another project."""
    known = list_projects(person=person.name())
    names = project_names(known)
    names.setdefault(project.id, project.name)
    # Words that hold a count change while the browser still has the old ones, which another project
    # may have by then: with a key of their own, what the browser sends for them is not heeded.
    changing = alike([info.name for info in known])
    words = f"_{crc32(repr(names).encode())}" if changing else ""
    chosen = choose.select(
        "Project",
        list(names),
        index=list(names).index(project.id),
        words=names.__getitem__,
        sight=_SWITCHER_SIGHT,
        key=f"switch_{project.id}{words}",
    )
    if chosen and chosen != project.id:
        state.open_project(chosen)
        st.rerun()


@st.fragment(run_every=_REFRESH)
@guarded("The sidebar's lines")
def _status(on_desk: bool) -> None:
    """Saved, labelled, right, advice: redrawn every few seconds, never by a press."""
    project = state.kept_project()
    if project is None:  # it is shared no more: the page says what there is instead
        st.rerun()
    _wait_for_first_score(project)
    now = project.summary()
    if is_behind(project, now):
        st.rerun()
    with st.container(key="sidebar_status", gap="xsmall"):
        if not on_desk:
            _numbers(now)
        mark = ":material/flag:" if now.advice.stop else ":material/trending_up:"
        st.caption(f"{mark} **{plain(now.advice.title)}**")


def _numbers(now: Summary) -> None:
    if now.saved_at is not None:
        st.caption(f":material/check: Saved {now.saved_at.astimezone():%H:%M:%S}")
    st.caption(labelled_of(now.counts))
    st.caption(plain(score_beside_rival(now.score), 400))


def _wait_for_first_score(project: Project) -> None:
    """A project just opened has no model yet; the page waits for one to ask its first row.

    Without this the sidebar, drawn before the row, says "Measuring" beside a headline with a score.
    """
    if state.drop(_FIRST) and project.freshness().known_labels == 0:
        project.wait(_FIRST_MODEL)


def saved_where() -> str:
    """Where answers go, said truly: this computer, or the server that runs the page."""
    if person.name():
        return (
            "Saved on the server that runs this page. "
            "You and those you share with can open your projects."
        )
    if address.is_local():
        return "Saved on this computer. Nothing is sent anywhere."
    return (
        "Saved on the server that runs this page. "
        "Anyone who can open this address can see these projects."
    )
