"""A project made anew from what its script holds: the same answers on the same file."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from al_core.projects.project import Project
from al_core.projects.takeaways.script.script import prepare


def replayed(source: str | Path, recipe: Mapping[str, Any], folder: str | Path) -> Project:
    """The project of a recipe (that of ``script_bytes``) on its file, in ``folder``, learned.

    Raises TableError where the file is another one.
    """
    place = Path(folder).absolute() / "project"
    prepare(source, recipe, place)
    project = Project.open(place, background=False)
    project.wait()
    return project
