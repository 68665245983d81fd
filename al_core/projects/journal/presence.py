"""Who has the project open: one locked file an opener; the lock dies with its process."""

from __future__ import annotations

import contextlib
import importlib
import os
from collections.abc import Callable, Collection, Iterator, Sequence
from pathlib import Path
from typing import IO, Any

from al_core.errors import ProjectReadOnly

FOLDER = "openers"


def _module(name: str) -> Any:
    """The operating system's locking module, or None on another system."""
    try:
        return importlib.import_module(name)
    except ImportError:
        return None


_fcntl = _module("fcntl")
_msvcrt = None if _fcntl else _module("msvcrt")


class Presence:
    """This opener's locked file; gone when closed, unlocked when the process dies.

    The lock belongs to the open file and not to the process, so two openers in one process see
    each other too.
    """

    def __init__(self, project: Path, opener: str) -> None:
        folder = project / FOLDER
        folder.mkdir(exist_ok=True)
        self._path = folder / f"{opener}.lock"
        # Locked under another name first: nobody may meet the file before it is locked.
        early = folder / f"{opener}.new" if _fcntl else self._path
        self._file: IO[bytes] = early.open("wb")
        _try_lock(self._file)
        if early != self._path:
            early.rename(self._path)

    def close(self) -> None:
        """Leave; may be called twice."""
        with contextlib.suppress(OSError):
            self._path.unlink(missing_ok=True)
        self._file.close()


def is_open(project: Path, opener: str, *, tidy: bool = True) -> bool:
    """Whether that opener still lives, in this process or another one.

    tidy: take away the file of one that does not; False: only look.
    """
    path = project / FOLDER / f"{opener}.lock"
    try:
        with path.open("r+b") as file:
            free = _try_lock(file)
    except OSError:
        return False
    if free and tidy:
        with contextlib.suppress(OSError):
            path.unlink()
    return not free


def living(project: Path, *, tidy: bool = True) -> set[str]:
    """The ids of all openers that live; see :func:`is_open` for ``tidy``."""
    folder = project / FOLDER
    if not folder.is_dir():
        return set()
    names = [n for n in os.listdir(folder) if n.endswith(".lock")]
    return {n[:-5] for n in names if is_open(project, n[:-5], tidy=tidy)}


def arrive(project: Path, opener: str, gone: Collection[str]) -> tuple[Presence, set[str]]:
    """Be seen by other openers: (the own presence, those who live, but for ``gone``).

    Raises ProjectReadOnly where the folder cannot be written to.
    """
    try:
        alive = living(project) - set(gone)
        return Presence(project, opener), alive
    except OSError as error:
        raise ProjectReadOnly(
            f"The folder of {project.name} cannot be written to ({error.strerror}). Give this "
            "program the right to write there, or move the project."
        ) from None


@contextlib.contextmanager
def guarded(project: Path) -> Iterator[bool]:
    """Whether what follows is done by nobody else at the same moment."""
    folder = project / FOLDER
    folder.mkdir(exist_ok=True)
    with (folder / "rescue.guard").open("wb") as file:
        yield _try_lock(file)


def leave(presence: Presence | None, ends: Sequence[Callable[[], None]]) -> None:
    """What must happen when a project goes, whether closed, collected or at the program's end.

    ``ends``: what stops work and closes the journal, in order. Claims stay in the journal: without
    its lock they are free for others, and whoever opens the project next gets the same questions
    with the same tokens. The lock goes last: without it, nobody is taken to be writing.
    """
    try:
        for end in ends:
            end()
    finally:
        if presence is not None:
            presence.close()


def _try_lock(file: IO[bytes]) -> bool:
    """Lock the whole file if nobody has; False if somebody has."""
    try:
        if _fcntl:
            _fcntl.flock(file.fileno(), _fcntl.LOCK_EX | _fcntl.LOCK_NB)
        elif _msvcrt:
            _msvcrt.locking(file.fileno(), _msvcrt.LK_NBLCK, 1)
    except OSError:
        return False
    return True
