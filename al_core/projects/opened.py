"""What each part of an opened project is given: journal, state, data, settings, lock."""

from __future__ import annotations

import secrets
from collections.abc import Sequence
from contextlib import suppress
from datetime import datetime
from pathlib import Path
from threading import RLock
from typing import Any, Literal

import numpy as np
from numpy.typing import NDArray

from al_core.errors import (
    PoolError,
    ProjectError,
    ProjectMissing,
    ProjectReadOnly,
)
from al_core.learning import Fitter, Matrix, Rows, get_model
from al_core.learning.querying.seeking import SOUGHT
from al_core.learning.records import text_labels
from al_core.projects.journal.events import (
    Event,
    SettingsChanged,
)
from al_core.projects.journal.presence import Presence, arrive
from al_core.projects.journal.recorded import PERSON, Recorded
from al_core.projects.journal.still import still_journal
from al_core.projects.journal.store import ONLY_READ, Journal
from al_core.projects.replay.access import SHARED_TO_READ, Right, no_project
from al_core.projects.replay.state import State
from al_core.projects.starting.data import ProjectData
from al_core.projects.starting.near_rows import NearRows
from al_core.projects.starting.settings import read_settings
from al_core.projects.starting.word_rows import WordRows

Labels = NDArray[Any]  # text, as ``text_labels`` gives it
HEADLINE_FROM = 20
"""Check rows from which on they are the headline rather than the file's own answers: as many as the
advice needs; a choice."""

_OF_SHARING = ("owner_named", "shared", "sharing_ended")


class Opened:
    """One opening of a project's folder. Parts share it and nothing else of one another.

    ``state`` is the replayed journal and ``settings`` what holds now; both move with
    :meth:`take_in`. Whoever reads several of them together holds ``lock``. ``living``: openers
    that were alive when this one began. ``person``: whose login this is; "" without one.
    """

    def __init__(
        self, folder: Path, journal: Journal, state: State, data: ProjectData,
        background: bool, person: str = "",
    ) -> None:  # fmt: skip
        self.folder, self.journal, self.state, self.data = folder, journal, state, data
        self.background, self.person = background, state.access.spelled(person)
        journal.person = self.person or PERSON
        if self.person:
            journal.before_writing = self._check_may_write
            self._hold_to(state.access.right_of(self.person))
        self.opener = secrets.token_hex(6)
        self.lock = RLock()
        self.closed = self._refused = False
        self.living: set[str] = set()
        self.settings = read_settings(state.settings)
        self._opened_at = state.last_id
        self.word_rows, self.near_rows = WordRows(data), NearRows(data)

    # -- what it is -----------------------------------------------------------------------------

    @property
    def is_open(self) -> bool:
        """Whether it was not closed here, and the person may still have it."""
        with suppress(ProjectMissing):
            self.check_person()
        return not self.closed

    @property
    def name(self) -> str:
        """The name a person reads."""
        return self.state.name

    @property
    def kind(self) -> Literal["live", "oracle"]:
        """Who answers: a person, or the file's own answers as well."""
        return "oracle" if self.state.kind == "oracle" else "live"

    @property
    def classes(self) -> list[str]:
        """The answers in order."""
        with self.lock:
            return self.state.class_names()

    @property
    def metric(self) -> str:
        """What is measured: the setting, and accuracy where that is "auto"."""
        return "accuracy" if self.settings.metric == "auto" else self.settings.metric

    @property
    def seed(self) -> int:
        """The seed of every random choice."""
        return self.settings.seed

    @property
    def saved_at(self) -> datetime | None:
        """When the last event was recorded, with time zone."""
        return datetime.fromisoformat(self.state.saved_at) if self.state.saved_at else None

    @property
    def model_name(self) -> str:
        """The name of the model, the recommended one where the setting is "auto"."""
        return self.data.model_name(self.settings.model)

    @property
    def estimator(self) -> Any:
        """A new, unfitted estimator, seeded as every model of this project is."""
        return Fitter(get_model(self.model_name).make(), self.seed).template

    @property
    def X(self) -> Matrix:
        """The encoded rows (n_rows, n_features) as this project's model takes them."""
        return self.data.matrix(self.settings.model, self.features)

    @property
    def features(self) -> str:
        """The digest of what is read beside letters; "" for nothing, or while it is not here."""
        meaning, wanted = self.data.meaning, self.state.features
        is_here = meaning is not None and meaning.digest == wanted
        return wanted if is_here and self.settings.read_meaning else ""

    @property
    def meaning_from(self) -> int | None:
        """From how many labels on models have read what texts mean; None: letters alone."""
        return self.state.features_at if self.state.features else None

    # -- what is sought -------------------------------------------------------------------------

    def n_found(self, answer: str) -> int:
        """How many rows have this answer by now: given in the project, or by the file."""
        rows = self.state.rows
        return rows.counts[answer] + rows.file_counts[answer]

    @property
    def sought(self) -> str:
        """The answer whose rows are asked first; "" for none, or once enough are found."""
        answer = self.state.seekings.answer
        return answer if answer and self.n_found(answer) < SOUGHT else ""

    def sought_hits(self) -> NDArray[np.int16] | None:
        """(n_rows,) how many of the words each row holds that may have the sought answer."""
        words = self.state.seekings.words if self.sought else []
        return self.word_rows.hits(words) if words else None

    # -- events ---------------------------------------------------------------------------------

    def take_in(self) -> None:
        """Learn of what this and other openers have recorded."""
        if self.closed:
            return
        for recorded in self.journal.read_after(self.state.last_id):
            self.state.apply(recorded)
            if isinstance(recorded.event, SettingsChanged):
                self.settings = read_settings(self.state.settings)

    def record(self, event: Event, *, by: str, release: list[int] | None = None) -> int | None:
        """Keep an event for good; its id, or None for a press that was taken before.

        release: rows that are on no screen any more.
        """
        self.check_open()
        with self.journal.writing() as journal:
            event_id = journal.append(event, opener=self.opener, by=by)
            if event_id is not None and release:
                journal.release(release)
        self.take_in()
        return event_id

    # -- who may ---------------------------------------------------------------------------------

    @property
    def right(self) -> Right:
        """What this person may do with it now: "own", "label" or "read"; "" once nothing more."""
        if not self.person or self._refused:
            return "" if self._refused else "own"
        later = () if self.closed else self.journal.found_after(self.state.last_id, _OF_SHARING)
        return self.state.access.after(later).right_of(self.person)

    def check_person(self) -> None:
        """ProjectMissing where the person may not have it any more, and it is closed then.

        The first thing of every verb, so that none works on for somebody who was let in once.
        """
        if not self.person:
            return
        with self.lock:
            right = "" if self._refused else self.right
            self._hold_to(right)
            if not right:
                self._refused = self.closed = True
                raise no_project(self.folder.name)

    def _hold_to(self, right: Right) -> None:
        """Refuse writes of somebody who may only read, for as long as that is so."""
        if right == "read":
            self.journal.is_still, self.journal.why_still = True, SHARED_TO_READ
        elif self.journal.why_still == SHARED_TO_READ:
            self.journal.is_still, self.journal.why_still = False, ONLY_READ

    def _check_may_write(self) -> None:
        """Inside the write, where nobody else can change it any more."""
        right = self.right
        if not right:
            raise no_project(self.folder.name)
        if right == "read":
            raise ProjectReadOnly(SHARED_TO_READ)

    def is_mine(self, recorded: Recorded) -> bool:
        """Given here, or before this opener began by one that was gone by then; with a login never
        by anybody else."""
        if recorded.opener == self.opener:
            return True
        if self.person and recorded.by != self.person:
            return False
        return recorded.id <= self._opened_at and recorded.opener not in self.living

    @property
    def is_read_only(self) -> bool:
        """Whether nothing can be recorded."""
        return self.journal.is_still

    def arrive(self, takes_over: Sequence[str]) -> Presence | None:
        """Be seen by other openers; None where the folder cannot be written to: read from then on.

        takes_over: openers that are gone.
        """
        if not self.is_read_only or self.journal.why_still == SHARED_TO_READ:
            try:
                presence, self.living = arrive(self.folder, self.opener, takes_over)
                return presence
            except ProjectReadOnly:
                journal = self.journal
                self.journal = still_journal(journal.path, journal.project, journal.read_after(0))
                journal.close()
        return None

    def check_open(self) -> None:
        """Raise ProjectError where the project was closed here."""
        if self.closed:
            raise ProjectError("This project has been closed here. Open it again.")

    def check_row(self, row: int) -> int:
        """The row's number as a plain integer; PoolError where there is no such row."""
        if isinstance(row, bool) or not isinstance(row, int | np.integer):
            raise PoolError(f"{row!r} is no row number. Give a whole number.")
        if not 0 <= row < self.data.n_rows:
            raise PoolError(
                f"There is no row {row}. Rows are numbered from 0 to {self.data.n_rows - 1}."
            )
        return int(row)

    # -- what measuring stands on ---------------------------------------------------------------

    @property
    def check_rows(self) -> Rows:
        """The reserved rows in the order in which they are asked."""
        return self.state.check_rows

    @property
    def test_rows(self) -> Rows:
        """The rows that score the model; in an oracle project all check rows."""
        return self.tested_on()[0]

    def tested_on(self) -> tuple[Rows, Labels]:
        """(check rows that score the model, their labels)."""
        if self.kind == "oracle":
            test = self.state.check_rows
            return test, self.file_names()[test]
        return self.state.held_out() if self.tested_on_file else self.state.checked()

    @property
    def tested_on_file(self) -> bool:
        """Whether the file's own answers score the model: held-out ones, while check rows are few.

        In no rehearsal: there the whole file is known.
        """
        few = self.state.prefix()[1] < HEADLINE_FROM
        return self.kind == "live" and few and bool(self.state.held_rows)

    @property
    def opinion_rows(self) -> Rows:
        """Every row that may score a model: check rows, then those held out of the file's."""
        held = np.asarray(self.state.held_rows, dtype=np.intp)
        return np.concatenate([self.state.check_rows, held])

    def file_name(self, row: int) -> str:
        """The file's answer of a row, under its present name."""
        return self.state.classes.now(self.data.file_classes[self.data.file_codes[row]], 0)

    def file_names(self) -> Labels:
        """The file's answers, (n_rows,), under their present names; of a file that is full."""
        names = [self.state.classes.now(name, 0) for name in self.data.file_classes]
        return text_labels(names)[self.data.file_codes]

    def position(self) -> tuple[int, int, str, str, str]:
        """Where the journal stands, as far as models and scores depend on it."""
        rows, s = self.state.rows, self.settings
        return rows.teach_version, rows.check_version, s.model, self.metric, self.features
