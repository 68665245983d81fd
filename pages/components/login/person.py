"""Who the person is: the one place that reads a login. What cannot be told counts as nobody."""

from __future__ import annotations

import os
from collections.abc import Mapping
from functools import cache

import streamlit as st
from streamlit.errors import StreamlitSecretNotFoundError
from streamlit.runtime.scriptrunner import get_script_run_ctx

from al_core import UserError

_FIRST = "Log in first: reload the page."


class NotLoggedIn(UserError):
    """The app asks for a login, and nobody is logged in, or nobody whose name can be believed."""


def name() -> str:
    """The name of the login, its e-mail address; "" where the app asks for none.

    Raises NotLoggedIn. A thread of its own has no login: it is given the name.
    """
    if not login_is_asked():
        return ""
    found = _believed() if _is_logged_in() else ""
    if not found:
        raise NotLoggedIn(_FIRST)
    return found


def login_is_asked() -> bool:
    """Whether secrets.toml has a section ``auth``, or cannot be read: then nobody gets in.

    Once asked for, always: a file that is gone lets nobody in. Without a file ``st.user`` is not
    looked at: it looks for one behind a lock each time, and all sessions would wait there.
    """
    context = get_script_run_ctx(suppress_warning=True)
    if context is not None and "is_logged_in" in context.user_info:
        return True
    if _settings() is not None:
        _asked_once().add(True)
    return bool(_asked_once())


@st.cache_resource
def _asked_once() -> set[bool]:
    return set()


def is_nameless() -> bool:
    """Whether somebody is logged in without an e-mail address that can be believed."""
    return login_is_asked() and _is_logged_in() and not _believed()


def providers() -> list[str | None]:
    """The logins to choose from: None for the one of the section itself, or their names."""
    section = _settings() or {}
    named: list[str | None] = [
        key for key, value in section.items() if isinstance(value, Mapping) and "client_id" in value
    ]
    return [None, *named] if "client_id" in section or not named else named


def _in_a_run() -> bool:
    return get_script_run_ctx(suppress_warning=True) is not None


def _is_logged_in() -> bool:
    return _in_a_run() and st.user.get("is_logged_in") is True


def _believed() -> str:
    """The address, unless whoever vouches for the login says that nobody has checked it."""
    address, checked = st.user.get("email"), st.user.get("email_verified", True)
    unchecked = checked is False or str(checked).lower() == "false"
    good = isinstance(address, str) and address.isprintable() and not unchecked
    return str(address).strip() if good else ""


@cache
def _files() -> tuple[str, ...]:
    """Where a secrets.toml may be: said at the start of the server, and then the same for ever.

    Kept because a press looks some fifty times, and Streamlit takes 18 microseconds to say it.
    """
    return tuple(st.get_option("secrets.files"))


def _settings() -> Mapping[str, object] | None:
    """The section ``auth``; {} for settings that cannot be read, None where none are there.

    Streamlit takes a file that it cannot read for none, which would open the app to everybody.
    """
    if not any(map(os.path.exists, _files())):
        return None
    try:
        section = dict(st.secrets).get("auth")
    except (StreamlitSecretNotFoundError, OSError, ValueError):
        return {}
    if section is None:
        return None
    return section if isinstance(section, Mapping) else {}
