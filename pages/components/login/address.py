"""The address the app is reached at, and whether it was said that this is meant."""

from __future__ import annotations

from contextlib import suppress
from pathlib import Path

import streamlit as st

from al_core.projects import projects_home

_SAID = ".open-to-everybody"


def is_local() -> bool:
    """Whether the page was opened on the computer that runs it."""
    host = (st.context.url or "").split("//")[-1].split("/")[0]
    return host.rsplit(":", 1)[0] in ("", "localhost", "127.0.0.1", "[::1]")


def is_meant() -> bool:
    """Whether somebody has said, once for all projects here, that no login is wanted."""
    return str(projects_home()) in _said_here() or (projects_home() / _SAID).exists()


def say_it_is_meant() -> None:
    """Go on without a login from now on; for as long as the server runs where nothing is kept."""
    _said_here().add(str(projects_home()))
    with suppress(OSError):
        projects_home().mkdir(mode=0o700, parents=True, exist_ok=True)
        Path(projects_home() / _SAID).touch()


@st.cache_resource
def _said_here() -> set[str]:
    return set()
