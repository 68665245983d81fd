"""Project: creating, opening, waiting for and closing one; what it can do stands beside."""

from __future__ import annotations

import shutil
import weakref
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any, Self

from al_core.errors import ProjectDamaged, ProjectError, ProjectReadOnly, UserError
from al_core.projects.journal.events import ProjectCreated, Recorded
from al_core.projects.journal.presence import Presence, living
from al_core.projects.journal.rescue import find_journal, open_journal
from al_core.projects.journal.store import FILE, Journal
from al_core.projects.replay.state import State, replay
from al_core.projects.starting.data import ProjectData, load_data, new_data, save_data
from al_core.projects.starting.first_event import first_event
from al_core.projects.starting.settings import Settings, read_settings
from al_core.projects.takeaways.exporting import Exporting
from al_core.tables import Role, Table


class Project(Exporting):
    """An opened project: a table, its roles, and the journal of what was answered.

    Every method may be called from any thread. Close it when done; a project that is garbage
    collected closes itself.
    """

    @classmethod
    def create(
        cls,
        folder: str | Path,
        table: Table,
        roles: Mapping[str, Role],
        settings: Settings | Mapping[str, Any] | None = None,
        *,
        background: bool = True,
        name: str | None = None,
    ) -> Self:
        """A new project in ``folder``, which is made if absent and must hold no project yet.

        The answer column is the one with role label; with none, ``settings`` must hold classes.
        Raises SettingsError, LabelError, TableError or ProjectError, and then leaves nothing
        behind.
        """
        folder = Path(folder).absolute()
        if (folder / FILE).exists():
            raise ProjectError(f"There is a project in {folder} already. Choose another folder.")
        data = new_data(table, roles)
        created = first_event(data, read_settings(settings), name or table.name or folder.name)
        is_new = not folder.exists()
        try:
            _write_first(folder, data, created)
        except BaseException:
            if is_new:
                shutil.rmtree(folder, ignore_errors=True)
            raise
        return cls.open(folder, background, data=data)

    @classmethod
    def open(
        cls,
        folder: str | Path,
        background: bool = True,
        *,
        data: ProjectData | None = None,
        takes_over: Sequence[str] = (),
    ) -> Self:
        """The project in ``folder``, exactly where it was.

        background: train in a thread, so that nobody waits; False: ``ask`` waits for a fresh model
        and the same seed asks the same rows. data: what ``load_data`` gave, to share it.
        takes_over: openers that are gone; their open questions are asked first here, as are those
        of openers whose process died. Raises ProjectTooNew, ProjectDamaged or ProjectReadOnly.
        """
        folder = Path(folder).absolute()
        if not folder.is_dir():
            raise ProjectError(f"There is no project in {folder}. Choose another on the Data page.")
        found = find_journal(folder / FILE)
        data = data or load_data(folder)
        state = _replayed(found.events, data, folder)  # before anything is written
        journal, notices = open_journal(found)
        try:
            for recorded in journal.read_after(state.last_id):  # by others, meanwhile
                state.apply(recorded)
            project = cls(folder, journal, state, data, background)
        except BaseException:
            journal.close()
            raise
        project.notices.extend(notices)
        project._arrive(takes_over)
        return project

    def _arrive(self, takes_over: Sequence[str]) -> None:
        """Be seen by other openers, take over what is left open, start the trainer."""
        try:
            self._living = living(self.folder) - set(takes_over)
            presence = Presence(self.folder, self.opener)
        except OSError as error:
            self._journal.close()
            raise ProjectReadOnly(
                f"The folder {self.folder} cannot be written to ({error.strerror}). Give this "
                "program the right to write there, or move the project."
            ) from None
        self._leave = weakref.finalize(self, _leave, self._journal, presence, self._trainer)
        with self._journal.writing(durable=False) as journal:
            openers = {opener for opener, _ in journal.claims().values()}
            for opener in openers - self._living:
                journal.take_over(opener, self.opener)
        self._restore_questions()
        if self._background:
            self._trainer.start()
            self._labels_came_in()

    def wait(self, timeout: float | None = None) -> bool:
        """Until the model knows all labels; False if that took longer than ``timeout`` seconds."""
        with self._lock:
            self._check_open()
            self._take_in()
            self._labels_came_in()
        if self._background:
            return self._trainer.wait(timeout)
        with self._lock:
            self._ranking()
        return True

    def close(self) -> None:
        """Stop training, free the rows on screen, close the journal. May be called twice.

        Who opens the project next is asked the same questions first.
        """
        with self._lock:
            self._closed = True
        self._leave()
        self._trainer.join(5.0)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()


def _replayed(events: list[Recorded], data: ProjectData, folder: Path) -> State:
    """What the events add up to; ProjectDamaged where they are about another table."""
    n_rows = getattr(events[0].event, "n_rows", None)
    if n_rows != data.n_rows:
        raise ProjectDamaged(
            f"The journal in {folder} is about {n_rows} rows and the table has "
            f"{data.n_rows}. Restore the folder from a copy."
        )
    try:
        state = replay(events, data.file_codes, data.file_classes)
        read_settings(state.settings)
    except UserError:
        raise
    except (LookupError, AttributeError, TypeError, ValueError):
        raise ProjectDamaged(
            f"The journal in {folder} holds entries that do not fit together. Restore the folder "
            "from a copy."
        ) from None
    return state


def _leave(journal: Journal, presence: Presence, trainer: Any) -> None:
    """What must happen when a project goes, whether closed, collected or at the program's end.

    Its claims stay in the journal: without its lock they are free for others, and whoever opens
    the project next gets the same questions with the same tokens. The lock goes last: without it,
    nobody is taken to be writing.
    """
    trainer.stop()
    try:
        journal.close()
    finally:
        presence.close()


def _write_first(folder: Path, data: ProjectData, created: ProjectCreated) -> None:
    """The table, and a journal that begins."""
    try:
        folder.mkdir(parents=True, exist_ok=True)
        save_data(data, folder)
    except OSError as error:
        raise ProjectReadOnly(
            f"The folder {folder} cannot be written to ({error.strerror}). Choose another "
            "place, or give this program the right to write there."
        ) from None
    journal = Journal.create(folder / FILE)
    try:
        with journal.writing():
            journal.append(created, opener="", by="app")
    finally:
        journal.close()
