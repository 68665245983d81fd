"""The door: what stands before every page, for whoever has to log in first."""

from __future__ import annotations

import logging

import streamlit as st
from streamlit.errors import Error

from pages.components.login import address, person
from pages.components.shell.guard import guarded
from pages.components.shell.text import plain, show_error

log = logging.getLogger(__name__)


def is_in() -> bool:
    """Whether a page may be drawn: for somebody logged in, or where no login is asked for."""
    try:
        logged_in = person.name()
    except person.NotLoggedIn:
        return False
    return bool(logged_in) or address.is_local() or address.is_meant()


@guarded("The door")
def draw_door() -> None:
    """One sentence and one button, and nothing else of any page."""
    with st.container(border=True, key="door"):
        st.header("Active-learning workbench", anchor=False)
        if not person.login_is_asked():
            _ask_for_the_switch()
        elif person.is_nameless():
            st.text("Your login brings no checked e-mail address, so nobody knows you here.")
            draw_log_out()
        else:
            _ask_to_log_in()


def draw_log_out() -> None:
    """The way out."""
    if st.button("Log out", icon=":material/logout:", type="tertiary", key="log_out"):
        st.logout()


def _ask_to_log_in() -> None:
    st.text("Log in to open your projects and those that are shared with you.")
    for provider in person.providers():
        words = f"Log in with {plain(provider, 40)}" if provider else "Log in"
        if st.button(words, type="primary", icon=":material/login:", key=f"log_in_{provider}"):
            _log_in(provider)


def _log_in(provider: str | None) -> None:
    try:
        st.login(provider) if provider else st.login()
    except Error as problem:
        log.error("login: %s", problem)
        show_error(
            "The login is not set up as it has to be, so nobody can log in. Whoever keeps the "
            "server finds in its log what is missing."
        )


def _ask_for_the_switch() -> None:
    st.text("Anyone who can open this address can open every project here.")
    st.caption("With a login (docs/deploy.md) each person has projects of their own.")
    st.button(
        "Go on without a login",
        type="primary",
        icon=":material/arrow_forward:",
        key="open_to_everybody",
        on_click=address.say_it_is_meant,
    )
