"""Whether projects are still there after the server was started anew, as far as it can be told."""

from __future__ import annotations

import os
from collections.abc import Mapping
from pathlib import Path

import streamlit as st

from al_core.projects import projects_home

_LOCAL = ("localhost", "127.0.0.1", "::1")
_MARKS = ("/.dockerenv", "/run/.containerenv")
"""Files by which Docker and Podman mark a container."""
_CLOUD = Path("/mount/src")
"""Where Streamlit Community Cloud puts an app, on a computer named ``streamlit``."""


def draw_if_lost() -> None:
    """The sentence in the sidebar, where storage will not last."""
    address = str(st.get_option("server.address") or "")
    if said := not_kept(projects_home(), Path.cwd(), address, os.environ):
        st.caption(f":material/warning: {said}", help=_WHAT_TO_DO)


_WHAT_TO_DO = (
    "A project file keeps everything: on Finish, under *Guesses, script, project file*. Drop it "
    "on the first page to go on. How projects are kept for good stands in docs/deploy.md."
)


def not_kept(home: Path, app: Path, address: str, environment: Mapping[str, str]) -> str:
    """Why projects in ``home`` do not last, in a sentence; "" where nothing speaks for it.

    A container in which the app serves only itself is somebody's workplace, and nothing is said.
    """
    on_cloud = app.is_relative_to(_CLOUD) or environment.get("HOSTNAME") == "streamlit"
    served = address not in _LOCAL and any(Path(mark).exists() for mark in _MARKS)
    if not on_cloud and (not served or _is_on_a_volume(home)):
        return ""
    return "Projects here are gone when the server starts anew. Take a project file with you."


def _is_on_a_volume(home: Path) -> bool:
    """Whether the folder, or one above it, was mounted into this computer from outside."""
    above = [home.absolute(), *home.absolute().parents][:-1]  # the root is the container's own
    return any(os.path.ismount(folder) for folder in above)
