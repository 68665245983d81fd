"""A project file that is dropped: taken in as a project of its own, and opened."""

from __future__ import annotations

import zipfile
from collections.abc import Callable
from pathlib import Path

import streamlit as st

from al_core import UserError
from pages.components.shell import state
from pages.components.shell.jobs import Progress
from pages.components.shell.text import show_error

_ITS_FILES = {"project.json", "journal.jsonl"}


def is_project_file(path: Path) -> bool:
    """Whether the file is what Finish hands out as project file, by its content."""
    if not zipfile.is_zipfile(path):
        return False
    try:
        with zipfile.ZipFile(path) as archive:
            return set(archive.namelist()) >= _ITS_FILES
    except (zipfile.BadZipFile, OSError):
        return False


def take_in(path: Path, progress: Progress, who: str = "") -> str:
    """Unpack a project file into a new project of this person; its id. ProjectError in words."""
    from al_core import import_project_apart  # loads tables and models, which few first pages need

    return import_project_apart(path, person=who, on_progress=progress).name


def go_on_with(project_id: str, delete: Callable[[], object]) -> None:
    """Open the project that was taken in, where it was left, and ``delete`` what it came in."""
    try:
        project = state.open_project(project_id)
    except UserError as problem:
        show_error(problem)
        st.stop()
    delete()
    state.switch("curves" if project.kind == "oracle" else "label")
