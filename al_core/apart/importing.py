"""``import_project`` for a server: the project file of a stranger cannot take it down."""

from __future__ import annotations

import os
import tempfile
from pathlib import Path

from al_core.apart.handed_over import name_taken_over
from al_core.apart.limits import ReadLimits
from al_core.apart.reading import carried_out, size_of
from al_core.errors import ProjectError, TableError
from al_core.progress import Progress
from al_core.projects.folder.project_file import taken_in
from al_core.tables.sources.limits import megabytes
from al_core.tables.table import TooLargeError


def import_project_apart(
    source: str | os.PathLike[str],
    home: str | Path | None = None,
    *,
    person: str = "",
    on_progress: Progress | None = None,
    limits: ReadLimits | None = None,
) -> Path:
    """What ``import_project`` gives for the file at ``source``, unpacked and looked through in a
    process of its own that is watched.

    person: whose login this is, as for ``import_project``. limits: by default
    :meth:`ReadLimits.of` the file. Raises ProjectError as ``import_project`` does, and where it
    takes more than it may. ``on_progress`` as in ``read_table_apart``.
    """
    path = Path(source).resolve()
    limits = limits or ReadLimits.of(size_of(path))

    def unpack(into: Path) -> str:
        with tempfile.TemporaryDirectory(prefix="al-workbench-") as folder:
            order = {"path": str(path), "into": str(into), "folder": folder, "person": person}
            try:
                carried_out("project", order, limits, on_progress)
                return name_taken_over(Path(folder))
            except TooLargeError:
                raise _too_much(limits) from None
            except TableError:
                raise _BROKEN from None

    return taken_in(unpack, home, person)


def _too_much(limits: ReadLimits) -> ProjectError:
    return ProjectError(
        f"Unpacking the project file took more than {megabytes(limits.memory)} of memory or "
        f"{limits.seconds:g} seconds of work, so it was stopped; nothing was taken in. Choose one "
        "that was downloaded here; one that is truly so large can be taken in by "
        "al_core.projects.import_project."
    )


_BROKEN = ProjectError(
    "The project file could not be unpacked: the work broke off, and nothing was taken in. It may "
    "be damaged: download it again."
)
